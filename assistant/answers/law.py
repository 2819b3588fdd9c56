"""The rule as it stands today: whom it binds, since when, and what a document says too widely."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.drafting import answered
from assistant.answers.passage import evidence, spoken
from assistant.models import Draft, LegalRule


def draft(asked: Asked) -> Draft | None:
    """A legal rule, when it is what was found best."""
    best = asked.found[0].passage
    if asked.corpus.document[best.section.document].kind != "law" and not isinstance(best.record, LegalRule):
        return None
    return answered(asked, "law", spoken(asked), evidence(asked))
