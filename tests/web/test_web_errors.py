"""I: when something fails, the numbers and the way out are still there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from flask import Flask
from web_help import Reader

from assistant import EMBEDDED
from web.errors import failure
from web.last_resort import HELPLINES, STATUSES, read_numbers
from web.refresh import written

PHONES = ("112", "113", "110", "116 117", "116 006", "116 111")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("language", ["", "nn/", "en/"])
def test_I1_every_error_page_carries_numbers_and_the_way_out(
    make: Callable[..., Flask], status: int, language: str
) -> None:
    app = make()
    with app.test_request_context(f"/{language}noe"):
        response = failure(status)
    page = Reader(response.get_data(as_text=True))
    dialled = [link["href"] for link in page.of("a") if link["href"].startswith("tel:")]
    assert response.status_code == status
    assert dialled == [f"tel:{phone.replace(' ', '')}" for phone in PHONES]
    leave = next(link for link in page.of("a") if link.get("class") == "leave")
    assert (leave["href"], leave["rel"]) == ("https://snl.no/", "nofollow noreferrer noopener")


@pytest.mark.parametrize("status", STATUSES)
def test_I1_error_pages_depend_on_nothing(make: Callable[..., Flask], status: int) -> None:
    with make().test_request_context("/noe"):
        html = failure(status).get_data(as_text=True)
    assert not re.search(r"<script|<link|<img|url\(|@import|src=", html)


@pytest.mark.parametrize("status", STATUSES)
def test_I1_every_error_as_json_carries_the_numbers(make: Callable[..., Flask], status: int) -> None:
    with make().test_request_context("/api/ask"):
        response = failure(status)
    assert response.json
    assert next(iter(response.json)) == "alert"
    assert [number["phone"] for number in response.json["numbers"]] == list(PHONES)


def test_I4_an_unexpected_error_tells_its_kind_alone(
    make: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    app = make()

    def fail() -> str:
        raise RuntimeError("zyrkløpo")

    app.add_url_rule("/feil", "feil", fail)
    response = app.test_client().get("/feil")
    assert response.status_code == 500
    assert 'href="tel:112"' in response.get_data(as_text=True)
    assert "RuntimeError in fail" in caplog.text
    assert "zyrkløpo" not in caplog.text + response.get_data(as_text=True)


def test_the_last_resort_numbers_are_those_of_the_helplines() -> None:
    """After a change there: python -m web.refresh"""
    records = {record["id"]: record for record in yaml.safe_load((EMBEDDED / "helplines.yaml").read_text("utf-8"))}
    assert {n.purpose: n.phone for n in read_numbers()} == {
        purpose: records[name]["phone"] for purpose, name in HELPLINES.items()
    }
    for path, text in written().items():
        assert path.read_text("utf-8") == text, f"{path.name} is old: python -m web.refresh"


def test_contact_facts_stand_nowhere_else_in_our_files() -> None:
    from web.texts import HERE

    phone = re.compile(r"\b(?:11[0-3]|116 ?\d{3}|02800|\d{3} \d{2} \d{3}|\d{2} \d{2} \d{2} \d{2})\b")
    for path in [
        *HERE.glob("*.py"),
        *HERE.glob("*.yaml"),
        *(HERE / "templates").glob("*"),
        *(HERE / "static").glob("*.js"),
    ]:
        named = re.sub(r"nodnummer-\w+-\d+|legevakt-\d+|alarmtelefonen-\d+", "", path.read_text("utf-8"))
        assert phone.findall(named) == [], path.name
