"""What people say and what the texts call it: phrases of the lexicon found in a question, by the stems of their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.content.lexicons import Synonym
from assistant.reading.phrases import GAP, Found, Phrases

_NEAR = f"{GAP}1"  # one word may always stand between: «sjekker telefonen», «sjekker alltid telefonen»


@dataclass(frozen=True)
class Match:
    """Where in the question the phrase stands (positions of its own words), and the words it means."""

    places: tuple[int, ...]
    means: tuple[str, ...]
    weight: float


@dataclass(frozen=True, eq=False)
class _Means:
    words: tuple[str, ...]
    weight: float


class Synonyms:
    """Read-only; complete once made."""

    def __init__(
        self, synonyms: Sequence[Synonym], plain: Callable[[Sequence[str]], list[str]], stem: Callable[[str], str]
    ) -> None:
        self._stem = stem
        entries: list[tuple[str, _Means]] = []
        for synonym in synonyms:
            words = [word for phrase in synonym.means for word in plain(phrase) if word[0] != GAP]
            means = _Means(tuple(dict.fromkeys(words)), synonym.weight)
            entries += [(_stemmed(plain(said), stem), means) for said in synonym.says]
        self._phrases = Phrases(entries)

    def find(self, words: Sequence[str]) -> Iterator[Match]:
        """Every phrase in the words once for each place where it begins, in the order they begin."""
        nearest: dict[tuple[int, int], Found] = {}
        for found in self._phrases.find([(self._stem(word),) for word in words]):
            key = (found.start, id(found.meaning))
            if key not in nearest or found.places < nearest[key].places:
                nearest[key] = found
        for found in sorted(nearest.values(), key=lambda match: match.start):
            yield Match(found.places, found.meaning.words, found.meaning.weight)


def _stemmed(said: Sequence[str], stem: Callable[[str], str]) -> str:
    """The phrase in stems, with a small gap wherever it names none itself."""
    parts: list[str] = []
    for word in said:
        if parts and word[0] != GAP and parts[-1][0] != GAP:
            parts.append(_NEAR)
        parts.append(word if word[0] == GAP else stem(word))
    return " ".join(parts)
