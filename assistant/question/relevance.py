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
EXAMPLE = 3.0
"""Factor of examples of declined questions: they have no text of their own, and are raised to be among what is looked at."""
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


SUBJECTS: tuple[Subject, ...] = ("child", "elder", "disabled", "animal")


def _about(each: Passage | Entry | None) -> set[str]:
    """About whom it is, where it says so."""
    if isinstance(each, Entry):
        return set(each.about)
    if each is not None and isinstance(each.record, Procedure):
        return {each.record.about}
    return set()


class Relevance:
    """Weights by municipality and audience; read-only after it is built."""

    def __init__(self, passages: Sequence[Passage | Entry | None], corpus: Corpus) -> None:
        self.passages = passages
        self.corpus = corpus
        self._places: dict[frozenset[str], Weights] = {}
        self._records: dict[str, NDArray[np.bool_]] = {}

    def weights(self, question: Question) -> Weights:
        """One factor for each thing that can be found, in the order given."""
        factors = self._place(question.place.names)
        if question.documents:
            factors = np.where(self._of_documents(question.documents), OWN_PLAN, factors)
        if question.asker:
            factors = factors * self._audience_factors[question.asker]
        for record, cues in ASKED_BY.items():
            if cues.isdisjoint(question.cues):
                factors = np.where(self._of_record(record), factors * NOT_ASKED, factors)
        for subject in SUBJECTS if question.about else ():
            if subject not in question.about:
                factors = factors * self._subject_factors[subject]
        return factors

    def _of_documents(self, named: frozenset[str]) -> NDArray[np.bool_]:
        return np.array([isinstance(each, Passage) and each.section.document in named for each in self.passages])

    def _of_record(self, record: str) -> NDArray[np.bool_]:
        if record not in self._records:
            kinds = [each.record.type if isinstance(each, Passage) and each.record else "" for each in self.passages]
            self._records[record] = np.array([kind == record for kind in kinds])
        return self._records[record]

    def _place(self, names: frozenset[str]) -> Weights:
        if names not in self._places:
            self._places[names] = np.array([self._place_factor(passage, names) for passage in self.passages])
        return self._places[names]

    def _place_factor(self, passage: Passage | Entry | None, names: frozenset[str]) -> float:
        if passage is None:
            return EXAMPLE
        if isinstance(passage, Entry) or not names:
            return 1.0
        document = self.corpus.document[passage.section.document]
        if passage.municipalities and names.isdisjoint(passage.municipalities):
            return OTHERS_SERVICE
        if not document.municipalities:
            return 1.0
        return OTHERS_PLAN if names.isdisjoint(document.municipalities) else OWN_PLAN

    @cached_property
    def _subject_factors(self) -> Mapping[Subject, Weights]:
        """For each subject the factor of what is about that one alone."""
        return {
            subject: np.array([ABOUT_OTHERS if _about(each) == {subject} else 1.0 for each in self.passages])
            for subject in SUBJECTS
        }

    @cached_property
    def planned(self) -> frozenset[str]:
        """The municipalities that some document is a plan of."""
        return frozenset(name for document in self.corpus.documents for name in document.municipalities)

    @cached_property
    def _audience_factors(self) -> Mapping[str, Weights]:
        def factor(each: Passage | Entry | None, asker: str) -> float:
            audiences = each.audience if each else ()
            if not audiences or asker in audiences or "resident" in audiences:
                return 1.0
            if isinstance(each, Entry) and (asker in AT_WORK) == AT_WORK.isdisjoint(audiences):
                return OTHERS_ANSWER
            return FOR_THEM_ALONE if OWN_WORDS.issuperset(audiences) else FOR_OTHERS

        groups = ("staff", "victim", "relative", "child", "perpetrator", "coordinator", "resident")
        return {g: np.array([factor(each, g) for each in self.passages]) for g in groups}
