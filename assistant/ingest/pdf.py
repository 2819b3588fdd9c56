"""PDF -> blocks. A PDF names no headings; they are seen from the size and weight of the letters, and else as in text."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.ingest.blocks import Block, lone, starts_high
from assistant.ingest.characters import cleaned
from assistant.ingest.headings import LONGEST
from assistant.ingest.limits import MOST_CHARACTERS, MOST_PAGES, missing, refused, too_large
from assistant.ingest.lines import Line, without_running_heads
from assistant.ingest.pdf_tables import Ruled, is_ruled, ruled_tables
from assistant.ingest.plain import blocks_of

_LARGER = 1.12
_NEW_PARAGRAPH = 1.45
_HEADING_WORDS = 20
_CELLS = 6
_REPEATED = 3  # pages
_SAME_HEIGHT = 3.0  # points


@dataclass(frozen=True)
class _Piece:
    """Some letters as they are printed: where they begin, from the left and from above, how large, and whether bold."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True)
class _Printed:
    """A line as it is printed: as large as its smallest letters, and bold only when all of it is."""

    pieces: tuple[_Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def size(self) -> float:
        return round(min(piece.size for piece in self.pieces if piece.text.strip()), 1)

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces if piece.text.strip())


def read_pdf(path: Path) -> list[Block]:
    """The text of a PDF page by page.

    Raises UsageError for a file that is broken, locked with a password, too long, scanned (where most pages have no text, what little
    can be read would pass for the whole), or whose letters cannot be told.
    """
    read, ruled = _pages(path)
    pages = _without_furniture([_lines(texts) for texts in read])
    if sum(bool(page) for page in pages) * 2 < len(pages) or not any(pages):
        cause = f"{sum(not page for page in pages)} of {len(pages)} pages have no text that can be read"
        raise refused(path, cause, "A scanned file must go through text recognition first.")
    if _garbled("".join(line.text for page in pages for line in page)):
        cause = "the letters cannot be read; the file hides which they are"
        raise refused(path, cause, "Ask for another copy, or use text recognition.")
    sizes = _sizes(pages)
    tables = ruled_tables(path, ruled)
    lines = [_page(page, number, sizes, tables.get(number, ())) for number, page in enumerate(pages, 1)]
    unread = [Block("", "unread", page=number) for number, page in enumerate(pages, 1) if not page]
    return [*blocks_of(without_running_heads(lines)), *unread]


def _without_furniture(pages: Sequence[Sequence[_Printed]]) -> list[list[_Printed]]:
    """Without what stands at the same height on three pages or more, its numbers aside: running heads, and feet of several lines."""
    places = Counter(place for page in pages for place in {_place(line) for line in page})
    return [[line for line in page if places[_place(line)] < _REPEATED] for page in pages]


def _place(line: _Printed) -> tuple[str, int]:
    """The words of a line without its figures, and its height to three points."""
    return re.sub(r"\d+", "#", line.text.strip().casefold()), round(line.y / _SAME_HEIGHT)


def _garbled(text: str) -> bool:
    """Whether a font without a table of its letters has left signs that are none: more than one in twenty."""
    odd = sum(unicodedata.category(char) in ("Co", "Cn", "Cc") or char == "\ufffd" for char in text)
    return odd * 20 > len(text)


def _pages(path: Path) -> tuple[list[list[_Piece]], list[int]]:
    """The pieces of each page, and the pages that may hold ruled tables."""
    try:
        from pypdf import PasswordType, PdfReader
    except ImportError:
        raise missing(path, "PDF", "pypdf") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of faults that it has mended itself
    with path.open("rb") as file:
        try:
            reader = PdfReader(file)
            if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
                raise refused(path, "is locked with a password", "Save a copy without one.")
            read = list(_bounded(path, reader.pages))
            return read, [number for number, page in enumerate(reader.pages, 1) if is_ruled(page)]
        except UsageError:
            raise
        except Exception as error:  # a broken file makes pypdf raise nearly anything
            cause = f"cannot be read as PDF ({type(error).__name__})"
            raise refused(path, cause, "Open it and save or print it as PDF anew.") from None


def _bounded(path: Path, pages: Sequence[Any]) -> Iterator[list[_Piece]]:
    """The pages' pieces; reading stops as soon as there is too much: one page that a file shows a thousand times costs nothing to make."""
    if len(pages) > MOST_PAGES:
        raise too_large(path, len(pages), MOST_PAGES, "pages")
    size = 0
    for page in pages:
        pieces = _printed(page)
        size += sum(len(piece.text) for piece in pieces)
        if size > MOST_CHARACTERS:
            raise too_large(path, size, MOST_CHARACTERS, "characters")
        yield pieces


def _printed(page: Any) -> list[_Piece]:
    """The pieces of text of a page in the order of reading, each with its place and font."""
    pieces: list[_Piece] = []

    def visit(
        text: str, user: Sequence[float], matrix: Sequence[float], font: dict[str, Any] | None, size: float
    ) -> None:
        scale = abs(matrix[3] or matrix[1]) * abs(user[3] or user[1]) or 1.0
        bold = bool(re.search(r"bold|black|heavy", str((font or {}).get("/BaseFont", "")), re.IGNORECASE))
        x, y = matrix[4] * user[0] + user[4], matrix[5] * user[3] + user[5]
        pieces.append(_Piece(text, x, y, size * scale, bold))

    page.extract_text(visitor_text=visit)
    return pieces


def _lines(pieces: Sequence[_Piece]) -> list[_Printed]:
    """The lines that the pieces make, without blank ones."""
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        lines[-1].append(replace(piece, text=first))
        lines += [[replace(piece, text=part)] for part in rest]
    return [_Printed(tuple(_filled(line))) for line in lines if any(piece.text.strip() for piece in line)]


def _filled(line: Sequence[_Piece]) -> list[_Piece]:
    """The pieces from the first with a letter on; the ones before it have no place of their own."""
    start = next(i for i, piece in enumerate(line) if piece.text.strip())
    return [piece for piece in line[start:] if piece.text]


def _sizes(pages: Sequence[Sequence[_Printed]]) -> list[float]:
    """The size of the body text, then the sizes of headings, largest first: at most four."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            letters[line.size] += len(line.text)
    body = letters.most_common(1)[0][0]
    larger = sorted((size for size in letters if size >= body * _LARGER), reverse=True)
    return [body, *larger[:4]]


def _page(lines: Sequence[_Printed], number: int, sizes: Sequence[float], tables: Sequence[Ruled] = ()) -> list[Line]:
    """A page's lines, with each ruled table as rows of cells in the place where its first letters stand."""
    found: list[Line] = []
    free: list[_Printed] = []
    left = list(tables)
    for line in lines:
        table = next((each for each in tables if each.holds(line.y)), None)
        if table is None:
            free.append(line)
        elif table in left:
            left.remove(table)
            found += [*_free(free, number, sizes), *_ruled(table, number)]
            free = []
    return [*found, *_free(free, number, sizes)]


def _ruled(table: Ruled, number: int) -> Iterator[Line]:
    yield Line("", page=number)
    yield from (Line(" ".join(filter(None, row)), page=number, cells=row) for row in table.rows)
    yield Line("", page=number)


def _free(lines: Sequence[_Printed], number: int, sizes: Sequence[float]) -> list[Line]:
    """Lines outside tables; a blank one where the distance to the line above is larger than usual."""
    gaps = Counter(round(a.y - b.y) for a, b in pairwise(lines) if a.y - b.y > 1)
    usual = gaps.most_common(1)[0][0] if gaps else 0.0
    rows = [_row(lines, place) for place in range(len(lines))]
    found: list[Line] = []
    for place, line in enumerate(lines):
        distance = lines[place - 1].y - line.y if place else 0.0
        if usual and (distance > max(usual, line.size) * _NEW_PARAGRAPH or distance < -1):
            found.append(Line("", page=number))
        if rows[place]:
            found.append(Line(f"- {rows[place]}", page=number))
            continue
        texts = cleaned(line.text).split("\n")
        above = found[-1] if found else None
        same = line.size == lines[place - 1].size and line.size in sizes[1:]
        if above and above.level and same and len(above.text) < LONGEST:
            found[-1] = replace(above, text=f"{above.text} {' '.join(texts)}")
            continue
        head = place + 1 < len(lines) and bool(rows[place + 1])
        level = _level(line, texts[0], sizes) if len(texts) == 1 and not (head and line.size == sizes[0]) else 0
        found += [Line(text, page=number, level=level) for text in texts]
    return found


def _row(lines: Sequence[_Printed], place: int) -> str:
    """The cells of a row of a table, or nothing: pieces far apart, which begin right below or above each other.

    They are not given the names of their columns: an empty cell leaves no trace in a PDF, and the next one would get its name.
    """
    line = lines[place]
    near = [
        other for other in lines[max(place - 2, 0) : place + 3] if other is not line and len(other.pieces) <= _CELLS
    ]
    columns = [piece.x for other in near for piece in other.pieces[1:] if piece.text.strip()]
    if len(line.pieces) > _CELLS:
        return ""
    cells = [line.pieces[0].text]
    for before, piece in pairwise(line.pieces):
        apart = piece.x - before.x - len(before.text.strip()) * before.size * 0.45 > before.size * 0.8
        if apart and piece.text.strip() and any(abs(piece.x - x) < 0.8 for x in columns):
            cells.append("")
        cells[-1] += piece.text
    return " | ".join(cleaned(cell) for cell in cells) if len(cells) > 1 else ""


def _level(line: _Printed, text: str, sizes: Sequence[float]) -> int:
    """The level of a heading by its size; bold in the body's size is the lowest. Long lines and sentences are text, however large."""
    if len(text.split()) > _HEADING_WORDS or not any(map(str.isalpha, text)):
        return 0
    if line.size in sizes[1:]:
        return sizes.index(line.size) if lone(text) or not text.endswith((".", ";")) else 0
    fits = line.bold and starts_high(text.lstrip("0123456789. ")) and lone(text)
    return min(len(sizes), 5) if fits and line.size == sizes[0] else 0
