"""The contents list of a document: it tells which lines are headings, and is then left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.ingest.blocks import Block
from assistant.ingest.publishers import known, one_of

_HEADING = re.compile(rf"^(?:\d{{1,2}}\.?\s+)?{one_of(known().words.contents)}\W*$", re.IGNORECASE)
_DOTTED = re.compile(r"^(.*?)\s*(?:\.\s?|…\s?){4,}\s*(\d{1,3})\s*$")
_SPACED = re.compile(r"^(.*\S)(?:\t\s*|\s{2,})(\d{1,3})\s*$")
_ENTRY = re.compile(r"^(.*\S)\s+(\d{1,3})\s*$")
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\s?\d{1,2})*)\.?\s+(?=\D)")
_LONGEST = 160  # characters of an entry over two lines of print


@dataclass(frozen=True)
class Entry:
    """A heading as the contents list names it: number («3.2», or empty), page, and the place in the list."""

    number: str
    page: int
    place: int


@dataclass(frozen=True)
class Contents:
    """The headings by their words, and which of the given lines were the list."""

    entries: dict[str, Entry] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()

    def entry(self, line: str) -> Entry | None:
        """The entry that a line repeats, if any; a number in the line must be the entry's."""
        found = self.entries.get(key(line))
        if found and (number := _NUMBER.match(line.strip())) and found.number != _plain(number[1]):
            return None
        return found


def key(text: str) -> str:
    """A heading's words to compare by: no number, no case, no sign at the end."""
    return " ".join(_NUMBER.sub("", text.strip()).casefold().rstrip(" .:;").split())


def contents_of(lines: Sequence[str]) -> Contents:
    """The contents lists among the lines: what stands under «Innhold» and ends in a page number, and runs of dotted lines."""
    entries: dict[str, Entry] = {}
    places: set[int] = set()
    i = 0
    while i < len(lines):
        line = lines[i].strip()
        named = bool(_HEADING.match(line))
        block = _block(lines, i + 1 if named else i, named) if line else []
        if len(block) >= 2:
            places |= {i} | {place for place, _, _ in block} if named else {place for place, _, _ in block}
            for place, title, page in block:
                _note(entries, title, page, place)
            i = block[-1][0]
        i += 1
    return Contents(entries, frozenset(places))


def without_contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without a contents list that was typed by hand, a line to a paragraph or all of it in one."""
    lines = [(place, line) for place, block in enumerate(blocks) for line in (block.text.split("\n") or [""])]
    listed = contents_of([line for _, line in lines]).lines
    kept = {place for at, (place, _) in enumerate(lines) if at not in listed}
    return [block for place, block in enumerate(blocks) if place in kept or block.kind != "text"]


def _block(lines: Sequence[str], start: int, named: bool) -> list[tuple[int, str, int]]:
    """The entries from a line on: place, title and page. A title over two lines is one entry; the first other line ends it."""
    found: list[tuple[int, str, int]] = []
    held: list[int] = []
    last = 0  # the pages of a contents list never go back: a line that ends in 3 after page 16 is no entry
    for i in range(start, len(lines)):
        text = lines[i].strip()
        if not text:
            held = []
            continue
        match = _entry(text, named) if len(text) < _LONGEST else None
        if match and int(match[2]) >= last:
            title = " ".join([*(lines[k].strip() for k in held), match[1]])
            found += [(k, "", 0) for k in held]
            last = int(match[2])
            found.append((i, title, last))
            held = []
        elif found and not held and len(text) < _LONGEST and not text.endswith((".", ":")):
            held = [i]
        else:
            break
    return found


def _entry(text: str, named: bool) -> re.Match[str] | None:
    return _DOTTED.match(text) or (_SPACED.match(text) or _ENTRY.match(text) if named else None)


def _note(entries: dict[str, Entry], title: str, page: int, place: int) -> None:
    title = title.replace("\t", " ").strip()
    number = _NUMBER.match(title)
    if title and any(char.isalpha() for char in title):
        title = re.sub(r"(?:\.\s?){3,}$", "", title)
        entries.setdefault(key(title), Entry(_plain(number[1]) if number else "", page, place))


def _plain(number: str) -> str:
    return number.replace(" ", "")
