"""The same message as people may come to write it: other case, spacing, marks, letters, one slip a long word, or buried."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "kø", "m": "n", "n": "bm", "o": "ip", "p": "oå", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "y": "tu", "å": "p", "ø": "læ", "æ": "ø",
}  # fmt: skip
_HARMLESS = [
    "kommunestyret",
    "vedtok",
    "nye",
    "regler",
    "for",
    "parkering",
    "ved",
    "torget",
    "og",
    "biblioteket",
    "holder",
    "åpent",
    "til",
    "klokka",
    "fire",
    "mandag",
    "tirsdag",
    "onsdag",
    "asfalt",
    "benker",
    "søppel",
    "henting",
    "turstier",
    "skilt",
    "lekeplass",
    "idrettshall",
    "budsjett",
    "møtebok",
    "saksliste",
    "referat",
    "søknad",
    "skjema",
    "vedlegg",
    "svømmebasseng",
    "strøsand",
    "grøft",
    "kantklipp",
    "barnehageplass",
    "kulturskole",
    "fiolin",
    "kor",
    "teppe",
    "vannmåler",
    "renovasjon",
    "panteordning",
    "bibliotekkort",
    "ungdomsråd",
    "planutvalg",
    "reguleringsplan",
    "utsikt",
    "mølle",
    "elv",
]
_LOOKALIKES = str.maketrans("aeocpx", "аеосрх")
_LEET = str.maketrans("eoa", "304")
_LONG = 6


def capitals(text: str, _chance: random.Random) -> str:
    return text.upper()


def alternating(text: str, _chance: random.Random) -> str:
    return "".join(letter.upper() if place % 2 else letter for place, letter in enumerate(text))


def wide(text: str, _chance: random.Random) -> str:
    return f"  {re.sub(' ', '   ', text)} \n"


def lines(text: str, _chance: random.Random) -> str:
    words = text.split()
    half = len(words) // 2
    return " ".join(words[:half]) + "\n" + " ".join(words[half:])


def unmarked(text: str, _chance: random.Random) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'’*@]", " ", text)).strip() or text


def marked(text: str, _chance: random.Random) -> str:
    return f"{text.rstrip('.!?')}!!!"


def dotted(text: str, _chance: random.Random) -> str:
    return f"... {text.rstrip('.!?')} ..."


def without_rings(text: str, _chance: random.Random) -> str:
    return text.translate(str.maketrans("åøæÅØÆ", "aoaAOA"))


def spelt_out(text: str, _chance: random.Random) -> str:
    for letter, pair in (("å", "aa"), ("ø", "oe"), ("æ", "ae"), ("Å", "Aa"), ("Ø", "Oe"), ("Æ", "Ae")):
        text = text.replace(letter, pair)
    return text


def decomposed(text: str, _chance: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def swedish(text: str, _chance: random.Random) -> str:
    return text.translate(str.maketrans("øæØÆ", "öäÖÄ"))


def invisible(text: str, _chance: random.Random) -> str:
    return re.sub(r"(\w\w)(\w)", "\\1\u200b\\2\u00ad", text)


def lookalike(text: str, _chance: random.Random) -> str:
    return text.translate(_LOOKALIKES)


def polite(text: str, _chance: random.Random) -> str:
    return f"Hei, beklager at jeg forstyrrer. {text}. Tusen takk for svar, ha en fin dag!"


def slip(text: str, chance: random.Random) -> str:
    """One typing error in each word of six letters or more: a letter doubled, dropped, swapped or the key beside it."""
    return re.sub(r"[^\W\d_]+", lambda word: _slipped(word.group(), chance), text)


def _slipped(word: str, chance: random.Random) -> str:
    if len(word) < _LONG:
        return word
    place = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("double", "drop", "swap", "beside"))
    if kind == "double":
        return word[:place] + word[place] + word[place:]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "swap":
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    beside = _NEIGHBOURS.get(word[place].lower(), word[place])
    return word[:place] + chance.choice(beside) + word[place + 1 :]


def buried(text: str, chance: random.Random) -> str:
    """In the middle of two thousand harmless words, in sentences of its own."""
    before, after = (_harmless(1000, chance) for _ in range(2))
    return f"{before}. {text}. {after}."


def buried_in_one_line(text: str, chance: random.Random) -> str:
    """In the middle of two thousand harmless words without a full stop."""
    before, after = (_harmless(1000, chance) for _ in range(2))
    return f"{before} {text} {after}"


def _harmless(count: int, chance: random.Random) -> str:
    return " ".join(chance.choice(_HARMLESS) for _ in range(count))


VARIANTS: tuple[Callable[[str, random.Random], str], ...] = (
    capitals, alternating, wide, lines, unmarked, marked, dotted, without_rings, spelt_out, decomposed, swedish,
    invisible, lookalike, polite, slip, buried, buried_in_one_line,
)  # fmt: skip
