"""A fitted linear matcher: what a question is most like, learnt from all the ways people have asked.

Multinomial logistic regression over hashed features (stems, pairs of stems, character grams of the words in bokmål), one class for
each thing that can be asked for. It knows words that share no letters with a text, where some writer has used them; BM25 knows what
a text says. It is fitted when the content is built, in the same order each time.
"""

from __future__ import annotations

import itertools
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZE = 16_384
"""Places that features are hashed to. On writers that are left out four times fewer lose three right entries of a hundred, twice as many
find half a one more, for twice the time."""
FEWER = 4_096
"""The same where the words of the texts themselves are weighed beside: more find nothing more."""
RARE = 0.5
"""The power of a feature's rarity (the logarithm of how many wordings go to one that has it) that its value is multiplied by."""
GRAMS = (3, 4)
STEEP = 8.0
"""Log-odds for one unit of weight: a question's features have the length 1, and one step of the fit moves a weight by 0.02."""
PASSES, BATCH, RATE = 4, 1_024, 0.02
RIDGE = 1e-4
"""Adam's passes over the wordings, wordings a step, step, and pull towards zero; the pull by leaving writers out."""
FADING = (0.9, 0.99)
OF_KIND = 0.2
"""What each kind's weights count beside a class' own, by leaving writers out."""
BESIDE = 0.15
"""Log-odds for one unit of BM25 over all that was said for a class, beside the fit. On writers that are left out the two together find .852
of 2,500 questions first, the fit alone .835, BM25 alone .728; of 195 free messages .544, .518."""
LEAST = 1e-6
SATURATION, LENGTH = 1.2, 0.75
"""BM25's k1 and b, as they are usually set (Robertson and Zaragoza 2009)."""

Floats = NDArray[np.float32]
Seen = tuple[NDArray[np.int64], Floats]
"""The places of a question's features, and their values."""


@dataclass(frozen=True)
class Wording:
    """One way of asking: its words in bokmål, their stems, and the class that answers it."""

    words: Sequence[str]
    stems: Sequence[str]
    answer: str


def seen(words: Sequence[str], stems: Sequence[str], size: int = SIZE) -> Seen:
    """The features of a question: their places, of `size`, and how often each was met, in logarithms."""
    values: dict[int, float] = {}
    for feature, count in Counter(_features(words, stems)).items():
        place = zlib.crc32(feature.encode("utf-8", "replace"))
        sign = 1.0 if place & 0x80000000 else -1.0
        values[place % size] = values.get(place % size, 0.0) + sign * (1.0 + math.log(count) if count > 1 else 1.0)
    return np.fromiter(values.keys(), np.int64, len(values)), np.fromiter(values.values(), np.float32, len(values))


def _weighed(row: Seen, rarity: Floats) -> Seen:
    """The features, each multiplied by its rarity, as a vector of length one."""
    places, values = row
    values = values * rarity[places]
    return places, values / np.float32(np.sqrt((values**2).sum()) or 1.0)


def _rarity(rows: Sequence[Seen], size: int) -> Floats:
    """For each place, how rare it is in the rows."""
    met = np.zeros(size)
    for places, _ in rows:
        met[places] += 1
    found: Floats = (np.log((len(rows) + 1) / (met + 1)) ** RARE).astype(np.float32)
    return found


def _features(words: Iterable[str], stems: Sequence[str]) -> Iterator[str]:
    yield from (f"s:{stem}" for stem in stems)
    yield from (f"t:{one} {other}" for one, other in itertools.pairwise(stems))
    for word in words:
        edged = f"_{word[:40]}_"
        for size in GRAMS:
            yield from (edged[at : at + size] for at in range(len(edged) - size + 1))


class Matcher:
    """Read-only. `names` are the classes, in the order of the odds; `known` the stems that some wording had.

    `weights`: a row for each place; a column for each class, and a last one with the place's rarity. `said`: BM25 of each class for each
    known stem, a row for each in their order; without it the fit decides alone.
    """

    def __init__(
        self,
        names: Sequence[str],
        weights: NDArray[np.float16] | Floats,
        known: Iterable[str],
        said: NDArray[np.float16] | None = None,
    ) -> None:
        self.names = tuple(names)
        self.weights = weights
        self.known = frozenset(known)
        self._rarity: Floats = np.asarray(weights[:, -1], np.float32)
        self._said = said
        self._row = {stem: at for at, stem in enumerate(sorted(self.known))} if said is not None else {}

    @classmethod
    def fit(
        cls,
        wordings: Sequence[Wording],
        kinds: Sequence[Mapping[str, str]] = (),
        size: int = SIZE,
        with_said: bool = False,
    ) -> Matcher:
        """The matcher of these wordings, with features at `size` places; a class is known by at least one. `with_said`: BM25 counts too.

        `kinds` sort the classes, each in its own way: by whom an answer is for, by what it is about. How a kind is asked for is learnt from
        more wordings than how each of its classes is, and counts beside it.
        """
        names = sorted({wording.answer for wording in wordings})
        known = {stem for wording in wordings for stem in wording.stems}
        rows = [seen(wording.words, wording.stems, size) for wording in wordings]
        rarity = _rarity(rows, size)
        rows = [_weighed(row, rarity) for row in rows]
        told = [wording.answer for wording in wordings]
        sorts = [{name: name for name in names}, *({name: kind.get(name, name) for name in names} for kind in kinds)]
        weights, *of_kinds = _fitted(rows, [[sort[name] for name in told] for sort in sorts], size)
        for sort, found in zip(sorts[1:], of_kinds, strict=True):
            place = {name: at for at, name in enumerate(sorted(set(sort.values())))}
            weights += OF_KIND * found[:, [place[sort[name]] for name in names]]
        said = _said(wordings, names, sorted(known)) if with_said else None
        return cls(names, np.column_stack([STEEP * weights, rarity]).astype(np.float16), known, said)

    def odds(self, words: Sequence[str], stems: Sequence[str]) -> Floats:
        """The log-odds of each class but for a constant, in the order of `names`."""
        places, values = _weighed(seen(words, stems, len(self._rarity)), self._rarity)
        if not len(places):
            return np.zeros(len(self.names), np.float32)
        found: Floats = values @ self.weights[places, :-1].astype(np.float32)
        return found + self._beside(stems)

    def _beside(self, stems: Iterable[str]) -> Floats | float:
        """What BM25 adds to each class."""
        rows = sorted({self._row[stem] for stem in stems if stem in self._row})
        if self._said is None or not rows:
            return 0.0
        beside: Floats = BESIDE * self._said[rows].astype(np.float32).sum(axis=0)
        return beside


def _said(wordings: Sequence[Wording], names: Sequence[str], stems: Sequence[str]) -> NDArray[np.float16]:
    """BM25 of each stem for all that was said for each class, taken as one text: (stems, classes)."""
    row, column = ({name: at for at, name in enumerate(ordered)} for ordered in (stems, names))
    counts = np.zeros((len(stems), len(names)), np.float32)
    for wording in wordings:
        for stem in wording.stems:
            counts[row[stem], column[wording.answer]] += 1
    lengths = counts.sum(axis=0)
    damped = counts + SATURATION * (1 - LENGTH + LENGTH * lengths / max(lengths.mean(), LEAST))
    met = (counts > 0).sum(axis=1, keepdims=True)
    rarity = np.log(1 + (len(names) - met + 0.5) / (met + 0.5))
    found: NDArray[np.float16] = (rarity * counts * (SATURATION + 1) / np.maximum(damped, LEAST)).astype(np.float16)
    return found


def likelihood(odds: Floats) -> Floats:
    """The odds as likelihoods, which sum to one."""
    raised = np.exp(odds - odds.max(axis=-1, keepdims=True))
    likely: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return likely


def _fitted(rows: Sequence[Seen], told: Sequence[Sequence[str]], size: int) -> list[Floats]:
    """Adam on the logistic loss, in an order that is drawn once and is always the same; for each sorting of the rows (`told`: the class of
    each row) the weights of its classes, in the order of their names. All are fitted in one go: the rows are many, and laid out once."""
    places = [{name: at for at, name in enumerate(sorted(set(names)))} for names in told]
    classes = [np.array([place[name] for name in names], np.int64) for place, names in zip(places, told, strict=True)]
    ends = np.cumsum([0, *map(len, places)])
    spans = [slice(start, end) for start, end in itertools.pairwise(ends.tolist())]
    fit = _Adam((size, int(ends[-1])))
    order = np.random.default_rng(0)
    for _ in range(PASSES if ends[-1] else 0):
        for batch in np.array_split(order.permutation(len(rows)), max(len(rows) // BATCH, 1)):
            met, x = _dense([rows[at] for at in batch])
            error = STEEP * (x @ fit.weights[met])
            for span, of_row in zip(spans, classes, strict=True):
                error[:, span] = likelihood(error[:, span])
                error[np.arange(len(batch)), span.start + of_row[batch]] -= 1.0
            fit.step(met, STEEP * (x.T @ error) / len(batch))
    return [fit.weights[:, span] for span in spans]


class _Adam:
    """Weights that are pulled towards zero and moved step by step (Kingma and Ba 2015), in place: they are eight million."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.weights, self._slope, self._spread, self._gradient, self._move = (
            np.zeros(shape, np.float32) for _ in range(5)
        )
        self._steps = 0

    def step(self, met: NDArray[np.int64], of_met: NDArray[np.floating[Any]]) -> None:
        """One step; `of_met` is the loss' gradient at the places that the rows have, which is zero at all others."""
        self._steps += 1
        gradient, move = self._gradient, self._move
        np.multiply(self.weights, RIDGE, out=gradient)
        gradient[met] += of_met
        self._slope *= FADING[0]
        self._slope += np.multiply(gradient, 1 - FADING[0], out=move)
        self._spread *= FADING[1]
        self._spread += np.multiply(np.square(gradient, out=move), 1 - FADING[1], out=move)
        np.sqrt(np.divide(self._spread, 1 - FADING[1] ** self._steps, out=gradient), out=gradient)
        gradient += 1e-6
        np.divide(self._slope, gradient, out=move)
        move *= RATE / (1 - FADING[0] ** self._steps)
        self.weights -= move


def _dense(batch: Sequence[Seen]) -> tuple[NDArray[np.int64], Floats]:
    """The places that the rows of a batch have, half of all, and the rows with a column for each of these."""
    met, columns = np.unique(np.concatenate([places for places, _ in batch]), return_inverse=True)
    rows = np.zeros((len(batch), len(met)), np.float32)
    lengths = [len(places) for places, _ in batch]
    rows[np.repeat(np.arange(len(batch)), lengths), columns] = np.concatenate([values for _, values in batch])
    return met, rows
