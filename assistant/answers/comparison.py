"""Two plans or two things side by side, each in its own source's words."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.drafting import answered
from assistant.answers.passage import evidence
from assistant.answers.sentences import lead, numbered
from assistant.models import Draft, Passage

SIDES = 3


def draft(asked: Asked) -> Draft | None:
    """The best passage of each document that has something to say, when the question compares."""
    if "comparison" not in asked.question.cues or not asked.decision.confident:
        return None
    sides: list[Passage] = []
    for found in asked.found:
        if found.passage.section.document not in {side.section.document for side in sides}:
            sides.append(found.passage)
    if len(sides) < 2:
        return None
    lines = [
        f"{asked.corpus.document[side.section.document].title}: {numbered(lead(side, words=35), number)}"
        for number, side in enumerate(sides[:SIDES], 1)
    ]
    rest = [passage for passage in evidence(asked) if passage not in sides[:SIDES]]
    return answered(asked, "comparison", "\n\n".join(lines), [*sides[:SIDES], *rest])
