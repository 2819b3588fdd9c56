"""Which known words a typed word may stand for: itself, without æøå, disguised, misspelt, or several run together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from assistant.safety.writing import bare, exact, shortened, undisguised

_LONGEST_WORD = 24
_SHORTEST_MISSPELT = 5
_LONGEST_RUN_TOGETHER = 4_000
_MOST_WILDCARDS = 40


class Vocabulary:
    """All words the lexicons name. `ordinary` words are never taken for a misspelling of another word.

    `same`: a word of Nynorsk or a dialect and the Bokmål word it also stands for (`ikkje` for `ikke`).
    """

    def __init__(
        self,
        words: Iterable[str],
        ordinary: Iterable[str],
        glue: Iterable[str],
        numbers: Iterable[str] = (),
        same: Mapping[str, str] | None = None,
    ) -> None:
        self._same = dict(same or {})
        words = (frozenset(words) | self._same.keys()) - {"~"}
        self.words = frozenset(word for word in words if not word.endswith("*"))
        self._ordinary = frozenset(ordinary)
        self._glue = frozenset(bare(word) for word in glue)
        self._numbers = frozenset(numbers)
        self._bare: dict[str, tuple[str, ...]] = _grouped(self.words)
        self._bare_ordinary: frozenset[str] | None = None
        self._prefixes = frozenset(word[:-1] for word in words if word.endswith("*"))
        self._bare_prefixes = {bare(prefix): prefix for prefix in self._prefixes}
        self._prefix_lengths = sorted({len(prefix) for prefix in (*self._prefixes, *self._bare_prefixes)})
        self._deletes: dict[str, list[str]] | None = None
        self._known: dict[str, tuple[str, ...]] = {}

    def forms(self, word: str, plain: bool) -> tuple[str, ...]:
        """The known words this one may stand for, best first. `plain`: the message has no æ, ø or å at all."""
        key = f"{word}|" if plain else word
        found = self._known.get(key)
        if found is None:
            read = list(self._read(exact(word), plain))
            found = tuple(dict.fromkeys([*(self._same[form] for form in read if form in self._same), *read]))
            if len(self._known) < 20_000:
                self._known[key] = found
        return found

    def _read(self, word: str, plain: bool) -> Iterator[str]:
        if word.isdigit():
            yield from _number(word)
            return
        yield from self._prefix_forms(word)
        if word in self._numbers:
            yield "#"
        if word in self.words:
            yield word
            if plain:
                yield from self._bare.get(bare(word), ())
            return
        if word in self._ordinary:
            if plain:
                yield from self._bare.get(bare(word), ())
            return
        yield from self._respelt(word)

    def _respelt(self, word: str) -> Iterator[str]:
        for variant in dict.fromkeys((word, shortened(word), undisguised(word), shortened(undisguised(word)))):
            plain = bare(variant)
            if "*" in variant:
                yield from self._starred(plain)
            elif plain in self._bare:
                yield from self._bare[plain]
                return
            elif not self._is_ordinary(plain):
                yield from self._misspelt(plain)

    def _is_ordinary(self, plain: str) -> bool:
        if self._bare_ordinary is None:
            self._bare_ordinary = frozenset(bare(word) for word in self._ordinary)
        return plain in self._bare_ordinary

    def _prefix_forms(self, word: str) -> Iterator[str]:
        for length in self._prefix_lengths:
            if length > len(word):
                return
            start = word[:length]
            if start in self._prefixes:
                yield f"{start}*"
            elif start in self._bare_prefixes:
                yield f"{self._bare_prefixes[start]}*"

    def _misspelt(self, word: str) -> Iterator[str]:
        """Known words one slip away: a letter too few, too many, wrong, or two letters swapped."""
        if not 4 <= len(word) <= _LONGEST_WORD:
            return
        if self._deletes is None:
            self._deletes = self._delete_index()
        for variant in (word, *_one_less(word)):
            for known in self._deletes.get(variant, ()):
                if _one_slip(word, known):
                    yield from self._bare[known]

    def _delete_index(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for known in self._bare:
            if len(known) >= _SHORTEST_MISSPELT - 1 and known.isalpha():
                for variant in (known, *_one_less(known)):
                    index[variant].append(known)
        return index

    def _starred(self, word: str) -> Iterator[str]:
        """`dr*pe` and `v*ldt*tt`: each run of stars stands for one to three letters."""
        if len(word) > _LONGEST_WORD or sum(letter.isalpha() for letter in word) < 2:
            return
        pattern = re.compile(r"\w{1,3}".join(re.escape(part) for part in re.split(r"\*+", word)))
        for known in self._bare:
            if len(known) <= len(word) + 4 and pattern.fullmatch(known):
                yield from self._bare[known]

    def apart(self, word: str) -> tuple[str, ...]:
        """A run of words without spaces as its words, or nothing when it reads as one word or as no words we know.

        Compounds (`knivslipekurs`) hold no pronouns or small words; a sentence (`hanslårmeg`) does.
        """
        if not 7 <= len(word) <= _LONGEST_RUN_TOGETHER or word in self._ordinary:
            return ()
        spelt = bare(exact(word))
        parts, strange = _cheapest_split(spelt, self._bare)
        letters = any(len(part) == 1 and part not in {"i", "a"} for part in parts)
        short = sum(len(part) <= 2 for part in parts)
        sentence = len(parts) >= 3 and short * 3 <= len(parts) and any(part in self._glue for part in parts)
        return tuple(parts) if sentence and not letters and strange <= len(spelt) * 0.1 else ()


def _grouped(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[bare(word)].append(word)
    return {plain: tuple(group) for plain, group in groups.items()}


def _number(word: str) -> Iterator[str]:
    yield "#"
    if len(word) == 4 and word[:2] in {"19", "20"}:
        yield "#year"
    elif len(word) <= 2 and 3 <= int(word) <= 17:
        yield "#child"
    elif len(word) == 2 and int(word) >= 67:
        yield "#old"


def _one_less(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_slip(typed: str, known: str) -> bool:
    if max(len(typed), len(known)) < _SHORTEST_MISSPELT:
        return _swapped(typed, known)
    if len(typed) == len(known):
        return sum(a != b for a, b in zip(typed, known, strict=True)) == 1 or _swapped(typed, known)
    longer, shorter = (typed, known) if len(typed) > len(known) else (known, typed)
    return len(longer) - len(shorter) == 1 and any(cut == shorter for cut in _one_less(longer))


def _swapped(typed: str, known: str) -> bool:
    if len(typed) != len(known):
        return False
    places = [place for place in range(len(typed)) if typed[place] != known[place]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and typed[places[0]] == known[places[1]]
        and typed[places[1]] == known[places[0]]
    )


def _cheapest_split(word: str, known: dict[str, tuple[str, ...]]) -> tuple[list[str], int]:
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
