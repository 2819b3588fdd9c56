"""The assistant as the web sees it: there, switched off, or out of order. The alert is there in every case."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Alert, Answer, Assistant, Corpus, CorpusError, Language, assess, detect_language, out_of_order

startup_log = logging.getLogger("web.startup")


@dataclass(frozen=True)
class Engine:
    """Read-only after start, so that every thread shares it. Without `assistant` only alerts and numbers are left."""

    assistant: Assistant | None
    maintenance: bool = False

    @property
    def ready(self) -> bool:
        """Whether questions are answered."""
        return self.assistant is not None and not self.maintenance

    @property
    def corpus(self) -> Corpus | None:
        """The content, also while answers are switched off."""
        return self.assistant.corpus if self.assistant else None

    def alert(self, question: str, history: Sequence[str], language: Language | None) -> Alert | None:
        """The alert for a question; needs neither corpus nor index."""
        return assess(question, tuple(history), language or detect_language(question))

    def answer(self, question: str, alert: Alert | None, **asked: object) -> Answer:
        """The answer, or `unavailable` behind the alert while answers are off. Raises UsageError for an unknown municipality."""
        if self.assistant is None or self.maintenance:
            return out_of_order(alert)
        return self.assistant.ask(question, **asked)  # type: ignore[arg-type]


def load(folders: Sequence[Path] = (), *, maintenance: bool = False) -> Engine:
    """The engine over the folders' content. A broken corpus is told loudly, and the numbers are served all the same."""
    try:
        return Engine(Assistant.load(*folders), maintenance)
    except CorpusError as error:
        startup_log.error("The corpus cannot be used; only the emergency numbers are served.\n%s", error)
        return Engine(None, maintenance)
