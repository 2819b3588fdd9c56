"""The rule as it stands today: whom it binds, since when, and what a document says too widely."""

from __future__ import annotations

from assistant.answers.draft import answer
from assistant.answers.passage import evidence, spoken
from assistant.models import Draft, LegalRule
from assistant.question.asked import Asked


def law(asked: Asked) -> Draft | None:
    """A legal rule, when it is what was found best."""
    best = asked.found[0].passage
    if asked.corpus.document[best.section.document].kind != "law" and not isinstance(best.record, LegalRule):
        return None
    return answer(asked, "law", spoken(asked), evidence(asked))
