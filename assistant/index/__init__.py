"""Passages -> BM25 index -> ranked hits. rank-bm25 defines the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.index.channels import Channel, Entry, Floats, Rows, Weights, rows_of, to_passages
from assistant.index.contents import Contents
from assistant.index.postings import Postings
from assistant.language.analyzer import Analyzer
from assistant.models import Query
from assistant.reading import words as tokens

__all__ = ["Channel", "Entry", "Hit", "Index", "Weights"]


@dataclass(frozen=True)
class Hit:
    """`coverage`: the share of the question's words, by their rarity, that the passage speaks of. `parts`: score by channel."""

    id: str
    score: float
    coverage: float
    parts: Mapping[str, float]


ASKED = "questions"
OFTEN = 3


def _known_words(entries: Sequence[Entry], analyzer: Analyzer) -> Counter[str]:
    """The words of the content. Questions are written as people type them, so a word of theirs alone must stand in three of them:
    «krisesnter» in an example must not become a word that others are put right to."""
    texts = {text for entry in entries for name, text in entry.fields.items() if name != ASKED}
    words = analyzer.vocabulary(sorted(texts))
    asked = analyzer.vocabulary(sorted({entry.fields[ASKED] for entry in entries if ASKED in entry.fields}))
    return words + Counter({word: count for word, count in asked.items() if word in words or count >= OFTEN})


class Index:
    """Read-only after `build`. `analyzer` is the one to make queries with: it knows the words of the entries."""

    def __init__(self, ids: Sequence[str], rows: Sequence[Rows], weights: Weights, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.weights = weights
        self._ids = tuple(ids)
        self._rows = [(row.channel, row.passages, len(row.bags)) for row in rows]
        self._postings = Postings(rows, weights)
        self._contents = Contents(rows, len(ids), self._postings.number)

    @classmethod
    def build(cls, entries: Sequence[Entry], analyzer: Analyzer, weights: Weights = Weights()) -> Index:
        """An index of the entries. Channels that no entry has a text for are left out; ids must differ."""
        entries = sorted(entries, key=lambda entry: entry.id)
        ids = [entry.id for entry in entries]
        if len(set(ids)) != len(ids):
            twice = next(id_ for id_, count in Counter(ids).items() if count > 1)
            raise ValueError(f"entry id {twice!r} occurs more than once")
        analyzer = analyzer.knowing(_known_words(entries, analyzer))
        of_token = cache(analyzer.token_terms)
        terms = cache(
            lambda text: [term for token in tokens(text) for term in of_token(token)]
        )  # a body is in two channels
        rows = [rows_of(channel, entries, terms) for channel in weights.channels]
        return cls(ids, [row for row in rows if any(row.bags)], weights, analyzer)

    def search(
        self,
        query: Query,
        k: int = 10,
        weight: Mapping[str, float] | Floats | None = None,
        allowed: Collection[str] | NDArray[np.bool_] | None = None,
        beside: Floats | None = None,
        trust: float = 1.0,
    ) -> list[Hit]:
        """The best passages with a score, best first; ties break by id.

        `beside` is another judge's score of each passage, in the order of `ids`; the two are added, each in units of its own
        spread over the passages, so that neither decides by its scale; `trust` (0 to 1) is how far that judge is heard.

        `weight` multiplies the score of a passage (one that is not named: 1); `allowed` leaves out all others. As arrays, both
        follow the order of `ids`.
        """
        parts = self._scores(query)
        scores = sum(
            (channel.weight * part for (channel, _, _), part in zip(self._rows, parts, strict=True)),
            np.zeros(len(self._ids)),
        )
        if beside is not None:
            scores = _spread(scores) + trust * _spread(beside)
        scores = self._adjusted(scores, weight, allowed)
        places = _best(scores, k)
        coverage = self._contents.coverage(query, places, self._postings)
        return [
            Hit(
                self._ids[place],
                float(scores[place]),
                covered,
                {channel.name: float(part[place]) for (channel, _, _), part in zip(self._rows, parts, strict=True)},
            )
            for place, covered in zip(places, coverage, strict=True)
        ]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the index' own order (sorted)."""
        return self._ids

    def rarity(self, term: str) -> float:
        """How rare a word of the content is (inverse document frequency); a word that it does not have is as rare as can be."""
        return self._contents.rarity(self._postings.number.get(term))

    def _scores(self, query: Query) -> list[Floats]:
        """Each channel's score for every passage."""
        summed = self._postings.scores([(term.term, term.weight) for term in query.terms])
        found, start = [], 0
        for channel, passages, size in self._rows:
            found.append(to_passages(channel.unit, summed[start : start + size], passages, len(self._ids)))
            start += size
        return found

    def _adjusted(
        self,
        scores: Floats,
        weight: Mapping[str, float] | Floats | None,
        allowed: Collection[str] | NDArray[np.bool_] | None,
    ) -> Floats:
        if isinstance(weight, np.ndarray):
            scores = scores * weight
        elif weight:
            scores = scores * np.array([weight.get(id_, 1.0) for id_ in self._ids])
        if isinstance(allowed, np.ndarray):
            scores = np.where(allowed, scores, 0.0)
        elif allowed is not None:
            scores = np.where([id_ in allowed for id_ in self._ids], scores, 0.0)
        return scores


def _spread(scores: Floats) -> Floats:
    """The scores in units of their standard deviation; zero stays zero."""
    deviation = float(scores.std())
    spread: Floats = scores / deviation if deviation else scores
    return spread


def _best(scores: Floats, k: int) -> list[int]:
    """The places of the k best scores other than 0, best first; equal scores in the order of the ids."""
    found = np.flatnonzero(scores)
    if 0 < k < len(found):
        least = np.partition(scores[found], len(found) - k)[len(found) - k]
        found = found[scores[found] >= least]
    order = np.argsort(-scores[found], kind="stable")
    return [int(place) for place in found[order][: max(k, 0)]]
