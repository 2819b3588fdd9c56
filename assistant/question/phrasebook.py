"""What the wording of a question says: cues, the field's words, refusal rules and demands, all found in one pass.

Everything here is data that an editor can read: `lexicon/answers/` (`cues.yaml`, `field.yaml`, `refusals.yaml`, `demands.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, RootModel

from assistant.content import files, schema
from assistant.content.files import Faults
from assistant.content.schema import Phrase, read_model
from assistant.models import Frozen, Heard, Text
from assistant.reading import words
from assistant.reading.phrases import Found, Phrases

Forms = Sequence[Sequence[str]]
"""A question's words in order, each with the forms that it may stand for."""

Mark = tuple[str, str, int]
"""What a phrase belongs to: `cue`, `field`, `refusal` or `demand`, the name, and in a refusal rule the number of its group."""

_NONE = -1
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
Group = Annotated[tuple[Phrase, ...], Field(strict=False, min_length=1)]
Examples = Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]


class RefusalRule(Frozen):
    """Every group of `all` must be found in the words, in any order, and nothing of `none`."""

    id: Text
    message: Text
    reason: Text
    all: Annotated[tuple[Group, ...], Field(strict=False, min_length=1)]
    none: Annotated[tuple[Phrase, ...], Field(strict=False)] = ()
    refused: Examples
    answered: Examples


class Demand(Frozen):
    """When the question has one of `asked`, one of the best passages must have one of `shown`."""

    id: Text
    asked: Group
    shown: Group


class Cues(RootModel[dict[Text, Group]]):
    """Names, each with its phrases."""

    model_config = ConfigDict(frozen=True, strict=True)


class FieldWords(Frozen):
    """What shows that a question is about the field."""

    field: Group


@dataclass(frozen=True)
class Phrasebook:
    """Read-only; complete once read."""

    cues: dict[str, tuple[str, ...]]
    field: tuple[str, ...]
    refusals: tuple[RefusalRule, ...]
    demands: tuple[Demand, ...]

    @classmethod
    def load(cls, folder: Path) -> Phrasebook:
        """The phrase lists of `lexicon/answers`. Raises CorpusError with every fault in the four files, with its line."""
        faults = Faults()
        cues = faults.of(read_model, Cues, folder / "cues.yaml")
        field = faults.of(read_model, FieldWords, folder / "field.yaml")
        refusals = faults.of(_refusals, folder / "refusals.yaml")
        demands = faults.of(_demands, folder / "demands.yaml")
        faults.stop(folder)
        return cls(cues.root if cues else {}, field.field if field else (), refusals or (), demands or ())

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


def _refusals(path: Path) -> tuple[RefusalRule, ...]:
    return schema.listed(RefusalRule, files.read(path))


def _demands(path: Path) -> tuple[Demand, ...]:
    return schema.listed(Demand, files.read(path))
