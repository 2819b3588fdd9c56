"""The scores of rank-bm25 kept as postings, which answer the same query ten to five hundred times faster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.index.channels import Floats, Ints, Rows, Weights
from assistant.language.analyzer import GRAM_MARK


class Postings:
    """rank-bm25's score of each term for each text, computed once, kept by term; the channels' texts are numbered through."""

    def __init__(self, channels: Sequence[Rows], weights: Weights) -> None:
        self.number: dict[str, int] = {}
        found, start = [], 0
        for channel in channels:
            term, row, score = self._channel(channel, weights)
            found.append((term, row + start, score))
            start += len(channel.bags)
        self.size = start
        if found:
            terms, rows, scores = (np.concatenate(column) for column in zip(*found, strict=True))
            self._arrange(terms, rows, scores)

    def _channel(self, channel: Rows, weights: Weights) -> tuple[Ints, Ints, Floats]:
        """Term number, row and score of every posting, from rank-bm25's own statistics and by its formula."""
        from rank_bm25 import BM25Okapi

        okapi: Any = BM25Okapi(channel.bags, k1=weights.k1, b=weights.b, epsilon=weights.epsilon)
        sizes = [len(counts) for counts in okapi.doc_freqs]
        names = [term for counts in okapi.doc_freqs for term in counts]
        term = np.array([self.number.setdefault(name, len(self.number)) for name in names], dtype=np.int64)
        row = np.repeat(np.arange(len(sizes)), sizes)
        count = np.fromiter((count for counts in okapi.doc_freqs for count in counts.values()), np.float64, len(names))
        idf = np.fromiter((okapi.idf[name] for name in names), np.float64, len(names))
        length = np.array(okapi.doc_len)[row]
        score = idf * (count * (okapi.k1 + 1) / (count + okapi.k1 * (1 - okapi.b + okapi.b * length / okapi.avgdl)))
        grams = np.array([name.startswith(GRAM_MARK) for name in self.number])[term]
        return term, row, np.where(grams, score * channel.channel.grams, score)

    def _arrange(self, terms: Ints, rows: Ints, scores: Floats) -> None:
        order = np.lexsort((rows, terms))
        self._rows = rows[order]
        self._values = scores[order]
        ends = np.searchsorted(terms[order], np.arange(len(self.number) + 1))
        self._ends: list[int] = ends.tolist()

    def scores(self, terms: Sequence[tuple[str, float]]) -> Floats:
        """The weighted sum of the terms' scores for every text."""
        found = [(number, weight) for term, weight in terms if (number := self.number.get(term)) is not None]
        if not found:
            return np.zeros(self.size)
        spans = [slice(self._ends[number], self._ends[number + 1]) for number, _ in found]
        rows = np.concatenate([self._rows[span] for span in spans])
        values = np.concatenate([self._values[span] * weight for span, (_, weight) in zip(spans, found, strict=True)])
        summed: Floats = np.bincount(rows, weights=values, minlength=self.size).astype(np.float64)
        return summed
