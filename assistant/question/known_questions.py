"""How like a question is to those that a passage is known to answer: the same words, by their rarity, in both directions.

BM25 rewards a passage that has the question's words, however many others it has; this also asks whether the known question says more
than was asked, so that «Hvordan blir været i helga?» is not taken for «Hvordan har du det hjemme?».
"""

from __future__ import annotations

from assistant.index import Index
from assistant.language.analyzer import GRAM_MARK, Analyzer, Query
from assistant.models import Passage


class KnownQuestions:
    """Reads the words of a passage's questions when they are first needed, and remembers them with their weight."""

    def __init__(self, index: Index, analyzer: Analyzer) -> None:
        self._index = index
        self._analyzer = analyzer
        self._known: dict[str, tuple[tuple[frozenset[str], float], ...]] = {}

    def likeness(self, query: Query, passage: Passage) -> float:
        """Dice's coefficient with the most alike of the passage's questions, each word counted by its rarity: 0 to 1."""
        asked = {word: self._index.rarity(word) for word in _content_words(query)}
        mass = sum(asked.values())
        best = 0.0
        for words, weight in self._questions(passage):
            if mass + weight:
                shared = sum(asked[word] for word in asked.keys() & words)
                best = max(best, 2 * shared / (mass + weight))
        return best

    def _questions(self, passage: Passage) -> tuple[tuple[frozenset[str], float], ...]:
        if passage.id not in self._known:
            words = [_content_words(self._analyzer.query(text)) for text in passage.questions]
            self._known[passage.id] = tuple((found, sum(map(self._index.rarity, found))) for found in words)
        return self._known[passage.id]


def _content_words(query: Query) -> frozenset[str]:
    """The stems of the words as said: no character grams, no synonyms, no stop words."""
    return frozenset(
        term.term
        for term in query.terms
        if term.words and not term.term.startswith(GRAM_MARK) and not term.why.startswith("synonym")
    )
