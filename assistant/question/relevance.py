"""Which passages and entries are in question for this asker, and how much: by municipality and by who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.content.corpus import Corpus
from assistant.models import Entry, Passage, Procedure, Question, Subject

Weights = NDArray[np.float64]

OWN_PLAN = 1.5
"""Factor of the asker's own plan, so that it goes before all others."""
OTHERS_PLAN = 0.5
"""Factor of another municipality's plan, which must not speak as if it were the asker's."""
OTHERS_SERVICE = 0.0
"""A service that the asker's municipality does not have is never shown."""
FOR_OTHERS = 0.9
"""Factor of what is written for another kind of asker: of two that answer alike, the asker's own goes first."""
ABOUT_OTHERS = 0.6
"""Factor of what is about someone else than the question: a child's steps for an old woman."""
OTHERS_ANSWER = 0.5
"""Factor of an approved answer to people at work for anyone else, and the other way round: a doctor is not told to see one."""
AT_WORK = frozenset({"staff", "coordinator"})
NOT_ASKED = 0.75
"""Factor of a figure where nobody asks how many, and of a measure where nobody asks about a plan."""
ASKED_BY: Mapping[str, frozenset[str]] = {
    "figure": frozenset({"figure", "comparison"}),
    "measure": frozenset({"measure", "plan", "comparison", "who_coordinator"}),
}
OWN_WORDS = frozenset({"child", "perpetrator"})
FOR_THEM_ALONE = 0.4
"""Factor of what is written for these alone, for others: «det du har gjort» must never be said to the one it was done to."""
SPOKEN_TO: Mapping[str, frozenset[str]] = {
    "victim": frozenset({"victim", "resident"}),
    "child": frozenset({"child"}),
    "bystander": frozenset({"relative", "resident"}),
    "staff": frozenset({"staff", "coordinator"}),
    "perpetrator": frozenset({"perpetrator"}),
}
"""Whose answers may stand below an alert that is sure to whom it speaks, and in the view for staff."""
TO_OTHERS = 0.02
"""Factor of any other answer there: a child with a knife in the kitchen does not read what parents of violent teenagers can do."""
SUBJECTS: tuple[Subject, ...] = ("child", "elder", "disabled", "animal")
ASKERS = ("staff", "victim", "relative", "child", "perpetrator", "coordinator", "resident")


def _about(each: Passage | Entry) -> set[str]:
    """About whom it is, where it says so."""
    if isinstance(each, Entry):
        return set(each.about)
    if isinstance(each.record, Procedure):
        return {each.record.about}
    return set()


class Relevance:
    """Weights by municipality, audience and subject; read-only after it is built."""

    def __init__(self, passages: Sequence[Passage], entries: Sequence[Entry], corpus: Corpus) -> None:
        self.passages = passages
        self.corpus = corpus
        self._of_passages, self._of_entries = _Facets(passages), _Facets(entries)
        self._places: dict[frozenset[str], Weights] = {}
        self._records: dict[str, NDArray[np.bool_]] = {}

    def of_entries(self, question: Question) -> Weights:
        """One factor for each entry."""
        return self._of_entries.weights(question)

    def weights(self, question: Question) -> Weights:
        """One factor for each passage."""
        factors = self._place(question.place.names)
        if question.documents:
            factors = np.where(self._of_documents(question.documents), OWN_PLAN, factors)
        for record, cues in ASKED_BY.items():
            if cues.isdisjoint(question.cues):
                factors = np.where(self._of_record(record), factors * NOT_ASKED, factors)
        return factors * self._of_passages.weights(question)

    def plans_of(self, question: Question) -> frozenset[str]:
        """The documents that the question names; else the plans of the asker's municipality."""
        own = (d.id for d in self.corpus.documents if not question.place.names.isdisjoint(d.municipalities))
        return question.documents or frozenset(own)

    def _of_documents(self, named: frozenset[str]) -> NDArray[np.bool_]:
        return np.array([each.section.document in named for each in self.passages])

    def _of_record(self, record: str) -> NDArray[np.bool_]:
        if record not in self._records:
            kinds = [each.record.type if each.record else "" for each in self.passages]
            self._records[record] = np.array([kind == record for kind in kinds])
        return self._records[record]

    def _place(self, names: frozenset[str]) -> Weights:
        if names not in self._places:
            self._places[names] = np.array([self._place_factor(passage, names) for passage in self.passages])
        return self._places[names]

    def _place_factor(self, passage: Passage, names: frozenset[str]) -> float:
        if not names:
            return 1.0
        document = self.corpus.document[passage.section.document]
        if passage.municipalities and names.isdisjoint(passage.municipalities):
            return OTHERS_SERVICE
        if not document.municipalities:
            return 1.0
        return OTHERS_PLAN if names.isdisjoint(document.municipalities) else OWN_PLAN

    @cached_property
    def planned(self) -> frozenset[str]:
        """The municipalities that some document is a plan of, or has in its title."""
        plans = {name for document in self.corpus.documents for name in document.municipalities}
        titles = [f"{document.title} {document.full_title or ''}" for document in self.corpus.documents]
        return frozenset(
            plans | {m.name for m in self.corpus.municipalities if any(m.name in title for title in titles)}
        )


class _Facets:
    """For each kind of asker and each subject the factors of what is for others, or about others."""

    def __init__(self, things: Sequence[Passage] | Sequence[Entry]) -> None:
        self._audience = {who: np.array([_audience_factor(each, who) for each in things]) for who in ASKERS}
        self._subject = {
            subject: np.array([ABOUT_OTHERS if _about(each) == {subject} else 1.0 for each in things])
            for subject in SUBJECTS
        }
        self._spoken_to = {
            who: np.array([TO_OTHERS if each.audience and listed.isdisjoint(each.audience) else 1.0 for each in things])
            for who, listed in SPOKEN_TO.items()
        }
        self._none = np.ones(len(things))

    def weights(self, question: Question) -> Weights:
        if question.spoken_to in self._spoken_to:
            return self._spoken_to[question.spoken_to]
        factors = self._audience[question.asker] if question.asker else self._none
        for subject in SUBJECTS if question.about else ():
            if subject not in question.about:
                factors = factors * self._subject[subject]
        return factors


def is_for_them_alone(each: Passage | Entry, asker: str | None) -> bool:
    """Whether it is in words for children, or for those who use violence, and somebody else may be asking."""
    return bool(each.audience) and OWN_WORDS.issuperset(each.audience) and asker not in each.audience


def _audience_factor(each: Passage | Entry, asker: str) -> float:
    audiences = each.audience
    if not audiences or asker in audiences or "resident" in audiences:
        return 1.0
    if isinstance(each, Entry) and (asker in AT_WORK) == AT_WORK.isdisjoint(audiences):
        return OTHERS_ANSWER
    return FOR_THEM_ALONE if OWN_WORDS.issuperset(audiences) else FOR_OTHERS
