"""A question as it is understood, what was found for it, and what is decided: each step's value, with its reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.models.contacts import Helpline, Municipality
from assistant.models.content import Audience, Entry, Passage, Subject

Writer = Literal["victim", "child", "bystander", "staff", "perpetrator", "self_harm", "unknown"]
"""Who writes, and so whom the words of an alert are for. `unknown`: the words do not tell, or not surely."""

Language = Literal["nb", "nn", "en"]

PERSONAL = frozenset({"victim", "child", "relative", "perpetrator", "resident"})
"""Who may need help themselves, or ask for someone near."""

NAMED_ALONE = 3
"""Words of a question that names a kind of service and little else."""

ASKING = frozenset({"definition", "figure", "law", "procedure", "measure", "contact", "comparison"})
"""The cues that make a wording a question."""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One term to look up. `words` are the question's words that it stands for, `covers` how far it stands for them (0 to 1)."""

    term: str
    weight: float
    why: str
    words: tuple[str, ...] = ()
    covers: float = 0.0


@dataclass(frozen=True, slots=True)
class Query:
    """The terms of a question, each once."""

    text: str
    language: Language
    terms: tuple[QueryTerm, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the wording of a question says by the lexicons.

    `cues`: what is asked for, who asks, about whom. `field`: the field's words that it has. `refused`: the message of the first
    refusal rule that fits, with the rule's id; `demands`: what an answer must contain.
    """

    cues: frozenset[str] = frozenset()
    field: frozenset[str] = frozenset()
    refused: tuple[str, str] | None = None
    demands: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the asker may live: several for a shared name. `unknown`: a municipality was given that does not exist."""

    candidates: tuple[Municipality, ...] = ()
    unknown: bool = False

    @property
    def own(self) -> Municipality | None:
        """The asker's municipality, where there is no doubt."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def names(self) -> frozenset[str]:
        """The names that content may be limited to."""
        return frozenset(place.name for place in self.candidates)


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of a message that has several: its words in bokmål, and whether it is worded as a question."""

    words: tuple[str, ...]
    asks: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question in its conversation. `resolved` has the earlier question in front where it rests on that.

    `alerted`: whom its alert speaks to, None where there is none, and `danger` its category. `spoken_to`: for whom an answer must be,
    where an alert or the view that is used makes it sure. `read`: false where hardly a word of it is Norwegian or English.
    `about`: about whom, where the words say it; `documents`: the documents that it names. `words`: its words in bokmål,
    misspellings put right; `own`: those of this turn alone (none where all of them are stop words); `turns`: the same of
    each earlier turn, the oldest first; `parts`: its sentences, where it has several; `earlier`: all the words of the last two turns.
    """

    written: str
    resolved: str
    language: Language
    query: Query
    words: tuple[str, ...]
    own: tuple[str, ...]
    heard: Heard
    asker: Audience | None
    place: Place
    about: frozenset[Subject] = frozenset()
    documents: frozenset[str] = frozenset()
    turns: tuple[tuple[str, ...], ...] = ()
    parts: tuple[Part, ...] = ()
    earlier: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    alerted: Writer | None = None
    danger: str | None = None
    spoken_to: Writer | None = None
    read: bool = True

    @property
    def acute(self) -> bool:
        """Whether it got an alert."""
        return self.alerted is not None

    @property
    def cues(self) -> frozenset[str]:
        """What is asked for, who asks, about whom: names from `lexicon/answers/cues.yaml`."""
        return self.heard.cues

    @property
    def personal(self) -> bool:
        """Someone who may need help is asking, or asks for it, so help is offered beside the answer."""
        return self.asker in PERSONAL or self.seeks_contact

    @property
    def seeks_contact(self) -> bool:
        """It asks whom to contact, or names a kind of service and little else: «krisesenter Gol»."""
        return "contact" in self.cues or self.names_alone

    @property
    def names_alone(self) -> bool:
        """It names a kind of service and little else: «krisesenter Gol»; without a place («dagsamtaler krisesenter 2018») nothing else."""
        most = NAMED_ALONE if self.place.candidates else 1
        return len(self.words) <= most and any(cue.startswith("kind_") for cue in self.cues)

    @property
    def asks(self) -> bool:
        """Whether it is worded as a question, not only told: «han står utenfor døra» asks nothing, and needs help all the same."""
        return is_asking(self.written, self.cues)


def is_asking(written: str, cues: Collection[str]) -> bool:
    """Whether a wording asks: by its mark, or by what it says."""
    return "?" in written or not ASKING.isdisjoint(cues)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with its score, the share of the question's weight (inverse document frequency) that it covers, and how well the
    question matches one that the passage is known to answer."""

    passage: Passage
    score: float
    coverage: float
    question_match: float = 0.0


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry with how likely it is what is asked for: 0 to 1, shared with all other entries, kinds of passages and reasons to decline."""

    entry: Entry
    likely: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found, once: passages and entries best first, and the helplines that are asked for.

    `others`: how likely it is that something else than an entry is asked for, by class: `#figure` (a kind of passage), `~off_topic`
    (a reason to decline). `also`: the likeliest entry of each sentence, where there are several, and whether the sentence asks.
    `measure`: the measure of the own or the named plan that speaks most of the question, where it asks who or by when.
    `trust`: how much of the question is words that someone has asked with, 0 to 1. `same`: it stands among those that a passage answers,
    whatever its case and end marks.
    """

    found: tuple[Found, ...] = ()
    entries: tuple[FoundEntry, ...] = ()
    also: tuple[tuple[FoundEntry, bool], ...] = ()
    measure: Found | None = None
    helplines: tuple[Helpline, ...] = ()
    others: Mapping[str, float] = field(default_factory=dict)
    trust: float = 1.0
    same: bool = False

    def likely(self, *kinds: str) -> float:
        """How likely something of these kinds is asked for: `#` any passage, `~off_topic` one reason to decline."""
        return sum(share for name, share in self.others.items() if name.startswith(kinds))


Verdict = Literal["answer", "ask_back", "none", "refuse"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, and why: `because` in words, `parts` each feature's share of the sum that was judged.

    `message`: the refusal's message. `entry`: the approved answer to say, and whether the best passages fit the question as well.
    `second`: the answer to the other thing asked for; `others`: what else may be meant.
    `on_topic`: it is about the field, so help may be offered all the same.
    """

    verdict: Verdict
    because: str
    message: str | None = None
    on_topic: bool = False
    score: float = 0.0
    parts: Mapping[str, float] = field(default_factory=dict)
    entry: FoundEntry | None = None
    second: FoundEntry | None = None
    others: tuple[FoundEntry, ...] = ()
    passages_fit: bool = False

    @property
    def confident(self) -> bool:
        """Sure enough that what was found answers the question."""
        return self.verdict == "answer"
