"""From matches to an alert: the most urgent category, its numbers in order, and what to say beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.content import files, schema
from assistant.content.files import Faults
from assistant.errors import Fault
from assistant.models import Alert, AlertNumber, Frozen, Language, Signal, Text
from assistant.safety.matching import Match
from assistant.safety.rules import Category
from assistant.safety.signs import Signs

_MOST_SIGNALS = 8
URGENCY_STEP = 0.3
_ENTRY = re.compile(r"^- id: *[\"']?([^\s\"']+)", re.MULTILINE)
_NAMES: dict[str, str] = {"nn": "name_nn", "en": "name_en"}

LAST_RESORT = Alert(
    category="unknown",
    numbers=(
        AlertNumber(name="Politiets nødnummer", phone="112"),
        AlertNumber(name="Medisinsk nødtelefon (ambulanse)", phone="113"),
        AlertNumber(name="Nødnummer brann", phone="110"),
    ),
    message=(
        "Er du eller noen andre i fare nå? Ring 112. Ved livsfare eller skade: ring 113. Ved brann: ring 110. "
        "Er det ikke trygt å snakke, kan du ringe og la linjen stå åpen."
    ),
)
"""What is shown when the content itself cannot be read. A test holds the numbers equal to helplines.yaml."""


class Alerts:
    """Makes alerts from categories, helplines and messages, all read at load."""

    def __init__(
        self, categories: dict[str, Category], numbers: dict[str, dict[str, str]], messages: dict[str, dict[str, str]]
    ) -> None:
        self._categories, self._numbers, self._messages = categories, numbers, messages
        self._urgency = {name: place for place, name in enumerate(categories)}

    def knows(self, category: str) -> bool:
        """Whether this is the id of a category."""
        return category in self._categories

    def of(
        self, matches: Sequence[Match], signs: Signs, language: str, leanings: Mapping[str, float] | None = None
    ) -> Alert:
        """The alert for the matches that stand (at least one), in the language asked for or bokmål.

        The most urgent category leads, unless `leanings` speak clearly for another that stands as well: `he says I am
        going to die` is a threat, though the words would fit a wish to die.
        """
        tongue: Language = language if language in {"nn", "en"} else "nb"  # type: ignore[assignment]
        leaning = leanings or {}
        ordered = sorted(matches, key=lambda match: self._rank(match.rule.category, leaning))
        category = self._categories[ordered[0].rule.category]
        seen = {match.rule.category for match in ordered}
        return Alert(
            category=category.id,
            numbers=tuple(self._number(name, tongue) for name in self._order(category, seen, signs)),
            message=" ".join(self._sentence(name, tongue) for name in category.say),
            signals=tuple(
                Signal(rule=match.rule.id, words=signs.words(list(match.sightings)))
                for match in ordered[:_MOST_SIGNALS]
            ),
        )

    def _rank(self, category: str, leanings: Mapping[str, float]) -> float:
        """How early a category comes: each step of urgency weighs against what the words lean to."""
        return URGENCY_STEP * self._urgency[category] - leanings.get(category, 0.0)

    def _order(self, category: Category, seen: set[str], signs: Signs) -> list[str]:
        """The category's numbers; special signs go first or are added; then those of the other categories seen."""
        names = list(category.numbers)
        for sign, place, helpline in category.when:
            if any(not sighting.denied for sighting in signs.by_concept.get(sign, ())):
                names = [helpline, *names] if place == "first" else [*names, helpline]
        for other in self._categories.values():
            if other.id in seen and other.id != category.id:
                names.append(other.numbers[0])
        return [name for name in dict.fromkeys(names) if name in self._numbers]

    def _number(self, name: str, language: Language) -> AlertNumber:
        record = self._numbers[name]
        return AlertNumber(name=record.get(_NAMES.get(language, "name")) or record["name"], phone=record["phone"])

    def _sentence(self, name: str, language: Language) -> str:
        return self._messages[name][language]


class _Sentence(Frozen):
    nb: Text
    nn: Text
    en: Text


class _Record(BaseModel):
    """What an alert shows of a helpline; the rest of the record is the answers' concern."""

    model_config = ConfigDict(frozen=True, strict=True)

    name: Text
    name_nn: str | None = None
    name_en: str | None = None
    phone: str | None = None


def read_messages(path: Path, root: Path, categories: Mapping[str, Category] | None) -> dict[str, dict[str, str]]:
    """The sentences by name and language; CorpusError when a language or a sentence that a category says is missing."""
    entries, faults = schema.named(_Sentence, files.read(path), "nb, nn og en under"), Faults()
    for category in (categories or {}).values():
        for name in dict.fromkeys(name for said in category.say_to.values() for name in said):
            if name not in entries:
                cure = f"Rett navnet, eller legg setningen til i {files.shown(path)}."
                problem, offer = schema.unknown("setningen", name, entries, cure)
                faults.append(Fault(category.file, f"«{category.id}»: {problem}", offer, "risk"))
    faults.stop(root)
    return {
        name: {language: " ".join(text.split()) for language, text in entry.model_dump().items()}
        for name, entry in entries.items()
    }


def read_numbers(path: Path, root: Path, categories: Mapping[str, Category] | None) -> dict[str, dict[str, str]]:
    """Name and phone of the helplines that the categories name. The first numbers must have a phone; added ones may lack."""
    text, where = files.read_text(path), files.shown(path)
    starts = [(match[1], match.start()) for match in _ENTRY.finditer(text)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    named = (categories or {}).values()
    wanted = {name: each for each in named for name in (*each.numbers, *(also for _, _, also in each.when))}
    needed = {name for each in named for name in each.numbers}
    found, faults = dict[str, dict[str, str]](), Faults()
    for (name, start), end in zip(starts, ends, strict=False):
        if name in wanted:
            record = faults.of(_record, text[start:end], where, text.count("\n", 0, start) + 1, name)
            if record and record.phone:
                found[name] = {key: value for key, value in record.model_dump().items() if value}
            elif record and name in needed:
                faults.append(
                    Fault(where, f"«{name}» mangler telefon, og varslene trenger den", "Legg den tilbake.", "risk")
                )
    faults.extend(_unknown_numbers(wanted, [name for name, _ in starts], where))
    faults.stop(root)
    return found


def _unknown_numbers(wanted: Mapping[str, Category], known: Sequence[str], where: str) -> Iterator[Fault]:
    for name in sorted(wanted.keys() - set(known)):
        problem, cure = schema.unknown("nummeret", name, known, f"Se id-ene i {where}.")
        yield Fault(wanted[name].file, f"«{wanted[name].id}»: {problem}", cure, "risk")


def _record(text: str, where: str, line: int, name: str) -> _Record:
    """One helpline's plain fields. Only this record is parsed: the whole file takes longer than everything else."""
    return schema.model(_Record, files.parse(text, where, line), 0, label=name)
