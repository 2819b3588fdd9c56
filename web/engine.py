"""The assistant as the web sees it: there, switched off, or out of order. The alert is there in every case."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Answer, Assessed, Assistant, Audience, Corpus, CorpusError, Draft, out_of_order

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

    def answer(
        self,
        assessed: Assessed,
        municipality: str | None = None,
        audience: Audience | None = None,
        entry: str | None = None,
    ) -> Answer:
        """The answer behind its alert, or `unavailable` while answers are off. `entry`: the approved answer to say."""
        if self.assistant is None or self.maintenance:
            return out_of_order(assessed.alert)
        return self.assistant.answer(assessed, municipality, audience=audience, entry=entry)


def unanswered(assessed: Assessed, why: str) -> Answer:
    """The alert with a short word, `why`, instead of an answer: there were too many questions."""
    draft = Draft(answered=False, kind="unavailable", lead=why, language=assessed.language)
    return Answer.of(assessed.alert, draft)


def load(folders: Sequence[Path] = (), *, maintenance: bool = False) -> Engine:
    """The engine over the folders' content. A broken corpus is told loudly, and the numbers are served all the same."""
    try:
        return Engine(Assistant.load(*folders), maintenance)
    except CorpusError as error:
        startup_log.error("The corpus cannot be used; only the emergency numbers are served.\n%s", error)
        return Engine(None, maintenance)
