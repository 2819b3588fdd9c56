"""English questions in the field's Norwegian words, by a glossary: the longest phrase first, inflections tried by ending."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.content.lexicons import Phrase

Reading = tuple[str, str, float, str]
"""A Norwegian word, why it is there, its weight, and the English words that it stands for."""

_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("es", ""),
    ("s", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("er", ""),
)
_OTHER_MEANING = 0.6


class Glossary:
    """Read-only."""

    def __init__(self, entries: Mapping[Phrase, tuple[Phrase, ...]]) -> None:
        self._entries = dict(entries)
        self._longest = max(map(len, entries), default=0)

    def read(self, tokens: Sequence[str], known: Collection[str] = ()) -> Iterator[Reading]:
        """Norwegian words for English ones. A word that is not in the glossary stays: it may be a name (`TryggEst`)."""
        place = 0
        while place < len(tokens):
            length, meanings = self._longest_at(tokens, place)
            said = " ".join(tokens[place : place + max(length, 1)])
            if not length:
                yield (said, "word", 1.0, said)
            for number, meaning in enumerate(meanings):
                for word in meaning:
                    yield (word, f"glossary: {said}", 1.0 if number == 0 else _OTHER_MEANING, said)
            place += max(length, 1)

    def _longest_at(self, tokens: Sequence[str], place: int) -> tuple[int, tuple[Phrase, ...]]:
        for length in range(min(self._longest, len(tokens) - place), 0, -1):
            phrase = tuple(tokens[place : place + length])
            for form in _base_forms(phrase):
                if form in self._entries:
                    return length, self._entries[form]
        return 0, ()


def _base_forms(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase, then with endings of its words taken off: `hits me` -> `hit me`, `is controlling` -> `is control`."""
    yield phrase
    for place, word in enumerate(phrase):
        for form in _without_endings(word):
            yield (*phrase[:place], form, *phrase[place + 1 :])


def _without_endings(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base = word[: -len(ending)] + instead
            yield base
            if ending in ("ing", "ed") and len(base) > 2 and base[-1] == base[-2]:
                yield base[:-1]
