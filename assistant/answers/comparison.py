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
    entry = asked.decision.entry
    if "comparison" not in asked.question.cues or (entry and entry.entry.wants == "comparison"):
        return None
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
    """What each of the plans that are named has on the topic: its measures, else its best passage."""
    compared = named(asked)
    if len(compared) < 2:
        return []
    return [passage for document in compared for passage in _side(asked, document)]


def _side(asked: Asked, document: Document) -> list[Passage]:
    measures = of_topic(asked, [p for p in asked.corpus.measures if p.section.document == document.id])
    found = [item.passage for item in asked.found if item.passage.section.document == document.id]
    return measures[: SIDES // 2] or found[:1]


def _found(asked: Asked) -> list[Passage]:
    sides: dict[str, Passage] = {}
    for found in asked.found:
        sides.setdefault(found.passage.section.document, found.passage)
    return list(sides.values())
