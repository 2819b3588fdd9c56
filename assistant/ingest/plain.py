"""Lines of text -> blocks: paragraphs, list items, tables, footnotes, and the headings that one line alone gives away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.ingest import oddities
from assistant.ingest.blocks import BULLET, NUMBERED_ITEM, Block, fits, starts_low
from assistant.ingest.characters import SUPERSCRIPTS, joined, raised, unraised
from assistant.ingest.contents import contents_of
from assistant.ingest.flow import torn_before_name
from assistant.ingest.headings import LineHeadings
from assistant.ingest.lines import Line, lines_of, read_file
from assistant.ingest.publishers import known, one_of
from assistant.ingest.tables import continued

_NOTE = re.compile(rf"^([{SUPERSCRIPTS}]{{1,3}})\s+(?=\S)")
_RULED_NOTE = re.compile(r"^(\d{1,3})\s+(?=\S)")
_LABEL = re.compile(
    rf"^{one_of([name.capitalize() for names in known().words.measure_columns.values() for name in names])}\s?:\s"
)
"""A field of a measure begins a line of its own, however full the one above is: «Ansvarleg: Leiar for flyktningtenesta»."""
_SLACK = 2


def read_text(path: Path) -> list[Block]:
    """Text and Markdown."""
    return blocks_of(lines_of(oddities.unwoven(read_file(path))))


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The blocks of lines in reading order, without the contents list."""
    contents = contents_of(["\t".join(line.cells) if line.cells else line.text for line in lines])
    kept = [line for i, line in enumerate(lines) if i not in contents.lines]
    kept = oddities.goal_tables(oddities.slides(kept))
    headings = LineHeadings(contents, kept)
    blocks: list[Block] = []
    width = 0
    for group, gap in _groups(kept):
        reader = _Group(group, gap, headings, width)
        blocks += reader.blocks()
        width = reader.width
    return _whole_tables(blocks)


def _groups(lines: Sequence[Line]) -> Iterator[tuple[list[Line], int]]:
    """Lines without a blank line between them, and how many blank ones stand above. An indented line begins anew where the one
    before has ended or the new one begins with a capital: so pages begin in one converter's output (« HANDLE»)."""
    group: list[Line] = []
    gap = blank = 0
    for line in lines:
        if line.text and not line.rule and not (group and _begins(group[-1], line)):
            gap = gap if group else blank
            group.append(line)
            blank = 0
            continue
        if group:
            yield group, gap
        group, blank = ([line], 0) if line.text or line.rule else ([], blank + 1)
        gap = 0
    if group:
        yield group, gap


def _begins(before: Line, line: Line) -> bool:
    if line.level or (before.level and not line.text.isupper()):
        return True
    if line.indent == 0 or BULLET.match(line.text):
        return False
    return before.text.endswith((".", "!", "?")) or (before.indent == 0 and not starts_low(line.text))


class _Group:
    """Reads one group of lines from the top; what the lines before were decides what the next one is."""

    def __init__(self, lines: Sequence[Line], gap: int, headings: LineHeadings, width: int) -> None:
        self.noted = bool(lines) and lines[0].rule
        self.lines = [line for line in lines if line.text]
        # Two or three short lines do not show how wide the column is; the group above does.
        self.width = max([len(line.text) for line in self.lines] + ([width] if len(self.lines) <= 3 else []), default=0)
        self.gap = gap
        self.headings = headings
        self.found: list[Block] = []
        self.lead: Block | None = None  # the last that is no item
        self.bulleted = any(BULLET.match(line.text) for line in self.lines)
        self.rows: list[tuple[str, ...]] = []
        self.page: int | None = None

    def blocks(self) -> list[Block]:
        for place, line in enumerate(self.lines):
            if line.cells:
                self._row(line)
                continue
            self._end_table()
            self._line(place, line)
        self._end_table()
        return [replace(block, gap=0 if number else self.gap) for number, block in enumerate(self.found)]

    def _row(self, line: Line) -> None:
        if measure := self.headings.measure_row(line.cells):
            self._end_table()
            self._add(*(replace(block, page=line.page) for block in measure))
        else:
            self.rows.append(line.cells)
            self.page = line.page

    def _end_table(self) -> None:
        if self.rows:
            self._add(Block("", "table", page=self.page, rows=tuple(self.rows)))
            self.rows = []

    def _line(self, place: int, line: Line) -> None:
        note = _RULED_NOTE.match(line.text) if self.noted else _NOTE.match(line.text)
        if note:
            mark = raised(unraised(note[1]))
            self._add(Block(f"{mark} {line.text[note.end() :]}", "note", page=line.page))
        elif bullet := BULLET.match(line.text):
            self._item(place, line, line.text[bullet.end() :])
        elif heading := self._heading(place, line):
            self._add(*(replace(block, page=line.page) for block in heading))
        elif NUMBERED_ITEM.match(line.text):
            self._item(place, line, line.text)
        elif self._goes_on(place):
            self._more(joined, line)
        elif self.found and starts_low(line.text) and self._enumerates():
            self._item(place, line, line.text)
        elif self.found and self.found[-1].kind == "text":
            self._more(lambda text, more: f"{text}\n{more}", line)
        else:
            self._add(Block(line.text, page=line.page))

    def _add(self, *blocks: Block) -> None:
        self.found += blocks
        self.lead = next((block for block in reversed(blocks) if block.kind != "item"), self.lead)

    def _more(self, put: Callable[[str, str], str], line: Line) -> None:
        """A line put to the last block, or a block of its own where that one is full."""
        last = self.found[-1]
        if fits(last, line.text):
            self.found.pop()
            self._add(replace(last, text=put(last.text, line.text)))
        else:
            self._add(replace(last, text=line.text, page=line.page))

    def _item(self, place: int, line: Line, text: str) -> None:
        """A list item; one whose first line is a heading of its own («✓ Anonyme drøftinger») begins a section."""
        following = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
        if title := self.headings.titled_item(text, following):
            self._add(replace(title, page=line.page))
        elif text:
            self._add(Block(text, "item", page=line.page))

    def _heading(self, place: int, line: Line) -> list[Block]:
        """Only the first line of a group can be a heading, or one right below another heading, or one known from elsewhere."""
        above = self.found[-1] if self.found else None
        if above and above.kind == "heading" and self.headings.goes_on(above, line):
            self.found.pop()
            return [replace(above, text=f"{above.text} {line.text}")]
        first = place == 0 or bool(above and above.kind == "heading")
        return self.headings.of_line(line, first, place + 1 < len(self.lines))

    def _goes_on(self, place: int) -> bool:
        """Whether a line continues the one above: that one was torn, or full, or this one begins in lower case."""
        if not self.found or self.found[-1].kind in ("heading", "table"):
            return False
        before, line = self.lines[place - 1].text, self.lines[place].text
        if _LABEL.match(line):
            return False
        if self.found[-1].kind == "note":
            return True
        full = len(before) + 1 + len(line.split(maxsplit=1)[0]) > self.width - _SLACK
        if starts_low(line):
            return full or not self._enumerates()
        if re.search(r"\d \d\d$", before[-4:]):  # a telephone number ends a line of a list: «Barnevern 32 08 53 10»
            return False
        ended = self.found[-1].kind == "item" and before.endswith((".", "!", "?"))
        return full or ended or before.endswith("-") or torn_before_name(before, line)

    def _enumerates(self) -> bool:
        """Whether short lines without bullets are being read below one that ends in a colon («har du avvergeplikt:»)."""
        lead = self.lead if not self.bulleted else None
        return lead is not None and lead.kind == "text" and lead.text.endswith(":")


def _whole_tables(blocks: Sequence[Block]) -> list[Block]:
    """What a blank line or a new page has parted is one table again, so that the rows below keep the heads of their columns."""
    found: list[list[Block]] = []
    for block in blocks:
        if found and block.rows and continued(block.rows, found[-1][0].rows):
            found[-1].append(block)
        else:
            found.append([block])
    return [replace(first, rows=tuple(row for part in (first, *rest) for row in part.rows)) for first, *rest in found]
