"""Questions that get an honest no or a refusal, known by their likeness to examples that an editor can read and add to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from assistant.content import files, schema
from assistant.content.examples import Wording
from assistant.content.files import Faults
from assistant.models import Frozen, Text, Texts
from assistant.question.phrasebook import RefusalRule

Reason = Literal["off_topic", "near_topic", "unsafe", "unsafe_shelter", "honest"]
"""`off_topic`: outside the field; `near_topic`: in it, and still without an answer in the sources; `unsafe`, `unsafe_shelter`: could be
used to harm; `honest`: looks like that, and must be answered."""
UNSAFE: Mapping[str, Reason] = {"refuse": "unsafe", "refuse_shelter": "unsafe_shelter"}
"""The reason that a refusal's message stands for."""
LABELS = frozenset({"off_topic", "near_topic", "unsafe", "honest"})
"""What a wording may be labelled by instead of an entry."""


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
    """The examples, each with the reason for which it is declined, or `honest`."""

    examples: tuple[tuple[Reason, str], ...]

    def with_rules(self, rules: Iterable[RefusalRule]) -> Declined:
        """The same examples, with those that the refusal rules name."""
        told: list[tuple[Reason, str]] = []
        for rule in rules:
            told += [(UNSAFE[rule.message], text) for text in rule.refused]
            told += [("honest", text) for text in rule.answered]
        return Declined((*self.examples, *told))

    def with_asked(self, asked: Iterable[Wording]) -> Declined:
        """The same examples, with those of the table of wordings that are labelled by a reason."""
        labelled = [(wording.entry, wording.text) for wording in asked if wording.entry in LABELS]
        return Declined((*self.examples, *labelled))  # type: ignore[arg-type]  # LABELS are reasons

    @classmethod
    def load(cls, folder: Path) -> Declined:
        """The examples of `declined.yaml` and `unsafe.yaml`. Raises CorpusError naming line, entry and field."""
        faults = Faults()
        beyond = faults.of(_posts, Beyond, folder / "declined.yaml") or ()
        unsafe = faults.of(_posts, Unsafe, folder / "unsafe.yaml") or ()
        faults.stop(folder)
        found: list[tuple[Reason, str]] = [(item.reason, text) for item in beyond for text in item.questions]
        for item in unsafe:
            found += [(UNSAFE[item.message], text) for text in item.questions]
            found += [("honest", text) for text in item.honest]
        return cls(tuple(found))


def _posts(kind: type[Post], path: Path) -> tuple[Post, ...]:
    return schema.listed(kind, files.read(path))
