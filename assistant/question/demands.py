"""What an answer must contain when the question asks for something definite: a price, a name, a year, a place with a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assistant.content import files
from assistant.errors import CorpusError, Fault
from assistant.models import Frozen, Text
from assistant.question.patterns import compile_phrases, spaced
from assistant.reading.normalise import tokens

Phrases = Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
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
        """The demands of a file. Raises CorpusError naming entry and field."""
        data = files.read(path)
        if not isinstance(data, list):
            raise CorpusError(path, [Fault(str(path), "er ikke en liste", "Begynn hver post med «- id:».", "demands")])
        rules = [files.validate(Demand, item, f"{path.name}: {number}") for number, item in enumerate(data, 1)]
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
