"""Asks back where one word more decides the answer."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.content.municipalities import full_name
from assistant.models import Choice, Draft


def draft(asked: Asked) -> Draft | None:
    """What it is about, when the question has no content of its own."""
    if asked.question.query.terms:
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
    if len(asked.question.place.candidates) < 2:
        return ()
    known = asked.corpus.municipalities
    return tuple(
        Choice(label=full_name(place, known), question=asked.question.written, municipality=place.number)
        for place in asked.question.place.candidates
    )


def child_or_adult(asked: Asked) -> tuple[Choice, ...]:
    """The two buttons beside a procedure that differs for children and adults, when the question does not say."""
    if "about_child" in asked.question.cues or "about_adult" in asked.question.cues:
        return ()
    return tuple(
        Choice(label=asked.say(f"choice_{who}"), question=asked.say(f"ask_{who}")) for who in ("child", "adult")
    )
