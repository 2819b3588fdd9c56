"""The content as it is served, and its renewal while the server runs: built beside, checked, put in place as a whole.

With `assistant serve --corpus DIR` a changed, new or deleted file is taken up within a minute. Content with a fault never replaces content
that works; what is wrong is said by `/readyz` and in the view for staff.
"""

from __future__ import annotations

import datetime
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, current_app, g, has_request_context

from assistant import PlanReport
from web.engine import Engine, load
from web.library import Library

EVERY = 10.0
"""Seconds between two looks at the files. What has changed must look the same twice, so that nothing half written is read."""

CONTENT = (".md", ".yaml", ".jsonl")
Seen = Mapping[Path, tuple[int, int]]
"""Each content file with the time of its last change (nanoseconds) and its size."""

log = logging.getLogger("web.startup")


@dataclass(frozen=True)
class Served:
    """What one request answers from, the same until its end."""

    engine: Engine
    library: Library | None
    reports: dict[tuple[datetime.date, str | None], PlanReport] = field(default_factory=dict)
    """Those that were asked for, of content alone: by day and municipality."""

    @classmethod
    def of(cls, engine: Engine) -> Served:
        return cls(engine, Library(engine.corpus) if engine.corpus else None)


class Live:
    """What is served now. Readers take `current` once; one thread, started by `watch`, puts another in its place."""

    def __init__(
        self, engine: Engine, folders: Sequence[Path] = (), load: Callable[[Sequence[Path]], Engine] = load
    ) -> None:
        self.current = Served.of(engine)
        self.faults: tuple[str, ...] = ()
        """What is wrong in the files as they are now, while what was read before is served on."""
        self._folders = tuple(folders)
        self._load = load
        self._read = self._last = seen(self._folders)

    def watch(self, every: float = EVERY) -> None:
        """Look at the files from now on, in a thread that ends with the program. Nothing to do without folders."""
        if self._folders:
            threading.Thread(target=self._look_for_ever, args=(every,), name="content", daemon=True).start()

    def _look_for_ever(self, every: float) -> None:
        waits = threading.Event()
        while not waits.wait(every):
            try:
                self.look()
            except Exception as error:  # the next look may succeed, and what is served stands
                log.error("The content could not be looked at: %s", type(error).__name__)

    def look(self) -> bool:
        """Whether other content was put in place. What has changed since the last look alone is left for the next one."""
        now = seen(self._folders)
        settled, self._last = now == self._last, now
        if not settled or now == self._read:
            return False
        self._read = now
        return self._renew()

    def _renew(self) -> bool:
        old = self.current.engine
        new = self._load(self._folders)
        self.faults = tuple(_new_faults(old, new))
        if self.faults:
            log.error("The changed content is not used:\n%s", "\n".join(self.faults))
            return False
        self.current = Served.of(new)
        log.info("innhold %s", new.corpus.version if new.corpus else "-")
        return True


def _new_faults(old: Engine, new: Engine) -> list[str]:
    """What keeps new content from being used: that it cannot be read, or that a document has a fault which it had not before."""
    if new.corpus is None:
        return ["Innholdet kan ikke leses. Se loggen, eller kjør assistant lint."]
    before = {str(fault) for fault in old.corpus.left_out} if old.corpus else set()
    return [str(fault) for fault in new.corpus.left_out if str(fault) not in before]


def seen(folders: Sequence[Path]) -> Seen:
    """The content files of the folders as they are now; what vanishes while it is looked at is not there."""
    found: dict[Path, tuple[int, int]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in CONTENT and not path.name.startswith("."):
                try:
                    told = path.stat()
                except OSError:
                    continue
                found[path] = (told.st_mtime_ns, told.st_size)
    return found


def served() -> Served:
    """What this request answers from."""
    live: Live = current_app.extensions["live"]
    if not has_request_context():
        return live.current
    if "served" not in g:
        g.served = live.current
    found: Served = g.served
    return found


def install(app: Flask, live: Live) -> None:
    app.extensions["live"] = live
