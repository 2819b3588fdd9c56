"""What the kinds of answer look at: the question, what was found for it, what is decided, and the content to answer from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.content.corpus import Corpus
from assistant.models import Decision, Evidence, Found, Language, Municipality, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on its way to an answer; nothing here is kept. `contacts`: whom to show by who asks;
    `instead`: by the kind of service that has no local number."""

    question: Question
    evidence: Evidence
    decision: Decision
    corpus: Corpus
    contacts: Mapping[str, Sequence[str]]
    instead: Mapping[str, Sequence[str]]
    now: datetime.datetime

    @property
    def found(self) -> tuple[Found, ...]:
        """The passages found, best first."""
        return self.evidence.found

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return self.question.language

    @property
    def municipality(self) -> Municipality | None:
        """The asker's municipality, where there is no doubt."""
        return self.question.place.own

    @property
    def today(self) -> datetime.date:
        """The day that periods and deadlines are judged by."""
        return self.now.date()

    def say(self, message: str, /, **values: object) -> str:
        """A named message in the asker's language."""
        return self.corpus.messages.say(message, self.language, **values)
