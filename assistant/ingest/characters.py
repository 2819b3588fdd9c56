"""Mark-up and odd characters of one line -> plain Norwegian text. Words are kept; what is only form goes."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

# No pattern here looks for its end past the next beginning of its own kind: a line of a million «<p » takes no longer than any other.
_BREAK = re.compile(r"</?(?:p|br|div|li|tr|ul|ol|table|h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:i|b|u|s|a|em|strong|small|span|font|center|sup|sub|td|th|img|hr|tbody|thead)\b[^<>]*>|<!--(?:(?!<!--).)*?-->",
    re.I,
)
_SUPERSCRIPT = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\((?:[^()]|\([^()]*\))*\)")
_LINK = re.compile(r"(?<!!)\[((?:\\.|[^\[\]\\])*)\]\(((?:[^()\s]|\([^()]*\))*)\)")
_ESCAPE = re.compile(r"\\+([\\`*_{}\[\]()#+.!<>~|-])")
_STRONG = {"**": re.compile(r"(?<=\S)\*\*"), "__": re.compile(r"(?<=\S)__")}  # the mark with its end, behind a word
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])([^*]+?)(?<![\s*])\*(?![\w*])")
_TORN = re.compile(r"(?<=[a-zæøå])(-\s?\n|- )(?!(?:og|eller|samt|men|til|for|om|på|i|av|med|som)\b)(?=[a-zæøå])")
_DASH = re.compile(r"(?<=\w)-\s{2,}(?=\w)")  # «statistikker-  anmeldte lovbrudd»: a dash, no torn word
_LATE_BULLET = re.compile(r"(?<=\S)\s*([\uE000-\uF8FF])(?=\s)")
_MOST_BULLETS = 100  # inside a line: a torn cell with a list in it
_TORN_WORD = 400  # characters in which a torn word or address begins: the rest of a long text need not be read again for each line
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# U+F0FC is Word's check mark; the other private-use characters at the beginning of a line are bullets (U+F0B7, U+F0A7).
_CHECK_MARK = "\uf0fc"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
_CONTROLS = dict.fromkeys(
    [*range(0x00, 0x09), *range(0x0E, 0x1C), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF], None
)  # not in YAML
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
_PLAIN = {**_INVISIBLE, **_CONTROLS, **_LIGATURES, **_SPACES, 0x85: " "}
_PRIVATE = re.compile(r"[\uE000-\uF8FF\U000F0000-\U000FFFFD\U00100000-\U0010FFFD]")
_NO_CHARACTER = re.compile(r"&(?=#(?:[xX][0-9a-fA-F]{7}|[0-9]{8}))")
_LETTERS = "æøåÆØÅäöüÄÖÜéèêëóòôáàâñçšžÉÈÓÒÁÀŠŽ«»“”„‘’–—…•·°§½¼¾²³´€£©®×\u00a0\u00ad"


def _meant() -> dict[str, str]:
    """What each letter looks like that was decoded twice. Windows-1252 lacks five signs, and programs then take Latin-1's."""
    found = {}
    for char in _LETTERS:
        data = char.encode()
        found[data.decode("latin-1")] = char
        found["".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in data)] = char
    return found


_MEANT = _meant()
_TWICE = re.compile("|".join(map(re.escape, sorted(_MEANT, key=len, reverse=True))))
_BEGINS_TWICE = re.compile(f"[{''.join({text[0] for text in _MEANT})}]")


def cleaned(line: str) -> str:
    """One line as plain text in NFC. `<p>` and `<br>` become line breaks, empty links their words, `<sup>1</sup>` a raised ¹."""
    text = unicodedata.normalize("NFC", _soft_hyphens(decoded_twice(line)))
    text = _LATE_BULLET.sub(r"\n\1", _DASH.sub(" - ", text), count=_MOST_BULLETS)
    text = _SUPERSCRIPT.sub(lambda match: raised(match[1]), _IMAGE.sub("", text))
    text = _TAG.sub("", _BREAK.sub("\n", _ADDRESS.sub(r"\1", text)))
    text = _ESCAPE.sub(r"\1", _LINK.sub(_words_of_link, html.unescape(plain_entities(text)))).translate(_SPACES)
    return "\n".join(part for part in (" ".join(_bullets(piece).split()) for piece in text.split("\n")) if part)


def decoded_twice(text: str) -> str:
    """«nÃ¦re» -> «nære»: UTF-8 that was read as Windows-1252 or Latin-1. No Norwegian text has these pairs of signs of its own."""
    return _TWICE.sub(lambda match: _MEANT[match[0]], text) if _BEGINS_TWICE.search(text) else text


def plain_entities(text: str) -> str:
    """The text with numbers that are no character («&#1111…») as they are written: what reads entities cannot read thousands of figures."""
    return _NO_CHARACTER.sub("&amp;", text)


def raised(number: str) -> str:
    """`12` -> `¹²`: the mark of a footnote, which nobody takes for a part of the number before it."""
    return number.translate(_RAISED)


def unraised(text: str) -> str:
    """`¹²` -> `12`."""
    return "".join(str(SUPERSCRIPTS.index(char)) if char in SUPERSCRIPTS else char for char in text)


def without_emphasis(text: str) -> str:
    """Markdown's `**bold**` and `*italic*` as the words alone; a star that stands alone («*Tall i parentes») stays."""
    for mark, end in _STRONG.items():
        if mark in text:
            text = "".join(_without_strong(text, mark, end))
    return _EMPHASIS.sub(r"\1", text)


def _without_strong(text: str, mark: str, end: re.Pattern[str]) -> Iterator[str]:
    """The pieces between the marks that belong together. A beginning without an end is the last that is looked at: where it has none, none
    after it has."""
    done = place = 0
    while (begin := text.find(mark, place)) >= 0:
        place = begin + 1
        if text[begin + 2 : begin + 3].isspace() or begin + 2 == len(text):
            continue
        if not (found := end.search(text, begin + 3)):
            break
        yield text[done:begin]
        yield text[begin + 2 : found.start()]
        done = place = found.end()
    yield text[done:]


def joined(first: str, second: str) -> str:
    """A text with a line that goes on from its last one; a word that was torn at the line's end («imellom-», «tiden») is whole again."""
    above, last = first[:-_TORN_WORD], first[-_TORN_WORD:].rpartition("\n")
    mended = mend_hyphens(f"{last[2]}\n{second}").replace("\n", " ")
    return f"{above}{last[0]}{last[1]}{mended}"


def mend_hyphens(text: str) -> str:
    """Torn words joined: `imellom- tiden`. «helse- og», «barne-, ungdoms-» and a name («Istanbul-konvensjonen») keep the hyphen."""
    return re.sub(r"(?<=[\d\w])-\s?\n(?=\d)", "-", _TORN.sub(_hyphen, text))


def _hyphen(match: re.Match[str]) -> str:
    before = match.string[max(match.start() - _TORN_WORD, 0) : match.start()].rsplit(maxsplit=1)[-1]
    word = re.split(r"[^\w]+", before)[-1]
    address = re.search(r"://|www\.", before)
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
    if _PRIVATE.match(piece):
        piece = f"{'✓' if piece[0] == _CHECK_MARK else '●'} {piece[1:]}"
    return _PRIVATE.sub("", piece)


def _soft_hyphens(line: str) -> str:
    """A soft hyphen at the line's end tears a word; elsewhere it is invisible."""
    return re.sub("\u00ad\\s*$", "-", line).translate(_PLAIN)
