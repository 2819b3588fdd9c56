"""A Question becomes Evidence: the passages found for it, the helplines it asks for, the examples that it is like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace

import numpy as np

from assistant.content.corpus import Corpus
from assistant.content.helplines import for_municipality
from assistant.index import Entry, Hit, Index
from assistant.index.matcher import Matcher
from assistant.models import Evidence, Found, Helpline, Passage, Query, Question
from assistant.question.decide import EVIDENCE
from assistant.question.known_questions import KnownQuestions
from assistant.question.needed import Needed
from assistant.question.relevance import Relevance, is_for_them_alone

FOUND = 8
"""Passages that an answer may be made of."""
LOOKED_AT = 60
"""Passages that are ranked."""
COVERAGE = 0.5
"""What speaking of all of a question's words counts, beside the best score: all of its words go before one of them often."""
OTHERS = 3
"""Helplines of a kind that is named, beside those found by their words."""
NEAR_BEST = 0.5
"""The least score of a helpline, as a share of the best one's."""
NAMED = 0.3
"""The least share of the question that a helpline must be about."""
KIND_CUE = "kind_"
NEEDS, TEXTS = "needs", "texts"
"""The matchers: of what is asked for (an entry, a kind of passage, or nothing to answer), and of the passage that answers."""


class Finder:
    """Read-only."""

    def __init__(
        self,
        corpus: Corpus,
        index: Index,
        matchers: Mapping[str, Matcher],
        contacts_index: Index,
        contacts: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        self._corpus = corpus
        self._index = index
        self._texts = matchers[TEXTS]
        self.contacts_index = contacts_index
        self._contacts = contacts
        self._calling = frozenset(word for said in contacts["calling"].values() for word in said)
        self._known = KnownQuestions(index, corpus.passages)
        place = {id_: at for at, id_ in enumerate(index.ids)}
        self._heard = np.array([id_ in place for id_ in self._texts.names], dtype=bool)  # a retired document's are not
        self._of_texts = [place[id_] for id_ in self._texts.names if id_ in place]
        entries = [corpus.entry[name] for name in matchers[NEEDS].names if name in corpus.entry]
        self.relevance = Relevance([corpus.passage[id_] for id_ in index.ids], entries, corpus)
        self._needed = Needed(matchers[NEEDS], index.analyzer, corpus.entry, self.relevance.of_entries)

    def with_needs(self, needs: Matcher) -> Finder:
        """The same finder with another matcher of what is asked for, of the same classes: for measuring what writers tell."""
        other = copy(self)
        other._needed = self._needed.by(needs)
        return other

    def evidence(self, question: Question) -> Evidence:
        """What was found for the question."""
        found = tuple(
            self._found(hit, question.query, place < EVIDENCE)
            for place, hit in enumerate(self.ranked(self.hits(question), question)[:FOUND])
        )
        entries, others = self._needed.likely(question)
        same = self._same(question)
        return Evidence(
            found=found,
            entries=entries,
            also=tuple(self._needed.by_sentence(question)),
            measure=self._measure(question),
            helplines=self._helplines(question),
            others=others,
            trust=self.trust(question),
            same=any(item.passage.id in same for item in found) and not self._needed.asked_of(question),
        )

    def _measure(self, question: Question) -> Found | None:
        """The best measure of the asker's own plan, or of the one that is named, for a question who has to do something, or by when."""
        plans = self.relevance.plans_of(question)
        if not plans or {"measure_who", "measure_when"}.isdisjoint(question.cues):
            return None
        own = [p.id for p in self._corpus.measures if p.section.document in plans]
        hits = self._index.search(question.query, 1, allowed=frozenset(own))
        return self._found(hits[0], question.query, False) if hits else None

    def search(self, question: Question, k: int) -> list[Found]:
        """The `k` best passages, weighted as for an answer."""
        return [self._found(hit, question.query, False) for hit in self.ranked(self.hits(question, k), question)[:k]]

    def trust(self, question: Question) -> float:
        """How much of the question is words that someone has asked with: of «Hva er Solstråleteamet?» the matchers know nothing."""
        rarity = {stem: self._index.rarity(stem) for stem in self._index.analyzer.stems(question.words)}
        known = sum(rare for stem, rare in rarity.items() if stem in self._needed.known or stem in self._texts.known)
        return known / (sum(rarity.values()) or 1.0)

    def hits(self, question: Question, more: int = 0) -> list[Hit]:
        """Passages, best first, weighted for this asker."""
        odds = self._texts.odds(question.words, self._index.analyzer.stems(question.words))
        beside = np.zeros(len(self._index.ids))
        if len(odds):
            beside[self._of_texts] = np.maximum(odds - odds.mean(), 0.0)[self._heard]
        return self._index.search(
            question.query,
            LOOKED_AT + more,
            weight=self.relevance.weights(question),
            beside=beside,
            trust=self.trust(question),
        )

    def ranked(self, hits: Sequence[Hit], question: Question) -> list[Hit]:
        """The passages by score and by how much of the question they speak of; one that has the very question goes first."""
        best = max((hit.score for hit in hits), default=1.0)
        same = self._same(question)
        return sorted(hits, key=lambda hit: (-(hit.score / best + COVERAGE * hit.coverage + (hit.id in same)), hit.id))

    def _same(self, question: Question) -> frozenset[str]:
        """The passages that have the very question; one for children, or for those who hit, only where one of them asks: «Hvem kan jeg
        ringe?» is anybody's."""
        found = self._known.same(question.written)
        alone = {id_ for id_ in found if is_for_them_alone(self._corpus.passage[id_], question.asker)}
        return frozenset(found) - alone

    def _found(self, hit: Hit, query: Query, as_evidence: bool) -> Found:
        """A hit as found; only the best ones, which decide whether to answer, are held against their known questions."""
        passage = self._corpus.passage[hit.id]
        known = self._known.likeness(query, passage) if as_evidence else 0.0
        return Found(passage, hit.score, hit.coverage, known)

    # --- helplines ---------------------------------------------------------------------------------------------------

    def _helplines(self, question: Question) -> tuple[Helpline, ...]:
        """The helplines that the question names or needs, best first; none where it does not ask for contact.

        Another municipality's are left out before the cut. A kind of service that is named («krisesenteret») goes before what
        only shares words with the question, and the asker's own before national ones.
        """
        if not question.seeks_contact:
            return ()
        own = question.place.own
        local, national = for_municipality(self._corpus.helplines, own.name if own else None)
        near = self._near(question, [line for line in (*local, *national) if self._is_here(line, question)])
        kinds = [cue.removeprefix(KIND_CUE) for cue in sorted(question.cues) if cue.startswith(KIND_CUE)]
        if not kinds:
            return tuple(line for line in near if line.kind != "emergency")
        named = [line for line in (*local, *national) if line.kind in kinds]
        ordered = [
            *self._listed("first", kinds),
            *[line for line in near if line in named],
            *[line for line in named if line not in near][:OTHERS],
            *self._listed("instead", [kind for kind in kinds if all(line.kind != kind for line in local)]),
        ]
        return tuple({line.id: line for line in ordered}.values())

    def _near(self, question: Question, lines: Sequence[Helpline]) -> list[Helpline]:
        """Those of the lines that share words with the question, other than that somebody is to be called."""
        terms = tuple(
            term for term in question.query.terms if not (term.words and self._calling.issuperset(term.words))
        )
        query = replace(question.query, terms=terms)
        hits = self.contacts_index.search(query, 6, allowed={line.id for line in lines}) if terms else []
        best = hits[0].score if hits else 0.0
        near = [self._corpus.helpline[h.id] for h in hits if h.score >= NEAR_BEST * best and h.coverage >= NAMED]
        return [line for line in near if question.asker is None or not line.audience or question.asker in line.audience]

    def _is_here(self, line: Helpline, question: Question) -> bool:
        """Whether it is for those who are in Norway, or the question is about another country."""
        told = [start for start, ids in self._contacts["abroad"].items() if line.id in ids]
        return not told or any(word.startswith(start) for word in question.words for start in told)

    def _listed(self, role: str, kinds: Sequence[str]) -> Iterator[Helpline]:
        """What `contacts.yaml` puts first for a kind of service, or instead of one that has no local number to show."""
        for kind in kinds:
            for id_ in self._contacts[role].get(kind, ()):
                if id_ in self._corpus.helpline:
                    yield self._corpus.helpline[id_]


def contact_entry(line: Helpline) -> Entry:
    """A helpline as the index sees it."""
    fields = {
        "heading": f"{line.name} {line.name_nn or ''}",
        "questions": " ".join(line.needs),
        "body": line.for_whom or "",
        "record": "",
    }
    return Entry(id=line.id, fields=fields, document=line.id)


def passage_entry(passage: Passage, record: str) -> Entry:
    """A passage as the index sees it; `record` is its record in words."""
    fields = {
        "heading": " ".join(passage.section.path),
        "questions": "\n".join(passage.questions),
        "body": f"{passage.answer or ''}\n{passage.text}",
        "record": "" if record == passage.text else record,
    }
    return Entry(id=passage.id, fields=fields, document=passage.section.document)
