"""A plan's measures by number, plan, responsible, deadline or topic. A passed deadline says so; completion is never claimed."""

from __future__ import annotations

import re

from assistant.answers.asked import Asked
from assistant.answers.cite import norwegian_date
from assistant.answers.drafting import answered
from assistant.answers.passage import evidence
from assistant.answers.sentences import numbered
from assistant.models import Draft, Measure, Passage

NUMBER = re.compile(r"\b(?:tiltak(?:et)?|measure)\s*(?:nr\.?|nummer|no\.?)?\s*(\d{1,2})\b", re.IGNORECASE)


def draft(asked: Asked) -> Draft | None:
    """The measure named by number, or the measure that was found best."""
    named = NUMBER.search(asked.question.resolved)
    if named:
        hits = _numbered(asked, named[1])
        return _draft(asked, hits) if hits else None
    best = asked.found[0].passage if asked.found else None
    return (
        _draft(asked, [best])
        if asked.decision.confident and best is not None and isinstance(best.record, Measure)
        else None
    )


def _numbered(asked: Asked, number: str) -> list[Passage]:
    """Measures of that number: the asker's own plan's alone where it has one, else every plan's."""
    same = [p for p in asked.corpus.measures if isinstance(p.record, Measure) and p.record.number == number]
    own = asked.municipality.name if asked.municipality else None
    mine = [p for p in same if own in asked.corpus.document[p.section.document].municipalities]
    order = {found.passage.section.document: rank for rank, found in reversed(list(enumerate(asked.found)))}
    return mine or sorted(same, key=lambda p: order.get(p.section.document, len(order)))


def _draft(asked: Asked, measures: list[Passage]) -> Draft:
    lines = [numbered(_sentence(asked, passage), number) for number, passage in enumerate(measures[:3], 1)]
    rest = [passage for passage in evidence(asked) if passage not in measures]
    return answered(asked, "measure", "\n\n".join(lines), [*measures, *rest])


def _sentence(asked: Asked, passage: Passage) -> str:
    record = passage.record
    assert isinstance(record, Measure)  # noqa: S101 - the caller has looked
    title = (
        f"{asked.corpus.messages.labels(asked.language)['measure']} {record.number}: {record.title}"
        if record.number
        else record.title
    )
    who = "; ".join(record.responsible)
    parts = [
        title.rstrip(".") + ".",
        asked.say("responsible_is", who=who.rstrip(".")) if who else asked.say("responsible_none"),
        _deadline(asked, record),
        record.differs or "",
    ]
    return " ".join(part for part in parts if part)


def _deadline(asked: Asked, record: Measure) -> str:
    if record.deadline is None:
        return (
            asked.say("deadline_none")
            if not record.deadline_text
            else asked.say("deadline_is", date=record.deadline_text)
        )
    date = record.deadline_text or norwegian_date(record.deadline.isoformat())
    return asked.say("deadline_was" if record.deadline < asked.today else "deadline_is", date=date)
