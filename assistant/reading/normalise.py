"""Characters made comparable: composed, lower case, without disguises. Linear in the length of the text.

`slår`, `SLÅR`, `sl\u00e5r` with a combining ring, `s.l.å.r` and `sl4r` must all come out as the same word.
"""

from __future__ import annotations

import re
import unicodedata

HEAD, TAIL = 150_000, 50_000
"""Of longer texts only this many characters of the beginning and the end are read, so that ten megabytes cannot stop the service."""

# Letters of other alphabets that look Latin. Used only inside words that mix alphabets, so that Russian stays what it is.
_LOOKALIKES = str.maketrans(
    "асеорхуіјѕһԁɡӏкмнтвгпАВСЕНІЈКМОРЅТХУαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıøØ",
    "aceopxyijshdglkmhtbrnABCEHIJKMOPSTXYabeiknoptuxABEZHIKMNOPTYXiøØ",
)
_MIXED = re.compile(r"[\w@$€*]*[a-zæøåäö][\w@$€*]*")
_APOSTROPHES = re.compile("['\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u0060\u00b4\uff07]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef\ud800-\udfff\x00-\x08\x0e-\x1f]"
)
# Four or more single letters with one and the same kind of gap: `h j e l p`, `d.r.e.p`, `k-n-i-v`.
_SET_APART = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[ .\-_*·][^\W\d_](?![^\W\d_])){3,}")
# Shorter words too, where wider gaps stand between the words: `h a n  s l å r  m e g`.
_SET_APART_IN_GROUPS = re.compile(r"(?:(?<=\s\s)|^)[^\W\d_](?: [^\W\d_](?![^\W\d_]))+(?=\s\s|$)")
_GAPS = re.compile(r"[ .\-_*·]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_DISGUISE = str.maketrans("013457@$€", "oieastase")
_LETTER = re.compile(r"[^\W\d_]")
# Swedish, German and accented letters as their Norwegian neighbours, hyphens that may not break as plain ones.
_NORWEGIAN = str.maketrans("äöüðþéèêëáàâóòôúùûíìîýñç\u2010\u2011\u2012", "æøydteeeeaaaooouuuiiiync---")
_DIGRAPHS = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("å", "a"), ("æ", "a"), ("ø", "o"))


def as_text(message: object) -> str:
    """Any object as text that can be read: nothing becomes empty, bytes are decoded, far too long is cut in the middle."""
    if message is None:
        return ""
    if isinstance(message, (bytes, bytearray)):
        message = bytes(message[: HEAD * 4]).decode("utf-8", "replace")
    return shorter(message if isinstance(message, str) else str(message))


def shorter(text: str) -> str:
    """The text, or the beginning and the end of one that is far too long."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"


def cleaned(text: str) -> str:
    """Lower case, composed, Norwegian letters, without invisible characters, apostrophes or letters set apart.

    Letters drawn out are written twice (`hjeeeelp` -> `hjeelp`), which no spelling but a doubled one has.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
        text = _UNSEEN.sub("", text)
    text = shorter(_APOSTROPHES.sub("", text).lower())
    text = _SET_APART_IN_GROUPS.sub(lambda run: run.group().replace(" ", ""), text)
    text = _SET_APART.sub(lambda run: _GAPS.sub("", run.group()), text)
    return norwegian(_STRETCHED.sub(r"\1\1", text))


def norwegian(text: str) -> str:
    """With Norwegian letters only: Swedish and accented ones become their Norwegian neighbours."""
    return text if text.isascii() else text.translate(_NORWEGIAN)


def latin(word: str) -> str:
    """A word that mixes alphabets in Latin letters alone; any other as it is."""
    if word.isascii():
        return word
    swapped = word.translate(_LOOKALIKES)
    return unicodedata.normalize("NFC", swapped) if _MIXED.fullmatch(swapped) else word


def bare(word: str) -> str:
    """The word as someone without æ, ø and å on the keyboard may write it: `slår`, `slaar` and `slar` are all `slar`."""
    for written, plain in _DIGRAPHS:
        word = word.replace(written, plain)
    return word


def undisguised(word: str) -> str:
    """Digits and signs that stand for letters as letters: `dr3p3` becomes `drepe`; `*` stays for any letters."""
    return word.translate(_DISGUISE) if _LETTER.search(word) else word
