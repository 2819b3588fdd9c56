"""A Question becomes Evidence: the passages found for it, the helplines it asks for, the examples that it is like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from assistant.content.corpus import Corpus
from assistant.content.helplines import for_municipality
from assistant.index import Entry, Hit, Index
from assistant.index.channels import Floats
from assistant.index.matcher import Matcher
from assistant.models import Audience, Evidence, Found, FoundEntry, Helpline, Passage, Query, Question
from assistant.models import Entry as Answer
from assistant.question.decide import EVIDENCE
from assistant.question.declined import Declined
from assistant.question.known_questions import KnownQuestions
from assistant.question.relevance import Relevance

FOUND = 8
"""Passages that an answer may be made of."""
LOOKED_AT = 60
"""Passages, entries and examples of declined questions that are ranked, together."""
COVERAGE = 0.5
"""What speaking of all of a question's words counts, beside the best score: all of its words go before one of them often."""
OTHERS = 3
"""Helplines of a kind that is named, beside those found by their words."""
NEAR_BEST = 0.5
"""The least score of a helpline, as a share of the best one's."""
NAMED = 0.3
"""The least share of the question that a helpline must be about."""
KIND_CUE = "kind_"
ENTRY = "@"
"""Before the id of an entry in the index: no passage's id begins so."""


class Finder:
    """Read-only."""

    def __init__(
        self,
        corpus: Corpus,
        index: Index,
        matcher: Matcher,
        contacts_index: Index,
        declined: Declined,
        contacts: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        self._corpus = corpus
        self._index = index
        self._matcher = matcher
        self.contacts_index = contacts_index
        self._declined = declined
        self._contacts = contacts
        self._known = KnownQuestions(index, corpus.passages)
        self._entries = {f"{ENTRY}{entry.id}": entry for entry in corpus.entries}
        named = {name: place for place, name in enumerate(matcher.names)}
        self._classes = np.array([named.get(id_, len(named)) for id_ in index.ids], dtype=np.int64)
        self._place = {id_: place for place, id_ in enumerate(index.ids)}
        reasons = [declined.reasons.get(id_) for id_ in index.ids]
        self._kinds = {
            kind: np.array([reason in told for reason in reasons])
            for kind, told in (("answered", {None}), ("beyond", {"off_topic", "near_topic"}), ("unsafe", {"unsafe"}))
        }
        self.relevance = Relevance([corpus.passage.get(id_) or self._entries.get(id_) for id_ in index.ids], corpus)

    def evidence(self, question: Question) -> Evidence:
        """What was found for the question."""
        matches = self.matches(question)
        hits = self.hits(question, matches)
        found = tuple(
            self._found(hit, question.query, matches, place < EVIDENCE)
            for place, hit in enumerate(self.ranked(hits, question)[:FOUND])
        )
        likest = self._declined.likest([(hit.id, hit.parts.get("questions", 0.0), hit.coverage) for hit in hits])
        same = self._known.same(question.written)
        return Evidence(
            found=found,
            entries=self._found_entries(hits, matches),
            helplines=self._helplines(question),
            unsafe=likest["unsafe"],
            beyond=likest["beyond"],
            trust=self.trust(question),
            beyond_margin=self._margin(matches, "beyond"),
            unsafe_margin=self._margin(matches, "unsafe"),
            same=any(item.passage.id in same for item in found),
        )

    def search(self, question: Question, k: int) -> list[Found]:
        """The `k` best passages, weighted as for an answer."""
        matches = self.matches(question)
        ranked = self.ranked(self.hits(question, matches, k), question)
        return [self._found(hit, question.query, matches, False) for hit in ranked[:k]]

    def matches(self, question: Question) -> Floats:
        """How like the ways of asking for each thing the question is, in the order of the index."""
        scores = self._matcher.scores(question.words, self._index.analyzer.stems(question.words))
        return self.trust(question) * np.append(scores, 0.0).astype(np.float64)[self._classes]

    def trust(self, question: Question) -> float:
        """How much of the question is words that someone has asked with: of «Hva er Solstråleteamet?» the matcher knows nothing."""
        rarity = {stem: self._index.rarity(stem) for stem in self._index.analyzer.stems(question.words)}
        known = sum(rare for stem, rare in rarity.items() if stem in self._matcher.known)
        return known / (sum(rarity.values()) or 1.0)

    def _margin(self, matches: Floats, kind: str) -> float:
        """How much more like the examples of a kind than like anything that is answered."""
        of_kind, answered = (matches[self._kinds[name]] for name in (kind, "answered"))
        return float(of_kind.max() - answered.max()) if len(of_kind) and len(answered) else 0.0

    def hits(self, question: Question, matches: Floats, more: int = 0) -> list[Hit]:
        """Passages, entries and examples, best first, weighted for this asker."""
        weight, trust = self.relevance.weights(question), self.trust(question)
        return self._index.search(question.query, LOOKED_AT + more, weight=weight, beside=matches, trust=trust)

    def ranked(self, hits: Sequence[Hit], question: Question) -> list[Hit]:
        """The passages by score and by how much of the question they speak of; one that has the very question goes first."""
        passages = [hit for hit in hits if hit.id in self._corpus.passage]
        best = max((hit.score for hit in passages), default=1.0)
        same = self._known.same(question.written)
        return sorted(
            passages, key=lambda hit: (-(hit.score / best + COVERAGE * hit.coverage + (hit.id in same)), hit.id)
        )

    def _found(self, hit: Hit, query: Query, matches: Floats, as_evidence: bool) -> Found:
        """A hit as found; only the best ones, which decide whether to answer, are held against their known questions."""
        passage = self._corpus.passage[hit.id]
        known = self._known.likeness(query, passage) if as_evidence else 0.0
        return Found(passage, hit.score, hit.coverage, known, float(matches[self._place[hit.id]]))

    def _found_entries(self, hits: Sequence[Hit], matches: Floats) -> tuple[FoundEntry, ...]:
        return tuple(
            FoundEntry(self._entries[hit.id], hit.score, hit.coverage, float(matches[self._place[hit.id]]))
            for hit in hits
            if hit.id in self._entries
        )[:EVIDENCE]

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
        near = self._near(question.query, local, national, question.asker)
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

    def _near(
        self, query: Query, local: Sequence[Helpline], national: Sequence[Helpline], asker: Audience | None
    ) -> list[Helpline]:
        allowed = {line.id for line in (*local, *national)}
        hits = self.contacts_index.search(query, 6, allowed=allowed)
        best = hits[0].score if hits else 0.0
        near = [self._corpus.helpline[h.id] for h in hits if h.score >= NEAR_BEST * best and h.coverage >= NAMED]
        return [line for line in near if asker is None or not line.audience or asker in line.audience]

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


def entry_entry(entry: Answer) -> Entry:
    """An approved answer as the index sees it."""
    fields = {
        "heading": "",
        "questions": "\n".join(entry.questions),
        "body": "\n".join([entry.nb, *[step.nb for step in entry.steps]]),
        "record": "",
    }
    return Entry(id=f"{ENTRY}{entry.id}", fields=fields, document=f"{ENTRY}{entry.theme}")
