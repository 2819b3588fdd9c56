"""What was typed, read once: its words in order, with the sentence and clause each stands in, and its language.

Pure: no file, no state. Nothing that is typed is remembered here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from assistant.models.question import Language
from assistant.reading.language import language_of
from assistant.reading.normalise import as_text, cleaned, latin

SHORT_SENTENCE = 4
"""Sentences of fewer words are read together with the next: «Hjelp! Han kommer.»"""

_NUMBER = r"\d{1,6}(?:[^\S\n]?[-–][^\S\n]?\d{1,6})?(?:[^\S\n]?[a-h]\b)?"
_PARAGRAPHS = re.compile(
    rf"(?:§{{1,3}}|\bparagraf(?:en|er|ar|ene|ane)?\b)\s{{0,3}}({_NUMBER}(?:(?:,[^\S\n]?|[^\S\n](?:og|eller)[^\S\n]){_NUMBER}){{0,20}})"
)
_ONE_PARAGRAPH = re.compile(r"(\d+)(?:\s?[-–]\s?(\d+))?(?:\s?([a-h])\b)?")
_GROUPED = re.compile(
    r"(?<![\d.,§-])(?:\d{1,3}(?:[ .]\d{3}){1,5}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3})(?!\d|[.,]\d)"
)
_NOT_DIGITS = re.compile(r"\D")
_PIECES = re.compile(
    r"(?P<number>§\d+(?:-\d+)?[a-h]?|\d+(?:[.,]\d+)+)|(?P<word>[\w@$€*]+)|(?P<stop>[.!?…\n]+)"
    r"|(?P<pause>[,;:()\[\]–—/\"«»]+)|(?P<sign>[^\w\s])"
)
_EDGES = "_*@$€"
_JOINED = re.compile(r"(\d{2,})([^\W\d]{2,})")  # `14år`, `10min`; but not the disguise `5lår`
_FIRST_SYMBOL = 0x2100  # below it stand the signs of ordinary writing


class Token(NamedTuple):
    """One word as typed (cleaned). `asked`: a question mark follows it."""

    text: str
    sentence: int
    clause: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """`written` is the text as typed, `bare`: it has no æ, ø or å at all."""

    written: str
    tokens: tuple[Token, ...]
    language: Language
    bare: bool

    @property
    def words(self) -> list[str]:
        """The words in order."""
        return [token.text for token in self.tokens]


def read(message: object) -> Reading:
    """The reading of any message; never raises, linear in its length."""
    written = as_text(message)
    text = cleaned(written)
    tokens = tuple(_tokens(text))
    language = language_of([token.text for token in tokens])
    return Reading(written, tokens, language, bare=not any(letter in text for letter in "æøå"))


def words(text: str) -> list[str]:
    """The words of a text of the content: `§ 13-2` is one (`§13-2`), so are `8,2` and a grouped number (`116 006`: `116006`)."""
    return [word for piece in _PIECES.finditer(_numbered(cleaned(text))) for word in _words(piece, "word", True)]


def _tokens(text: str) -> Iterator[Token]:
    sentence = clause = length = 0
    held: Token | None = None
    is_latin = bool(re.search(r"[a-zæøå]", text))
    for piece in _PIECES.finditer(_numbered(text)):
        kind = piece.lastgroup or "sign"
        if kind in ("stop", "pause"):
            clause += 1
            if kind == "stop":
                if held is not None and "?" in piece.group():
                    held = held._replace(asked=True)
                if length >= SHORT_SENTENCE:
                    sentence, length = sentence + 1, 0
            continue
        for word in _words(piece, kind, is_latin):
            if held is not None:
                yield held
            held = Token(word, sentence, clause)
            length += 1
    if held is not None:
        yield held


def _words(piece: re.Match[str], kind: str, is_latin: bool) -> Iterator[str]:
    """The words of a piece: mostly one, none for a mark; a symbol such as an emoji is a word."""
    kind = piece.lastgroup or kind
    text = piece.group()
    if kind == "number":
        yield text
    elif kind == "sign":
        if ord(text) > _FIRST_SYMBOL and unicodedata.category(text) == "So":
            yield text
    elif kind == "word":
        text = text.strip(_EDGES)
        for part in (latin(text) if is_latin else text).split("_"):
            if joined := _JOINED.fullmatch(part):
                yield from joined.groups()
            elif part:
                yield part


def _numbered(text: str) -> str:
    """`§§ 282 og 283` -> ` §282 §283 `, `116 006` -> `116006`."""
    if "§" in text or "paragraf" in text:
        text = _PARAGRAPHS.sub(_signed, text)
    return _GROUPED.sub(lambda match: _NOT_DIGITS.sub("", match[0]), text)


def _signed(match: re.Match[str]) -> str:
    found = _ONE_PARAGRAPH.findall(match[1])
    marks = [f"§{chapter}{'-' if number else ''}{number}{letter}" for chapter, number, letter in found]
    return f" {' '.join(marks)} "


def paragraph_parts(token: str) -> list[str]:
    """`§282b` -> `§282b`, `§282`, `282`: a reader may leave out the letter or the sign. Other tokens as they are."""
    if not token.startswith("§"):
        return [token]
    number = token[1:].rstrip("abcdefgh")
    return list(dict.fromkeys([token, f"§{number}", number]))
