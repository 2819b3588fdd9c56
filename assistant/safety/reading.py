"""A message as the rules see it: its words in order, and where each concept was sighted, denied or in the past."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.safety.lexicon import GAP, Lexicon, Meaning, Node
from assistant.safety.vocabulary import Vocabulary
from assistant.safety.writing import as_text, cleaned, pieces

_WIDEST_GAP = 3
_MOST_FORMS = 6
_SHORT_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Token:
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
class Reading:
    """`by_concept` holds the sightings of each concept (wider concepts included) in the order of the words.

    `asked`: the places of the words that a question mark follows.
    """

    tokens: list[Token]
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


class Reader:
    """Reads messages with one lexicon."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, tokens: Tokens) -> None:
        self._root = lexicon.root
        self._wider = lexicon.wider()
        self._deniable = frozenset(name for name, concept in lexicon.concepts.items() if concept.deniable)
        self._cancelling = frozenset(name for name, concept in lexicon.concepts.items() if concept.cancels)
        self._vocabulary = vocabulary
        self._tokens = tokens

    def read(self, message: object) -> Reading:
        """The reading of any message; linear in its length."""
        reading = self._tokens.of(cleaned(as_text(message)), self._vocabulary)
        raw = self._sightings(reading)
        reading.by_concept = self._grouped(reading, _kept(raw, self._cancelling))
        return reading

    def _sightings(self, reading: Reading) -> list[tuple[int, int, Meaning]]:
        found = list[tuple[int, int, Meaning]]()
        for start in range(len(reading.tokens)):
            for end, meaning in _walk(reading.tokens, start, self._root):
                if not meaning.language or (meaning.language == "english") == reading.english:
                    found.append((start, end, meaning))
        return found

    def _grouped(self, reading: Reading, found: list[tuple[int, int, Meaning]]) -> dict[str, list[Sighting]]:
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
            token = reading.tokens[start]
            denied = meaning.concept in self._deniable and _is_denied(reading.tokens, start, end, denials)
            for concept in self._wider[meaning.concept]:
                sighting = Sighting(concept, start, end, token.sentence, token.clause, meaning.tense, denied)
                groups[concept].setdefault((start, end), sighting)
        return {name: sorted(group.values(), key=lambda s: (s.start, s.end)) for name, group in groups.items()}


def _walk(tokens: list[Token], start: int, root: Node) -> Iterator[tuple[int, Meaning]]:
    """Every phrase of the tree that begins at `start`, with its end."""
    steps: list[tuple[int, Node]] = [(start, root)]
    while steps:
        place, node = steps.pop()
        for meaning in node.meanings:
            yield place, meaning
        if place >= len(tokens):
            continue
        for form in tokens[place].forms:
            following = node.follow(form)
            if following is not None:
                steps.extend(_after(place + 1, following, len(tokens)))


def _after(place: int, node: Node, length: int) -> Iterator[tuple[int, Node]]:
    yield place, node
    beyond = node.follow(GAP)
    if beyond is not None:
        for skipped in range(min(_WIDEST_GAP, length - place) + 1):
            yield place + skipped, beyond


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


def _is_denied(tokens: list[Token], start: int, end: int, denials: list[int]) -> bool:
    """A denial close by in the same clause: `har aldri slått`, `slår ikke`, `slår meg ikke`, `ingen kniv`."""
    first = bisect_left(denials, start - 3)
    for place in denials[first:]:
        if place > end + 1:
            return False
        if tokens[place].clause == tokens[start].clause and not start <= place < end:
            return True
    return False


class Tokens:
    """Cuts cleaned text into tokens. `breaks` are the words that begin a new clause, `markers` tell the language."""

    def __init__(self, breaks: frozenset[str], english: frozenset[str], norwegian: frozenset[str]) -> None:
        self._breaks, self._english, self._norwegian = breaks, english, norwegian

    def of(self, text: str, vocabulary: Vocabulary) -> Reading:
        """The tokens with sentences and clauses; sentences of very few words are read together with the next."""
        tokens, sentence, clause, length = list[Token](), 0, 0, 0
        plain = not any(letter in text for letter in "æøåäö")
        score, asked = 0, set[int]()
        for piece in pieces(text):
            if piece.kind == "stop":
                clause += 1
                if "?" in piece.text:
                    asked.add(len(tokens) - 1)
                if length >= _SHORT_SENTENCE:
                    sentence, length = sentence + 1, 0
                continue
            if piece.kind == "pause":
                clause += 1
                continue
            for word, forms in _words(piece.text, vocabulary, plain):
                if word in self._breaks:
                    clause += 1
                score += (word in self._english) - (word in self._norwegian)
                tokens.append(Token(word, forms, sentence, clause))
                length += 1
        return Reading(tokens, english=score > 0, asked=frozenset(asked))


def _words(word: str, vocabulary: Vocabulary, plain: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    forms = vocabulary.forms(word, plain)
    if not forms:
        parts = vocabulary.apart(word)
        if parts:
            for part in parts:
                yield part, vocabulary.forms(part, True)[:_MOST_FORMS]
            return
    yield word, forms[:_MOST_FORMS]
