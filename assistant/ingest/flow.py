"""What extraction tore apart is joined: sentences over a box or a page, footnotes out of sentences, lists with their first line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.ingest.blocks import BULLET, Block, fits, starts_high, starts_low
from assistant.ingest.characters import SUPERSCRIPTS, joined, mend_hyphens, raised, unraised, without_emphasis
from assistant.ingest.tables import rendered

_REACH = 3  # texts back to where a torn sentence may begin
_FURTHEST = 40  # blocks back, with the notes and tables between them: two pages
_END = 12  # characters in which it shows how a text ends: the longest word of those below, and the sign before it
_LONGEST_ADDRESS = 400  # characters
_IN_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
# A text that ends in one of these has not ended: «som barnevernet,», «vitne til vold og».
_OPEN = re.compile(
    r"(?:[,–/>]|\b(?:og|eller|samt|men|å|at|som|en|et|ei|den|det|de|sin|sitt|sine|er|har|kan|skal|må|vil|bør|ikke|ovenfor|overfor))$"
)
# Nor one that ends in these, as a rule; but «Meld fra» is whole.
_PREPOSITION = re.compile(r"\b(?:i|på|til|for|med|av|om|fra|ved|under|mellom|mot|uten|etter|før|hos)$")
_ADDRESS = re.compile(r"(?:https?://|www\.|\w[\w-]*\.[a-z]{2,}(?=$|/))\S*$")
_NOTE = re.compile(rf"^([{SUPERSCRIPTS}]+)\s")
_MARKS = re.compile(rf"[{SUPERSCRIPTS}]+")
_DIGITS = re.compile(
    r"(?<=[a-zæøå.)”»\"])(?<!\d\.)\d+(?![\d\w%])(?!\.\d)"
)  # perhaps a mark that lost its place: «relasjoner.5»
_GOES_ON = re.compile(r"^(?:Det|Den|De|Dette|Disse)\b(?! som\b)")
_CAPTION = re.compile(r"^(?:Tabell|Figur|Oversikt)\b")
_TABLE_NOTE = re.compile(r"^(?:\*|Kilde:|Note:|Merknad:|Tall i parentes)")
_LONGEST_NOTE = 400  # characters
_MOST_NOTES = 3


def plain_words(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without Markdown's emphasis, torn words joined; those without a word are left out."""
    found = [
        replace(
            block,
            text=mend_hyphens(without_emphasis(block.text)).strip(),
            rows=tuple(tuple(mend_hyphens(cell) for cell in row) for row in block.rows),
        )
        for block in blocks
    ]
    return [block for block in found if block.rows or re.search(r"\w", block.text)]


# --- footnotes -----------------------------------------------------------------------------------------------------


def without_notes(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The text with each footnote's mark raised (`vold.⁵`), and the footnotes; one without a mark in the text stays where it is."""
    found: list[Block] = []
    notes: list[Block] = []
    marks: dict[str, int] = {}
    digits: dict[str, int] = {}
    for block in blocks:
        mark = _NOTE.match(block.text) if block.kind == "note" else None
        if mark and _raise_mark(found, mark[1], marks, digits):
            notes.append(block)
            continue
        marks |= dict.fromkeys(_MARKS.findall(block.text), len(found))
        if block.kind in ("text", "item"):
            digits |= dict.fromkeys(_DIGITS.findall(block.text), len(found))
        found.append(block)
    return found, notes


def _raise_mark(blocks: list[Block], mark: str, marks: dict[str, int], digits: Mapping[str, int]) -> bool:
    """Whether a text above holds the mark; a plain digit close behind a word or sign («relasjoner.5») becomes a raised one.

    `marks` and `digits`: the last block in which each stands.
    """
    number = unraised(mark)
    place = digits.get(number, -1)
    if marks.get(mark, -1) >= place:
        return mark in marks
    text = blocks[place].text
    digit = next(match for match in _DIGITS.finditer(text) if match[0] == number)
    blocks[place] = replace(blocks[place], text=f"{text[: digit.start()]}{raised(number)}{text[digit.end() :]}")
    marks[mark] = place
    return True


def with_notes(blocks: Sequence[Block], notes: Sequence[Block]) -> list[Block]:
    """Each footnote at the end of the section that its mark stands in."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    ends: list[int] = [len(blocks)] * len(blocks)  # where the section of each block ends
    for i, block in enumerate(blocks):
        for mark in set(_MARKS.findall(block.text)) if block.kind != "note" else ():
            places[mark].append(i)
    for i in range(len(blocks) - 2, -1, -1):
        ends[i] = i + 1 if blocks[i + 1].kind == "heading" else ends[i + 1]
    below: defaultdict[int, list[Block]] = defaultdict(list)
    start = 0
    for note in notes:
        known = places[note.text.split(maxsplit=1)[0]]
        later = bisect_left(known, start)
        start = known[min(later, len(known) - 1)] if known else len(blocks) - 1
        below[ends[start]].append(note)
    return [block for i in range(len(blocks) + 1) for block in (*below[i], *blocks[i : i + 1])]


# --- torn sentences ------------------------------------------------------------------------------------------------


def strongly_open(text: str) -> bool:
    """Whether a text plainly goes on somewhere: it ends in a comma, a preposition, a conjunction."""
    end = text[-_END:]
    return bool(_OPEN.search(end) or _PREPOSITION.search(end)) and not _IN_ADDRESS.search(text[-_LONGEST_ADDRESS:])


def torn_before_name(first: str, second: str) -> bool:
    """Whether a text goes on with a capital: «ta kontakt med», «Krisesenteret»; after a preposition only where that
    cannot be the end of a short request («Meld fra») and few words follow."""
    if not strongly_open(first) or not starts_high(second):
        return False
    return bool(_OPEN.search(first)) or (
        len(first.split(maxsplit=4)) >= 4
        and len(second.split(maxsplit=12)) <= 12
        and not second.endswith(":")
        and "\n" not in second
    )


def whole_sentences(blocks: Sequence[Block]) -> list[Block]:
    """Sentences that a page, a box or a blank line has torn are joined; what stood between comes after them.

    «Offentlige tjenester, for eksempel skoler og barnehager,» | box on another duty | «har plikt til å melde bekymringen»: apart, the
    second half would be read as going on from the box.
    """
    return _joined(_joined(blocks, _low_beginning), _high_beginning)


def _joined(blocks: Sequence[Block], beginning: Callable[[Sequence[Block], Block], int | None]) -> list[Block]:
    """The blocks with those that go on from an earlier one put to it."""
    found: list[Block] = []
    for block in blocks:
        place = beginning(found, block) if block.kind == "text" and found else None
        if place is None or not fits(found[place], block.text):
            found.append(block)
            continue
        first, _, rest = block.text.partition("\n")
        found[place] = replace(found[place], text=joined(found[place].text, first))
        if rest:
            found.append(replace(block, text=rest, gap=0))
    return found


def _low_beginning(found: Sequence[Block], block: Block) -> int | None:
    """Where the text stands that a block in lower case goes on from: one that is plainly torn, else the one right above."""
    if not starts_low(block.text) or _ADDRESS.match(block.text):
        return None
    near: list[int] = []
    for i in range(len(found) - 1, max(len(found) - _FURTHEST, 0) - 1, -1):
        if found[i].kind == "heading" or len(near) == _REACH:
            break
        if found[i].kind in ("text", "item"):
            near.append(i)
    torn = [i for i in near if strongly_open(found[i].text)]
    weakly = near[:1] if near and found[near[0]].text[-1:].isalnum() else []
    return next(iter(torn or weakly), None)


def _high_beginning(found: Sequence[Block], block: Block) -> int | None:
    """The text right above, where it is plainly torn before a name («ta kontakt med», «Krisesenteret»), or leads to an address.

    Only after all that goes on in lower case has found its beginning: a box between two halves of a sentence begins with a capital.
    """
    near = range(len(found) - 1, max(len(found) - _FURTHEST, 0) - 1, -1)
    place = next((i for i in near if found[i].kind != "note"), 0)
    last = found[place]
    address = _ADDRESS.fullmatch(block.text) and last.text.endswith((":", "."))
    torn = address or torn_before_name(last.text, block.text)
    return place if last.kind in ("text", "item") and torn else None


# --- lists and tables ----------------------------------------------------------------------------------------------


def whole_lists(blocks: Sequence[Block]) -> list[Block]:
    """A list in one block with the text right above it; a sentence between two items («Det retter seg mot …») in the item it is about."""
    found: list[Block] = []
    for i, block in enumerate(blocks):
        last = found[-1] if found else None
        following = blocks[i + 1].kind if i + 1 < len(blocks) else None
        between = last and _ends_in_item(last) and following == "item"
        if block.kind == "item":
            text = f"- {' '.join(block.text.split())}"
            if last and last.kind == "text" and fits(last, text):
                found[-1] = replace(last, text=f"{last.text}\n{text}")
            else:
                found.append(replace(block, kind="text", text=text))
        elif last and between and block.kind == "text" and _GOES_ON.match(block.text) and fits(last, block.text):
            found[-1] = replace(last, text=f"{last.text} {' '.join(block.text.split())}")
        else:
            found.append(block)
    return found


def _ends_in_item(block: Block) -> bool:
    return block.kind == "text" and block.text.rpartition("\n")[2].startswith("- ")


def whole_tables(blocks: Sequence[Block]) -> list[Block]:
    """A table as text: the caption above it, a line a row, and the note below it («*Tall i parentes er alle»), never apart."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if block.rows:
            lines = rendered(block.rows, block.heads)
            if last and last.kind == "text" and _is_caption(last.text):
                found.pop()
                lines = [" ".join(last.text.split()), *lines]
            found.append(replace(block, text="\n".join(lines), rows=()))
        elif last and last.kind == "table" and _is_note(block) and not _has_note(last):
            found[-1] = replace(last, text=f"{last.text}\n{' '.join(block.text.split())}")
        else:
            found.append(block)
    return found


def _is_note(block: Block) -> bool:
    """A short one: it is said again with each piece of the table."""
    return block.kind == "text" and len(block.text) <= _LONGEST_NOTE and bool(_TABLE_NOTE.match(block.text))


def _has_note(table: Block) -> bool:
    """Whether notes enough stand below a table: the last lines are no rows."""
    last = table.text.rsplit("\n", _MOST_NOTES)[1:]
    return len(last) == _MOST_NOTES and not any(line.startswith("- ") for line in last)


def _is_caption(text: str) -> bool:
    short = len(text.split()) <= 25 and not BULLET.match(text) and "\n" not in text
    return short and (bool(_CAPTION.match(text)) or text.endswith(":"))
