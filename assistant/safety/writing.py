"""What was typed, made comparable: characters, disguises, letters set apart, words run together. Linear in length.

`slår`, `SLÅR`, `slaar`, `sl\u00e5r` with a combining ring, `s.l.å.r` and `sl4r` must all come out as the same word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

HEAD, TAIL = 150_000, 50_000
"""Of longer texts only this much of the beginning and the end is read, so that ten megabytes cannot stop the service."""

# Letters of other alphabets that look Latin. Used only inside words that mix alphabets, or in otherwise Latin text,
# so that Russian and Ukrainian messages stay what they are.
_LOOKALIKES = str.maketrans(
    "асеорхуіјѕһԁɡӏкмнтвгпАВСЕНІЈКМОРЅТХУαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıøØ",
    "aceopxyijshdglkmhtbrnABCEHIJKMOPSTXYabeiknoptuxABEZHIKMNOPTYXiøØ",
)
_APOSTROPHES = re.compile("['\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u0060\u00b4\uff07]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef\ud800-\udfff\x00-\x08\x0e-\x1f]"
)
# Four or more single letters with one and the same kind of gap: `h j e l p`, `d.r.e.p`, `k-n-i-v`.
_SET_APART = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[ .\-_*·][^\W\d_](?![^\W\d_])){3,}")
# Shorter words too, where wider gaps stand between the words: `h a n  s l å r  m e g`.
_SET_APART_IN_GROUPS = re.compile(r"(?:(?<=\s\s)|^)[^\W\d_](?: [^\W\d_](?![^\W\d_]))+(?=\s\s|$)")
_PIECES = re.compile(r"(?P<word>[\w@$€*]+)|(?P<stop>[.!?…\n]+)|(?P<pause>[,;:()\[\]–—/\"«»]+)|(?P<sign>[^\w\s])")
_DISGUISE = str.maketrans("013457@$€", "oieastase")
_SEMI = str.maketrans("äöðþéèêëáàâóòôúùûüíìîïñç", "æødteeeeaaaooouuuuiiiinc")
_BARE = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("å", "a"), ("æ", "a"), ("ø", "o"))
_STRETCHED = re.compile(r"(.)\1{2,}")


class Piece(NamedTuple):
    """A word, or a mark that ends a sentence (`stop`) or a part of one (`pause`)."""

    text: str
    kind: str


def as_text(message: object) -> str:
    """Any object as text that can be read: nothing becomes empty, bytes are decoded, far too long is cut in the middle."""
    if message is None:
        return ""
    if isinstance(message, (bytes, bytearray)):
        message = bytes(message[: HEAD * 4]).decode("utf-8", "replace")
    return _shorter(message if isinstance(message, str) else str(message))


def _shorter(text: str) -> str:
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"


def cleaned(text: str) -> str:
    """Lower case, composed, without invisible characters, typographic apostrophes or letters set apart."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
        text = _UNSEEN.sub("", text)
    text = _shorter(_APOSTROPHES.sub("", text).lower())
    text = _SET_APART_IN_GROUPS.sub(lambda run: run.group().replace(" ", ""), text)
    return _SET_APART.sub(lambda run: re.sub(r"[ .\-_*·]", "", run.group()), text)


def pieces(text: str) -> list[Piece]:
    """The words and marks of a cleaned text in order; emoji count as words."""
    latin = bool(re.search(r"[a-zæøå]", text))
    found: list[Piece] = []
    for match in _PIECES.finditer(text):
        kind = match.lastgroup or "sign"
        word = match.group()
        if kind == "word":
            found.extend(_word(word, latin))
        elif kind == "sign":
            found.extend(_sign(word))
        else:
            found.append(Piece(word, kind))
    return found


def _word(word: str, latin: bool) -> list[Piece]:
    word = word.strip("_*@$€")
    if not word:
        return []
    if latin and not word.isascii():
        word = _without_lookalikes(word)
    if "_" in word:
        return [Piece(part, "word") for part in word.split("_") if part]
    joined = re.fullmatch(r"(\d+)([^\W\d]{2,})", word)  # `14år`, `10min`; but not the disguise `5lår`
    return [Piece(part, "word") for part in joined.groups()] if joined and len(joined[1]) > 1 else [Piece(word, "word")]


def _without_lookalikes(word: str) -> str:
    swapped = word.translate(_LOOKALIKES)
    return unicodedata.normalize("NFC", swapped) if re.fullmatch(r"[\w@$€*]*[a-zæøåäö][\w@$€*]*", swapped) else word


def _sign(sign: str) -> list[Piece]:
    return [Piece(sign, "word")] if ord(sign) > 0x2100 and unicodedata.category(sign) == "So" else []


def exact(word: str) -> str:
    """A word with Norwegian letters only: Swedish and accented letters become their Norwegian neighbours."""
    return word if word.isascii() else word.translate(_SEMI)


@lru_cache(maxsize=50_000)
def bare(word: str) -> str:
    """A word without æ, ø, å however they were replaced: `slår`, `slaar` and `slar` become `slar`."""
    for written, plain in _BARE:
        word = word.replace(written, plain)
    return word


def undisguised(word: str) -> str:
    """Digits and signs that stand for letters as letters: `dr3p3` becomes `drepe`; `*` stays for any letters."""
    return word.translate(_DISGUISE) if re.search(r"[^\W\d_]", word) else word


def shortened(word: str) -> str:
    """Letters drawn out for emphasis written once: `hjeeeelp` becomes `hjelp`."""
    return _STRETCHED.sub(r"\1", word)
