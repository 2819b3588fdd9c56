"""A second opinion: how much a message is like the example messages that must alarm, in weights that anyone can read.

Each concept, word and pair of words has a weight: above zero it speaks for danger, below zero against. The weights are
fitted to the rules' own examples and to the test messages that are not held out (`tests/safety/fit_weights.py`).
The sum decides only where the rules are in doubt: a rule that is met stands unless the sum speaks clearly against it,
and a message without any rule alarms only when the sum speaks clearly for it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.content import files
from assistant.content.files import Faults
from assistant.errors import Fault
from assistant.reading.normalise import bare
from assistant.safety.signs import Signs

_SIZES = (12, 24, 36)
_WORD, _PAIR = 8, 6
_SENTENCE_ALONE = 0.8
_SURROUNDINGS_AGAINST = -1.0
_MOST_SENTENCES = 12  # of a long text those that speak most for danger are looked at with what stands around them
BIAS = "bias"
ASKED = "?"
COURTESY = "høflighet"


@dataclass(frozen=True, slots=True)
class Alike:
    """A stretch of a message, from word `start` up to `end`, and how much it speaks for danger."""

    weight: float
    start: int
    end: int


class Likeness:
    """The weights for danger, and for each category of danger; read-only."""

    def __init__(self, weights: dict[str, float], categories: dict[str, str]) -> None:
        self._weights, self._categories = weights, categories

    def of(self, signs: Signs, start: int, end: int) -> float:
        """The sum of the weights of what is seen in the words from `start` up to `end`."""
        seen = {feature for place in self._weighed(signs, start, end) for feature in place}
        return self._weights.get(BIAS, 0.0) + sum(self._weights[feature] for feature in seen)

    def trust(self, rules: Iterable[str]) -> float:
        """How much the rules that are met speak for danger, together: a rule that is often right weighs more."""
        return sum(self._weights.get(f"r:{rule}", 0.0) for rule in rules)

    def most_alike(self, signs: Signs) -> Alike:
        """The stretch with the highest sum; of a short message the whole.

        One sentence of several counts for less, and only where what stands around it does not speak against danger.
        """
        length = len(signs.tokens)
        places = self._weighed(signs, 0, length)
        best = max(self._sums(places, _stretches(length)), key=lambda alike: alike.weight)
        told = sorted(self._sums(places, _sentences(signs)), key=lambda alike: -alike.weight)
        for alike in told[:_MOST_SENTENCES]:
            lower = replace(alike, weight=alike.weight - _SENTENCE_ALONE)
            if lower.weight > best.weight and self._around(places, alike) >= _SURROUNDINGS_AGAINST:
                best = lower
        return best

    def _sums(self, places: list[list[str]], stretches: Iterator[tuple[int, int]]) -> Iterator[Alike]:
        bias = self._weights.get(BIAS, 0.0)
        for start, end in stretches:
            seen = {feature for place in places[start:end] for feature in place}
            yield Alike(bias + sum(self._weights[feature] for feature in seen), start, end)

    def _around(self, places: list[list[str]], alike: Alike) -> float:
        middle = (alike.start + alike.end) // 2
        start, end = max(middle - _SIZES[-1] // 2, 0), min(middle + _SIZES[-1] // 2, len(places))
        return next(self._sums(places, iter([(min(start, alike.start), max(end, alike.end))]))).weight

    def category(self, signs: Signs, start: int, end: int) -> str:
        """The category whose weights sum highest in a stretch, or nothing when nothing is known."""
        sums = self.leanings(signs, start, end)
        return max(sums, key=lambda name: (sums[name], name), default="")

    def leanings(self, signs: Signs, start: int, end: int) -> dict[str, float]:
        """For each category how much a stretch speaks for it rather than for the others."""
        sums: dict[str, float] = defaultdict(float)
        for feature in {feature for features in _features(signs, start, end) for feature in features} | {BIAS}:
            for part in self._categories.get(feature, "").split():
                name, _, weight = part.rpartition(":")
                sums[name] += float(weight)
        return sums

    def strongest(self, signs: Signs, start: int, end: int) -> list[int]:
        """The places of the words that speak most for danger, in order."""
        speaking = [
            (sum(self._weights[feature] for feature in features if feature[0] != "b"), start + place)
            for place, features in enumerate(self._weighed(signs, start, end))
        ]
        return sorted(place for _, place in sorted(speaking, reverse=True)[:4])

    def _weighed(self, signs: Signs, start: int, end: int) -> list[list[str]]:
        return [
            [feature for feature in features if feature in self._weights] for features in _features(signs, start, end)
        ]


def features(signs: Signs, rules: Iterable[str]) -> set[str]:
    """All that is weighed in a message: concepts (`c:`), denied concepts (`d:`), words (`w:`), pairs of words (`b:`),
    the past of a concept (`t:`), first words of sentences (`f:`), question marks, and the rules that are met (`r:`)."""
    return {
        BIAS,
        *(f"r:{rule}" for rule in rules),
        *(feature for place in _features(signs, 0, len(signs.tokens)) for feature in place),
    }


def _features(signs: Signs, start: int, end: int) -> list[list[str]]:
    places: list[list[str]] = [[] for _ in range(start, end)]
    for concept in signs.by_concept:
        for sighting in signs.between(concept, start, end - 1):
            places[sighting.start - start].append(f"d:{concept}" if sighting.denied else f"c:{concept}")
            if sighting.tense:
                places[sighting.start - start].append(f"t:{concept}")
    courtesy = {
        place
        for sighting in signs.between(COURTESY, start, end - 1)
        for place in range(sighting.start, min(sighting.end, end))
    }
    last = ""
    for place in range(start, end):
        if place in courtesy:
            places[place - start].clear()
            continue
        word = _spelt(signs, place)
        places[place - start].append(f"w:{word[:_WORD]}")
        if place == 0 or signs.tokens[place].sentence != signs.tokens[place - 1].sentence:
            places[place - start].append(f"f:{word[:_WORD]}")
        if place in signs.asked:
            places[place - start].append(ASKED)
        if last:
            places[place - start].append(f"b:{last[:_PAIR]} {word[:_PAIR]}")
        last = word
    return places


def _spelt(signs: Signs, place: int) -> str:
    """The word as the vocabulary spells it, so that a typing error weighs as the word that was meant."""
    token = signs.tokens[place]
    return bare(token.forms[0]) if token.forms and token.forms[0].isalpha() else bare(token.text)


def _stretches(length: int) -> Iterator[tuple[int, int]]:
    """Overlapping stretches of several sizes that cover a long message; a short one is one stretch."""
    if length <= _SIZES[-1]:
        yield 0, length
        return
    for size in _SIZES:
        for start in range(0, length - size // 2, size // 2):
            yield start, min(start + size, length)


def _sentences(signs: Signs) -> Iterator[tuple[int, int]]:
    """Each sentence of a message of several, for one that tells of danger among others that do not."""
    start = 0
    for place, token in enumerate(signs.tokens):
        if token.sentence != signs.tokens[start].sentence:
            yield start, place
            start = place
    if start:
        yield start, len(signs.tokens)


def _finite(text: str) -> float:
    """The number. Raises ValueError for what is none, and for `nan`, which every sum would end in."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def read_weights(path: Path, root: Path) -> Likeness:
    """A line each: weight, tab, feature, and perhaps a tab and weights by category. CorpusError names the wrong line."""
    weights, categories, faults = dict[str, float](), dict[str, str](), Faults()
    for number, line in enumerate(files.read_text(path).splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        weight, _, rest = line.partition("\t")
        feature, _, shares = rest.partition("\t")
        try:
            weights[feature] = _finite(weight)
        except ValueError:
            problem = "linjen skal være tall, tabulator, tegn"
            faults.append(Fault(f"{files.shown(path)}:{number}", problem, "Tilpass vektene på nytt.", "risk"))
        if shares:
            categories[feature] = shares
    faults.stop(root)
    return Likeness(weights, categories)
