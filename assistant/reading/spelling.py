"""Misspelt words put right from the words that the content and the lexicon know.

Norwegian spelling errors are mostly spellings by ear (`jort` for `gjort`, `familje`), doubled or single consonants and a
keyboard without æ, ø and å. So words are compared by a key in which those are the same, and one more letter may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

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
_BY_KEYBOARD = str.maketrans("æøå", "aoa")
_LETTERS = "abdefghijklmnoprstuvy"
_ONE_LETTER_FROM = 6  # shorter words have too many neighbours: `kost` is not a misspelt `kast`


def keys(word: str) -> tuple[str, ...]:
    """How the word sounds, and how it looks without æ, ø and å; often the same."""
    for written, letter in (("aa", "å"), ("oe", "ø"), ("ae", "æ")):
        word = word.replace(written, letter)
    return tuple(dict.fromkeys(_sound(word.translate(table)) for table in (_BY_EAR, _BY_KEYBOARD)))


def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _SILENT_END.sub("", _DOUBLED.sub(r"\1", word))


class Spelling:
    """Knows words with their counts; read-only."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        self._by_key: dict[str, list[str]] = {}
        for word in sorted(word for word in counts if len(word) > 2 and word.isalpha()):
            for key in keys(word):
                self._by_key.setdefault(key, []).append(word)

    def correct(self, word: str) -> str | None:
        """The known word that this one most likely was meant to be; None where none is near. Ties: the more frequent word."""
        if len(word) < 3 or not word.isalpha():
            return None
        own = keys(word)
        found = self._words(own)
        if not found and len(word) >= _ONE_LETTER_FROM:
            found = {near for key in own for near in self._words(_one_letter_off(key)) if near[0] == word[0]}
        if not found:
            return None
        return min(found, key=lambda near: (distance(word, near), -self._counts[near], near))

    def _words(self, by: Iterable[str]) -> set[str]:
        return {word for key in by for word in self._by_key.get(key, ())}


def _one_letter_off(word: str) -> Iterator[str]:
    """All that one letter left out, put in, changed, or swapped with the next makes of a word."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in _LETTERS)


def distance(one: str, other: str) -> int:
    """Edits between two words; a swap of neighbours is one (optimal string alignment)."""
    before, row = list(range(len(other) + 1)), list(range(len(other) + 1))
    earlier = before
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
