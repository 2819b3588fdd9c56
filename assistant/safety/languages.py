"""Languages that the rules do not read: what danger is called in each, how the language is told, and its emergency card.

One file a language in `lexicon/risk/languages/`. The phrases are looked for in the words as typed; nothing is inflected or translated.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from assistant.content import files, schema
from assistant.content.files import Faults
from assistant.errors import Fault
from assistant.models import Frozen, Text
from assistant.reading.language import known_here

CATEGORIES: Mapping[str, str] = {
    "strangle": "strangulation",
    "injury": "medical_emergency",
    "die": "suicide_self_harm",
    "fire": "fire",
    "weapon": "weapon",
    "kill": "threat_to_kill",
    "rape": "sexual_assault_recent",
    "about_to_harm": "perpetrator_about_to_harm",
    "child": "child_in_danger",
    "coming": "stalking_now",
    "hit": "immediate_violence",
    "captive": "immediate_violence",
    "help": "immediate_violence",
}
"""What is called danger, and the category of each, the most urgent first."""
APART = 4
"""Words that may stand between two words of a phrase."""
MOST_LETTERS = 20_000
"""Letters of a message that are looked through; more are not typed by someone in danger."""
STEM = 3
"""Letters of a beginning («bije*») by which it is looked up."""
SPELT_ALIKE = str.maketrans("łıđøыيىكةأإآؤئ", "lidoиییکهاااوی")
"""Letters that people type for each other, and that stay apart when marks are taken off."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]")
"""Letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese: no spaces between words."""
_MARK = re.compile(r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Marks of Latin, Cyrillic, Hebrew and Arabic letters."""
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class Tongue(Frozen):
    """One language. `sure`: every phrase is certain, else a native should read it. `card`: three short lines, numbers as `{id}`."""

    code: Text
    name: Text
    name_nb: Text
    direction: Literal["ltr", "rtl"] = "ltr"
    sure: bool = False
    small_words: Text
    card: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    danger: dict[str, Text]


@dataclass(frozen=True)
class Phrase:
    """Words that must stand near each other, in any order; a word that ends in `*` is a beginning."""

    code: str
    concept: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """The language of a message, and what danger it speaks of (None: none)."""

    tongue: Tongue
    concept: str | None
    words: str = ""

    @property
    def category(self) -> str | None:
        return CATEGORIES[self.concept] if self.concept else None

    @property
    def features(self) -> set[str]:
        """What the fitted opinion on other languages sees of it: the language, that danger is named, and which."""
        found = {"x:told", f"x:told:{self.tongue.code}"}
        return found | {"x:any", f"x:{self.concept}", f"x:{self.tongue.code}:any"} if self.concept else found


@dataclass(frozen=True)
class Languages:
    """Read-only."""

    tongues: Mapping[str, Tongue] = field(default_factory=dict)
    _small: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _whole: Mapping[str, Sequence[Phrase]] = field(default_factory=dict)
    _begun: Mapping[str, Sequence[Phrase]] = field(default_factory=dict)
    _unspaced: Sequence[Phrase] = ()

    @classmethod
    def of(cls, tongues: Sequence[Tongue]) -> Languages:
        whole: dict[str, list[Phrase]] = {}
        begun: dict[str, list[Phrase]] = {}
        unspaced: list[Phrase] = []
        for phrase in (phrase for tongue in tongues for phrase in _phrases(tongue)):
            first = phrase.words[0]
            if _UNSPACED.search(first):
                unspaced.append(phrase)
            elif first.endswith("*"):
                begun.setdefault(first[:STEM], []).append(phrase)
            else:
                whole.setdefault(first, []).append(phrase)
        small: dict[str, list[str]] = {}
        for tongue in tongues:
            for word in set(_plain_words(tongue.small_words)):
                small.setdefault(word, []).append(tongue.code)
        return cls({tongue.code: tongue for tongue in tongues}, small, whole, begun, unspaced)

    def hear(self, written: str) -> Heard | None:
        """The language of a message in one of these, with the most urgent danger that it speaks of; None for any other."""
        text = plain(written[:MOST_LETTERS])
        words = _WORD.findall(text)
        here = known_here(words)
        counts = Counter(code for word in words for code in self._small.get(word, ()))
        spoken = [
            phrase
            for phrase in self._met(words, text)
            if _foreign(phrase) or counts[phrase.code] + _own_words(phrase) >= here
        ]
        for concept in CATEGORIES:
            for phrase in spoken:
                if phrase.concept == concept:
                    return Heard(self.tongues[phrase.code], concept, " ".join(phrase.words))
        likeliest = next(iter(counts.most_common(1)), None)
        return Heard(self.tongues[likeliest[0]], None) if likeliest and likeliest[1] > here else None

    def _met(self, words: Sequence[str], text: str) -> Iterator[Phrase]:
        """The phrases that are met. Each is looked for once, and only where all of its words stand somewhere, whatever is repeated."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            places.setdefault(word, []).append(at)
        begun = {word[:STEM] for word in places}
        for phrase in [phrase for word in places for phrase in self._whole.get(word, ())] + [
            phrase for stem in begun for phrase in self._begun.get(stem, ())
        ]:
            if all(part in places or _may_begin(part, begun) for part in phrase.words) and _stands(
                phrase, words, places
            ):
                yield phrase
        if _UNSPACED.search(text):
            yield from (phrase for phrase in self._unspaced if all(part.rstrip("*") in text for part in phrase.words))


def plain(text: str) -> str:
    """Lower case, without marks above and below; letters of scripts whose vowels are marks stay whole."""
    return _MARK.sub("", unicodedata.normalize("NFD", text.casefold().translate(SPELT_ALIKE)))


def _plain_words(text: str) -> list[str]:
    return [word for each in text.split(",") for word in _WORD.findall(plain(each))]


def _phrases(tongue: Tongue) -> Iterator[Phrase]:
    for concept, listed in tongue.danger.items():
        for said in plain(listed).split(","):
            if words := tuple(said.split()):
                yield Phrase(tongue.code, concept, words)


def _foreign(phrase: Phrase) -> bool:
    """Whether it is in a script that no language read here uses."""
    return not any("LATIN" in unicodedata.name(letter, "") for letter in phrase.words[0])


def _own_words(phrase: Phrase) -> int:
    """How many of its words are no small words of Norwegian or English: two in «hat ein messer»."""
    return len(phrase.words) - known_here(phrase.words)


def _is(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def _may_begin(part: str, begun: Collection[str]) -> bool:
    """Whether some word may begin with a part like «bije*», by its first letters."""
    return part.endswith("*") and (len(part) <= STEM or part[:STEM] in begun)


def _stands(phrase: Phrase, words: Sequence[str], places: Mapping[str, Sequence[int]]) -> bool:
    """Whether the phrase's other words stand near its first one, in any of its places."""
    first, *others = phrase.words
    starts = [word for word in places if _is(first, word)] if first.endswith("*") else [first]
    return any(_near(others, words, at) for word in starts for at in places[word])


def _near(parts: Sequence[str], words: Sequence[str], at: int) -> bool:
    around = words[max(at - APART - 1, 0) : at + len(parts) + APART + 1]
    return all(any(_is(part, word) for word in around) for part in parts)


def read_tongues(folder: Path, root: Path) -> list[Tongue]:
    """The languages of a folder, numbers in their cards still by name. Raises CorpusError for a file that does not hold."""
    faults = Faults()
    found = [tongue for path in files.listed(folder, "*.yaml") if (tongue := faults.of(_tongue, path))]
    faults.stop(root)
    return found


def card_numbers(tongues: Sequence[Tongue]) -> dict[str, str]:
    """The ids of the numbers that the cards show, each with the file of a card that shows it."""
    return {
        name: f"languages/{tongue.code}.yaml"
        for tongue in tongues
        for name in _PLACEHOLDER.findall(" ".join(tongue.card))
    }


def with_numbers(tongues: Sequence[Tongue], numbers: Mapping[str, Mapping[str, str]]) -> Languages:
    """The languages, the numbers in their cards as digits."""
    return Languages.of([_with_numbers(tongue, numbers) for tongue in tongues])


def _tongue(path: Path) -> Tongue:
    tongue = schema.read_model(Tongue, path)
    faults = Faults()
    for concept in sorted(tongue.danger.keys() - CATEGORIES.keys()):
        problem, cure = schema.unknown("begrepet", concept, list(CATEGORIES), "Se de andre filene i languages/.")
        faults.append(Fault(files.shown(path), problem, cure, "risk"))
    faults.stop(path)
    return tongue


def _with_numbers(tongue: Tongue, numbers: Mapping[str, Mapping[str, str]]) -> Tongue:
    card = tuple(_PLACEHOLDER.sub(lambda mark: numbers[mark[1]]["phone"], line) for line in tongue.card)
    return tongue.model_copy(update={"card": card})
