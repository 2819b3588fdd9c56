"""The word lists of the safety rules: concepts (`kniv`, `halsen`, `i natt`), read from YAML that people edit.

The lists are written in the pattern language of `assistant.reading.phrases`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.content import files, schema
from assistant.content.files import Faults
from assistant.errors import Fault
from assistant.models import Frozen, Text
from assistant.reading.phrases import Phrases, phrases

LISTS = {
    "words": ("", ""),
    "past": ("", "past"),
    "english": ("", ""),
    "english_past": ("", "past"),
    "english_only": ("english", ""),
    "english_only_past": ("english", "past"),
    "norwegian_only": ("norwegian", ""),
}
"""The lists a concept may have, each with the language it is limited to and its tense."""

GRAMMAR = frozenset({"leddskille", "engelsk-merke", "norsk-merke", "småord", "tall"})
"""Lists of single words that steer the reading itself."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a concept, its tense, and the language in which alone it counts."""

    concept: str
    tense: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """`deniable`: a denial takes it away (`slår ikke`). `cancels`: its words take other meanings away (`slå av lyset`)."""

    name: str
    means: str
    deniable: bool
    cancels: bool
    file: str


class Lexicon:
    """All concepts and their phrases; read-only once read."""

    def __init__(self) -> None:
        self.concepts: dict[str, Concept] = {}
        self.includes: dict[str, tuple[str, ...]] = {}
        self.lists: list[tuple[str, Meaning]] = []

    @cached_property
    def phrases(self) -> Phrases[Meaning]:
        """The tree of all phrases."""
        return Phrases(self.lists)

    @cached_property
    def grammar(self) -> dict[str, frozenset[str]]:
        """The lists of single words that steer the reading itself, by name."""
        return {
            name: frozenset(
                phrase
                for listing, meaning in self.lists
                if meaning.concept == name
                for phrase in phrases(listing)
                if " " not in phrase
            )
            for name in sorted(GRAMMAR)
        }

    def wider(self) -> dict[str, tuple[str, ...]]:
        """For each concept the concepts that include it, directly or through others, itself first."""
        above: dict[str, list[str]] = {name: [name] for name in self.concepts}
        for names in above.values():
            for known in names:
                names.extend(outer for outer, inner in self.includes.items() if known in inner and outer not in names)
        return {name: tuple(names) for name, names in above.items()}


class _Entry(Frozen):
    """A concept as it stands in a file."""

    means: Text
    deniable: bool = False
    cancels: bool = False
    includes: schema.Words = ()
    words: str | None = None
    past: str | None = None
    english: str | None = None
    english_past: str | None = None
    english_only: str | None = None
    english_only_past: str | None = None
    norwegian_only: str | None = None


def read_lexicon(folder: Path, root: Path) -> Lexicon:
    """All word lists in `folder`; CorpusError lists every fault found in them."""
    lexicon, faults = Lexicon(), Faults()
    paths = files.listed(folder, "*.yaml")
    if not paths:
        faults.append(Fault(files.shown(folder), "ingen ordlister her", "Legg tilbake ordlistene.", "risk"))
    places: dict[str, str] = {}
    for path in paths:
        faults.of(_read_words, lexicon, path, places)
    if not faults:
        faults.extend(_unknown_parts(lexicon))
    faults.stop(root)
    return lexicon


def _read_words(lexicon: Lexicon, path: Path, places: dict[str, str]) -> None:
    """One file of concepts into the lexicon; `places` is where each concept stands. Raises CorpusError."""
    content, faults = files.read(path), Faults()
    for name, entry in schema.named(_Entry, content, "ord under").items():
        if name in places:
            cure = f"Slå det sammen med det i {places[name]}."
            faults.append(content.fault((name,), f"begrepet «{name}» finnes fra før", cure))
        places[name] = f"{content.where}:{content.line(name)}"
        lexicon.concepts[name] = Concept(name, entry.means, entry.deniable, entry.cancels, places[name])
        lexicon.includes[name] = entry.includes
        for key, (language, tense) in LISTS.items():
            if listing := getattr(entry, key):
                lexicon.lists.append((listing, Meaning(name, tense, language)))
    faults.stop(path)


def read_ordinary(path: Path, root: Path) -> frozenset[str]:
    """Ordinary words that look like words of the lists but are not misspellings of them; a plain text file."""
    return frozenset(files.read_text(path).split())


def _unknown_parts(lexicon: Lexicon) -> Iterator[Fault]:
    for name, parts in lexicon.includes.items():
        for part in parts:
            if part not in lexicon.concepts:
                problem, cure = schema.unknown("begrepet", part, lexicon.concepts, "Rett navnet i «includes».")
                yield Fault(lexicon.concepts[name].file, f"«{name}»: {problem}", cure, "risk")
