"""Phrases of a lexicon, matched against the words of a question.

A phrase is words with spaces between. `a|b` is either word, `slå*` any word that begins so, `…` up to six words of any kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, RootModel

from assistant.content.schema import read_model
from assistant.models import Text

GAP = r"(?:\S+ ){0,6}"

KNOWN = re.compile(r"…|[\w§'’.,&/-]+\*?(?:\|[\w§'’.,&/-]+\*?)*")


def _only_known_marks(phrase: str) -> str:
    """Raises ValueError (problem | cure) for a mark that means nothing here, which would silently match nothing."""
    odd = next((word for word in phrase.split() if not KNOWN.fullmatch(word)), None)
    if odd:
        raise ValueError(
            f"«{odd}» har et ukjent tegn | Kjent er loddrett strek mellom ord, * sist i et ord, og …, med mellomrom imellom."
        )
    return phrase


Phrase = Annotated[Text, AfterValidator(_only_known_marks)]
Phrases = Annotated[tuple[Phrase, ...], Field(strict=False, min_length=1)]


class Groups(RootModel[dict[Text, Phrases]]):
    """A file of names, each with a list of phrases under it."""

    model_config = ConfigDict(frozen=True, strict=True)


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all phrases, to be searched in words joined by single spaces with a space at both ends."""
    return re.compile("|".join(f"(?<= ){_phrase(phrase)}" for phrase in phrases))


def _phrase(phrase: str) -> str:
    return "".join(GAP if word == "…" else f"(?:{'|'.join(map(_word, word.split('|')))}) " for word in phrase.split())


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\S*" if word.endswith("*") else re.escape(word)


def spaced(words: Sequence[str]) -> str:
    """The form that phrases are searched in."""
    return f" {' '.join(words)} "


@dataclass(frozen=True)
class Cues:
    """Named groups of phrases: what a question asks for («hvor mange» → figure)."""

    patterns: Mapping[str, re.Pattern[str]]

    @classmethod
    def load(cls, path: Path) -> Cues:
        """The cues of a file. Raises CorpusError for a file that is no mapping of names to lists of phrases."""
        groups = read_model(Groups, path).root
        return cls({name: compile_phrases(phrases) for name, phrases in groups.items()})

    def found(self, *readings: Sequence[str]) -> frozenset[str]:
        """The names of the cues in any reading of the words: as written, and in bokmål with misspellings put right."""
        texts = {spaced(words) for words in readings}  # mostly the same twice
        return frozenset(name for name, pattern in self.patterns.items() if any(pattern.search(text) for text in texts))
