"""Whether to answer, with what, to ask back, to say an honest no, or to refuse; and why.

Two small logistic models over the same readable features: whether the question can be answered at all, and whether the likeliest
approved answer fits it better than the best passage. Their weights come from `tests/bench/calibrate.py`, which fits them on wordings
whose writers the matcher does not know, and on the project's own question sets. Questions that ask for something definite (a price, a
name, a year) must also find it in the best passages, see `lexicon/answers/demands.yaml`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from assistant.models import Decision, Evidence, FoundEntry, Question
from assistant.question.phrasebook import Phrasebook
from assistant.reading import words

PASSAGE, DECLINED = "#", "~"
"""Before the kind of passage, and before the reason to decline, as classes of what is asked for: no entry's id begins so."""
WEIGHTS: Mapping[str, tuple[float, float]] = {
    "entry": (0.18, 0.76),
    "entries": (0.15, -0.25),
    "passages": (0.04, -0.19),
    "off_topic": (-0.24, -0.04),
    "near_topic": (-0.32, -0.10),
    "unsafe": (0.09, -0.18),
    "score": (0.70, -5.05),
    "coverage": (2.90, -3.73),
    "best_coverage": (-1.28, 1.79),
    "known_question": (-2.45, -1.26),
    "field_words": (0.55, -0.39),
    "length": (0.16, -0.16),
    "contact": (0.95, -0.10),
}
"""For each feature what it adds to the log-odds that the question can be answered, and to those of an entry against a passage."""
BIAS = (-5.27, 17.10)
ANSWER = -1.0
"""Log-odds from which a question is answered."""
OFF_TOPIC = 0.5
"""How likely a question is about something else, from which no help is offered below an honest no."""
EVIDENCE = 3
"""Passages and entries that are looked at; more would rarely be read."""
UNSAFE, SURELY_UNSAFE = 0.9, 0.97
"""How likely it must be that a question could be used to harm to get no answer, and to be told why: a parent who asks how to reach a
daughter must not be accused. Of 666 messages by five writers whom nothing was fitted to four were refused, none of them rightly."""
PERHAPS_UNSAFE, LIKE_THE_RULE = 0.1, 0.6
"""The same where a refusal rule fits: of 24 questions that harm 22 are above the second, of six that do not one. A rule's own examples are
refused whatever they are like."""
REFUSALS: Mapping[str, str] = {"~unsafe_shelter": "refuse_shelter", "~unsafe": "refuse"}
HARDLY_KNOWN = 0.5
"""Less than half of a question's words are in any example: then what it is like says nothing against an answer."""
SUCH_A_QUESTION = 0.5
"""How alike a known question of the passage must be, where the passage has every word of the question."""
ALL = 0.99
"""The passage speaks of every word of the question."""
LEAST = 1e-4
OTHER_LANGUAGE = "hardly a word is Norwegian or English"
NOT_TO_BE_SAFE = frozenset({"definition", "figure", "measure", "comparison", "validity"})
"""What does not stand below an alert: someone in danger is not told what violence is called, or how common it is."""
NEARLY = 0.4
"""How likely another entry must be, beside the likeliest, to be said instead of one that may not be said."""
CERTAIN = 0.4
"""How likely an entry for those who use violence must be, where nothing else tells that one of them writes."""
SECOND_ASKED, SECOND = 0.5, 0.8
"""How likely the entry of a sentence must be to be said beside the one of the whole message: of one worded as a question, of any other.
Of 360 messages with two questions, by two writers whom nothing was fitted to, .44 get a right second answer and .05 a wrong one: see
`tests/bench/conversation.py`."""
SURE, OFFERED = 0.5, 0.9
"""How likely an entry must be to be said without a word of doubt, and below what its neighbours are offered beside it. Of 392 messages by
three writers whom nothing was fitted to, the likeliest entry was right for .18 of 197 below .5, .56 of 108 up to .9, .74 of 87 above."""
SUICIDE, SURELY = "suicide_self_harm", 0.6
TELLS_OF_OTHERS = frozenset({"bystander", "staff"})
"""To anyone else an alert about wanting to die is followed by people to talk with; an approved answer only where it is surely meant."""
LOCAL_CUES = frozenset({"figure", "measure", "plan"})
"""What only a municipality's own plan can tell."""


class Decider:
    """Read-only."""

    def __init__(self, phrasebook: Phrasebook, planned: frozenset[str]) -> None:
        """`planned`: the municipalities that some document is a plan of."""
        self._phrasebook = phrasebook
        self._planned = planned
        self._harmful = frozenset(_said(text) for rule in phrasebook.refusals for text in rule.refused)

    def decide(self, question: Question, evidence: Evidence) -> Decision:
        """The decision with its reason."""
        if not question.read:
            return Decision("none", OTHER_LANGUAGE, on_topic=True)
        if refused := self._refused(question, evidence):
            return refused
        values = features(question, evidence)
        parts = {name: weight * values[name] for name, (weight, _) in WEIGHTS.items()}
        score = BIAS[0] + sum(parts.values())
        on_topic = evidence.likely("~off_topic") < OFF_TOPIC
        if not question.query.terms:
            return Decision("ask_back", "no word of its own", score=score, parts=parts, on_topic=on_topic)
        if why_not := self._why_not(question, evidence, score):
            return Decision("none", why_not, None, on_topic, score, parts)
        odds = BIAS[1] + sum(weight * values[name] for name, (_, weight) in WEIGHTS.items())
        entry = _entry(question, evidence, odds) or _of_sentence(question, evidence)
        what = f"entry {entry.entry.id}" if entry else evidence.found[0].passage.id if evidence.found else "nothing"
        because = f"sure enough of {what}: {score:.2f} of {ANSWER}"
        second, others = _second(question, evidence, entry), _others(question, evidence, entry)
        return Decision("answer", because, None, on_topic, score, parts, entry, second, others, odds < 0)

    def _why_not(self, question: Question, evidence: Evidence, score: float) -> str | None:
        """Why the question gets an honest no; None where it is answered."""
        if not evidence.found:
            return "nothing found"
        if unmet := self._unmet(question, evidence):
            return f"what was found lacks what is asked for: {unmet}"
        if score < ANSWER and not (evidence.same or _speaks(evidence)):
            return f"not sure enough: {score:.2f} of {ANSWER}"
        return None

    def _refused(self, question: Question, evidence: Evidence) -> Decision | None:
        """A rule fits and the question is a little like unsafe examples, or it is very like them.

        One that stands word for word among those that passages answer is never refused by a rule: «Får mannen vite hvor jeg er?» has the
        words of the one who looks for her. Who tells of danger gets help, not a refusal: the alert has come first.
        """
        if evidence.same:
            return None
        unsafe = 1.0 if _said(question.written) in self._harmful else evidence.likely("~unsafe")
        if question.heard.refused and unsafe >= PERHAPS_UNSAFE:
            message, rule = question.heard.refused
            return _not_helped(
                f"refusal rule {rule}: {unsafe:.2f} of {LIKE_THE_RULE}", message, unsafe >= LIKE_THE_RULE
            )
        if unsafe >= UNSAFE and not question.acute:
            reason = max(REFUSALS, key=lambda name: evidence.others.get(name, 0.0))
            because = f"like unsafe examples: {unsafe:.2f} of {SURELY_UNSAFE}"
            return _not_helped(because, REFUSALS[reason], unsafe >= SURELY_UNSAFE)
        return None

    def _unmet(self, question: Question, evidence: Evidence) -> str | None:
        local = not LOCAL_CUES.isdisjoint(question.cues) and question.place.names.isdisjoint(self._planned)
        if question.place.candidates and local and not _of_place(question, evidence):
            return "a plan of the municipality"
        texts = [f"{item.passage.text} {item.passage.answer or ''}" for item in evidence.found[:EVIDENCE]]
        return self._phrasebook.unmet(question.heard.demands, question.words, texts) if evidence.found else None


def _said(text: str) -> str:
    """The words, without case and marks."""
    return " ".join(words(text))


def _not_helped(because: str, message: str, surely: bool) -> Decision:
    """A refusal where it is sure; else an honest no, which helps nobody to harm and accuses nobody."""
    return Decision("refuse" if surely else "none", because, message if surely else None, on_topic=True)


def _of_place(question: Question, evidence: Evidence) -> bool:
    """Whether the best passage names the place: «Oslo politidistrikt» stands in another municipality's plan."""
    text = evidence.found[0].passage.text if evidence.found else ""
    return any(name in text for name in question.place.names)


def _speaks(evidence: Evidence) -> bool:
    """The best passage has every word of the question, and it is known to answer such a question, or only it knows the name asked about."""
    best = evidence.found[0]
    return _only_there(evidence) or (best.coverage >= ALL and best.question_match >= SUCH_A_QUESTION)


def _only_there(evidence: Evidence) -> bool:
    """The question is about a name that the best passage has and no example: «Hva er Solstråleteamet?» is like nothing known."""
    return evidence.trust < HARDLY_KNOWN and evidence.found[0].coverage >= ALL


def _entry(question: Question, evidence: Evidence, odds: float) -> FoundEntry | None:
    """The likeliest entry, unless a passage is the better answer; below an alert nothing but what can be done is said."""
    if not evidence.entries or (evidence.found and not question.acute and _is_for_passage(question, evidence, odds)):
        return None
    sayable = [found for found in evidence.entries if _may_be_said(question, found)]
    best = evidence.entries[0].likely
    return next((found for found in sayable if found.likely >= NEARLY * best), None)


def _second(question: Question, evidence: Evidence, first: FoundEntry | None) -> FoundEntry | None:
    """The answer to the other thing that is asked for in a message of several sentences; below an alert there is one answer."""
    if first is None or question.acute:
        return None
    others = [found for found in _sure(question, evidence) if found.entry.id != first.entry.id]
    return max(others, key=lambda found: found.likely, default=None)


def _others(question: Question, evidence: Evidence, first: FoundEntry | None) -> tuple[FoundEntry, ...]:
    """What else may be meant, where the entry is none too likely; in danger nobody has to choose."""
    if first is None or first.likely >= OFFERED or question.acute:
        return ()
    return tuple(each for each in evidence.entries if each.entry.id != first.entry.id and _may_be_said(question, each))


def _of_sentence(question: Question, evidence: Evidence) -> FoundEntry | None:
    """The surest answer to one sentence, where the whole message is like no approved answer: two questions at once are like neither."""
    if evidence.same or question.documents or question.acute:
        return None
    return max(_sure(question, evidence), key=lambda found: found.likely, default=None)


def _sure(question: Question, evidence: Evidence) -> list[FoundEntry]:
    """The entries of the sentences that are likely enough and may be said."""
    sure = [found for found, asks in evidence.also if found.likely >= (SECOND_ASKED if asks else SECOND)]
    return [found for found in sure if _may_be_said(question, found)]


def _may_be_said(question: Question, found: FoundEntry) -> bool:
    """What is for those alone who use violence is said to nobody else, unless it is very likely; below an alert no facts are said."""
    if question.acute and found.entry.wants in NOT_TO_BE_SAFE:
        return False
    if question.danger == SUICIDE and question.alerted not in TELLS_OF_OTHERS:
        return found.likely >= SURELY
    return set(found.entry.audience) != {"perpetrator"} or question.asker == "perpetrator" or found.likely >= CERTAIN


def _is_for_passage(question: Question, evidence: Evidence, odds: float) -> bool:
    """A passage has the very question, or the question names its document, or a name that only it knows, or it fits better.

    Where the entry rests on one of the best passages, the two agree, and the entry says it.
    """
    named = evidence.found[0].passage.section.document in question.documents
    return evidence.same or named or _only_there(evidence) or (odds < 0 and not _agreed(evidence))


def features(question: Question, evidence: Evidence) -> dict[str, float]:
    """What is judged, by name, all of them small numbers; likelihoods as log-odds."""
    found = evidence.found
    best = found[0] if found else None
    top = evidence.entries[0].likely if evidence.entries else 0.0
    passage, beyond, unsafe = (evidence.likely(kind) for kind in (PASSAGE, "~off_topic", "~unsafe"))
    near = evidence.likely("~near_topic")
    return {
        "entry": math.log(max(top, LEAST)),
        "entries": _odds(1 - evidence.likely(PASSAGE, DECLINED)),
        "passages": _odds(passage),
        "off_topic": _odds(beyond),
        "near_topic": _odds(near),
        "unsafe": _odds(unsafe),
        "score": math.log1p(best.score) if best else 0.0,
        "coverage": best.coverage if best else 0.0,
        "best_coverage": max((item.coverage for item in found[:EVIDENCE]), default=0.0),
        "known_question": max((item.question_match for item in found[:EVIDENCE]), default=0.0),
        "field_words": float(min(len(question.heard.field), 2)),
        "length": float(min(len(question.words) + len(question.earlier), 12)),
        "contact": float(bool(evidence.helplines)),
    }


def _agreed(evidence: Evidence) -> bool:
    """Whether the likeliest entry rests on one of the best passages."""
    best = {item.passage.id for item in evidence.found[:EVIDENCE]}
    return not best.isdisjoint(evidence.entries[0].entry.rests_on)


def _odds(likely: float) -> float:
    kept = min(max(likely, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))
