"""What a term means, who says so, and the other words for it."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.drafting import answered
from assistant.answers.passage import evidence, spoken
from assistant.models import Definition, Draft


def draft(asked: Asked) -> Draft | None:
    """A definition record, when it is what was found best."""
    record = asked.found[0].passage.record
    if not isinstance(record, Definition):
        return None
    said = f"{record.term}: {record.definition}"
    return answered(asked, "definition", spoken(asked, asked.found[0].passage.answer or said), evidence(asked))
