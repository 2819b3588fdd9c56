"""A fitted linear matcher: which passage, entry or example a question is most like, learnt from all the ways people have asked.

Ridge regression in closed form over hashed features (stems, pairs of stems, character grams of the words in bokmål), one class for
each thing that can be found. It sees words that share no letters with a text, where some writer has used them; BM25 sees what a
text says. It is fitted when the content is built, and deterministic.
"""

from __future__ import annotations

import itertools
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIZE = 4096
"""Places that features are hashed to; twice as many find no more on writers that are left out."""
RIDGE = 1.0
GRAMS = (3, 4)
BATCH = 2_000  # rows that are multiplied at a time: 32 MB

Floats = NDArray[np.float32]
Seen = tuple[NDArray[np.int64], Floats]
"""The places of a question's features and their values; the values' squares sum to one."""


@dataclass(frozen=True)
class Wording:
    """One way of asking: its words in bokmål, their stems, and the class that answers it."""

    words: Sequence[str]
    stems: Sequence[str]
    answer: str


def seen(words: Sequence[str], stems: Sequence[str]) -> Seen:
    """The features of a question."""
    values: dict[int, float] = {}
    for feature, count in Counter(_features(words, stems)).items():
        place = zlib.crc32(feature.encode("utf-8", "replace"))
        sign = 1.0 if place & 0x80000000 else -1.0
        values[place % SIZE] = values.get(place % SIZE, 0.0) + sign * (1.0 + float(np.log(count)))
    weights = np.fromiter(values.values(), np.float32, len(values))
    length = float(np.sqrt((weights**2).sum())) or 1.0
    return np.fromiter(values.keys(), np.int64, len(values)), weights / np.float32(length)


def _features(words: Iterable[str], stems: Sequence[str]) -> Iterator[str]:
    yield from (f"s:{stem}" for stem in stems)
    yield from (f"t:{one} {other}" for one, other in itertools.pairwise(stems))
    for word in words:
        edged = f"_{word[:40]}_"
        for size in GRAMS:
            yield from (edged[at : at + size] for at in range(len(edged) - size + 1))


class Matcher:
    """Read-only. `names` are the classes, in the order of the scores; `known` the stems that some wording had."""

    def __init__(self, names: Sequence[str], weights: NDArray[np.float16] | Floats, known: Iterable[str]) -> None:
        self.names = tuple(names)
        self.weights = weights
        self.known = frozenset(known)

    @classmethod
    def fit(cls, wordings: Sequence[Wording]) -> Matcher:
        """The matcher of these wordings; a class is known by at least one."""
        names = sorted({wording.answer for wording in wordings})
        place = {name: at for at, name in enumerate(names)}
        gram = np.zeros((SIZE, SIZE), np.float32)
        target = np.zeros((SIZE, len(names)), np.float32)
        for start in range(0, len(wordings), BATCH):
            batch = wordings[start : start + BATCH]
            rows = _rows([seen(wording.words, wording.stems) for wording in batch])
            gram += rows.T @ rows
            classes = np.zeros((len(batch), len(names)), np.float32)
            classes[np.arange(len(batch)), [place[wording.answer] for wording in batch]] = 1.0
            target += rows.T @ classes
        gram[np.arange(SIZE), np.arange(SIZE)] += RIDGE
        known = {stem for wording in wordings for stem in wording.stems}
        return cls(names, np.linalg.solve(gram, target).astype(np.float16), known)

    def scores(self, words: Sequence[str], stems: Sequence[str]) -> Floats:
        """How like each class the question is, in the order of `names`."""
        places, values = seen(words, stems)
        if not len(places):
            return np.zeros(len(self.names), np.float32)
        found: Floats = values @ self.weights[places].astype(np.float32)
        return found


def _rows(batch: Sequence[Seen]) -> Floats:
    rows = np.zeros((len(batch), SIZE), np.float32)
    for row, (places, values) in enumerate(batch):
        rows[row, places] = values
    return rows
