"""Text to plain words: Unicode, case, numbers and paragraph signs. The same for questions and passages."""

from __future__ import annotations

import re
import unicodedata

# Invisible characters go; typographic quotes and dashes become plain; Swedish and German keyboards write ä and ö for æ and ø.
_PLAIN = str.maketrans(
    "\u2019\u2018\u2010\u2011\u2012\u2013\u2014äöüéèêëóòôáàâúùûíìîýñç",
    "''-----æøyeeeeoooaaauuuiiiync",
    "\u00ad\u200b\u200c\u200d\u2060\ufeff",
)

_PARAGRAPHS = re.compile(r"(?:§+|\bparagraf(?:en|er|ar|ene|ane)?\b)\s*(\d+(?:[^\S\n]*-[^\S\n]*\d+)?(?:[^\S\n]?[a-h]\b)?"
                         r"(?:(?:,[^\S\n]*|[^\S\n]+(?:og|eller)[^\S\n]+)\d+(?:-\d+)?(?:[^\S\n]?[a-h]\b)?)*)")  # fmt: skip
_ONE_PARAGRAPH = re.compile(r"(\d+)(?:\s*-\s*(\d+))?(?:\s?([a-h])\b)?")
_GROUPED = re.compile(r"(?<![\d.,§-])(?:\d{1,3}(?:[ .]\d{3})+|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3})(?!\d|[.,]\d)")
_ENGLISH_TAIL = re.compile(r"(?<=[a-z])'(?=(?:t|s|m|d|re|ve|ll)\b)")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN = re.compile(r"§\d+(?:-\d+)?[a-h]?|\d+(?:[.,]\d+)+|[^\W_]+")

_DIGRAPHS = (("ae", "æ"), ("oe", "ø"), ("aa", "å"))
_BARE = str.maketrans("æøå", "aoa")


def plain(text: str) -> str:
    """Lower case, composed, without accents other than æøå, invisible characters or typographic quotes and dashes."""
    return unicodedata.normalize("NFKC", text).lower().translate(_PLAIN)


def tokens(text: str) -> list[str]:
    """The words of a text: `§ 13-2` is one (`§13-2`), so are `8,2` and a grouped number (`116 006` is `116006`)."""
    line = _PARAGRAPHS.sub(_signed, plain(text))
    line = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), line)
    line = _STRETCHED.sub(r"\1\1", _ENGLISH_TAIL.sub("", line))
    return _TOKEN.findall(line)


def _signed(match: re.Match[str]) -> str:
    """`§§ 282 og 283` -> ` §282 §283 `."""
    found = _ONE_PARAGRAPH.findall(match[1])
    return (
        " " + " ".join(f"§{chapter}{'-' if number else ''}{number}{letter}" for chapter, number, letter in found) + " "
    )


def paragraph_parts(token: str) -> list[str]:
    """`§282b` -> `§282b`, `§282`, `282`: a reader may leave out the letter or the sign. Other tokens as they are."""
    if not token.startswith("§"):
        return [token]
    number = token[1:].rstrip("abcdefgh")
    return list(dict.fromkeys([token, f"§{number}", number]))


def bare(word: str) -> str:
    """The word as someone without æ, ø and å on the keyboard may write it: `slår`, `slaar` and `slar` are all `slar`."""
    for written, letter in _DIGRAPHS:
        word = word.replace(written, letter)
    return word.translate(_BARE)
