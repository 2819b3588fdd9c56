"""A plan's measures as a list: all of them, or those without a deadline or a responsible, or whose deadline is over or to come."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

from assistant.answers.asked import Asked
from assistant.answers.drafting import answered
from assistant.answers.measure import numbers, of_topic, scope, sentence
from assistant.answers.plans import absent, called, meant
from assistant.answers.sentences import numbered
from assistant.models import Draft, Measure, Passage

ALL, OVERDUE = "measures_all", "measures_overdue"
HAS: Mapping[str, Callable[[Measure, datetime.date], bool]] = {
    "measures_undated": lambda measure, _: measure.deadline is None and not measure.deadline_text,
    "measures_unassigned": lambda measure, _: not measure.responsible,
    OVERDUE: lambda measure, today: measure.deadline is not None and measure.deadline < today,
    "measures_due": lambda measure, today: measure.deadline is not None and measure.deadline >= today,
}
"""For each cue, and the message of the same name, what a measure of the list has."""


def draft(asked: Asked) -> Draft | None:
    """The measures of the one plan that is meant which have what the question asks for; None where it asks for no such list."""
    asks = next((cue for cue in (*HAS, ALL) if cue in asked.question.cues), None)
    if asks is None or numbers(asked):
        return None
    if len(meant(asked)) != 1:
        return absent(asked)
    measures = scope(asked)
    if not measures or (asks == ALL and of_topic(asked, measures)):
        return None
    return _listed(
        asked, asks, [p for p in measures if asks == ALL or HAS[asks](_record(p), asked.today)], len(measures)
    )


def _listed(asked: Asked, asks: str, found: Sequence[Passage], count: int) -> Draft:
    """What the list is of, and one line a measure; where it is empty, the plan's first measure is the source."""
    said = asked.say(asks, plan=called(meant(asked)[0]), found=len(found) or asked.say("none_of_them"), count=count)
    lines = [numbered(sentence(asked, passage, named=False, brief=True), at) for at, passage in enumerate(found, 1)]
    if not lines:
        return answered(asked, "measure", numbered(said, 1), scope(asked)[:1])
    unfinished = asked.say("measures_unfinished") if asks == OVERDUE else ""
    return answered(asked, "measure", "\n\n".join([f"{said} {unfinished}".strip(), *lines]), found)


def _record(passage: Passage) -> Measure:
    assert isinstance(passage.record, Measure)  # noqa: S101 - the corpus lists no other
    return passage.record
