"""How much is done at the same time. An alert waits for nothing here but, when its text is long, for other long texts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from flask import Flask, Response, current_app, g, request

from web.errors import failure

AT_ONCE = 2
"""Answers and pages made at the same time. Python runs one at a time anyway; the second fills the gaps of the first. Each more
would be one more that a thread with an alert has to take turns with."""

WAITING = 64
"""Requests that wait for their turn: more than a municipality's busiest minute, fewer than the server's threads."""

PATIENCE = 8.0
"""Seconds that a request waits. The page shows the numbers by itself after five."""

LOOK_UP = 0.25
"""Seconds between two looks whether someone who waits has gone."""

LONG = 1000
"""Characters from which a text is long: nearly every message is shorter, and its alert takes a few thousandths of a second."""

FREE = (
    "api.ask",
    "healthz",
    "readyz",
    "metrics.show",
    "static_files",
    "widget.script_file",
    "widget.check_script",
    None,
)
"""Endpoints that cost next to nothing, and the one whose alert comes first and whose answer enters by itself."""


class Gate:
    """Lets a few in at a time, some more wait, and turns all others away at once."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._inside = threading.BoundedSemaphore(at_once)
        self._present = threading.BoundedSemaphore(at_once + waiting)
        self._long_texts = threading.BoundedSemaphore(at_once)

    def enter(self, gone: Callable[[], bool] = lambda: False) -> bool:
        """Whether there was a place in time for someone who is still there; then `leave` must follow."""
        if not self._present.acquire(blocking=False):
            return False
        if self._turn(gone):
            return True
        self._present.release()
        return False

    def _turn(self, gone: Callable[[], bool]) -> bool:
        until = time.monotonic() + self._patience
        while not self._inside.acquire(timeout=min(LOOK_UP, self._patience)):
            if gone() or time.monotonic() >= until:
                return False
        if gone():
            self._inside.release()
            return False
        return True

    def reading(self, text: str) -> AbstractContextManager[object]:
        """Around the assessing of an alert: a short text goes on at once, and never takes turns with more than a few long ones."""
        return self._long_texts if len(text) > LONG else nullcontext()

    def leave(self) -> None:
        self._inside.release()
        self._present.release()

    @contextmanager
    def place(self, gone: Callable[[], bool] = lambda: False) -> Iterator[bool]:
        """Inside the block there is a place, or False was given."""
        entered = self.enter(gone)
        try:
            yield entered
        finally:
            if entered:
                self.leave()


def gate() -> Gate:
    found: Gate = current_app.extensions["gate"]
    return found


def client_gone() -> Callable[[], bool]:
    """Asks the server whether the client has closed the connection; where it does not know, nobody has gone."""
    found: Callable[[], bool] = request.environ.get("waitress.client_disconnected", lambda: False)
    return found


def install(app: Flask) -> None:
    """Every page passes through the gate; an answer does so by itself, behind its alert."""
    app.extensions["gate"] = Gate()
    app.before_request(_enter)
    app.teardown_request(_leave)


def _enter() -> Response | None:
    if request.endpoint in FREE:
        return None
    g.inside = gate().enter(client_gone())
    return None if g.inside else failure(503, headers={"Retry-After": "5"})


def _leave(error: BaseException | None) -> None:
    if g.pop("inside", False):
        gate().leave()
