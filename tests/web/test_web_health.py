"""Whether the service tells when it does not do what it is for, and mends itself when it can."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_help import ask

import assistant.safety as package
from assistant import EMBEDDED, LAST_RESORT, Assistant, Safety
from assistant.safety import PAUSE, Layer
from web.engine import Engine

SUICIDE = "Jeg vil ta livet mitt i natt"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """Rules that cannot be read, from a folder that is empty; what is returned mends it and lets the pause go by."""
    now = [0.0]
    monkeypatch.setattr(package, "_current", Layer(tmp_path, clock=lambda: now[0]))

    def mend() -> None:
        shutil.copytree(EMBEDDED / "lexicon", tmp_path / "lexicon")
        shutil.copy(EMBEDDED / "helplines.yaml", tmp_path)
        now[0] += PAUSE

    return mend


def test_the_rules_are_read_at_start(make: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    """The first person who asks does not wait for them."""
    layer = Layer(EMBEDDED)
    monkeypatch.setattr(package, "_current", layer)
    make()
    monkeypatch.setattr(Safety, "load", None)
    assert layer.assess(SUICIDE) != LAST_RESORT


def test_rules_that_cannot_be_read_are_told_at_start_and_by_readyz(
    make: Callable[..., Flask], broken: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing silences it: the log has the kind of the error, and the one who watches gets 503 with the reason."""
    client = make().test_client()
    assert "cannot be read: CorpusError" in caplog.text
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json["ready"], reply.json["reason"]) == (503, False, "alert")
    assert reply.json["numbers"][0]["phone"] == "112"
    assert ask(client, "Når åpner svømmehallen?").json["alert"]["category"] == LAST_RESORT.category


def test_mended_rules_are_used_without_a_restart(make: Callable[..., Flask], broken: Callable[[], None]) -> None:
    """A wish to die gets the ambulance first again, and readyz turns good."""
    client = make().test_client()
    assert ask(client, SUICIDE).json["alert"]["numbers"][0]["phone"] == "112"
    broken()
    assert ask(client, SUICIDE).json["alert"]["numbers"][0]["phone"] == "113"
    assert client.get("/readyz").json["ready"] is True


def test_rules_that_fail_inside_make_readyz_fail(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Safety, "judge", None)
    assert client.get("/readyz").json["reason"] == "alert"


def test_rules_that_are_read_but_never_fire_make_readyz_fail(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Safety, "assess", lambda *_: None)
    assert client.get("/readyz").json["reason"] == "alert"


def test_the_reason_tells_what_is_off(
    numbers_only: FlaskClient, client: FlaskClient, make: Callable[..., Flask], assistant: Assistant
) -> None:
    off = make(engine=Engine(assistant, maintenance=True)).test_client()
    assert [asked.get("/readyz").json["reason"] for asked in (numbers_only, off, client)] == [
        "content",
        "maintenance",
        None,
    ]
