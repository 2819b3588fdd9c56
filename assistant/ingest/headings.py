"""Which single lines are headings: numbered, listed in the contents, annexes, capitals, labels («Tiltak 7: …»), known elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.ingest.blocks import BULLET, Block, lone, starts_high, starts_low
from assistant.ingest.contents import Contents
from assistant.ingest.lines import Line
from assistant.ingest.publishers import known, one_of

NUMBERED = re.compile(r"^(\d{1,2}(?:\.\s?\d{1,2})*)\.?\s+([A-ZÆØÅa-zæøå«\"].*)$")
_WORDS = known().words
_MEASURE = re.compile(rf"^{one_of(_WORDS.measure)}\s")
_LABEL = re.compile(
    rf"^({one_of([*_WORDS.measure, *_WORDS.over_measures])}\s+\d{{1,2}}[a-z]?)\b\s*[:.–-]?\s*(.*)$", re.DOTALL
)
_ANNEX = re.compile(rf"^{one_of(_WORDS.annex)}\s+(?:\d{{1,2}}|[A-Z])\b\s*[:.–-]?\s*(?:[A-ZÆØÅ«].*)?$")
_FIELD = re.compile(rf"\s+(?={one_of(_WORDS.fields)}:\s)")
_KNOWN = known().headings
# A line of capitals that begins so goes on from the one above: «HVA ER VOLD», «I NÆRE RELASJONER».
_CONNECTING = ("OG", "ELLER", "I", "OM", "FOR", "TIL", "MED", "AV", "PÅ", "VED", "MOT")
_ENOUGH = 3  # headings that are marked
_LONGEST = 120
LONGEST = (
    300  # characters of a heading over several lines; what goes on longer is set in large letters for another reason
)


class LineHeadings:
    """Knows the whole document: its contents list, its numbers, and the headings that stand in it more than once."""

    def __init__(self, contents: Contents, read: Sequence[Line]) -> None:
        self.contents = contents
        self.marks_numbers = sum(bool(line.level and NUMBERED.match(line.text)) for line in read) >= _ENOUGH
        """Numbered headings are set as headings: a line that has a number, is not, and goes on below is that of a list."""
        filled = [line.text for line in read if line.text]
        self.twins: dict[str, int] = {}
        entries = contents.entries.values()
        self.numbers = frozenset(entry.number for entry in entries if entry.number)
        self.first_number = min((entry.place for entry in entries if entry.number), default=None)
        self.above: dict[int, int] = {}
        for line, following in pairwise([*filled, ""]):
            self._learn(line, following)

    def _learn(self, line: str, following: str) -> None:
        """A heading in capitals or over an item may stand elsewhere as a plain line («HVA GJØR DU?», «Hva gjør du?»); and where the
        contents list has two headings on one page and no text between them, those on that page belong under the first."""
        bullet = BULLET.match(line)
        title = line[bullet.end() :] if bullet else line
        name = title.casefold().rstrip(" :")
        if len(title.split()) > 1 and bullet and self.titled_item(title, following):
            self.twins.setdefault(name, 0)
        elif len(title.split()) > 1 and not bullet and in_capitals(line):
            self.twins.setdefault(name, 2)
        entry, below = self.contents.entry(line), self.contents.entry(following)
        if entry and below and not entry.number and not below.number and below.place > entry.place:
            self.above[entry.page] = min(entry.place, self.above.get(entry.page, entry.place))

    def of_line(self, line: Line, first: bool, below: bool) -> list[Block]:
        """The heading that a line is, with the text that stands on the same line, or nothing."""
        if line.level:
            return [Block(line.text, "heading", line.level, line.origin)]
        if not first:
            return self._known(line.text)
        return (
            self._annex(line.text)
            or self._listed(line.text)
            or self._numbered(line.text, below)
            or self._label(line.text)
            or self._known(line.text)
            or self._capitals(line.text)
            or self._customary(line, below)
        )

    def goes_on(self, above: Block, line: Line) -> bool:
        """Whether a line is the rest of the heading above it: the contents list says so, or it is plainly torn."""
        if line.level or BULLET.match(line.text) or line.cells or len(above.text) + len(line.text) > LONGEST:
            return False
        if (entry := self.contents.entry(f"{above.text} {line.text}")) and entry != self.contents.entry(above.text):
            return True
        if above.text.isupper() and in_capitals(line.text):
            long = len(above.text.split()) > 3 and lone(above.text) and not above.text.endswith("?")
            return long or line.text.split()[0] in _CONNECTING
        return (
            above.origin in ("numbered", "annex") and starts_low(line.text) and lone(line.text) and len(line.text) < 60
        )

    def titled_item(self, text: str, following: str) -> Block | None:
        """An item that is the heading of the lines below it: «✓ Anonyme drøftinger», with sentences under it.

        It is short, ends early (the next word would have fitted), and the next line begins with a capital.
        """
        short = len(text) <= 45 and len(text.split()) <= 6 and lone(text) and starts_high(text)
        if not short or not starts_high(following) or BULLET.match(following):
            return None
        early = len(text) + 1 + len(following.split(maxsplit=1)[0]) <= len(following)
        sentence = len(following.split()) > 3 and not in_capitals(following) and not NUMBERED.match(following)
        return Block(text, "heading", 0, "titled") if early and sentence else None

    def measure_row(self, cells: Sequence[str]) -> list[Block]:
        """A row of two cells, «Tiltak 3» and all about it with its fields: a section of its own."""
        filled = [cell for cell in cells if cell]
        if len(filled) != 2 or not (label := _LABEL.match(filled[0])) or label[2] or not _FIELD.search(filled[1]):
            return []
        return [_labelled(label[1]), Block(_FIELD.sub("\n", filled[1]))]

    def _annex(self, text: str) -> list[Block]:
        fits = _ANNEX.match(text) and len(text) <= 160 and (lone(text) or text.endswith("!"))
        return [Block(text, "heading", 1, "annex")] if fits else []

    def _listed(self, text: str) -> list[Block]:
        """A heading that the contents list names; one without a number in a list of numbers stands below the numbered ones."""
        entry = self.contents.entry(text)
        if not entry or len(text) > 160:
            return []
        if entry.number:
            return [Block(text, "heading", level_of_number(entry.number), "listed")]
        numbered = self.first_number is not None and self.first_number < entry.place
        inner = entry.place > self.above.get(entry.page, entry.place)
        return [Block(text, "heading", 2 if numbered or inner else 1, "listed")]

    def _numbered(self, text: str, below: bool) -> list[Block]:
        match = NUMBERED.match(text) if not (self.marks_numbers and below) else None
        if not match or not lone(text) or len(text) > _LONGEST or len(text.split()) > 18:
            return []
        number, title = match[1].replace(" ", ""), match[2]
        if "." in number:
            plausible = title[0].isupper() or not starts_low(title) or " " not in match[1]
        else:
            plausible = not below and title[0].isupper() and self._is_chapter(number, title)
        return [Block(text, "heading", level_of_number(number), "numbered")] if plausible else []

    def _is_chapter(self, number: str, title: str) -> bool:
        """A whole number begins a chapter where the contents list has it, or where there is none and the words look like a heading.
        Whether it was a list after all is seen from the blocks around it."""
        return number in self.numbers if self.numbers else len(title.split()) <= 12 and not re.search(r"[.:;]\s", title)

    def _label(self, text: str) -> list[Block]:
        match = _LABEL.match(text)
        if not match or starts_low(match[2]):
            return []
        heading = _labelled(match[1])
        if heading.origin == "label" and lone(text) and len(text) <= _LONGEST:
            return [replace(heading, text=text)]
        return [heading, Block(match[2])] if match[2] else [heading]

    def _capitals(self, text: str) -> list[Block]:
        return [Block(text, "heading", 0, "capitals")] if in_capitals(text) else []

    def _customary(self, line: Line, below: bool) -> list[Block]:
        """«Forord» over its text without a blank line; a line in bold that stands alone."""
        if line.text.casefold() in _WORDS.customary and below:
            return [Block(line.text, "heading", 1, "plain")]
        return [Block(line.text, "heading", 0, "plain")] if line.bold and not below and lone(line.text) else []

    def _known(self, text: str) -> list[Block]:
        if text in _KNOWN:
            return [Block(text, "heading", _KNOWN[text], "plain")]
        level = None if in_capitals(text) else self.twins.get(text.casefold().rstrip(" :"))
        return [Block(text, "heading", level, "titled" if level else "plain")] if level is not None else []


def _labelled(text: str) -> Block:
    return Block(text, "heading", 0, "measure" if _MEASURE.match(text) else "label")


def level_of_number(number: str) -> int:
    """Chapters («3») and their sections («3.3») stand side by side at the top: the number tells that one is in the other. «3.3.1» is 2."""
    return min(max(len(number.strip(".").split(".")) - 1, 1), 4)


def in_capitals(text: str) -> bool:
    """Whether a line is written in capitals: «SE SPØR AVKLAR», «MELDEPLIKT:»."""
    if len(text) > 90:
        return False
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 5 and text.upper() == text and len(letters) > len(text) / 2 and "|" not in text
