"""E: every route and every status has the headers. One table, one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from web_help import QUESTION, addresses, ask

from web.security import FEATURES

SPECIAL = ("/static/", "/widget/v1.js", "/widget/sjekk.js")


def responses(app: Flask) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Every address, and every way in which one can go wrong."""
    client = app.test_client()
    found = [(path, client.get(path)) for path in addresses(app)]
    found += [
        ("ask", ask(client, QUESTION)),
        ("400", client.post("/api/ask", data="{", content_type="application/json")),
        ("400 host", client.get("/", headers={"Host": "et-annet-navn.no"})),
        ("404", client.get("/finnes-ikke")),
        ("404 static", client.get("/static/x/style.css")),
        ("404 api", client.get("/api/finnes-ikke")),
        ("405", client.get("/api/ask")),
        ("413", client.post("/api/ask", data="x" * 170_000, content_type="application/json")),
        ("415", client.post("/api/ask", data="question=x", content_type="application/x-www-form-urlencoded")),
        ("422", ask(client, "")),
    ]
    for path, response in found:
        response.close()
        yield path, response.status_code, dict(response.headers)


@pytest.fixture(scope="module")
def table(engine: object) -> list[tuple[str, int, dict[str, str]]]:
    from web.app import create_app
    from web.config import Config

    return list(responses(create_app(Config(frame_ancestors=("https://www.gol.kommune.no",)), engine)))  # type: ignore[arg-type]


def test_K5_the_table_covers_routes_and_statuses(table: list[tuple[str, int, dict[str, str]]]) -> None:
    assert len(table) > 60
    assert {status for _, status, _ in table} >= {200, 400, 404, 405, 413, 415, 422}
    assert [path for path, status, _ in table if status == 500] == []


def test_E1_nothing_is_stored_but_our_own_files(table: list[tuple[str, int, dict[str, str]]]) -> None:
    for path, status, headers in table:
        cached = status == 200 and path.startswith(SPECIAL)
        assert headers["Cache-Control"].startswith("public") if cached else headers["Cache-Control"] == "no-store", path


def test_E2_no_referrer(table: list[tuple[str, int, dict[str, str]]]) -> None:
    assert {headers["Referrer-Policy"] for _, _, headers in table} == {"no-referrer"}


def test_E3_policy_allows_only_our_own(table: list[tuple[str, int, dict[str, str]]]) -> None:
    for path, status, headers in table:
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
        assert {policy[name] for name in ("script-src", "img-src", "connect-src")} == {"'self'"}
        framed = path == "/widget/ramme" and status == 200
        expected = "'self' https://www.gol.kommune.no" if framed else "'none'"
        assert policy["frame-ancestors"] == expected, path


def test_E4_B7_everything_is_off(table: list[tuple[str, int, dict[str, str]]]) -> None:
    for path, _, headers in table:
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["X-DNS-Prefetch-Control"] == "off"
        assert "max-age=" in headers["Strict-Transport-Security"]
        assert headers["Permissions-Policy"] == ", ".join(f"{feature}=()" for feature in FEATURES)
    assert {"microphone", "camera", "geolocation", "display-capture"} <= set(FEATURES)


def test_E5_no_cookie_ever(table: list[tuple[str, int, dict[str, str]]]) -> None:
    assert [path for path, _, headers in table if "Set-Cookie" in headers] == []


def test_E3_without_configured_hosts_nobody_may_frame(engine: object) -> None:
    from web.app import create_app

    response = create_app(engine=engine).test_client().get("/widget/ramme")  # type: ignore[arg-type]
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")


def test_hosts_that_are_not_ours_are_refused(make: Callable[..., Flask]) -> None:
    assert make(hosts=("veiviser.gol.kommune.no",)).test_client().get("/").status_code == 400
