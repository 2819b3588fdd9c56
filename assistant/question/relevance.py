"""Which passages are in question for this asker, and how much: by municipality, by what is asked for, by who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.content.corpus import Corpus
from assistant.models import Audience, Passage

Weights = NDArray[np.float64]

OWN_PLAN = 1.5  # the asker's own plan before all others
OTHER_PLAN = 0.8  # another municipality's plan, where the asker has one of their own
OTHERS_SERVICE = 0.0  # a service that the asker's municipality does not have
WEAK = 0.85  # course slides: another document goes first when both answer
EXAMPLE = (
    3.0  # examples of declined questions have no text of their own: raised, so that they are among what is looked at
)
FOR_ASKER = 1.15  # written for this kind of asker
FOR_OTHERS = 0.9
OWN_WORDS = frozenset({"child", "perpetrator"})  # «det du har gjort» must never be said to the one it was done to
FOR_THEM_ALONE = 0.4
RECORD_CUES: Mapping[str, tuple[str, float]] = {
    "definition": ("definition", 1.25),
    "figure": ("figure", 1.25),
    "law": ("legal_rule", 1.15),
    "procedure": ("procedure", 1.15),
    "measure": ("measure", 1.25),
}


class Relevance:
    """Weights of passages by municipality, cue and audience; read-only after it is built."""

    def __init__(self, passages: Sequence[Passage | None], corpus: Corpus) -> None:
        self.passages = passages
        self.corpus = corpus
        self._places: dict[frozenset[str], Weights] = {}

    def weights(self, places: frozenset[str], cues: frozenset[str], audience: Audience | None) -> Weights:
        """One factor a passage, in the order of the passages given; `places` names where the asker may live."""
        factors = self._place(places).copy()
        for cue, (record, factor) in RECORD_CUES.items():
            if cue in cues:
                factors[self._record_masks[record]] *= factor
        if audience:
            factors *= self._audience_factors[audience]
        return factors

    def _place(self, names: frozenset[str]) -> Weights:
        if names not in self._places:
            self._places[names] = np.array([self._place_factor(passage, names) for passage in self.passages])
        return self._places[names]

    def _place_factor(self, passage: Passage | None, names: frozenset[str]) -> float:
        if passage is None:
            return EXAMPLE
        document = self.corpus.document[passage.section.document]
        factor = WEAK if document.weak else 1.0
        if not names:
            return factor
        if passage.municipalities and names.isdisjoint(passage.municipalities):
            return OTHERS_SERVICE
        if not names.isdisjoint(document.municipalities):
            return factor * OWN_PLAN
        return factor * (OTHER_PLAN if document.municipalities and names & self.planned else 1.0)

    @cached_property
    def planned(self) -> frozenset[str]:
        """The municipalities that some document is a plan of."""
        return frozenset(name for document in self.corpus.documents for name in document.municipalities)

    @cached_property
    def _record_masks(self) -> Mapping[str, NDArray[np.bool_]]:
        kinds = [passage.record.type if passage and passage.record else "" for passage in self.passages]
        return {record: np.array([kind == record for kind in kinds]) for record, _ in RECORD_CUES.values()}

    @cached_property
    def _audience_factors(self) -> Mapping[str, Weights]:
        def factor(audiences: Sequence[str], audience: str) -> float:
            if not audiences or audience in audiences:
                return FOR_ASKER if audiences else 1.0
            return FOR_THEM_ALONE if OWN_WORDS.issuperset(audiences) else FOR_OTHERS

        groups = ("staff", "victim", "relative", "child", "perpetrator", "coordinator", "resident")
        return {
            g: np.array([factor(passage.audience if passage else (), g) for passage in self.passages]) for g in groups
        }
