"""The safety layer: emergency numbers first, before and independent of search and answers."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.content.files import EMBEDDED
from assistant.models import Alert
from assistant.safety.alerts import LAST_RESORT
from assistant.safety.assessor import Considered, Explanation, Report, Safety, check_folder

__all__ = ["LAST_RESORT", "PAUSE", "Considered", "Explanation", "Layer", "Report", "Safety", "assess", "check_folder"]

log = logging.getLogger("assistant.safety")

PAUSE = 5.0
"""Seconds between two tries to read rules that could not be read: soon enough for whoever waits, seldom enough for a sick disk."""


class Layer:
    """The rules of one folder, read once for all threads. A failure is logged, tried again after a pause, never remembered."""

    def __init__(self, folder: Path | str, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._clock = folder, clock
        self._lock = threading.Lock()
        self._safety: Safety | None = None
        self._next_try = float("-inf")

    def assess(self, text: object, history: Sequence[object] = (), language: str = "nb") -> Alert | None:
        """As `Safety.assess`; LAST_RESORT for every message while the rules cannot be read. Never raises."""
        safety = self._safety or self._loaded()
        alert = LAST_RESORT if safety is None else safety.assess(text, history, language)
        if safety and alert is LAST_RESORT:
            log.error("the rules failed on a message")
        return alert

    def _loaded(self) -> Safety | None:
        """The rules, read by the first thread that comes; the others wait for it and get the same."""
        with self._lock:
            if self._safety is None and self._clock() >= self._next_try:
                try:
                    self._safety = Safety.load(self._folder)
                except Exception as error:
                    log.error("the rules cannot be read: %s", type(error).__name__)  # the kind only
                self._next_try = self._clock() + PAUSE
            return self._safety


_embedded = Layer(EMBEDDED)


def assess(text: object, history: Sequence[object] = (), language: str = "nb") -> Alert | None:
    """As `Safety.assess`, on the embedded rules, read at the first call.

    If they cannot be read, every message gets LAST_RESORT: better a number too many than none when we cannot tell.
    """
    return _embedded.assess(text, history, language)
