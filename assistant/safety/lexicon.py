"""The word lists of the safety rules: concepts (`kniv`, `halsen`, `i natt`), read from YAML that people edit.

Shorthand in the lists: `spark(e,er,a)` stands for three forms, `voldt*` for every word that begins so,
`slår ~ i hjel` lets up to three words stand in between, `#` is any number.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from assistant.content import files, schema
from assistant.content.files import Faults
from assistant.errors import Fault
from assistant.models import Frozen, Text
from assistant.safety.writing import exact

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


_ENTRY = re.compile(r"(?:[^,\n(]|\([^)]*\))+")
_CHOICE = re.compile(r"\(([^()]*)\)")
GAP = "~"
GRAMMAR = frozenset({"leddskille", "engelsk-merke", "norsk-merke", "småord", "tall"})
"""Lists of single words that steer the reading itself."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a concept, its tense, and the language in which alone it counts."""

    concept: str
    tense: str = ""
    language: str = ""


class Node:
    """A step in the tree of phrases: the words that may follow, and what the phrase means if it ends here.

    Phrases wait in the node of their first word until a message comes there: most of the tree is never needed.
    """

    __slots__ = ("_next", "_waiting", "meanings")

    def __init__(self) -> None:
        self._next: dict[str, Node] = {}
        self._waiting: list[tuple[list[str], int, Meaning]] = []
        self.meanings: list[Meaning] = []

    def add(self, words: list[str], place: int, meaning: Meaning) -> None:
        """Put the words from `place` on under this node."""
        if place == len(words):
            self.meanings.append(meaning)
        else:
            self._waiting.append((words, place, meaning))

    def branch(self, word: str) -> Node:
        """The node after `word`, made if need be."""
        node = self._next.get(word)
        if node is None:
            node = self._next[word] = Node()
        return node

    def follow(self, word: str) -> Node | None:
        """The node after `word`, if any phrase goes on so."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for words, place, meaning in waiting:
                self.branch(words[place]).add(words, place + 1, meaning)
        return self._next.get(word)


@dataclass(frozen=True, slots=True)
class Concept:
    """`deniable`: a denial takes it away (`slår ikke`). `cancels`: its words take other meanings away (`slå av lyset`)."""

    name: str
    means: str
    deniable: bool
    cancels: bool
    file: str


class Lexicon:
    """All concepts and the tree of their phrases; read-only once read."""

    def __init__(self) -> None:
        self.concepts: dict[str, Concept] = {}
        self.includes: dict[str, tuple[str, ...]] = {}
        self.root = Node()
        self.words: set[str] = set()
        self.grammar: dict[str, frozenset[str]] = {}

    def add(self, listing: str, meaning: Meaning) -> None:
        """Put the phrases of a list into the tree."""
        found = [phrase.split() for phrase in phrases(listing)]
        for words in found:
            self.root.branch(words[0]).add(words, 1, meaning)
            self.words.update(words)
        if meaning.concept in GRAMMAR:
            singles = frozenset(words[0] for words in found if len(words) == 1)
            self.grammar[meaning.concept] = self.grammar.get(meaning.concept, frozenset()) | singles

    def wider(self) -> dict[str, tuple[str, ...]]:
        """For each concept the concepts that include it, directly or through others, itself first."""
        above: dict[str, list[str]] = {name: [name] for name in self.concepts}
        for names in above.values():
            for known in names:
                names.extend(outer for outer, inner in self.includes.items() if known in inner and outer not in names)
        return {name: tuple(names) for name, names in above.items()}


def phrases(listing: str) -> Iterator[str]:
    """The phrases of a list with its shorthand written out."""
    listing = exact(listing.lower().replace("'", "").replace("’", ""))
    for found in _ENTRY.finditer(listing):
        entry = found.group().strip()
        if "(" not in entry:
            if entry:
                yield entry
            continue
        parts = _CHOICE.split(entry)
        choices = [part.split(",") if place % 2 else [part] for place, part in enumerate(parts)]
        for choice in itertools.product(*choices):
            yield "".join(choice)


_UNKNOWN = re.compile(r"[|…\[\]{}<>\\^_=+;:?!\"«»]|\*(?![,)\s]|$)|\([^()]*\(|^[^(\n]*\)")


def _only_known_marks(listing: str) -> str:
    """Raises ValueError (problem | cure) for a mark that means nothing in a list, which would silently match nothing."""
    odd = _UNKNOWN.search(listing)
    if odd or listing.count("(") != listing.count(")"):
        near = listing[max(odd.start() - 15, 0) : odd.end() + 15] if odd else listing[-30:]
        raise ValueError(
            f"ukjent tegn nær «{' '.join(near.split())}» | Kjent er komma, ~, #, ord* og ord(e,er), uten parentes i parentes."
        )
    return listing


Listing = Annotated[str, AfterValidator(_only_known_marks)]


class _Entry(Frozen):
    """A concept as it stands in a file."""

    means: Text
    deniable: bool = False
    cancels: bool = False
    includes: schema.Words = ()
    words: Listing | None = None
    past: Listing | None = None
    english: Listing | None = None
    english_past: Listing | None = None
    english_only: Listing | None = None
    english_only_past: Listing | None = None
    norwegian_only: Listing | None = None


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
                lexicon.add(listing, Meaning(name, tense, language))
    faults.stop(path)


def read_ordinary(path: Path, root: Path) -> frozenset[str]:
    """Ordinary words that look like words of the lists but are not misspellings of them; a plain text file."""
    return frozenset(files.read_text(path).split())


def read_same(path: Path, root: Path) -> dict[str, str]:
    """For each word of Nynorsk or a dialect the Bokmål word it also stands for. CorpusError names the wrong line."""
    content, faults, same = files.read(path), Faults(), dict[str, str]()
    for word, others in schema.mapping(content, "ord under").items():
        if isinstance(others, str):
            same.update((exact(other.strip().lower()), word) for other in others.split(","))
        else:
            problem = f"«{word}» skal ha en liste av ord med komma imellom"
            faults.append(content.fault((word,), problem, "Skriv for eksempel «ikke: ikkje, itj»."))
    faults.stop(root)
    return same


def _unknown_parts(lexicon: Lexicon) -> Iterator[Fault]:
    for name, parts in lexicon.includes.items():
        for part in parts:
            if part not in lexicon.concepts:
                problem, cure = schema.unknown("begrepet", part, lexicon.concepts, "Rett navnet i «includes».")
                yield Fault(lexicon.concepts[name].file, f"«{name}»: {problem}", cure, "risk")
