"""Where the asker lives: given, named in the question, or named earlier in the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.content.municipalities import find, mentioned
from assistant.models import Municipality, Place


def place_of(question: str, given: str | None, history: Sequence[str], known: Sequence[Municipality]) -> Place:
    """Where the asker may live (several for a shared name), and whether the given name is unknown.

    The one named in the question («i Hamar?») goes before the given one, and that before one named earlier.
    """
    chosen = find(given, known) if given else []
    for turn in (question, *reversed(history)):
        named = _shared(
            mentioned(turn, known) or find(turn.strip(" ?.!"), known)
        )  # «Ål» alone answers «Hvilken kommune?»
        if named and not (chosen and (turn != question or chosen[0] in named)):
            return Place(named)
    return Place(tuple(chosen), unknown=bool(given and not chosen))


def _shared(named: Sequence[Municipality]) -> tuple[Municipality, ...]:
    """The first municipality named, and those that share its name; others named beside it do not count."""
    return tuple(place for place in named if place == named[0] or place.name in named[0].ambiguous_with)
