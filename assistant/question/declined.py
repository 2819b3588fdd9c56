"""Questions that get an honest no or a refusal, known by their likeness to examples that an editor can read and add to.

The examples are indexed beside the passages' own questions, so that what a question is most like decides: a passage that answers it,
or an example of what the sources cannot answer, or of what could be used to harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from assistant.content import files, schema
from assistant.content.examples import Wording
from assistant.content.files import Faults
from assistant.models import Frozen, Likest, Text, Texts

Reason = Literal["off_topic", "near_topic", "unsafe"]
SPOKEN_OF = 0.3
PREFIX = "~declined/"
HONEST = "~honest/"
LABELS: Mapping[str, Reason | None] = {
    "off_topic": "off_topic",
    "near_topic": "near_topic",
    "unsafe": "unsafe",
    "honest": None,
}
"""What a wording may be labelled by instead of an entry: the reason for which it is declined; an honest look-alike is not."""


class Beyond(Frozen):
    """Questions outside the field (`off_topic`), or in it and still without an answer in the sources (`near_topic`)."""

    id: Text
    reason: Literal["off_topic", "near_topic"]
    questions: Annotated[Texts, Field(min_length=1)]


class Unsafe(Frozen):
    """Requests to refuse, and `honest` look-alikes that must be answered. `message` names the refusal's words."""

    id: Text
    message: Literal["refuse", "refuse_shelter"]
    reason: Text
    questions: Annotated[Texts, Field(min_length=1)]
    honest: Annotated[Texts, Field(min_length=1)]


Post = TypeVar("Post", Beyond, Unsafe)


@dataclass(frozen=True)
class Declined:
    """The examples by the id of their entry in the index."""

    questions: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, Reason]
    messages: Mapping[str, str]

    def with_honest(self, more: Mapping[str, Sequence[str]]) -> Declined:
        """The same examples, with more honest look-alikes."""
        honest = {f"{HONEST}regel-{id_}": tuple(questions) for id_, questions in more.items()}
        return replace(self, questions={**self.questions, **honest})

    def with_asked(self, asked: Iterable[Wording]) -> Declined:
        """The same examples, with those of the table of wordings that are labelled by the reason for which they are declined."""
        texts: dict[str, list[str]] = {}
        for wording in asked:
            if wording.entry in LABELS:
                texts.setdefault(wording.entry, []).append(wording.text)
        ids = {label: HONEST + "asked" if label == "honest" else f"{PREFIX}asked-{label}" for label in texts}
        return replace(
            self,
            questions={**self.questions, **{ids[label]: tuple(found) for label, found in texts.items()}},
            reasons={**self.reasons, **{ids[label]: reason for label in texts if (reason := LABELS[label])}},
            messages={**self.messages, **({ids["unsafe"]: "refuse"} if "unsafe" in ids else {})},
        )

    def likest(self, scores: Sequence[tuple[str, float, float]]) -> Mapping[str, Likest]:
        """For `unsafe` and for `beyond` (both other reasons): how like the question is, beside all that is answered.

        `scores`: entry or passage id, how well the question matches the most alike of its questions, and how much of the question
        that speaks of. Half of the ratio is the best against the best, half the best three against the best three, so that one chance
        likeness does not decide; and no question is unsafe for its «hvordan … jeg» alone.
        """
        groups: dict[str, list[tuple[float, str]]] = {"unsafe": [], "beyond": [], "answered": []}
        for id_, score, coverage in scores:
            reason = self.reasons.get(id_)
            if reason == "unsafe" and coverage < SPOKEN_OF:
                continue
            groups["answered" if reason is None else "unsafe" if reason == "unsafe" else "beyond"].append((score, id_))
        ranked = {name: sorted(found, reverse=True) for name, found in groups.items()}
        best, three = (max(_sum(ranked["answered"], count), 1.0) for count in (1, 3))
        return {
            name: Likest(
                ranked[name][0][1] if ranked[name] else None,
                0.5 * _sum(ranked[name], 1) / best + 0.5 * _sum(ranked[name], 3) / three,
            )
            for name in ("unsafe", "beyond")
        }

    @classmethod
    def load(cls, folder: Path) -> Declined:
        """The examples of `declined.yaml` and `unsafe.yaml`. Raises CorpusError naming line, entry and field."""
        faults = Faults()
        beyond = faults.of(_posts, Beyond, folder / "declined.yaml") or ()
        unsafe = faults.of(_posts, Unsafe, folder / "unsafe.yaml") or ()
        faults.stop(folder)
        questions = {PREFIX + item.id: item.questions for item in beyond} | {
            PREFIX + item.id: item.questions for item in unsafe
        }
        questions |= {HONEST + item.id: item.honest for item in unsafe}
        reasons: dict[str, Reason] = {PREFIX + item.id: item.reason for item in beyond}
        reasons |= {PREFIX + item.id: "unsafe" for item in unsafe}
        return cls(questions, reasons, {PREFIX + item.id: item.message for item in unsafe})


def _sum(ranked: Sequence[tuple[float, str]], count: int) -> float:
    return sum(score for score, _ in ranked[:count])


def _posts(kind: type[Post], path: Path) -> tuple[Post, ...]:
    return schema.listed(kind, files.read(path))
