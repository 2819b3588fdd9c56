"""The text of a block -> passages of a size that is found and quoted well, cut so that no piece says another thing than the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from assistant.ingest.blocks import abbreviated
from assistant.ingest.flow import strongly_open

LONGEST = 75
LONGEST_LIST = 110
LONGEST_TABLE = 150
SHORTEST = 12
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][»”\")]))\s+(?=[A-ZÆØÅ«“\"])")
# A sentence that takes back or narrows the one before is never parted from it: «Unntatt er de tilfellene der …».
_EXCEPTION = re.compile(
    r"^(?:Unntatt|Unntak|Unntaket|Men|Likevel|Imidlertid|Dette gjelder|Det gjelder ikke|Med mindre|Bare|Da|Disse|Slik)\b"
)


@dataclass(frozen=True)
class _Unit:
    """A sentence, a list item or a row; `before` is what parts it from the one before: a space or a new line."""

    text: str
    before: str = " "

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def item(self) -> bool:
        return self.text.startswith("- ")


def passages(text: str) -> Iterator[str]:
    """The text in pieces of at most about 75 words, cut between sentences or items.

    A piece of a list begins with the line that the list hangs on («har du avvergeplikt:»), and an exception stays with its rule.
    """
    units = list(_units(text))
    for start, end in _cuts(units):
        yield _text([*_lead(units, start), *units[start:end]])


def table_passages(text: str) -> Iterator[str]:
    """A table in pieces of whole rows; each begins with the caption and ends with the note."""
    lines = text.split("\n")
    rows = [line for line in lines if line.startswith("- ")]
    place = lines.index(rows[0]) if rows else len(lines)
    caption, note = lines[:place], lines[place + len(rows) :]
    piece: list[str] = []
    for row in rows:
        if piece and sum(len(line.split()) for line in [*caption, *piece, row, *note]) > LONGEST_TABLE:
            yield "\n".join([*caption, *piece, *note])
            piece = []
        piece.append(row)
    yield "\n".join([*caption, *piece, *note])


def _units(text: str) -> Iterator[_Unit]:
    for line in text.split("\n"):
        if line.startswith("- "):
            yield _Unit(line, "\n")
            continue
        for number, sentence in enumerate(_sentences(line)):
            yield _Unit(sentence, " " if number else "\n")


def _sentences(line: str) -> list[str]:
    """The sentences of a line; an abbreviation («jf. Straffeloven», «Meld. St. 15») ends none."""
    found: list[str] = []
    for part in re.split(_SENTENCE, line):
        if found and abbreviated(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _cuts(units: Sequence[_Unit]) -> list[tuple[int, int]]:
    """From where to where each piece goes: as even as sentences allow, so that none is left with a few words."""
    upto = [0, *accumulate(unit.words for unit in units)]  # the words before each unit
    total = upto[-1]
    longest = LONGEST_LIST if any(unit.item for unit in units) else LONGEST
    target = total / max(1, -(-total // longest))
    cuts: list[int] = [0]
    for i in range(1, len(units)):
        size, words = upto[i] - upto[cuts[-1]], upto[i + 1] - upto[i]
        full = size + words > longest or size + words / 2 > target
        if full and size >= SHORTEST and _may_cut(units, i):
            cuts.append(i)
    if len(cuts) > 1 and total - upto[cuts[-1]] < SHORTEST:
        cuts.pop()
    return list(zip(cuts, [*cuts[1:], len(units)], strict=True))


def _may_cut(units: Sequence[_Unit], i: int) -> bool:
    """Not behind a colon or a text that goes on, not before an exception, not between the line that a list hangs on and its first
    item, and not inside a sentence that only a line break has parted."""
    before, after = units[i - 1], units[i]
    if before.text.endswith(":") or strongly_open(before.text) or (after.item and not before.item):
        return False
    ended = before.item or before.text.endswith((".", "!", "?", "»", ")", "”"))
    return ended and not _EXCEPTION.match(after.text.removeprefix("- "))


def _lead(units: Sequence[_Unit], start: int) -> list[_Unit]:
    """The sentence that a list hangs on, where a piece begins in the middle of the list; where that says little («Den viser:»), the
    one before it too."""
    if not start or not units[start].item:
        return []
    place = start - 1
    while place > 0 and units[place].item:
        place -= 1
    if units[place].item:
        return []
    return list(units[max(place - 1, 0) : place + 1]) if units[place].words <= 6 else [units[place]]


def _text(units: Sequence[_Unit]) -> str:
    return "".join(f"{unit.before if number else ''}{unit.text}" for number, unit in enumerate(units))
