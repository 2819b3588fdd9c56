"""Which words each passage has: how rare a word is, and how much of a question a passage speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.index.channels import Floats, Ints, Rows
from assistant.index.postings import Postings
from assistant.language.analyzer import GRAM_MARK
from assistant.models import Query

_END = np.iinfo(np.int64).max  # closes each list of words, so that a search in it never runs over


class Contents:
    """Which words (not grams) each passage has, for coverage."""

    def __init__(self, rows: Sequence[Rows], count: int, number: Mapping[str, int]) -> None:
        words: list[set[int]] = [set() for _ in range(count)]
        own = {term: place for term, place in number.items() if not term.startswith(GRAM_MARK)}
        for row in rows:
            if row.channel.unit != "document":
                for place, bag in zip(row.passages.tolist(), row.bags, strict=True):
                    words[place].update(own[term] for term in set(bag) if term in own)
        self._words = [np.array([*sorted(found), _END], dtype=np.int64) for found in words]
        every = np.array([place for found in words for place in found], dtype=np.int64)
        frequency = np.bincount(every, minlength=len(number))
        self._rarity = np.log1p((count - frequency + 0.5) / (frequency + 0.5))

    def rarity(self, number: int | None) -> float:
        """Inverse document frequency of a word by its number; None: a word that no passage has."""
        return float(np.log1p(2 * len(self._words) + 1.0) if number is None else self._rarity[number])

    def coverage(self, query: Query, places: Sequence[int], postings: Postings) -> list[float]:
        """For each passage: the rarity of the question's words that it has, as a share of all. A question without words: 0."""
        terms = [term for term in query.terms if term.words]
        words = {
            word: column for column, word in enumerate(dict.fromkeys(word for term in terms for word in term.words))
        }
        if not words:
            return [0.0] * len(places)
        numbers = np.array([postings.number.get(term.term, -1) for term in terms], dtype=np.int64)
        covers = np.zeros((len(terms), len(words)))
        for row, term in enumerate(terms):
            covers[row, [words[word] for word in term.words]] = term.covers
        rarity = self._mass(numbers, covers)
        return [float((covers * self._has(numbers, place)).max(axis=0) @ rarity / rarity.sum()) for place in places]

    def _has(self, numbers: Ints, place: int) -> NDArray[np.bool_]:
        """Which of the words a passage has, as a column."""
        own = self._words[place]
        found: NDArray[np.bool_] = own[own.searchsorted(numbers)] == numbers
        return found[:, None]

    def _mass(self, numbers: Ints, covers: Floats) -> Floats:
        """How rare each word is: by its best term that the index knows; a word that it does not know is as rare as can be."""
        unknown = np.log1p(2 * len(self._words) + 1.0)
        known = np.where(numbers >= 0, self._rarity[numbers] if len(self._rarity) else unknown, unknown)
        best = covers == covers.max(axis=0)
        rarest: Floats = np.where(best, known[:, None], unknown).min(axis=0)
        return rarest
