"""The text of a file -> lines, with what only the layout tells: indents, pages, cells, and headings that the file marks."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.ingest.blocks import Origin
from assistant.ingest.characters import cleaned, decoded_twice, without_emphasis
from assistant.ingest.limits import MOST_CHARACTERS, MOST_LINES, refused, too_large

FOUND_HEADING = "\u2063"  # begins a line that was found to be a heading before the lines were read
_MARKED = re.compile(r"^\s{0,3}(#{1,6})\s+(\S.*)$")
_BOLD = re.compile(r"^\*\*([^*\n]{3,90})\*\*$")
_RULE = re.compile(r"^[ \t]{40,}$|^\s*_{10,}\s*$")  # what Word's converter leaves of the line above footnotes
_PIPED = re.compile(r"^\s*\|(.+)\|\s*$")
_PAGE_NUMBER = re.compile(
    r"^(?:[-–|\s]*(?:side|page|s\.)?\s*\d{1,3}\s*(?:(?:av|of|/)\s*\d{1,3})?[-–|\s]*|.{0,90}\|\s*\d{1,3})$", re.I
)
_MOST_CELLS = 200  # in a row; no printed table has more
_EDGE = 2
_REPEATED = 3

# Windows-1252 reads any file; these are the letters and signs that a Norwegian text in it may have.
_EXPECTED = set("æøåÆØÅéèêëóòôöüäáàâñçšžÉÈÊÓÒÔÖÜÄÁÀŠŽ«»“”„‘’–—…•·°§½¼¾²³´¨€£©®×÷ ¡¿\u00ad\u00a0")


@dataclass(frozen=True)
class Line:
    """One line. `level` and `origin`: a heading already; `cells`: a row of a table; `rule`: footnotes follow."""

    text: str
    indent: int = 0
    page: int | None = None
    level: int = 0
    cells: tuple[str, ...] = ()
    rule: bool = False
    bold: bool = False
    origin: Origin = "marked"


def read_file(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, with plain line ends and without byte order mark.

    What was read in the wrong encoding once before («nÃ¦re») is mended.

    Raises UsageError where the file is none of these, or has lost letters («n\ufffdre»): wrong letters would be said, and nobody would see
    it. So too for one with more text than is read.
    """
    data = path.read_bytes()
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding != "cp1252" or {char for char in text if ord(char) > 127} <= _EXPECTED):
            return _sound(path, re.sub(r"\r\n?|\u2028|\u2029|\v|\x85", "\n", decoded_twice(text)))
    raise refused(path, "the letters cannot be read (not UTF-8)", "Open it and save it as UTF-8 text.")


def _sound(path: Path, text: str) -> str:
    if "\ufffd" in text:
        cause = f"the letters cannot be read: {text.count(chr(0xFFFD))} are lost (�)"
        raise refused(path, cause, "Fetch the original anew and save it as UTF-8 text.")
    if len(text) > MOST_CHARACTERS:
        raise too_large(path, len(text), MOST_CHARACTERS, "characters")
    if (lines := text.count("\n")) > MOST_LINES:
        raise too_large(path, lines, MOST_LINES, "lines")
    return text


def lines_of(text: str) -> list[Line]:
    """The lines of text or Markdown. A form feed begins a new page; page numbers and running heads are left out."""
    pages = text.split("\f")
    if len(pages) == 1:
        return without_lone_numbers(list(_page(text, None)))
    return without_running_heads([list(_page(page, number)) for number, page in enumerate(pages, 1)])


def _page(text: str, page: int | None) -> Iterator[Line]:
    for raw in text.split("\n"):
        yield from _read(raw, page)


def _read(raw: str, page: int | None) -> Iterator[Line]:
    if "--" in raw and ("|" in raw or "\t" in raw) and not raw.strip(" \t|:-"):
        return  # the row of dashes below the heads of a Markdown table
    if _RULE.match(raw):
        yield Line("", page=page, rule=True)
    elif raw.startswith(FOUND_HEADING):
        yield Line(_heading(raw[1:]), page=page, level=2, origin="titled")
    elif row := _cells(raw):
        yield Line(" ".join(filter(None, row)), page=page, cells=row)
    elif marked := _MARKED.match(raw.rstrip()):
        yield Line(_heading(marked[2]), page=page, level=len(marked[1]))
    else:
        indent = len(raw) - len(raw.lstrip(" "))
        pieces = cleaned(raw).split("\n")
        for number, text in enumerate(pieces):
            bold = _BOLD.match(text)
            yield Line(bold[1] if bold else text, 0 if number else indent, page, bold=bool(bold))


def _heading(text: str) -> str:
    return " ".join(without_emphasis(cleaned(re.sub(r"(?<!\s)\s+#+$", "", text))).split())


def _cells(raw: str) -> tuple[str, ...]:
    """The cells of a row between tabs or pipes, empty ones too; none where fewer than two have text («1.⇥Kompetanse» is a list)."""
    piped = _PIPED.match(raw)
    parts = piped[1].split("|") if piped else raw.split("\t")
    if not 1 < len(parts) + bool(piped) <= _MOST_CELLS:
        return ()
    cells = tuple(without_emphasis(cleaned(part)) for part in parts)
    filled = [cell for cell in cells if cell]
    listed = len(filled) == 2 and re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z][.)]|[●✓•▪◦-]", filled[0])
    return cells if len(filled) >= 2 and not (listed and not piped) else ()


def without_lone_numbers(lines: Sequence[Line]) -> list[Line]:
    """Without page numbers where the file has no pages: footers («… 2021–2024 | 11»), and lone numbers that count up one by one.

    A single lone number stays: it may be the cell of a table, and a figure must not be lost.
    """
    numbers = [(i, int(line.text)) for i, line in enumerate(lines) if line.text.isdecimal() and len(line.text) <= 3]
    numbers = [(i, n) for i, n in numbers if _alone(lines, i) and not lines[i].level]
    count_up = len(numbers) >= _REPEATED and all(b - a == 1 for (_, a), (_, b) in itertools.pairwise(numbers))
    dropped = {i for i, _ in numbers} if count_up else set()
    footers = {i for i, line in enumerate(lines) if not line.cells and re.fullmatch(r".{10,90}\|\s*\d{1,3}", line.text)}
    return [line for i, line in enumerate(lines) if i not in dropped | footers]


def _alone(lines: Sequence[Line], i: int) -> bool:
    return not any(lines[k].text for k in (i - 1, i + 1) if 0 <= k < len(lines))


def without_running_heads(pages: Iterable[Sequence[Line]]) -> list[Line]:
    """The pages without page numbers and without what stands at the edge of three pages or more, its page number aside."""
    cut = [list(page) for page in pages]
    edges = Counter(key for page in cut for key in {_without_number(page[i]) for i in _edge(page)})
    kept: list[Line] = []
    for page in cut:
        furniture = {i for i in _edge(page) if _is_furniture(page[i], edges)}
        kept += [line for i, line in enumerate(page) if i not in furniture]
        if page:
            kept.append(Line("", page=page[-1].page))
    return kept


def _edge(page: Sequence[Line]) -> list[int]:
    """The places of the first and the last lines with text of a page."""
    filled = [i for i, line in enumerate(page) if line.text]
    return filled[:_EDGE] + filled[-_EDGE:]


def _without_number(line: Line) -> str:
    """The line without the number of its page, so that «Tiltak 4» at the top of page 9 is no running head but «Plan | 9» is."""
    return re.sub(rf"\b{line.page}\b", "#", line.text.casefold())


def _is_furniture(line: Line, edges: Counter[str]) -> bool:
    if _PAGE_NUMBER.match(line.text):
        return True
    return len(line.text) < 120 and edges[_without_number(line)] >= _REPEATED
