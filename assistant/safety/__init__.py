"""The safety layer: emergency numbers first, before and independent of search and answers."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.content.files import EMBEDDED, folders_from_environment, lexicon_folder
from assistant.errors import CorpusError
from assistant.models import Alert
from assistant.safety.alerts import LAST_RESORT
from assistant.safety.assessor import Safety
from assistant.safety.examples import check, check_folder
from assistant.safety.judged import Considered, Explanation

__all__ = [
    "LAST_RESORT",
    "PAUSE",
    "Considered",
    "Explanation",
    "Layer",
    "Safety",
    "assess",
    "check",
    "check_folder",
    "current",
    "current_folders",
]

log = logging.getLogger("assistant.safety")

PAUSE = 5.0
"""Seconds between two tries to read rules that could not be read: soon enough for whoever waits, seldom enough for a sick disk."""


class Layer:
    """The rules of the first folder that can be read, read once for all threads.

    A failure is logged, tried again after a pause, never remembered.
    """

    def __init__(self, *folders: Path | str, clock: Callable[[], float] = time.monotonic) -> None:
        self._folders, self._clock = folders, clock
        self._lock = threading.Lock()
        self._safety: Safety | None = None
        self._next_try = float("-inf")

    def assess(self, text: object, history: Sequence[object] = (), language: str = "nb") -> Alert | None:
        """As `Safety.assess`; LAST_RESORT for every message while the rules cannot be read. Never raises."""
        safety = self.safety()
        alert = LAST_RESORT if safety is None else safety.assess(text, history, language)
        if safety and alert is LAST_RESORT:
            log.error("the rules failed on a message")
        return alert

    def safety(self) -> Safety | None:
        """The rules, read by the first thread that comes; the others wait for it and get the same. None: they cannot be read."""
        if self._safety is not None:
            return self._safety
        with self._lock:
            if self._safety is None and self._clock() >= self._next_try:
                self._safety = self._loaded()
                self._next_try = self._clock() + PAUSE
            return self._safety

    def _loaded(self) -> Safety | None:
        for folder in self._folders:
            try:
                return Safety.load(folder)
            except CorpusError as error:
                log.error("the rules in %s cannot be read: CorpusError\n%s", folder, error)
            except Exception as error:
                log.error("the rules in %s cannot be read: %s", folder, type(error).__name__)  # the kind only
        return None


def current_folders() -> tuple[Path, ...]:
    """Where the rules are looked for: the first folder in ASSISTANT_CORPUS that has its own, then the embedded corpus."""
    return tuple(dict.fromkeys((lexicon_folder(folders_from_environment(), "risk"), EMBEDDED)))


_current = Layer(*current_folders())


def current() -> Safety | None:
    """The rules of the first of `current_folders` that can be read: the embedded ones stand in for broken ones."""
    return _current.safety()


def assess(text: object, history: Sequence[object] = (), language: str = "nb") -> Alert | None:
    """As `Safety.assess`, on the current rules, read at the first call.

    If they cannot be read, every message gets LAST_RESORT: better a number too many than none when we cannot tell.
    """
    return _current.assess(text, history, language)
