"""The Norwegian Snowball stemmer of nltk, imported when the first word is stemmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache


@cache
def _snowball() -> Callable[[str], str]:
    """nltk runs 0.2 seconds of imports even for its stemmer alone; an alert must not wait for that."""
    from nltk.stem.snowball import NorwegianStemmer

    stemmer: Callable[[str], str] = NorwegianStemmer().stem
    return stemmer


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """`krisesenteret`, `krisesentrene` -> one form each word. Numbers and paragraphs stay as they are.

    The cache holds a corpus' vocabulary (20 microseconds a word without it). It also keeps what was last typed, in memory only
    and without order or owner, as the process' own variables do.
    """
    return _snowball()(word) if word.isalpha() else word
