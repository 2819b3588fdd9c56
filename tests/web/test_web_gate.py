"""How much is done at the same time, and that no answer and no page holds up an alert."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from web_help import ACUTE, QUESTION, ask

from web.gate import Gate


@pytest.fixture
def full(make: Callable[..., Flask]) -> Iterator[Flask]:
    """An application in which every place is taken, and nobody may wait."""
    app = make(questions_per_minute=0)
    app.extensions["gate"] = Gate(at_once=1, waiting=0)
    with app.extensions["gate"].place():
        yield app


def test_an_alert_needs_no_place(full: Flask) -> None:
    """The numbers come at once; a short word stands where the answer would."""
    reply = ask(full.test_client(), ACUTE)
    assert (reply.status_code, reply.json["alert"]["numbers"][0]["phone"]) == (200, "112")
    assert (reply.json["kind"], reply.json["lead"]) == ("unavailable", "Mange spør akkurat nå. Prøv igjen om litt.")


def test_without_a_place_the_numbers_are_shown(full: Flask) -> None:
    client = full.test_client()
    page = client.get("/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert 'href="tel:112"' in page.get_data(as_text=True)
    assert ask(client, QUESTION).json["numbers"][0]["phone"] == "112"
    assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/metrics")] == [200, 200, 200]


def test_places_are_given_back(make: Callable[..., Flask]) -> None:
    """After pages, answers, errors and responses that were thrown away there is as much room as before."""
    app = make(questions_per_minute=0)
    app.extensions["gate"] = gate = Gate(at_once=1, waiting=0)
    client = app.test_client()
    for path in ("/", "/vei/1/1", "/finnes-ikke", "/vei/99", "/api/helplines"):
        client.get(path)
        with gate.place() as free:
            assert free, path
    for question in (QUESTION, ACUTE):
        ask(client, question)
    with client.post("/api/ask", json={"question": QUESTION}) as response:
        assert next(iter(response.response)).startswith(b'{"alert": null,\n')
    with gate.place() as free:
        assert free


def test_who_waits_gets_the_next_place(make: Callable[..., Flask]) -> None:
    gate = Gate(at_once=1, waiting=1, patience=5)
    entered: list[bool] = []

    def wait() -> None:
        with gate.place() as free:
            entered.append(free)

    with gate.place():
        thread = threading.Thread(target=wait)
        thread.start()
    thread.join(5)
    assert entered == [True]


def test_patience_ends() -> None:
    gate = Gate(at_once=1, waiting=1, patience=0.05)
    with gate.place():
        started = time.monotonic()
        assert not gate.enter()
    assert time.monotonic() - started < 1
    assert gate.enter()


def test_who_has_gone_does_not_wait_and_takes_no_place() -> None:
    """The work is not done for nobody."""
    gate = Gate(at_once=1, waiting=1, patience=60)
    with gate.place():
        started = time.monotonic()
        assert not gate.enter(lambda: True)
    assert time.monotonic() - started < 5
    assert not gate.enter(lambda: True)
    assert gate.enter()
