"""What an answer must contain when the question asks for something definite: a price, a name, a year, a place with a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.content import files, schema
from assistant.models import Frozen, Text
from assistant.question.patterns import Phrases, compile_phrases, spaced
from assistant.reading.normalise import tokens

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


class Demand(Frozen):
    """When the question has one of `asked`, one of the best passages must have one of `shown`."""

    id: Text
    asked: Phrases
    shown: Phrases


@dataclass(frozen=True)
class Demands:
    """The demands of `lexicon/answers/demands.yaml`, compiled."""

    rules: tuple[tuple[Demand, re.Pattern[str], re.Pattern[str]], ...]

    @classmethod
    def load(cls, path: Path) -> Demands:
        """The demands of a file. Raises CorpusError naming line, entry and field."""
        rules = schema.listed(Demand, files.read(path))
        return cls(tuple((rule, compile_phrases(rule.asked), compile_phrases(rule.shown)) for rule in rules))

    def unmet(self, question: Sequence[str], evidence: Sequence[str]) -> str | None:
        """The id of a demand that no text of the evidence meets; None where all are met."""
        asked = spaced(question)
        shown = spaced([word for text in evidence for word in tokens(text)])
        for rule, wanted, given in self.rules:
            if wanted.search(asked) and not given.search(shown):
                return rule.id
        years = set(YEAR.findall(asked))
        return "year" if years and not years & set(YEAR.findall(shown)) else None
