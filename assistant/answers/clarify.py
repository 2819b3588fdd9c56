"""Asks back where one word more decides the answer."""

from __future__ import annotations

from assistant.content.municipalities import full_name
from assistant.models import Choice, Draft
from assistant.question.asked import Asked


def clarify(asked: Asked) -> Draft | None:
    """What it is about, when the question has no content of its own."""
    if asked.query.terms:
        return None
    labels = ("ask_child", "ask_adult", "ask_duty", "ask_help")
    return Draft(
        answered=False,
        kind="clarify",
        lead=asked.say("clarify_question"),
        choices=tuple(Choice(label=asked.say(name), question=asked.say(name)) for name in labels),
        language=asked.language,
        corpus_version=asked.corpus.version,
    )


def which_municipality(asked: Asked) -> tuple[Choice, ...]:
    """One button for each municipality of a shared name. What holds for all is answered meanwhile; local numbers are not shown."""
    if len(asked.candidates) < 2:
        return ()
    known = asked.corpus.municipalities
    return tuple(
        Choice(label=full_name(place, known), question=asked.question, municipality=place.number)
        for place in asked.candidates
    )


def child_or_adult(asked: Asked) -> tuple[Choice, ...]:
    """The two buttons beside a procedure that differs for children and adults, when the question does not say."""
    if "about_child" in asked.cues or "about_adult" in asked.cues:
        return ()
    return tuple(
        Choice(label=asked.say(f"choice_{who}"), question=asked.say(f"ask_{who}")) for who in ("child", "adult")
    )
