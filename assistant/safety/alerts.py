"""From a verdict to an alert: the category's numbers in order, and what to say beside them to the one who writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.content import files, schema
from assistant.content.files import Faults
from assistant.errors import Fault
from assistant.models import Alert, AlertNumber, Frozen, Language, Signal, Text, Writer
from assistant.safety.languages import Heard
from assistant.safety.rules import Category
from assistant.safety.signs import Signs

_ENTRY = re.compile(r"^- id: *[\"']?([^\s\"']+)", re.MULTILINE)
CANNOT_SPEAK = "kan-ikke-snakke"
"""The sentence for whoever cannot talk now: it comes last, so that a page can keep it folded."""
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


@dataclass(frozen=True)
class Verdict:
    """What was judged of a message that must alarm: the category that leads, others that were seen, who writes, and the signals."""

    category: str
    others: tuple[str, ...]
    writer: Writer
    signals: tuple[Signal, ...]


class Alerts:
    """Makes alerts from categories, helplines and messages, all read at load."""

    def __init__(
        self, categories: dict[str, Category], numbers: dict[str, dict[str, str]], messages: dict[str, dict[str, str]]
    ) -> None:
        self._categories, self._numbers, self._messages = categories, numbers, messages

    def of(self, verdict: Verdict, signs: Signs, language: str) -> Alert:
        """The alert for a verdict, in the language asked for or bokmål."""
        tongue: Language = language if language in {"nn", "en"} else "nb"  # type: ignore[assignment]
        category = self._categories[verdict.category]
        said = sorted(category.said_to(verdict.writer), key=lambda name: name == CANNOT_SPEAK)
        return Alert(
            category=category.id,
            speaks_to=verdict.writer,
            numbers=tuple(self._number(name, tongue) for name in self._order(category, verdict, signs)),
            message=" ".join(self._sentence(name, tongue) for name in said),
            cannot_speak=self._sentence(CANNOT_SPEAK, tongue) if CANNOT_SPEAK in said else "",
            language=tongue,
            signals=verdict.signals,
        )

    def in_tongue(self, heard: Heard | None, likely: str, signs: Signs, language: str) -> Alert:
        """The alert for a message in another language: its card, and the same in Norwegian or English for whoever is asked to help.

        `likely`: the category where the lists of its language have named none. Of a language that is not told there is no card: it is
        said in English and in Norwegian.
        """
        category = (heard.category if heard else None) or likely
        spoken = (
            (Signal(rule=f"{heard.tongue.code}:{heard.concept}", words=heard.words),) if heard and heard.concept else ()
        )
        verdict = Verdict(category, (), "unknown", spoken)
        alert = self.of(verdict, signs, language)
        card = (
            heard.tongue.card if heard else (self.of(verdict, signs, "en" if alert.language != "en" else "nb").message,)
        )
        return alert.model_copy(update={"message": "\n".join([*card, alert.message])})

    def _order(self, category: Category, verdict: Verdict, signs: Signs) -> list[str]:
        """The category's numbers; special signs go first or are added; then those of the other categories seen."""
        names = list(category.numbers)
        for sign, place, helpline in category.when:
            if any(not sighting.denied for sighting in signs.by_concept.get(sign, ())):
                names = [helpline, *names] if place == "first" else [*names, helpline]
        names += [self._categories[other].numbers[0] for other in verdict.others if other in self._categories]
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
        for name in dict.fromkeys(name for names in category.say.values() for name in names):
            if name not in entries:
                cure = f"Rett navnet, eller legg setningen til i {files.shown(path)}."
                problem, offer = schema.unknown("setningen", name, entries, cure)
                faults.append(Fault(category.file, f"«{category.id}»: {problem}", offer, "risk"))
    faults.stop(root)
    return {
        name: {language: " ".join(text.split()) for language, text in entry.model_dump().items()}
        for name, entry in entries.items()
    }


def read_numbers(
    path: Path, root: Path, categories: Mapping[str, Category] | None, shown: Mapping[str, str] | None = None
) -> dict[str, dict[str, str]]:
    """Name and phone of the helplines that the categories name, and of those that are `shown` elsewhere (each with the file).

    The first numbers of a category and those shown elsewhere must have a phone; added ones may lack.
    """
    text, where = files.read_text(path), files.shown(path)
    starts = [(match[1], match.start()) for match in _ENTRY.finditer(text)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    named = (categories or {}).values()
    wanted = {name: (file, "") for name, file in (shown or {}).items()} | {
        name: (each.file, f"«{each.id}»: ")
        for each in named
        for name in (*each.numbers, *(also for _, _, also in each.when))
    }
    needed = {name for each in named for name in each.numbers} | set(shown or {})
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


def _unknown_numbers(wanted: Mapping[str, tuple[str, str]], known: Sequence[str], where: str) -> Iterator[Fault]:
    for name in sorted(wanted.keys() - set(known)):
        problem, cure = schema.unknown("nummeret", name, known, f"Se id-ene i {where}.")
        file, whose = wanted[name]
        yield Fault(file, f"{whose}{problem}", cure, "risk")


def _record(text: str, where: str, line: int, name: str) -> _Record:
    """One helpline's plain fields. Only this record is parsed: the whole file takes longer than everything else."""
    return schema.model(_Record, files.parse(text, where, line), 0, label=name)
