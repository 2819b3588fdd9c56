"""An honest no, with the helplines only where they fit."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.contacts import cards, contact_cards
from assistant.models import Draft

EVERYONE = ("nodnummer-politi-112", "nodnummer-ambulanse-113", "vo-linjen", "alarmtelefonen-116111")
"""Contacts for someone whose message could not be read."""


def draft(asked: Asked) -> Draft | None:
    """Declines when the question is not covered well enough; never guesses."""
    if asked.decision.confident:
        return None
    if not asked.question.read:
        return _other_language(asked)
    near = asked.decision.on_topic
    lines = [asked.say("abstain"), asked.say("abstain_rephrase" if near else "abstain_off_topic")]
    if near and asked.municipality and not _has_plan(asked):
        lines[1] = asked.say("abstain_place", municipality=asked.municipality.name)
    return Draft(
        answered=False,
        kind="abstain",
        lead=" ".join(lines),
        helplines=contact_cards(asked, personal=True) if near else (),
        suggestions=(asked.say("ask_help"), asked.say("ask_forms")),
        language=asked.language,
        corpus_version=asked.corpus.version,
    )


def _has_plan(asked: Asked) -> bool:
    own = asked.municipality
    return own is not None and any(own.name in document.municipalities for document in asked.corpus.documents)


def _other_language(asked: Asked) -> Draft:
    """A message in a language that is not read: never an honest no, but the numbers that fit everyone."""
    return Draft(
        answered=False,
        kind="abstain",
        lead=asked.say("other_language"),
        helplines=cards(asked, (line for id_ in EVERYONE if (line := asked.corpus.helpline.get(id_)))),
        language=asked.language,
        corpus_version=asked.corpus.version,
    )
