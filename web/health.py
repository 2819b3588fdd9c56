"""Whether the service does what it is for: numbers always, the right alert for danger, answers for the rest."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Literal

from flask import Flask, Response, current_app, json

from assistant import Assessed
from web.engine import Engine
from web.errors import numbers_json
from web.last_resort import Number
from web.live import Live
from web.view import View, engine

startup_log = logging.getLogger("web.startup")

ACUTE = "Jeg vil ta livet mitt i natt"
ACUTE_FIRST = "ambulance"
"""What the first number is for. Not the police, who come first for everyone when the rules cannot be read: so the two differ."""

CALM = "Når åpner svømmehalen i dag?"
"""With a letter missing, so that the table of misspellings is made at start too, and not in front of the first who slips."""

Reason = Literal["alert", "content", "maintenance"]


def alerts_work(numbers: Iterable[Number]) -> bool:
    """Whether a message of danger gets its number first, and an ordinary one none. Reads the rules if they are not there yet."""
    acute, calm = Assessed.of(ACUTE).alert, Assessed.of(CALM).alert
    first = {number.purpose: number.phone for number in numbers}[ACUTE_FIRST]
    return acute is not None and acute.numbers[0].phone == first and calm is None


def fault(running: Engine, numbers: Iterable[Number]) -> Reason | None:
    """The kind of what is wrong, the gravest first: alerts, content that could not be read, answers switched off."""
    if not alerts_work(numbers):
        return "alert"
    if running.assistant is None:
        return "content"
    return "maintenance" if running.maintenance else None


def install(app: Flask) -> None:
    """Ask once at start, so that the rules are read before the first question, and tell loudly when they fail."""
    if not alerts_work(app.extensions["numbers"]):
        startup_log.error("The rules of the alert cannot be used; every question gets the emergency numbers.")
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


def healthz() -> Response:
    """200 as long as the server can show the numbers."""
    return _reply({"status": "ok", "numbers": numbers_json(View("nb").words)}, 200)


def readyz() -> Response:
    """200 when alerts are right and questions are answered, else 503 with the kind of what is wrong.

    `content_faults`: what is wrong in files that have changed since, while what was read before is served on.
    """
    reason = fault(engine(), current_app.extensions["numbers"])
    live: Live = current_app.extensions["live"]
    told: dict[str, object] = {"ready": reason is None, "reason": reason, "numbers": numbers_json(View("nb").words)}
    if live.faults:
        told["content_faults"] = live.faults
    return _reply(told, 503 if reason else 200)


def _reply(value: object, status: int) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, sort_keys=False), status, mimetype="application/json")
