"""A message as the rules see it: where each concept was sighted in its words, denied or in the past."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.reading import Reading
from assistant.safety.lexicon import Lexicon, Meaning
from assistant.safety.vocabulary import Vocabulary

MOST_WORDS = 5_000
"""Different words of one message that are looked up; a book has fewer, a hostile text may have more."""


class Word(NamedTuple):
    """One word as typed (cleaned), the known words it may be, and its sentence and clause."""

    text: str
    forms: tuple[str, ...]
    sentence: int
    clause: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A concept seen in the words from `start` up to `end`."""

    concept: str
    start: int
    end: int
    sentence: int
    clause: int
    tense: str = ""
    denied: bool = False

    def overlaps(self, other: Sighting) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(slots=True)
class Signs:
    """`by_concept` holds the sightings of each concept (wider concepts included) in the order of the words.

    `asked`: the places of the words that a question mark follows.
    """

    tokens: list[Word]
    english: bool = False
    asked: frozenset[int] = frozenset()
    by_concept: dict[str, list[Sighting]] = field(default_factory=dict)
    _starts: dict[str, list[int]] = field(default_factory=dict)

    def between(self, concept: str, start: int, end: int) -> list[Sighting]:
        """The sightings of a concept that begin in the words from `start` to `end`, both included."""
        seen = self.by_concept.get(concept)
        if not seen:
            return []
        starts = self._starts.get(concept)
        if starts is None:
            starts = self._starts[concept] = [sighting.start for sighting in seen]
        return seen[bisect_left(starts, start) : bisect_right(starts, end)]

    def words(self, sightings: list[Sighting]) -> str:
        """The words of the sightings as typed, in order, with `…` where something stands between."""
        out, last = list[str](), None
        for place in sorted({place for sighting in sightings for place in range(sighting.start, sighting.end)}):
            if last is not None and place > last + 1:
                out.append("…")
            out.append(self.tokens[place].text)
            last = place
        return " ".join(out)


class Signer:
    """Finds the signs of danger in readings, with one lexicon; read-only, so that threads share it."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self._phrases = lexicon.phrases
        self._wider = lexicon.wider()
        self._deniable = frozenset(name for name, concept in lexicon.concepts.items() if concept.deniable)
        self._cancelling = frozenset(name for name, concept in lexicon.concepts.items() if concept.cancels)
        self._vocabulary = vocabulary
        self._breaks = lexicon.grammar["leddskille"]
        self._english, self._norwegian = lexicon.grammar["engelsk-merke"], lexicon.grammar["norsk-merke"]

    def signs(self, reading: Reading) -> Signs:
        """The signs in a reading; linear in its length."""
        signs = self._words(reading)
        found = [
            (start, end, meaning)
            for start, end, _, meaning in self._phrases.find([word.forms for word in signs.tokens])
            if not meaning.language or (meaning.language == "english") == signs.english
        ]
        signs.by_concept = self._grouped(signs, _kept(found, self._cancelling))
        return signs

    def _words(self, reading: Reading) -> Signs:
        """The words with what they may stand for; some begin a new clause, and some tell the language."""
        found, asked, clause, score = list[Word](), set[int](), 0, 0
        met: dict[str, list[tuple[str, tuple[str, ...]]]] = {}  # of this message alone, forgotten with it
        for token in reading.tokens:
            if token.text not in met:
                known = len(met) < MOST_WORDS
                met[token.text] = list(self._read(token.text, reading.bare)) if known else [(token.text, ())]
            for text, forms in met[token.text]:
                clause += text in self._breaks
                score += (text in self._english) - (text in self._norwegian)
                found.append(Word(text, forms, token.sentence, token.clause + clause))
            if token.asked:
                asked.add(len(found) - 1)
        return Signs(found, english=score > 0, asked=frozenset(asked))

    def _read(self, word: str, plain: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
        forms = self._vocabulary.forms(word, plain)
        parts = [] if forms else self._vocabulary.apart(word)
        if not parts:
            yield word, forms
        for part in parts:
            yield part, self._vocabulary.forms(part, True)

    def _grouped(self, signs: Signs, found: list[tuple[int, int, Meaning]]) -> dict[str, list[Sighting]]:
        negators = [start for start, _, meaning in found if meaning.concept == "nekting"]
        protected = {
            place
            for start, end, meaning in found
            if meaning.concept == "nekting-som-ikke-teller"
            for place in range(start, end)
        }
        denials = sorted(place for place in negators if place not in protected)
        groups: dict[str, dict[tuple[int, int], Sighting]] = defaultdict(dict)
        for start, end, meaning in found:
            token = signs.tokens[start]
            denied = meaning.concept in self._deniable and _is_denied(signs.tokens, start, end, denials)
            for concept in self._wider[meaning.concept]:
                sighting = Sighting(concept, start, end, token.sentence, token.clause, meaning.tense, denied)
                groups[concept].setdefault((start, end), sighting)
        return {name: sorted(group.values(), key=lambda s: (s.start, s.end)) for name, group in groups.items()}


def _kept(found: list[tuple[int, int, Meaning]], cancelling: frozenset[str]) -> list[tuple[int, int, Meaning]]:
    """What is left after harmless phrases took away the meanings of the words they use (`slå av lyset`)."""
    harmless: dict[int, int] = {}
    for start, end, meaning in found:
        if meaning.concept in cancelling:
            for place in range(start, end):
                harmless[place] = max(harmless.get(place, 0), end - start)
    if not harmless:
        return found
    return [
        (start, end, meaning)
        for start, end, meaning in found
        if meaning.concept in cancelling
        or not any(harmless.get(place, 0) >= end - start for place in range(start, end))
        or meaning.concept in {"jeg", "meg"}
    ]


def _is_denied(tokens: Sequence[Word], start: int, end: int, denials: list[int]) -> bool:
    """A denial close by in the same clause: `har aldri slått`, `slår ikke`, `slår meg ikke`, `ingen kniv`."""
    first = bisect_left(denials, start - 3)
    for place in denials[first:]:
        if place > end + 1:
            return False
        if tokens[place].clause == tokens[start].clause and not start <= place < end:
            return True
    return False
