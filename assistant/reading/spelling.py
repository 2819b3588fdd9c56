"""Misspelt words put right from a set of known words.

Norwegian spelling errors are mostly spellings by ear (`jort` for `gjort`, `familje`), doubled or single consonants and a
keyboard without æ, ø and å. So words are compared by keys in which those are the same; then one letter may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from assistant.reading.normalise import bare

_SOUNDS = (
    ("x", "ks"),
    ("ck", "k"),
    ("ch", "k"),
    ("c", "k"),
    ("q", "k"),
    ("w", "v"),
    ("z", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("hv", "v"),
    ("hj", "j"),
    ("gj", "j"),
    ("skj", "sj"),
    ("kj", "sj"),
    ("tj", "sj"),
    ("dt", "t"),
    ("nd", "n"),
    ("ld", "l"),
    ("rd", "r"),
)
_DOUBLED = re.compile(r"(.)\1")
_SILENT_END = re.compile(r"(?<=[a-zæøå]{3})(?:(?<=e)t|(?<=i)g)$")
_BY_EAR = str.maketrans("æøåy", "eooi")
LONGEST = 24
"""Longer strings of letters are not words that someone has misspelt, and work on them grows with their length."""

SHORTEST_KEY = 4
"""Letters. Shorter keys are one slip from too many others."""


def keys(word: str) -> tuple[str, ...]:
    """How the word sounds, and how it looks without æ, ø and å; often the same."""
    heard = word
    for written, letter in (("aa", "å"), ("oe", "ø"), ("ae", "æ")):
        heard = heard.replace(written, letter)
    return tuple(dict.fromkeys((_sound(heard.translate(_BY_EAR)), _sound(bare(word)))))


def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _SILENT_END.sub("", _DOUBLED.sub(r"\1", word))


class Speller:
    """Knows words with their counts; read-only.

    `slips_from`: shorter words are not put right by another letter than they have. `edits`: letters by which a word that sounds
    one slip away may differ as written.
    """

    def __init__(self, counts: Mapping[str, int], slips_from: int, edits: int) -> None:
        self._counts = counts
        self._slips_from = slips_from
        self._edits = edits

    @cached_property
    def _by_key(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in sorted(word for word in self._counts if len(word) > 2 and word.isalpha()):
            for key in keys(word):
                found.setdefault(key, []).append(word)
        return found

    @cached_property
    def _by_less(self) -> Mapping[str, list[str]]:
        """The keys by themselves and by what is left of them without one letter: two keys that meet here are one slip apart."""
        found: dict[str, list[str]] = {}
        for key in self._by_key:
            if SHORTEST_KEY <= len(key) <= LONGEST:
                for less in (key, *one_less(key)):
                    found.setdefault(less, []).append(key)
        return found

    def near(self, word: str) -> list[str]:
        """The known words that this one may be meant for, the nearest first; ties: the more frequent."""
        if not 3 <= len(word) <= LONGEST or not word.isalpha():
            return []
        own = keys(word)
        found = set(self._words(own)) or (set(self._slipped(word, own)) if len(word) >= self._slips_from else set())
        return sorted(found, key=lambda near: (distance(word, near), -self._counts[near], near))

    def correct(self, word: str) -> str | None:
        """The known word that this one most likely was meant to be; None where none is near."""
        return next(iter(self.near(word)), None)

    def _words(self, by: Iterable[str]) -> Iterator[str]:
        for key in by:
            yield from self._by_key.get(key, ())

    def _slipped(self, word: str, own: Iterable[str]) -> Iterator[str]:
        """Words one slip away by key: a letter too few, too many, wrong, or two swapped; the first letter is mostly right."""
        for key in own:
            for less in (key, *one_less(key)):
                for other in self._by_less.get(less, ()):
                    if distance(key, other) == 1:
                        yield from (near for near in self._by_key[other] if self._is_near(word, near))

    def _is_near(self, word: str, near: str) -> bool:
        return near[0] == word[0] and distance(bare(word), bare(near)) <= self._edits


def one_less(word: str) -> Iterator[str]:
    """The word without each of its letters in turn."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def distance(one: str, other: str) -> int:
    """Edits between two words; a swap of neighbours is one (optimal string alignment)."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other)
