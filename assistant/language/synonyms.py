"""What people say and what the texts call it: phrases of the lexicon found in a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.content.lexicons import GAP, Phrase, Synonym

_WIDEST_GAP = 3
_NEAR = 1  # words that may always stand between: «sjekker telefonen», «sjekker alltid telefonen»


@dataclass(frozen=True)
class Match:
    """Where in the question the phrase stands (positions of its own words), and the words it means."""

    places: tuple[int, ...]
    means: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class _Rule:
    said: Phrase
    means: tuple[str, ...]
    weight: float


class Synonyms:
    """Looks up by the stem of a phrase's first word, so that a question meets only the phrases it may contain."""

    def __init__(
        self, synonyms: Sequence[Synonym], plain: Callable[[Sequence[str]], list[str]], stem: Callable[[str], str]
    ) -> None:
        self._stem = stem
        self._rules: dict[str, list[_Rule]] = {}
        for synonym in synonyms:
            means = tuple(dict.fromkeys(word for phrase in synonym.means for word in plain(phrase) if word != GAP))
            for said in synonym.says:
                stems = tuple(word if word == GAP else stem(word) for word in plain(said))
                self._rules.setdefault(stems[0], []).append(_Rule(stems, means, synonym.weight))

    def find(self, words: Sequence[str]) -> Iterator[Match]:
        """Every phrase in the words, in the order they begin."""
        if not self._rules:
            return
        stems = [self._stem(word) for word in words]
        for start, first in enumerate(stems):
            for rule in self._rules.get(first, ()):
                if places := _match(rule.said, stems, start):
                    yield Match(places, rule.means, rule.weight)


def _match(said: Phrase, stems: Sequence[str], start: int) -> tuple[int, ...]:
    """The positions of a phrase's words from `start` on; empty where it does not stand there."""
    places = [start]
    reach = _NEAR
    for word in said[1:]:
        if word == GAP:
            reach = _WIDEST_GAP
            continue
        after = places[-1] + 1
        found = next(
            (place for place in range(after, min(after + reach + 1, len(stems))) if stems[place] == word), None
        )
        if found is None:
            return ()
        places.append(found)
        reach = _NEAR
    return tuple(places)
