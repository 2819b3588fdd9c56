"""English questions in the field's Norwegian words, by a glossary: the longest phrase first, inflections tried by ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.content.lexicons import Phrase
from assistant.reading.phrases import Found, Phrases

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
        self._phrases = Phrases((" ".join(phrase), meanings) for phrase, meanings in entries.items())

    def read(self, tokens: Sequence[str]) -> Iterator[Reading]:
        """Norwegian words for English ones. A word that is not in the glossary stays: it may be a name (`TryggEst`)."""
        longest: dict[int, Found] = {}
        for found in self._phrases.find([_forms(token) for token in tokens]):
            if found.start not in longest or found.end > longest[found.start].end:
                longest[found.start] = found
        place = 0
        while place < len(tokens):
            match = longest.get(place)
            end = match.end if match else place + 1
            said = " ".join(tokens[place:end])
            yield from _meant(said, match.meaning) if match else [(said, "word", 1.0, said)]
            place = end


def _meant(said: str, meanings: Sequence[Phrase]) -> Iterator[Reading]:
    for number, meaning in enumerate(meanings):
        for word in meaning:
            yield (word, f"glossary: {said}", 1.0 if number == 0 else _OTHER_MEANING, said)


def _forms(word: str) -> tuple[str, ...]:
    """The word, and with its endings taken off: `hits` -> `hit`, `controlling` -> `control`."""
    return tuple(dict.fromkeys((word, *_without_endings(word))))


def _without_endings(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base = word[: -len(ending)] + instead
            yield base
            if ending in ("ing", "ed") and len(base) > 2 and base[-1] == base[-2]:
                yield base[:-1]
