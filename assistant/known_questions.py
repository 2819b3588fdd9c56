"""How like a question is to those that a passage is known to answer: the same words, by their rarity, in both directions.

BM25 rewards a passage that has the question's words, however many others it has; this also asks whether the known question says more
than was asked, so that «Hvordan blir været i helga?» is not taken for «Hvordan har du det hjemme?».
"""

from __future__ import annotations

from assistant.index import Index
from assistant.language import Analyzer, Query
from assistant.language.analyzer import GRAM_MARK
from assistant.models import Passage


class KnownQuestions:
    """Reads the words of a passage's questions when they are first needed, and remembers them."""

    def __init__(self, index: Index, analyzer: Analyzer) -> None:
        self._index = index
        self._analyzer = analyzer
        self._words: dict[str, tuple[frozenset[str], ...]] = {}

    def likeness(self, query: Query, passage: Passage) -> float:
        """Dice's coefficient with the most alike of the passage's questions, each word counted by its rarity: 0 to 1."""
        asked = _content_words(query)
        return max((self._dice(asked, known) for known in self._known(passage)), default=0.0)

    def _known(self, passage: Passage) -> tuple[frozenset[str], ...]:
        if passage.id not in self._words:
            self._words[passage.id] = tuple(_content_words(self._analyzer.query(text)) for text in passage.questions)
        return self._words[passage.id]

    def _dice(self, asked: frozenset[str], known: frozenset[str]) -> float:
        both = sum(map(self._index.rarity, asked)) + sum(map(self._index.rarity, known))
        return 2 * sum(map(self._index.rarity, asked & known)) / both if both else 0.0


def _content_words(query: Query) -> frozenset[str]:
    """The stems of the words as said: no character grams, no synonyms, no stop words."""
    return frozenset(
        term.term
        for term in query.terms
        if term.words and not term.term.startswith(GRAM_MARK) and not term.why.startswith("synonym")
    )
