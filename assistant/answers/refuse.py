"""Unsafe requests: no help to track, hide, find or silence; no lecture; help for what may lie behind."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.contacts import contact_cards
from assistant.models import Draft


def draft(asked: Asked) -> Draft | None:
    """Declines when a refusal rule fits the question (`lexicon/answers/refusals.yaml`)."""
    if asked.decision.message is None:
        return None
    return Draft(
        answered=False,
        kind="refuse",
        lead=f"{asked.say(asked.decision.message)} {asked.say('refuse_help')}",
        helplines=contact_cards(asked, personal=True),
        suggestions=(asked.say("ask_help"),),
        language=asked.language,
        corpus_version=asked.corpus.version,
    )
