"""What the wording of a question says: cues, the field's words, refusal rules and demands, all found in one pass.

Everything here is data that an editor can read: `lexicon/answers/` (`cues.yaml`, `field.yaml`, `refusals.yaml`, `demands.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field

from assistant.content import files
from assistant.errors import CorpusError, Fault
from assistant.models import Frozen, Heard, Text, Texts
from assistant.reading import words
from assistant.reading.phrases import Found, Phrases

Forms = Sequence[Sequence[str]]
"""A question's words in order, each with the forms that it may stand for."""

Mark = tuple[str, str, int]
"""What a phrase belongs to: `cue`, `field`, `refusal` or `demand`, the name, and in a refusal rule the number of its group."""

_NONE = -1
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
Group = Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]


class RefusalRule(Frozen):
    """Every group of `all` must be found in the words, in any order, and nothing of `none`."""

    id: Text
    message: Text
    reason: Text
    all: Annotated[tuple[Group, ...], Field(strict=False, min_length=1)]
    none: Texts = ()
    refused: Group
    answered: Group


class Demand(Frozen):
    """When the question has one of `asked`, one of the best passages must have one of `shown`."""

    id: Text
    asked: Group
    shown: Group


Rule = TypeVar("Rule", RefusalRule, Demand)


@dataclass(frozen=True)
class Phrasebook:
    """Read-only; complete once read."""

    cues: dict[str, tuple[str, ...]]
    field: tuple[str, ...]
    refusals: tuple[RefusalRule, ...]
    demands: tuple[Demand, ...]

    @classmethod
    def load(cls, folder: Path) -> Phrasebook:
        """The phrase lists of `lexicon/answers`. Raises CorpusError naming file, entry and field."""
        return cls(
            cues=_cues(folder / "cues.yaml"),
            field=tuple(files.read(folder / "field.yaml")["field"]),
            refusals=tuple(_rules(RefusalRule, folder / "refusals.yaml")),
            demands=tuple(_rules(Demand, folder / "demands.yaml")),
        )

    def hear(self, *readings: Forms) -> Heard:
        """What the question says in any of its readings: as written, and for English through the glossary."""
        found = [self._marks(forms) for forms in readings]
        marks = {mark for one in found for mark, _ in one}
        words = {tuple(forms[place][0] for place in match.places)
                 for forms, one in zip(readings, found, strict=True) for mark, match in one if mark[0] == "field"}  # fmt: skip
        return Heard(
            cues=frozenset(name for kind, name, _ in marks if kind == "cue"),
            field=frozenset(" ".join(said) for said in words),
            refused=self._refused(marks),
            demands=frozenset(name for kind, name, _ in marks if kind == "demand"),
        )

    def unmet(self, asked: frozenset[str], question: Sequence[str], evidence: Sequence[str]) -> str | None:
        """The id of a demand asked for, or `year`, that no text of the evidence meets; None where all are met."""
        years = set(_YEAR.findall(" ".join(question)))
        if not asked and not years:
            return None
        said = [word for text in evidence for word in words(text)]
        for demand in self.demands:
            if demand.id in asked and not self._shown(demand, said):
                return demand.id
        return "year" if years and years.isdisjoint(_YEAR.findall(" ".join(said))) else None

    def _shown(self, demand: Demand, said: Sequence[str]) -> bool:
        shown = Phrases((phrase, demand.id) for phrase in demand.shown)
        return next(shown.find([(word, *shown.prefixes(word)) for word in said]), None) is not None

    def prefixes(self, word: str, plain: bool) -> Iterator[str]:
        """The beginnings of words that some phrase names and this word has. `plain`: the text has no æ, ø or å at all."""
        return self._phrases.prefixes(word, plain)

    def _marks(self, forms: Forms) -> list[tuple[Mark, Found]]:
        return [(match.meaning, match) for match in self._phrases.find(forms)]

    @cached_property
    def _phrases(self) -> Phrases[Mark]:
        return Phrases(self._entries())

    def _entries(self) -> Iterator[tuple[str, Mark]]:
        for name, phrases in self.cues.items():
            yield from _marked(phrases, ("cue", name, 0))
        yield from _marked(self.field, ("field", "", 0))
        for rule in self.refusals:
            for number, group in enumerate(rule.all):
                yield from _marked(group, ("refusal", rule.id, number))
            yield from _marked(rule.none, ("refusal", rule.id, _NONE))
        for demand in self.demands:
            yield from _marked(demand.asked, ("demand", demand.id, 0))

    def _refused(self, marks: set[Mark]) -> tuple[str, str] | None:
        """Message and id of the first rule that has every group of `all` and nothing of `none`."""
        for rule in self.refusals:
            if ("refusal", rule.id, _NONE) not in marks and all(
                ("refusal", rule.id, number) in marks for number in range(len(rule.all))
            ):
                return rule.message, rule.id
        return None


def _marked(phrases: Iterable[str], mark: Mark) -> Iterator[tuple[str, Mark]]:
    for phrase in phrases:
        yield phrase, mark


def _cues(path: Path) -> dict[str, tuple[str, ...]]:
    data = files.read(path)
    good = isinstance(data, dict) and all(
        isinstance(v, list) and v and all(isinstance(p, str) for p in v) for v in data.values()
    )
    if not good:
        fault = Fault(str(path), "må være navn med lister av uttrykk", "Skriv «navn:» og «- uttrykk».", "cues")
        raise CorpusError(path, [fault])
    return {name: tuple(phrases) for name, phrases in data.items()}


def _rules(model: type[Rule], path: Path) -> Iterator[Rule]:
    data = files.read(path)
    if not isinstance(data, list):
        raise CorpusError(path, [Fault(str(path), "er ikke en liste", "Begynn hver post med «- id:».", "schema")])
    for number, item in enumerate(data, 1):
        yield files.validate(model, item, f"{path.name}: {number}")
