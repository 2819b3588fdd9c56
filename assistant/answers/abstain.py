"""An honest no, with the helplines only where they fit."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.contacts import contact_cards
from assistant.models import Draft


def draft(asked: Asked) -> Draft | None:
    """Declines when the question is not covered well enough; never guesses."""
    if asked.decision.confident:
        return None
    near = bool(asked.found) and asked.decision.on_topic
    lines = [asked.say("abstain"), asked.say("abstain_rephrase" if near else "abstain_off_topic")]
    if near and asked.municipality and not _has_plan(asked):
        lines[1] = asked.say("abstain_place", municipality=asked.municipality.name)
    return Draft(
        answered=False,
        kind="abstain",
        lead=" ".join(lines),
        helplines=contact_cards(asked) if near and asked.question.personal else (),
        suggestions=(asked.say("ask_help"), asked.say("ask_forms")),
        language=asked.language,
        corpus_version=asked.corpus.version,
    )


def _has_plan(asked: Asked) -> bool:
    own = asked.municipality
    return own is not None and any(own.name in document.municipalities for document in asked.corpus.documents)
