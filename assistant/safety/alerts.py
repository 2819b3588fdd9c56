"""From matches to an alert: the most urgent category, its numbers in order, and what to say beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from assistant.errors import CorpusError, Fault
from assistant.models import Alert, AlertNumber, Language, Signal
from assistant.safety.lexicon import parsed, read_yaml
from assistant.safety.matching import Match
from assistant.safety.rules import Category
from assistant.safety.signs import Signs

_MOST_SIGNALS = 8
URGENCY_STEP = 0.3
_RECORD = re.compile(r"^- id: *[\"']?([^\s\"']+)", re.MULTILINE)
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


def read_messages(path: Path, root: Path, categories: dict[str, Category]) -> dict[str, dict[str, str]]:
    """The sentences by name and language; CorpusError when a language or a sentence that a category says is missing."""
    content = read_yaml(path, root)
    where = str(path.relative_to(root))
    faults: list[Fault] = []
    messages: dict[str, dict[str, str]] = {}
    for name, entry in (content if isinstance(content, dict) else {}).items():
        messages[str(name)] = {}
        for language in ("nb", "nn", "en"):
            text = entry.get(language) if isinstance(entry, dict) else None
            if not isinstance(text, str) or not text.strip():
                faults.append(Fault(f"{where}: {name}.{language}", "setningen mangler", "Skriv den på dette språket."))
            else:
                messages[str(name)][language] = " ".join(text.split())
    for category in categories.values():
        for name in category.say:
            if name not in messages:
                faults.append(Fault(f"{where}: {name}", f"mangler; «{category.id}» sier den", "Legg til setningen."))
    if faults:
        raise CorpusError(root, faults)
    return messages


def read_numbers(path: Path, root: Path, categories: dict[str, Category]) -> dict[str, dict[str, str]]:
    """Name and phone of the helplines that the categories name. The first numbers must have a phone; added ones may lack."""
    where = str(path.relative_to(root))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            root, [Fault(where, f"filen kan ikke leses ({error})", "Legg filen tilbake, lagret som UTF-8.")]
        ) from error
    starts = [(match[1], match.start()) for match in _RECORD.finditer(text)]
    wanted = {
        name
        for category in categories.values()
        for name in (*category.numbers, *(also for _, _, also in category.when))
    }
    needed = {name for category in categories.values() for name in category.numbers}
    found, faults = dict[str, dict[str, str]](), list[Fault]()
    for place, (name, start) in enumerate(starts):
        if name in wanted:
            end = starts[place + 1][1] if place + 1 < len(starts) else len(text)
            record = _record(text[start:end], f"{where}:{text.count(chr(10), 0, start) + 1}", faults)
            if record.get("phone"):
                found[name] = record
    for name in sorted(needed - found.keys()):
        faults.append(Fault(f"{where}: {name}.phone", "nummeret mangler, og varslene trenger det", "Legg det tilbake."))
    if faults:
        raise CorpusError(root, faults)
    return found


def _record(text: str, where: str, faults: list[Fault]) -> dict[str, str]:
    """One helpline's plain fields. Only this record is parsed: the whole file takes longer than everything else."""
    try:
        content = parsed(text)
    except yaml.YAMLError as error:
        faults.append(
            Fault(where, f"posten er ikke gyldig YAML: {getattr(error, 'problem', error)}", "Rett innrykket.")
        )
        return {}
    record = content[0] if isinstance(content, list) and content and isinstance(content[0], dict) else {}
    if not isinstance(record.get("name"), str) or not isinstance(record.get("phone"), (str, type(None))):
        faults.append(Fault(where, "navn og telefon skal være tekst", "Sett anførselstegn rundt nummeret."))
        return {}
    return {key: value for key, value in record.items() if isinstance(value, str)}
