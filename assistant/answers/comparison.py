"""Two plans or two things side by side, each in its own source's words."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.drafting import answered
from assistant.answers.measure import of_topic
from assistant.answers.plans import called, named
from assistant.answers.sentences import lead, numbered
from assistant.models import Document, Draft, Measure, Passage

SIDES = 4


def draft(asked: Asked) -> Draft | None:
    """For each plan what it says of the topic, measures first; else the best passage of each document that has something to say."""
    if "comparison" not in asked.question.cues:
        return None
    entry = asked.decision.entry
    sides = _plans(asked)
    if not sides and entry is None and asked.decision.confident:
        sides = _found(asked)
    if len(sides) < 2:
        return None
    shown = sides[:SIDES]
    lines = [numbered(_said(asked, side), number) for number, side in enumerate(shown, 1)]
    return answered(asked, "comparison", "\n\n".join(lines), shown)


def _said(asked: Asked, side: Passage) -> str:
    title = f"{side.record.title.rstrip('.')}. " if isinstance(side.record, Measure) else ""
    plan = called(asked.corpus.document[side.section.document])
    return f"{plan}, {side.section.path[-1]}: {title}{lead(side, words=35)}"


def _plans(asked: Asked) -> list[Passage]:
    """The measures on the topic of each of the plans that are named; none where one of them has none."""
    by_plan = [_side(asked, document) for document in named(asked)]
    return [passage for side in by_plan for passage in side] if len(by_plan) > 1 and all(by_plan) else []


def _side(asked: Asked, document: Document) -> list[Passage]:
    return of_topic(asked, [p for p in asked.corpus.measures if p.section.document == document.id])[: SIDES // 2]


def _found(asked: Asked) -> list[Passage]:
    sides: dict[str, Passage] = {}
    for found in asked.found:
        sides.setdefault(found.passage.section.document, found.passage)
    return list(sides.values())
