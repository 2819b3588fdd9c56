"""The ruled tables of a PDF: rows of whole cells, where letters alone would tear each cell apart line by line."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.ingest.characters import cleaned

_RULES = re.compile(rb"\s(?:re|l)\s")
_FEWEST_RULES = 4
"""Straight lines or boxes that a page must draw to hold a table; to look for one takes a tenth of a second."""
_MOST_PAGES = 80  # pages that are looked at: ten seconds' work
_FEWEST_COLUMNS = 2  # one is a box of text
_OUTSIDE = 2.0  # points by which letters may stand outside their cell


@dataclass(frozen=True)
class Ruled:
    """A table with its place on the page, in points from the bottom edge."""

    low: float
    high: float
    rows: tuple[tuple[str, ...], ...]

    def holds(self, y: float) -> bool:
        """Whether a line of letters at this height stands in it."""
        return self.low - _OUTSIDE <= y <= self.high + _OUTSIDE


def is_ruled(page: Any) -> bool:
    """Whether a page of pypdf draws enough lines for a table."""
    contents = page.get_contents()
    return contents is not None and len(_RULES.findall(contents.get_data())) >= _FEWEST_RULES


def ruled_tables(path: Path, pages: Sequence[int]) -> Mapping[int, list[Ruled]]:
    """The tables of these pages (from 1), from above; none where pdfplumber is not installed or fails on the file."""
    try:
        import pdfplumber
    except ImportError:
        return {}
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of fonts and colours that no text depends on
    found: dict[int, list[Ruled]] = {}
    with suppress(Exception), pdfplumber.open(path, pages=list(pages[:_MOST_PAGES])) as document:
        for page in document.pages:
            found[page.page_number] = list(_of_page(page))
            page.close()
    return found


def _of_page(page: Any) -> Iterator[Ruled]:
    for table in sorted(page.find_tables(), key=lambda each: each.bbox[1]):
        rows = tuple(row for row in _rows(table) if any(row))
        if rows and len(rows[0]) >= _FEWEST_COLUMNS:
            _, top, _, bottom = table.bbox
            yield Ruled(float(page.height) - bottom, float(page.height) - top, rows)


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    """The texts of each row; a cell over several rows is read in each, one over several columns once."""
    texts = table.extract()
    told = {
        cell: _text(text)
        for row, line in zip(table.rows, texts, strict=True)
        for cell, text in zip(row.cells, line, strict=True)
        if cell
    }
    for row, line in zip(table.rows, texts, strict=True):
        yield tuple(
            told[cell] if cell else _from_above(table, row, column, told)
            for column, cell in enumerate(row.cells[: len(line)])
        )


def _from_above(table: Any, row: Any, column: int, told: Mapping[Any, str]) -> str:
    """The text of a cell that began in a row above and reaches over this one, in the same column."""
    for above in reversed([each for each in table.rows if each.bbox[1] < row.bbox[1] - 1]):
        cell = above.cells[column] if column < len(above.cells) else None
        if cell:
            return told[cell] if cell[3] > row.bbox[1] + 1 else ""
    return ""


def _text(text: str | None) -> str:
    return " ".join(cleaned((text or "").replace("\n", " ")).split())
