"""The decision to answer or to say that the sources have no answer: a small logistic model over readable features.

The weights come from `tests/bench/calibrate.py`, which fits them on the development half of the project's own question set and
prints the curve of answered against refused on both halves. Questions that ask for something definite (a price, a name, a year)
must also find it in the best passages, see `lexicon/answers/demands.yaml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.content.schema import read_model
from assistant.models import Frozen
from assistant.question.asked import Found
from assistant.question.declined import Likest
from assistant.question.demands import Demands
from assistant.question.patterns import Phrases, compile_phrases, spaced

WEIGHTS: Mapping[str, float] = {
    "coverage": 2.38,
    "best_coverage": 2.11,
    "score": -0.96,
    "question_match": 0.43,
    "field_words": 0.22,
    "outside": -1.12,
    "length": 0.26,
    "contact": 1.33,
    "declined": -5.5,
    "lead": 0.57,
}
BIAS = 2.53
ANSWER = -0.55
ON_TOPIC = -3.0
EVIDENCE = 3


@dataclass(frozen=True)
class Verdict:
    """Whether to answer, whether the question is about the field at all, and why: each feature's share of the sum."""

    confident: bool
    on_topic: bool
    score: float
    parts: Mapping[str, float]
    unmet: str | None = None
    declined: str | None = None


class FieldWords(Frozen):
    """The words that show that a question is about the field: `field.yaml`."""

    field: Phrases


class Confidence:
    """Read-only after it is built."""

    def __init__(self, folder: Path) -> None:
        self.field: re.Pattern[str] = compile_phrases(read_model(FieldWords, folder / "field.yaml").field)
        self.demands = Demands.load(folder / "demands.yaml")

    def judge(
        self,
        readings: Sequence[Sequence[str]],
        earlier: Sequence[str],
        found: Sequence[Found],
        contact: bool,
        uncovered: bool = False,
        likest: Likest = Likest(),
    ) -> Verdict:
        """The verdict on a question in its readings (as written, in bokmål) with what was found for it.

        `earlier`: the words of earlier turns, which a short follow-up rests on. `uncovered`: it asks for the figures or measures of
        a municipality that no document covers. `likest`: the example of a declined question that it is most like, and how much more
        than any question that is answered.
        """
        values = self.features(readings, earlier, found, contact, likest.ratio)
        parts = {name: WEIGHTS[name] * value for name, value in values.items()}
        score = BIAS + sum(parts.values())
        texts = [f"{item.passage.text} {item.passage.answer or ''}" for item in found[:EVIDENCE]]
        asked = [word for words in readings for word in words]
        unmet = "place" if uncovered else self.demands.unmet(asked, texts) if found else None
        confident = bool(found) and score >= ANSWER and unmet is None
        on_topic = values["field_words"] > 0 and score >= ON_TOPIC
        return Verdict(confident, on_topic, score, parts, unmet, likest.id if likest.ratio > 1 else None)

    def features(
        self,
        readings: Sequence[Sequence[str]],
        earlier: Sequence[str],
        found: Sequence[Found],
        contact: bool,
        declined: float = 0.0,
    ) -> dict[str, float]:
        """The features by name; all are small numbers that grow with the likelihood of a right answer, but for `score`."""
        words = [*readings[-1], *earlier]
        text = " ".join(spaced([*words, *earlier]) for words in readings)
        top = found[0] if found else None
        fifth = found[4].score if len(found) > 4 else 0.0
        return {
            "coverage": max((item.coverage for item in found[:EVIDENCE]), default=0.0),
            "best_coverage": top.coverage if top else 0.0,
            "score": math.log1p(top.score) if top else 0.0,
            "question_match": max((item.question_match for item in found[:EVIDENCE]), default=0.0),
            "field_words": float(min(len(set(self.field.findall(text))), 2)),
            "outside": float(not self.field.search(text)),
            "length": float(min(len(words), 12)),
            "contact": float(contact),
            "declined": min(declined, 2.0),
            "lead": min(top.score / fifth, 3.0) if top and fifth else 1.0,
        }
