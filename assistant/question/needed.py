"""What is asked for: how likely each approved answer, each kind of passage, and each reason to decline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy

import numpy as np

from assistant.index.channels import Floats
from assistant.index.matcher import Matcher, likelihood
from assistant.language.analyzer import Analyzer
from assistant.models import Entry, FoundEntry, Question
from assistant.question.decide import EVIDENCE
from assistant.question.next_need import NextNeed
from assistant.question.relevance import is_for_them_alone
from assistant.reading import words

CLEAR, OF_THE_LAST = 0.3, 0.6
"""How likely one entry must be by a turn's own words, and what those of the turn before count beside them where none is: «Hvem er det ment
for?» alone is about anything."""
OF_THE_REST = 0.5
"""What the whole message counts beside one of its sentences: a story tells whom its question is about."""
VERY = 8.0
"""Log-odds of an entry beside which the very question stands: it is what the page offers as a question that leads on."""


class Needed:
    """Read-only. `factors`: for a question one factor for each entry, in the matcher's order, of how far it is for this asker."""

    def __init__(
        self,
        matcher: Matcher,
        analyzer: Analyzer,
        entries: Mapping[str, Entry],
        factors: Callable[[Question], Floats],
    ) -> None:
        self._matcher, self._analyzer, self._entries, self._factors = matcher, analyzer, entries, factors
        self._is_entry = np.array([name in entries for name in matcher.names], dtype=bool)
        known = [entries[name] for name in matcher.names if name in entries]
        self._asked = _by_question(known)
        self._next = NextNeed(known)

    def by(self, matcher: Matcher) -> Needed:
        """The same by another matcher of the same classes."""
        other = copy(self)
        other._matcher = matcher
        return other

    @property
    def known(self) -> frozenset[str]:
        """The stems that someone has asked with."""
        return self._matcher.known

    def likely(self, question: Question) -> tuple[tuple[FoundEntry, ...], Mapping[str, float]]:
        """The likeliest entries, and how likely each other class; an entry for somebody else is less likely."""
        likely = likelihood(self._fitting(question).astype(np.float32))
        best = [at for at in np.argsort(-likely, kind="stable") if self._is_entry[at]][:EVIDENCE]
        found = tuple(FoundEntry(self._entries[self._matcher.names[at]], float(likely[at])) for at in best)
        named = zip(self._matcher.names, likely, strict=True)
        return found, {name: float(share) for name, share in named if name not in self._entries}

    def by_sentence(self, question: Question) -> Iterator[tuple[FoundEntry, bool]]:
        """The likeliest entry of each sentence by its own words, where the rest of the message counts OF_THE_REST as much."""
        if not question.parts or not self._is_entry.any():
            return
        whole = OF_THE_REST * self._fitting(question)
        for part in question.parts:
            likely = np.where(self._is_entry, likelihood((self._said(part.words) + whole).astype(np.float32)), 0.0)
            best = int(likely.argmax())
            yield FoundEntry(self._entries[self._matcher.names[best]], float(likely[best])), part.asks

    def _fitting(self, question: Question) -> Floats:
        """The log-odds of each class for this asker."""
        odds = self._odds(question)
        odds[self._is_entry] += np.log(self._factors(question))
        if asked := self.asked_of(question):
            odds += [VERY if name in asked else 0.0 for name in self._matcher.names]
        return odds

    def asked_of(self, question: Question) -> frozenset[str]:
        """The entries beside which the very question stands, those for children or for those who hit only where one of them asks."""
        found = self._asked.get(" ".join(words(question.written)), [])
        return frozenset(entry.id for entry in found if not is_for_them_alone(entry, question.asker))

    def _odds(self, question: Question) -> Floats:
        """Of this turn's words, and of what people ask next after the turns before. Where its words leave open what is asked for, those of
        the turn before count too; where it has none, both turns' words as one."""
        odds = self._said(question.own or question.words)
        if not question.own or not question.turns or not self._is_entry.any():
            return odds
        odds[self._is_entry] += self._after(question.turns)
        if likelihood(odds.astype(np.float32))[self._is_entry].max() < CLEAR:
            odds += OF_THE_LAST * self._said(question.turns[-1])
        return odds

    def _said(self, words: Sequence[str]) -> Floats:
        """The log-odds of each class by some words alone."""
        return self._matcher.odds(words, self._analyzer.stems(words)).astype(np.float64)

    def _after(self, turns: Sequence[Sequence[str]]) -> Floats:
        """The log-odds of each entry after these turns, each of them read after the one before it."""
        after = np.zeros(int(self._is_entry.sum()))
        for turn in turns:
            after = self._next.odds(likelihood((self._said(turn)[self._is_entry] + after).astype(np.float32)))
        return after


def _by_question(entries: Sequence[Entry]) -> Mapping[str, Sequence[Entry]]:
    """The entries by each question that stands beside them, without case and marks."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for text in entry.asked:
            found.setdefault(" ".join(words(text)), []).append(entry)
    return found
