"""Which passages and entries are in question for this asker, and how much: by municipality and by who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.content.corpus import Corpus
from assistant.models import Audience, Entry, Passage

Weights = NDArray[np.float64]

OWN_PLAN = 1.5
"""Factor of the asker's own plan, so that it goes before all others."""
OTHERS_SERVICE = 0.0
"""A service that the asker's municipality does not have is never shown."""
EXAMPLE = 3.0
"""Factor of examples of declined questions: they have no text of their own, and are raised to be among what is looked at."""
FOR_OTHERS = 0.9
"""Factor of what is written for another kind of asker: of two that answer alike, the asker's own goes first."""
OWN_WORDS = frozenset({"child", "perpetrator"})
FOR_THEM_ALONE = 0.4
"""Factor of what is written for these alone, for others: «det du har gjort» must never be said to the one it was done to."""


class Relevance:
    """Weights by municipality and audience; read-only after it is built."""

    def __init__(self, passages: Sequence[Passage | Entry | None], corpus: Corpus) -> None:
        self.passages = passages
        self.corpus = corpus
        self._places: dict[frozenset[str], Weights] = {}

    def weights(self, places: frozenset[str], audience: Audience | None) -> Weights:
        """One factor for each thing that can be found, in the order given; `places` names where the asker may live."""
        factors = self._place(places)
        return factors * self._audience_factors[audience] if audience else factors

    def _place(self, names: frozenset[str]) -> Weights:
        if names not in self._places:
            self._places[names] = np.array([self._place_factor(passage, names) for passage in self.passages])
        return self._places[names]

    def _place_factor(self, passage: Passage | Entry | None, names: frozenset[str]) -> float:
        if passage is None:
            return EXAMPLE
        if isinstance(passage, Entry):
            return 1.0
        document = self.corpus.document[passage.section.document]
        if names and passage.municipalities and names.isdisjoint(passage.municipalities):
            return OTHERS_SERVICE
        return OWN_PLAN if not names.isdisjoint(document.municipalities) else 1.0

    @cached_property
    def planned(self) -> frozenset[str]:
        """The municipalities that some document is a plan of."""
        return frozenset(name for document in self.corpus.documents for name in document.municipalities)

    @cached_property
    def _audience_factors(self) -> Mapping[str, Weights]:
        def factor(audiences: Sequence[str], audience: str) -> float:
            if not audiences or audience in audiences or "resident" in audiences:
                return 1.0
            return FOR_THEM_ALONE if OWN_WORDS.issuperset(audiences) else FOR_OTHERS

        groups = ("staff", "victim", "relative", "child", "perpetrator", "coordinator", "resident")
        return {
            g: np.array([factor(passage.audience if passage else (), g) for passage in self.passages]) for g in groups
        }
