"""Mark-up and odd characters of one line -> plain Norwegian text. Words are kept; what is only form goes."""

from __future__ import annotations

import html
import re
import unicodedata

_BREAK = re.compile(r"</?(?:p|br|div|li|tr|ul|ol|table|h[1-6])\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:i|b|u|s|a|em|strong|small|span|font|center|sup|sub|td|th|img|hr|tbody|thead)\b[^>]*>|<!--.*?-->", re.I
)
_SUPERSCRIPT = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[((?:\\.|[^\]\\])*)\]\(((?:[^()\s]|\([^()]*\))*)\)")
_ESCAPE = re.compile(r"\\+([\\`*_{}\[\]()#+.!<>~|-])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])([^*]+?)(?<![\s*])\*(?![\w*])")
_TORN = re.compile(r"(?<=[a-zæøå])(-\s?\n|- )(?!(?:og|eller|samt|men|til|for|om|på|i|av|med|som)\b)(?=[a-zæøå])")
_DASH = re.compile(r"(?<=\w)-\s{2,}(?=\w)")  # «statistikker-  anmeldte lovbrudd»: a dash, no torn word
_LATE_BULLET = re.compile(r"(?<=\S)\s*([\uE000-\uF8FF])(?=\s)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# U+F0FC is Word's check mark; the other private-use characters at the beginning of a line are bullets (U+F0B7, U+F0A7).
_CHECK_MARK = "\uf0fc"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
}  # «ﬁnnes» is «finnes», and searched so
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"), " "
)


def cleaned(line: str) -> str:
    """One line as plain text in NFC. `<p>` and `<br>` become line breaks, empty links their words, `<sup>1</sup>` a raised ¹."""
    text = unicodedata.normalize("NFC", _soft_hyphens(line)).translate(_SPACES).translate(_LIGATURES)
    text = _LATE_BULLET.sub(r"\n\1", _DASH.sub(" - ", text))
    text = _SUPERSCRIPT.sub(lambda match: raised(match[1]), _IMAGE.sub("", text))
    text = _TAG.sub("", _BREAK.sub("\n", _ADDRESS.sub(r"\1", text)))
    text = _ESCAPE.sub(r"\1", _LINK.sub(_words_of_link, html.unescape(text))).translate(_SPACES)
    return "\n".join(part for part in (" ".join(_bullets(piece).split()) for piece in text.split("\n")) if part)


def raised(number: str) -> str:
    """`12` -> `¹²`: the mark of a footnote, which nobody takes for a part of the number before it."""
    return number.translate(_RAISED)


def unraised(text: str) -> str:
    """`¹²` -> `12`."""
    return "".join(str(SUPERSCRIPTS.index(char)) if char in SUPERSCRIPTS else char for char in text)


def without_emphasis(text: str) -> str:
    """Markdown's `**bold**` and `*italic*` as the words alone; a star that stands alone («*Tall i parentes») stays."""
    return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))


def joined(first: str, second: str) -> str:
    """A text with a line that goes on from its last one; a word that was torn at the line's end («imellom-», «tiden») is whole again."""
    above, newline, last = first.rpartition("\n")
    return above + newline + mend_hyphens(f"{last}\n{second}").replace("\n", " ")


def mend_hyphens(text: str) -> str:
    """Torn words joined: `imellom- tiden`. «helse- og», «barne-, ungdoms-» and a name («Istanbul-konvensjonen») keep the hyphen."""
    return re.sub(r"(?<=[\d\w])-\s?\n(?=\d)", "-", _TORN.sub(_hyphen, text))


def _hyphen(match: re.Match[str]) -> str:
    before = re.search(r"\S+$", match.string[: match.start()])
    word = re.split(r"[^\w]+", before[0])[-1] if before else ""
    address = before is not None and re.search(r"://|www\.", before[0])
    return "-" if address or word[:1].isupper() else ""


def _words_of_link(match: re.Match[str]) -> str:
    """`[words](#)` -> words; `[words](address)` -> words (address), or the address alone where the words are the address."""
    words, address = match[1], _ESCAPE.sub(r"\1", match[2])
    plain = _ESCAPE.sub(r"\1", words)
    if not address.strip("#"):
        return words
    same = re.sub(r"^https?://", "", address).rstrip("/") == re.sub(r"^https?://", "", plain).rstrip("/")
    return words if same or not address.startswith(("http", "mailto")) else f"{words} ({address})"


def _bullets(piece: str) -> str:
    """Private-use characters: a bullet at the beginning, a new line with a bullet inside (a torn cell), nothing elsewhere."""
    piece = piece.strip()
    if piece and unicodedata.category(piece[0]) == "Co":
        piece = f"{'✓' if piece[0] == _CHECK_MARK else '●'} {piece[1:]}"
    return "".join(char for char in piece if unicodedata.category(char) != "Co")


def _soft_hyphens(line: str) -> str:
    """A soft hyphen at the line's end tears a word; elsewhere it is invisible."""
    return re.sub("\u00ad\\s*$", "-", line).translate(_INVISIBLE)
