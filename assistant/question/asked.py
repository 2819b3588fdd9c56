"""Everything that the kinds of answer look at: the question as understood, what was found, and who asks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.content.corpus import Corpus
from assistant.language.analyzer import Query
from assistant.models import Audience, Helpline, Language, Municipality, Passage

PERSONAL = frozenset({"victim", "child", "relative", "perpetrator", "resident"})

ASKING = frozenset({"definition", "figure", "law", "procedure", "measure", "contact", "comparison"})


@dataclass(frozen=True)
class Found:
    """A passage with its score, the share of the question's weight (inverse document frequency) that it covers, and how well
    the question matches one that the passage is known to answer."""

    passage: Passage
    score: float
    coverage: float
    question_match: float = 0.0


@dataclass(frozen=True)
class Asked:
    """One question in its conversation; nothing here is kept.

    `resolved` has the earlier question in front where it rests on that; `cues` are names from `lexicon/answers/cues.yaml`.
    """

    question: str
    resolved: str
    language: Language
    query: Query
    words: tuple[str, ...]
    cues: frozenset[str]
    found: tuple[Found, ...]
    helplines: tuple[Helpline, ...]
    municipality: Municipality | None
    candidates: tuple[Municipality, ...]
    municipality_unknown: bool
    audience: Audience | None
    now: datetime.datetime
    history: Sequence[str]
    corpus: Corpus
    contacts: Mapping[str, Sequence[str]]
    acute: bool
    confident: bool
    on_topic: bool
    refusal: str | None

    @property
    def personal(self) -> bool:
        """Someone who may need help is asking, or asks for it, so help is offered beside the answer."""
        return self.audience in PERSONAL or "contact" in self.cues

    @property
    def asks(self) -> bool:
        """Whether it is worded as a question, not only told: «han står utenfor døra» asks nothing, and needs help all the same."""
        return "?" in self.question or not self.cues.isdisjoint(ASKING)

    @property
    def today(self) -> datetime.date:
        return self.now.date()

    def say(self, message: str, /, **values: object) -> str:
        """A named message in the asker's language."""
        return self.corpus.messages.say(message, self.language, **values)
