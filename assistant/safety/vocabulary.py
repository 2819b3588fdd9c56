"""Which known words a typed word may stand for: itself, without æøå, disguised, in dialect, misspelt, or several run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from assistant.reading.normalise import bare, undisguised
from assistant.reading.phrases import Phrases
from assistant.reading.spelling import LONGEST, Speller
from assistant.safety.lexicon import Lexicon, Meaning

MISSPELT_FROM = 5
"""Letters. Shorter words have too many neighbours: `slo` is one letter from forty others."""
EDITS = 1
"""Letters that may differ: `skitur` must not be taken for `skyter`, though they sound nearly the same."""
RUN_TOGETHER = 2_000
"""Characters without a space that are still searched for words."""
MOST_FORMS = 6
"""Known words that one typed word is held for at most."""
NUMBER = "#"
_STARS = re.compile(r"\*+")


class Vocabulary:
    """All words that the lists name. Read-only; what is typed is never remembered."""

    def __init__(self, lexicon: Lexicon, maps: Mapping[str, tuple[str, ...]], ordinary: frozenset[str]) -> None:
        self._phrases: Phrases[Meaning] = lexicon.phrases
        named = {word for word in self._phrases.words if not word.endswith("*") and word[0] != NUMBER}
        read = {form: tuple(word for word in means if word in named and word != form) for form, means in maps.items()}
        self._same = {form: means for form, means in read.items() if means}
        self.words = frozenset(named) | self._same.keys()
        self._ordinary = ordinary - self.words
        self._glue = frozenset(bare(word) for word in lexicon.grammar["småord"])
        self._numbers = lexicon.grammar["tall"]
        self._bare = _grouped(self.words)
        self._speller = Speller(dict.fromkeys(self.words, 1), MISSPELT_FROM, EDITS)

    def forms(self, word: str, plain: bool) -> tuple[str, ...]:
        """The known words this one may stand for, best first. `plain`: the message has no æ, ø or å at all."""
        read = list(self._read(word, plain))
        found = [*(means for form in read for means in self._same.get(form, ())), *read]
        return tuple(dict.fromkeys([*found, *self._phrases.prefixes(word, plain)]))[:MOST_FORMS]

    def _read(self, word: str, plain: bool) -> Iterator[str]:
        if word[0].isdecimal():
            yield from _number(word)
        if word in self._numbers:
            yield NUMBER
        if word in self.words:
            yield word
        known = word in self.words or word in self._ordinary
        if known and plain:
            yield from self._bare.get(bare(word), ())
        elif not known:
            yield from self._respelt(word)

    def _respelt(self, word: str) -> Iterator[str]:
        for variant in dict.fromkeys((word, undisguised(word))):
            plain = bare(variant)
            if "*" in variant:
                yield from self._starred(plain)
            elif plain in self._bare:
                yield from self._bare[plain]
                return
            elif plain not in self._bare_ordinary:
                yield from self._speller.near(variant)

    @cached_property
    def _bare_ordinary(self) -> frozenset[str]:
        return frozenset(bare(word) for word in self._ordinary)

    def _starred(self, word: str) -> Iterator[str]:
        """`dr*pe` and `v*ldt*tt`: each run of stars stands for one to three letters."""
        if len(word) > LONGEST or sum(letter.isalpha() for letter in word) < 2:
            return
        pattern = re.compile(r"\w{1,3}".join(re.escape(part) for part in _STARS.split(word)))
        for known in self._bare:
            if len(known) <= len(word) + 4 and pattern.fullmatch(known):
                yield from self._bare[known]

    def apart(self, word: str) -> list[str]:
        """A run of words without spaces as its words, or nothing when it reads as one word or as no words we know.

        Compounds (`knivslipekurs`) hold no pronouns or small words; a sentence (`hanslårmeg`) does.
        """
        if not 7 <= len(word) <= RUN_TOGETHER or word in self._ordinary:
            return []
        spelt = bare(word)
        parts, strange = _cheapest_split(spelt, self._bare)
        letters = any(len(part) == 1 and part not in {"i", "a"} for part in parts)
        short = sum(len(part) <= 2 for part in parts)
        sentence = len(parts) >= 3 and short * 3 <= len(parts) and any(part in self._glue for part in parts)
        return parts if sentence and not letters and strange <= len(spelt) * 0.1 else []


def _grouped(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in sorted(words):
        groups.setdefault(bare(word), []).append(word)
    return {plain: tuple(group) for plain, group in groups.items()}


def _number(word: str) -> Iterator[str]:
    """Any number is `#`; a year, a child's and an old person's age have marks of their own."""
    yield NUMBER
    if not (word.isascii() and word.isdecimal()) or len(word) > 4:
        return
    value = int(word)
    if len(word) == 4 and 1900 <= value < 2100:
        yield "#year"
    elif 3 <= value <= 17:
        yield "#child"
    elif 67 <= value < 100:
        yield "#old"


def _cheapest_split(word: str, known: Mapping[str, tuple[str, ...]]) -> tuple[list[str], int]:
    """The split with the fewest words and unknown letters, by dynamic programming; and how many letters stay unknown."""
    best: list[tuple[float, int, bool]] = [(0.0, 0, True)]
    for end in range(1, len(word) + 1):
        choice = (best[end - 1][0] + 1.6, end - 1, False)
        for start in range(max(0, end - 16), end):
            if word[start:end] in known:
                cost = best[start][0] + (1.5 if end - start == 1 else 1.0)
                if cost < choice[0]:
                    choice = (cost, start, True)
        best.append(choice)
    parts: list[str] = []
    end, strange = len(word), 0
    while end:
        _, start, is_known = best[end]
        if is_known:
            parts.append(word[start:end])
        else:
            strange += 1
        end = start
    return parts[::-1], strange
