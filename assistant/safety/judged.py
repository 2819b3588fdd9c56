"""What was judged of a message, and why: the signals that an alert names, and the whole explanation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.models import Alert, Signal
from assistant.safety.languages import Heard
from assistant.safety.matching import Match
from assistant.safety.opinion import Opinion
from assistant.safety.signs import Signs

STRONGEST = 6
OPINION = "ligner farlige meldinger"
"""The signal's name where the fitted opinion alone speaks."""


@dataclass(frozen=True)
class Judged:
    """A message as judged: its signs, the rules met, the features of the stretch that speaks most for danger, and its log-odds."""

    signs: Signs
    matches: tuple[Match, ...]
    features: frozenset[str]
    danger: float
    heard: Heard | None = None
    foreign: bool = False

    @property
    def standing(self) -> list[Match]:
        """The rules that no frame silences."""
        return [match for match in self.matches if not match.silenced_by]


@dataclass(frozen=True)
class Considered:
    """A rule whose signs were all seen: the words it saw, and the frame that silenced it, if one did."""

    rule: str
    category: str
    words: str
    silenced_by: str


@dataclass(frozen=True)
class Explanation:
    """Why there is an alert or none: the words as read, the signs seen, the rules considered, and what the fitted opinion weighed.

    `danger`: log-odds; an alert is raised from 0. `spoke`: the features that spoke most. `writer`, `category`: with probabilities.
    """

    words: tuple[str, ...]
    signs: tuple[tuple[str, str, str], ...]
    considered: tuple[Considered, ...]
    danger: float
    spoke: tuple[tuple[str, float], ...]
    writer: tuple[tuple[str, float], ...]
    category: tuple[tuple[str, float], ...]
    alert: Alert | None


def explained(judged: Judged, opinion: Opinion, alert: Alert | None) -> Explanation:
    """The reasons of a judgement, and the alert that it led to."""
    signs = judged.signs
    return Explanation(
        words=tuple(token.text for token in signs.tokens),
        signs=tuple(
            (name, signs.words([sighting]), "nektet" if sighting.denied else sighting.tense)
            for name, sightings in sorted(signs.by_concept.items())
            for sighting in sightings
        ),
        considered=tuple(
            Considered(match.rule.id, match.rule.category, signs.words(list(match.sightings)), match.silenced_by)
            for match in judged.matches
        ),
        danger=judged.danger,
        spoke=tuple(opinion.strongest(judged.features, 2 * STRONGEST)),
        writer=tuple(opinion.likeliest("writer", judged.features)[:3]),
        category=tuple(opinion.likeliest("category", judged.features)[:3]),
        alert=alert,
    )


def signals(judged: Judged, opinion: Opinion) -> Iterator[Signal]:
    """The rules that stand with their words, then the words that spoke most for danger by the fitted opinion."""
    for match in judged.standing:
        yield Signal(rule=match.rule.id, words=judged.signs.words(list(match.sightings)))
    spoke = [
        name.partition(":")[2]
        for name, share in opinion.strongest(judged.features, STRONGEST)
        if share > 0 and name[:2] in ("w:", "b:")
    ]
    if spoke:
        yield Signal(rule=OPINION, words=" … ".join(spoke))
