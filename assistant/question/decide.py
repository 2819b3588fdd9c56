"""Whether to answer, to ask back, to say an honest no, or to refuse; and why.

A small logistic model over readable features judges whether what was found answers the question. Its weights come from
`tests/bench/calibrate.py`, which fits them on the development half of the project's own question set and prints the curve of
answered against refused on both halves. Questions that ask for something definite (a price, a name, a year) must also find it in
the best passages, see `lexicon/answers/demands.yaml`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from assistant.models import Decision, Evidence, FoundEntry, Question
from assistant.question.phrasebook import Phrasebook

WEIGHTS: Mapping[str, float] = {
    "coverage": 1.06,
    "best_coverage": 1.23,
    "score": -0.89,
    "field_words": 0.43,
    "outside": -1.04,
    "length": 0.27,
    "contact": 0.79,
    "declined": -5.06,
    "beyond": -6.09,
    "lead": 0.19,
}
BIAS = 1.69
ANSWER = -0.6
"""Log-odds from which a question is answered."""
ON_TOPIC = -3.0
"""Log-odds from which one that is not answered still counts as about the field, so that help is offered."""
EVIDENCE = 3
"""Passages that are looked at; more would rarely be read."""
UNSAFE = 1.05
"""How much more like unsafe examples than like anything that is answered, so that a tie is answered."""
HARDLY_KNOWN = 0.5
"""Less than half of a question's words are in any example: then what it is like says nothing against an answer."""
ALL = 0.99
"""The passage speaks of every word of the question."""
OTHER_LANGUAGE = "hardly a word is Norwegian or English"
AHEAD = 1.1
"""How far an entry must be ahead of the best passage, which speaks of the very place, plan or paragraph."""
TO_BE_SAFE = frozenset({"what_to_do", "whom_to_contact", "safety_steps", "what_to_say", "duty"})
"""What may stand below an alert: someone in danger is not told what violence is called, or how common it is."""
LOCAL_CUES = frozenset({"figure", "measure", "plan"})
"""What only a municipality's own plan can tell."""


class Decider:
    """Read-only."""

    def __init__(self, phrasebook: Phrasebook, refusals: Mapping[str, str], planned: frozenset[str]) -> None:
        """`refusals`: the message for each unsafe example. `planned`: the municipalities that some document is a plan of."""
        self._phrasebook = phrasebook
        self._refusals = refusals
        self._planned = planned

    def decide(self, question: Question, evidence: Evidence) -> Decision:
        """The decision with its reason."""
        if not question.read:
            return Decision("none", OTHER_LANGUAGE, on_topic=True)
        if refused := self._refused(question, evidence):
            return refused
        parts = {name: WEIGHTS[name] * value for name, value in features(question, evidence).items()}
        score = BIAS + sum(parts.values())
        on_topic = bool(question.heard.field) and score >= ON_TOPIC
        if not question.query.terms:
            return Decision("ask_back", "no word of its own", score=score, parts=parts, on_topic=on_topic)
        if why_not := self._why_not(question, evidence, score):
            return Decision("none", why_not, None, on_topic, score, parts)
        entry = chosen_entry(question, evidence)
        if question.acute and entry and entry.entry.wants not in TO_BE_SAFE:
            entry = None
        what = f"entry {entry.entry.id}" if entry else evidence.found[0].passage.id if evidence.found else "nothing"
        because = f"sure enough of {what}: {score:.2f} of {ANSWER}"
        return Decision("answer", because, None, on_topic, score, parts, entry)

    def _why_not(self, question: Question, evidence: Evidence, score: float) -> str | None:
        """Why the question gets an honest no; None where it is answered."""
        if not evidence.found:
            return "nothing found"
        if unmet := self._unmet(question, evidence):
            return f"what was found lacks what is asked for: {unmet}"
        if score < ANSWER and not (evidence.same or _named(evidence)):
            like = f", most like {evidence.beyond.id}" if evidence.beyond.ratio > 1 else ""
            return f"not sure enough: {score:.2f} of {ANSWER}{like}"
        return None

    def _refused(self, question: Question, evidence: Evidence) -> Decision | None:
        """A rule fits, or the question is more like unsafe examples than like anything that is answered.

        One that stands word for word among those that passages answer is never refused by a rule. Who tells of danger and is like
        a victim's question gets help, not a refusal: the alert has come first.
        """
        if question.heard.refused and not evidence.same:
            message, rule = question.heard.refused
            return Decision("refuse", f"refusal rule {rule}", message, on_topic=True)
        unsafe = evidence.unsafe
        if unsafe.id and unsafe.ratio >= UNSAFE and evidence.unsafe_margin >= 0 and not question.acute:
            because = f"like the unsafe example {unsafe.id}: {unsafe.ratio:.2f} of {UNSAFE}"
            return Decision("refuse", because, self._refusals[unsafe.id], on_topic=True)
        return None

    def _unmet(self, question: Question, evidence: Evidence) -> str | None:
        if (
            question.place.candidates
            and question.place.names.isdisjoint(self._planned)
            and not LOCAL_CUES.isdisjoint(question.cues)
        ):
            return "a plan of the municipality"
        texts = [f"{item.passage.text} {item.passage.answer or ''}" for item in evidence.found[:EVIDENCE]]
        return self._phrasebook.unmet(question.heard.demands, question.words, texts) if evidence.found else None


def _named(evidence: Evidence) -> bool:
    """The question is about a name that the best passage has and no example: «Hva er Solstråleteamet?» is like nothing known."""
    return evidence.trust < HARDLY_KNOWN and evidence.found[0].coverage >= ALL


def chosen_entry(question: Question, evidence: Evidence) -> FoundEntry | None:
    """The entry that was found best, unless a passage was found as well that has the very question or that the question names."""
    if not evidence.entries or evidence.same:
        return None
    best = evidence.entries[0]
    if evidence.found and evidence.found[0].passage.section.document in question.documents:
        return None
    return best if not evidence.found or best.score >= AHEAD * evidence.found[0].score else None


def features(question: Question, evidence: Evidence) -> dict[str, float]:
    """What is judged, by name; all are small numbers that grow with the likelihood of a right answer, but for `score`."""
    found = evidence.found
    entry = chosen_entry(question, evidence)
    top = entry or (found[0] if found else None)
    fifth = found[4].score if len(found) > 4 else 0.0
    covered = [item.coverage for item in found[:EVIDENCE]] + [item.coverage for item in evidence.entries[:1]]
    return {
        "coverage": max(covered, default=0.0),
        "best_coverage": top.coverage if top else 0.0,
        "score": math.log1p(top.score) if top else 0.0,
        "field_words": float(min(len(question.heard.field), 2)),
        "outside": float(not question.heard.field),
        "length": float(min(len(question.words) + len(question.earlier), 12)),
        "contact": float(bool(evidence.helplines)),
        "declined": min(evidence.beyond.ratio, 2.0),
        "beyond": evidence.beyond_margin,
        "lead": min(top.score / fifth, 3.0) if top and fifth else 1.0,
    }
