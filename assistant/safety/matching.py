"""Whether a rule's signs stand together in a signs, and which frames silence it. Linear in the number of sightings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.safety.rules import Frame, Rule
from assistant.safety.signs import Sighting, Signs

_FRAME_REACH = 30
_MOST_TRIES = 4_000
_MOST_SILENCED = 40
_WHOLE = 0.6
_WHOLE_WORDS = 8
_PRESENT = re.compile(r"\w{2,}r|\w{2,}ing|\w{3,}[^s]s")


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that is met, the sightings that met it, and the frame that silences it, if any."""

    rule: Rule
    sightings: tuple[Sighting, ...]
    silenced_by: str = ""


class Matcher:
    """Holds the rules and frames against readings. `acts` are concepts of doing; they may contain the person (`slår meg`)."""

    def __init__(self, rules: Sequence[Rule], frames: Sequence[Frame], acts: frozenset[str]) -> None:
        self._rules, self._frames, self._acts = tuple(rules), tuple(frames), acts

    def matches(self, signs: Signs, after_alert: bool = False) -> Iterator[Match]:
        """For every rule that is met: its first match that stands, or else its first that a frame silences."""
        present = signs.by_concept.keys()
        for rule in self._rules:
            if rule.after_alert and not after_alert:
                continue
            if all(any(name in present for name in group) for group in rule.terms):
                match = self._first(rule, signs)
                if match is not None:
                    yield match

    def _first(self, rule: Rule, signs: Signs) -> Match | None:
        silenced: Match | None = None
        for sightings in itertools.islice(self._together(rule, signs), _MOST_SILENCED):
            frame = self._silencing(rule, signs, sightings)
            if not frame:
                return Match(rule, sightings)
            silenced = silenced or Match(rule, sightings, frame)
        return silenced

    def _together(self, rule: Rule, signs: Signs) -> Iterator[tuple[Sighting, ...]]:
        if rule.signs:
            yield from _summed(rule, signs)
            return
        order = sorted(range(len(rule.terms)), key=lambda place: _count(signs, rule.terms[place]))
        for tries, anchor in enumerate(_sightings(signs, rule.terms[order[0]])):
            if tries >= _MOST_TRIES:
                return
            found = self._around(rule, signs, anchor, order)
            if found is not None and _fits(rule, signs, found):
                yield found

    def _around(self, rule: Rule, signs: Signs, anchor: Sighting, order: list[int]) -> tuple[Sighting, ...] | None:
        chosen: dict[int, Sighting] = {order[0]: anchor}
        for place in order[1:]:
            best: Sighting | None = None
            for name in rule.terms[place]:
                for sighting in signs.between(name, anchor.start - rule.near, anchor.end + rule.near):
                    if self._may_join(rule, sighting, anchor, chosen, place) and (
                        best is None or _distance(sighting, anchor) < _distance(best, anchor)
                    ):
                        best = sighting
            if best is None:
                return None
            chosen[place] = best
        return tuple(chosen[place] for place in sorted(chosen))

    def _may_join(
        self, rule: Rule, sighting: Sighting, anchor: Sighting, chosen: dict[int, Sighting], place: int
    ) -> bool:
        if sighting.denied or not _in_scope(rule.scope, sighting, anchor):
            return False
        if rule.ordered and any((other.start < sighting.start) != (at < place) for at, other in chosen.items()):
            return False
        return not any(self._same_words(sighting, other) for other in chosen.values())

    def _same_words(self, one: Sighting, other: Sighting) -> bool:
        """Two signs may not be the same word; but a doing may hold its person: `banker meg opp`."""
        if not one.overlaps(other):
            return False
        holds = (one.concept in self._acts) != (other.concept in self._acts)
        return not holds or (one.start, one.end) == (other.start, other.end)

    def _silencing(self, rule: Rule, signs: Signs, sightings: tuple[Sighting, ...]) -> str:
        for frame in self._frames:
            if frame.id not in rule.despite and self._silences(frame, signs, sightings):
                return frame.id
        return ""

    def _silences(self, frame: Frame, signs: Signs, sightings: tuple[Sighting, ...]) -> bool:
        start, end = min(s.start for s in sightings), max(s.end for s in sightings)
        if frame.only_past and not self._is_past(signs, sightings):
            return False
        reach = len(signs.tokens) if frame.reach == "message" else _FRAME_REACH
        sentences = {sighting.sentence for sighting in sightings}
        allowed = {"sentence": 0, "neighbours": 1}.get(frame.reach, len(signs.tokens))
        opening = [
            sighting
            for name in frame.opened_by
            for sighting in signs.between(name, start - reach, end + reach)
            if min(abs(sighting.sentence - sentence) for sentence in sentences) <= allowed
        ]
        if not opening:
            return False
        return not any(
            breaking.sentence in sentences and not any(breaking.overlaps(opened) for opened in opening)
            for name in frame.broken_by
            for breaking in signs.between(name, start - 8, end + 8)
        )

    def _is_past(self, signs: Signs, sightings: tuple[Sighting, ...]) -> bool:
        """No doing in the present: `slår`, `truar`, `hits`. Nouns (`kvelertak`) and participles may be long ago."""
        doings = [sighting for sighting in sightings if sighting.concept in self._acts and sighting.tense != "past"]
        return not any(
            _PRESENT.fullmatch(token.text)
            for sighting in doings
            for token in signs.tokens[sighting.start : sighting.end]
        )


def _count(signs: Signs, group: tuple[str, ...]) -> int:
    return sum(len(signs.by_concept.get(name, ())) for name in group)


def _sightings(signs: Signs, group: tuple[str, ...]) -> Iterator[Sighting]:
    for name in group:
        for sighting in signs.by_concept.get(name, ()):
            if not sighting.denied:
                yield sighting


def _in_scope(scope: str, one: Sighting, other: Sighting) -> bool:
    if scope == "clause":
        return one.clause == other.clause
    if scope == "sentence":
        return one.sentence == other.sentence
    return scope == "message" or abs(one.sentence - other.sentence) <= 1


def _distance(one: Sighting, other: Sighting) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _fits(rule: Rule, signs: Signs, found: tuple[Sighting, ...]) -> bool:
    start, end = min(s.start for s in found), max(s.end for s in found)
    if rule.whole:
        covered = len({place for sighting in found for place in range(sighting.start, sighting.end)})
        if len(signs.tokens) > _WHOLE_WORDS or covered < _WHOLE * len(signs.tokens):
            return False
    return not any(signs.between(name, start - rule.near, end + rule.near) for name in rule.without)


def _summed(rule: Rule, signs: Signs) -> Iterator[tuple[Sighting, ...]]:
    """Windows of `near` words in which the weights of different signs add up to enough."""
    weights = dict(rule.signs)
    seen = sorted(
        (sighting for name in weights for sighting in signs.by_concept.get(name, ()) if not sighting.denied),
        key=lambda sighting: (sighting.start, sighting.end),
    )
    first = 0
    for last, sighting in enumerate(seen):
        while sighting.start - seen[first].start > rule.near or last - first > 60:
            first += 1
        best: dict[str, Sighting] = {}
        for earlier in seen[first : last + 1]:
            if abs(earlier.sentence - sighting.sentence) <= 1:
                best.setdefault(earlier.concept, earlier)
        if sum(weights[name] for name in best) >= rule.at_least and _required(rule, best):
            found = tuple(best.values())
            if _fits(rule, signs, found):
                yield found


def _required(rule: Rule, best: dict[str, Sighting]) -> bool:
    return all(any(name in best for name in group) for group in rule.terms)
