"""Phrases that people edit, and where they stand in a text. One pattern language for the whole house:

`slår meg`            words, in order
`hva|kva|ka er`       one word or another
`spark(e,er,a)`       one word with several endings; also whole words: `(ham,henne)`
`voldt*`              every word that begins so
`slår …3 i hjel`      up to three words in between (`…1` to `…9`)
`#`                   any number
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from assistant.reading.normalise import bare, norwegian

Meaning = TypeVar("Meaning")
Node = dict[Any, Any]
"""A step in the tree of phrases: the words that may follow, and under MEANS what a phrase means that ends here."""

MEANS = None
GAP = "…"
_ENTRY = re.compile(r"(?:[^,\n(]|\([^)\n]*\))+")
_CHOICE = re.compile(r"\(([^()\n]*)\)")
_QUOTES = str.maketrans("", "", "'’")
_BAD = re.compile(r"…(?![1-9]( |$))|[^…]\*\S|[()|]")


class Found(NamedTuple):
    """A phrase that stands in the words from `start` up to `end`; `places` are those of its own words, without gaps."""

    start: int
    end: int
    places: tuple[int, ...]
    meaning: Any


class Phrases(Generic[Meaning]):
    """The tree of many phrases; complete and read-only once made, so that threads share it."""

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        self._root: Node = {}
        self.words: set[str] = set()
        gaps = set[str]()
        for listing, meaning in entries:
            for phrase in phrases(listing):
                self._add(phrase.split(), meaning, gaps)
        self._gaps = tuple(sorted((gap, int(gap[1:])) for gap in gaps))
        starts = sorted(word[:-1] for word in self.words if word.endswith("*"))
        self._prefixes = {start: f"{start}*" for start in starts}
        self._bare_prefixes = {bare(start): f"{start}*" for start in starts} | self._prefixes
        self._lengths = sorted({len(prefix) for prefix in self._bare_prefixes})

    def _add(self, words: list[str], meaning: Meaning, gaps: set[str]) -> None:
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
            if word[0] == GAP:
                gaps.add(word)
            else:
                self.words.add(word)
        node.setdefault(MEANS, []).append(meaning)

    def prefixes(self, word: str, plain: bool = False) -> Iterator[str]:
        """The beginnings (`voldt*`) that some phrase names and this word has. `plain`: the text has no æ, ø or å at all."""
        known = self._bare_prefixes if plain else self._prefixes
        for length in self._lengths:
            if length > len(word):
                return
            if (prefix := known.get(word[:length])) is not None:
                yield prefix

    def find(self, text: Sequence[Sequence[str]]) -> Iterator[Found]:
        """Every phrase in a text, given as the forms that each of its words may stand for."""
        for start, forms in enumerate(text):
            for form in forms:
                if (node := self._root.get(form)) is not None:
                    yield from self._walk(text, start, node)

    def _walk(self, text: Sequence[Sequence[str]], start: int, node: Node) -> Iterator[Found]:
        steps: list[tuple[int, Node, tuple[int, ...]]] = [(start + 1, node, (start,))]
        while steps:
            place, node, places = steps.pop()
            for meaning in node.get(MEANS, ()):
                yield Found(start, places[-1] + 1, places, meaning)
            for gap, widest in self._gaps:
                if (beyond := node.get(gap)) is not None:
                    for after in range(place, min(place + widest, len(text) - 1) + 1):
                        steps.extend(_next(text, after, beyond, places))
            steps.extend(_next(text, place, node, places))


def _next(
    text: Sequence[Sequence[str]], place: int, node: Node, places: tuple[int, ...]
) -> Iterator[tuple[int, Node, tuple[int, ...]]]:
    if place < len(text):
        for form in text[place]:
            if (following := node.get(form)) is not None:
                yield place + 1, following, (*places, place)


def phrases(listing: str) -> Iterator[str]:
    """The phrases of a list (commas or lines between them) with its shorthand written out."""
    listing = norwegian(listing.lower().translate(_QUOTES))
    for found in _ENTRY.finditer(listing):
        entry = found.group().strip()
        if entry:
            yield from _written_out(entry)


def _written_out(entry: str) -> Iterator[str]:
    if "(" not in entry and "|" not in entry:
        yield entry
        return
    choices = [_endings(word) if "(" in word else word.split("|") for word in _split(entry)]
    for choice in itertools.product(*choices):
        yield " ".join(" ".join(choice).split())


def _split(entry: str) -> list[str]:
    """The words of an entry; spaces inside brackets do not part them: `(i tottene på,i) meg`."""
    return re.findall(r"(?:[^\s(]|\([^)]*\))+", entry)


def _endings(word: str) -> list[str]:
    parts = _CHOICE.split(word)
    choices = [part.split(",") if place % 2 else [part] for place, part in enumerate(parts)]
    return ["".join(choice) for choice in itertools.product(*choices)]


def faults_in(listing: str) -> list[str]:
    """The phrases of a list that are not written in the pattern language: a gap without its width, a star inside a word."""
    return [
        phrase for phrase in phrases(listing) if _BAD.search(phrase) or phrase.startswith(GAP) or GAP in phrase[-2:]
    ]
