"""What extraction tore apart is joined: sentences over a box or a page, footnotes out of sentences, lists with their first line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.ingest.blocks import BULLET, Block, starts_high, starts_low
from assistant.ingest.characters import SUPERSCRIPTS, joined, mend_hyphens, raised, unraised, without_emphasis
from assistant.ingest.tables import rendered

_REACH = 3
# A text that ends in one of these has not ended: «som barnevernet,», «vitne til vold og».
_OPEN = re.compile(
    r"(?:[,–/>]|\b(?:og|eller|samt|men|å|at|som|en|et|ei|den|det|de|sin|sitt|sine|er|har|kan|skal|må|vil|bør|ikke|ovenfor|overfor))$"
)
# Nor one that ends in these, as a rule; but «Meld fra» is whole.
_PREPOSITION = re.compile(r"\b(?:i|på|til|for|med|av|om|fra|ved|under|mellom|mot|uten|etter|før|hos)$")
_ADDRESS = re.compile(r"(?:https?://|www\.|\w[\w-]*\.[a-z]{2,}(?=$|/))\S*$")
_NOTE = re.compile(rf"^([{SUPERSCRIPTS}]+)\s")
_GOES_ON = re.compile(r"^(?:Det|Den|De|Dette|Disse)\b(?! som\b)")
_CAPTION = re.compile(r"^(?:Tabell|Figur|Oversikt)\b")
_TABLE_NOTE = re.compile(r"^(?:\*|Kilde:|Note:|Merknad:|Tall i parentes)")


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
    for block in blocks:
        mark = _NOTE.match(block.text) if block.kind == "note" else None
        if mark and _raise_mark(found, mark[1]):
            notes.append(block)
        else:
            found.append(block)
    return found, notes


def _raise_mark(blocks: list[Block], mark: str) -> bool:
    """Whether a text above holds the mark; a plain digit close behind a word or sign («relasjoner.5») becomes a raised one."""
    number = unraised(mark)
    digit = re.compile(rf"(?<=[a-zæøå.)”»\"])(?<!\d\.){number}(?![\d\w%])(?!\.\d)")
    for i in range(len(blocks) - 1, -1, -1):
        if _holds(blocks[i].text, mark):
            return True
        if blocks[i].kind in ("text", "item") and (place := digit.search(blocks[i].text)):
            text = blocks[i].text
            blocks[i] = replace(blocks[i], text=f"{text[: place.start()]}{raised(number)}{text[place.end() :]}")
            return True
    return False


def _holds(text: str, mark: str) -> bool:
    return bool(re.search(rf"(?<![{SUPERSCRIPTS}]){mark}(?![{SUPERSCRIPTS}])", text))


def with_notes(blocks: Sequence[Block], notes: Sequence[Block]) -> list[Block]:
    """Each footnote at the end of the section that its mark stands in."""
    found = list(blocks)
    start = 0
    for note in notes:
        mark = note.text.split()[0]
        places = [i for i, block in enumerate(found) if block.kind != "note" and _holds(block.text, mark)]
        place = next((i for i in places if i >= start), places[-1] if places else len(found) - 1)
        start = place
        end = next((i for i in range(place + 1, len(found)) if found[i].kind == "heading"), len(found))
        found.insert(end, note)
    return found


# --- torn sentences ------------------------------------------------------------------------------------------------


def strongly_open(text: str) -> bool:
    """Whether a text plainly goes on somewhere: it ends in a comma, a preposition, a conjunction."""
    return bool(_OPEN.search(text) or _PREPOSITION.search(text)) and not re.search(r"(?:https?://|www\.)\S+$", text)


def torn_before_name(first: str, second: str) -> bool:
    """Whether a text goes on with a capital: «ta kontakt med», «Krisesenteret»; after a preposition only where that
    cannot be the end of a short request («Meld fra») and few words follow."""
    if not strongly_open(first) or not starts_high(second):
        return False
    return bool(_OPEN.search(first)) or (
        len(first.split()) >= 4 and len(second.split()) <= 12 and not second.endswith(":") and "\n" not in second
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
        if place is None:
            found.append(block)
            continue
        first, *rest = block.text.split("\n")
        found[place] = replace(found[place], text=joined(found[place].text, first))
        if rest:
            found.append(replace(block, text="\n".join(rest), gap=0))
    return found


def _low_beginning(found: Sequence[Block], block: Block) -> int | None:
    """Where the text stands that a block in lower case goes on from: one that is plainly torn, else the one right above."""
    if not starts_low(block.text) or _ADDRESS.match(block.text):
        return None
    near: list[int] = []
    for i in range(len(found) - 1, -1, -1):
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
    place = next((i for i in range(len(found) - 1, -1, -1) if found[i].kind != "note"), 0)
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
            if last and last.kind == "text":
                found[-1] = replace(last, text=f"{last.text}\n{text}")
            else:
                found.append(replace(block, kind="text", text=text))
        elif last and between and block.kind == "text" and _GOES_ON.match(block.text):
            found[-1] = replace(last, text=f"{last.text} {' '.join(block.text.split())}")
        else:
            found.append(block)
    return found


def _ends_in_item(block: Block) -> bool:
    return block.kind == "text" and block.text.split("\n")[-1].startswith("- ")


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
        elif last and last.kind == "table" and block.kind == "text" and _TABLE_NOTE.match(block.text):
            found[-1] = replace(last, text=f"{last.text}\n{' '.join(block.text.split())}")
        else:
            found.append(block)
    return found


def _is_caption(text: str) -> bool:
    short = len(text.split()) <= 25 and not BULLET.match(text) and "\n" not in text
    return short and (bool(_CAPTION.match(text)) or text.endswith(":"))
