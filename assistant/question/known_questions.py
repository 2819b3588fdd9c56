"""How like a question is to those that a passage is known to answer: the same words, by their rarity, in both directions.

BM25 rewards a passage that has the question's words, however many others it has; this also asks whether the known question says more
than was asked, so that «Hvordan blir været i helga?» is not taken for «Hvordan har du det hjemme?».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.index import Index
from assistant.language.analyzer import GRAM_MARK
from assistant.models import Passage, Query
from assistant.reading import words


class KnownQuestions:
    """Knows every passage's questions; their words are analysed when they are first needed, and remembered with their weight."""

    def __init__(self, index: Index, passages: Sequence[Passage]) -> None:
        self._index = index
        self._known: dict[str, tuple[tuple[frozenset[str], float], ...]] = {}
        self._answers = _by_question(passages)

    def same(self, question: str) -> frozenset[str]:
        """The passages that answer this very question, whatever its case, spaces and marks."""
        return self._answers.get(" ".join(words(question)), frozenset())

    def likeness(self, query: Query, passage: Passage) -> float:
        """Dice's coefficient with the most alike of the passage's questions, each word counted by its rarity: 0 to 1."""
        asked = {word: self._index.rarity(word) for word in _content_words(query)}
        mass = sum(asked.values())
        best = 0.0
        for found, weight in self._questions(passage):
            if mass + weight:
                shared = sum(asked[word] for word in asked.keys() & found)
                best = max(best, 2 * shared / (mass + weight))
        return best

    def _questions(self, passage: Passage) -> tuple[tuple[frozenset[str], float], ...]:
        if passage.id not in self._known:
            known = [_content_words(self._index.analyzer.query(text)) for text in passage.questions]
            self._known[passage.id] = tuple((found, sum(map(self._index.rarity, found))) for found in known)
        return self._known[passage.id]


def _by_question(passages: Sequence[Passage]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for passage in passages:
        for text in passage.questions:
            found.setdefault(" ".join(words(text)), set()).add(passage.id)
    return {question: frozenset(ids) for question, ids in found.items()}


def _content_words(query: Query) -> frozenset[str]:
    """The stems of the words as said: no character grams, no synonyms, no stop words."""
    return frozenset(
        term.term
        for term in query.terms
        if term.words and not term.term.startswith(GRAM_MARK) and not term.why.startswith("synonym")
    )
