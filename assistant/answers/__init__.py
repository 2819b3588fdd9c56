"""One small module per kind of answer behind one interface; the order in which they are asked stands in one list."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answers import (
    abstain,
    clarify,
    comparison,
    definition,
    entry,
    figure,
    helpline,
    law,
    measure,
    measure_list,
    passage,
    procedure,
    refuse,
    validity,
)
from assistant.answers.asked import Asked
from assistant.models import Draft

AnswerKindOf = Callable[[Asked], Draft | None]

ANSWER_KINDS: tuple[AnswerKindOf, ...] = (
    refuse.draft,  # before all else: what harms is not answered, however well the corpus could
    clarify.draft,  # two municipalities of one name, or nothing to go on
    comparison.draft,  # «sammenlign planene» names measures too
    measure_list.draft,  # «hvilke tiltak har ingen frist?» is a matter of the plan's records
    validity.draft,  # whether a named plan still holds is a matter of its dates
    measure.draft,  # a measure's number, deadline or responsible is exact: it goes before what is merely similar
    helpline.number,  # who asks for a number, or types the name of a service, gets the number
    entry.draft,  # one approved answer to the need, where it was found better than any passage
    helpline.draft,  # «nummeret til …» before a passage that mentions the service
    abstain.draft,  # not sure enough: say so
    figure.draft,
    definition.draft,
    procedure.draft,
    law.draft,
    passage.draft,
)


def compose(asked: Asked) -> Draft:
    """The first kind of answer that fits; an honest no where none does."""
    for kind in ANSWER_KINDS:
        if (draft := kind(asked)) is not None:
            return draft
    raise AssertionError("passage answers whatever abstain lets through")


__all__ = ["ANSWER_KINDS", "compose"]
