"""The Norwegian Snowball stemmer of nltk, imported when the first word is stemmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def _snowball() -> Callable[[str], str]:
    """nltk runs 0.2 seconds of imports even for its stemmer alone; an alert must not wait for that."""
    from nltk.stem.snowball import NorwegianStemmer

    stemmer: Callable[[str], str] = NorwegianStemmer().stem
    return stemmer


def stem(word: str) -> str:
    """`krisesenteret`, `krisesenterets` -> `krisesenter`. Numbers and paragraphs stay as they are.

    Takes 20 microseconds, so the analyzer keeps the stems of the content's words. Nothing here remembers a word: what a person
    types must not stay in memory.
    """
    return _snowball()(word) if word.isalpha() else word
