"""One small module per kind of answer behind one interface; the order in which they are asked stands in one list."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answers.abstain import abstain
from assistant.answers.clarify import clarify
from assistant.answers.comparison import comparison
from assistant.answers.definition import definition
from assistant.answers.figure import figure
from assistant.answers.helpline import helpline
from assistant.answers.law import law
from assistant.answers.measure import measure
from assistant.answers.passage import passage
from assistant.answers.procedure import procedure
from assistant.answers.refuse import refuse
from assistant.models import Draft
from assistant.question.asked import Asked, Found

AnswerKindOf = Callable[[Asked], Draft | None]

ANSWER_KINDS: tuple[AnswerKindOf, ...] = (
    refuse,  # before all else: what harms is not answered, however well the corpus could
    clarify,  # two municipalities of one name, or nothing to go on
    comparison,  # «sammenlign planene» names measures too
    measure,  # a measure's number, deadline or responsible is exact: it goes before what is merely similar
    helpline,  # «nummeret til …» before a passage that mentions the service
    abstain,  # not sure enough: say so
    figure,
    definition,
    procedure,
    law,
    passage,
)


def compose(asked: Asked) -> Draft:
    """The first kind of answer that fits; an honest no where none does."""
    for kind in ANSWER_KINDS:
        if (draft := kind(asked)) is not None:
            return draft
    raise AssertionError("passage() answers whatever abstain() lets through")


__all__ = ["ANSWER_KINDS", "Asked", "Found", "compose"]
