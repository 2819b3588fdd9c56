"""DOCX -> blocks: paragraphs with their heading styles, lists, tables, text boxes and footnotes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.ingest.blocks import Block
from assistant.ingest.characters import cleaned, raised
from assistant.ingest.contents import without_contents
from assistant.ingest.levels import headings_by_look
from assistant.ingest.limits import LARGEST_UNPACKED, LARGEST_XML, missing, refused, too_large

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = (f"{_W}txbxContent", f"{_W}pPr", f"{_W}del", f"{_W}moveFrom", _FALLBACK)  # deleted, or moved elsewhere
_AROUND = tuple(f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins"))
_HEADING = re.compile(r"^(?:Heading|Overskrift)\s?(\d)", re.IGNORECASE)
_TITLE = re.compile(r"^(?:Title|Tittel)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:TOC|INNH|Innhold)", re.IGNORECASE)
_LIST = re.compile(r"^(?:List|Liste|Punkt)", re.IGNORECASE)


def read_docx(path: Path) -> list[Block]:
    """A Word document. Its contents list is left out, its footnotes keep their numbers.

    Raises UsageError for a file that is broken, locked with a password, no Word document, or too large when it is unpacked.
    """
    try:
        import docx
    except ImportError:
        raise missing(path, "DOCX", "python-docx") from None
    with path.open("rb") as file:
        try:
            _check_unpacked(path, zipfile.ZipFile(file).infolist())
            document = docx.Document(file)
            found = list(_blocks(document.element.body, _styles(document)))
            return [*headings_by_look(without_contents(found)), *_notes(document)]
        except UsageError:
            raise
        except Exception as error:  # a broken package makes python-docx, zipfile or lxml raise nearly anything
            cause = f"cannot be read as DOCX, or is locked with a password ({type(error).__name__})"
            raise refused(path, cause, "Open it in Word and save it as .docx.") from None


def _check_unpacked(path: Path, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Before a part is read: a few kilobytes can hold gigabytes of one letter. No part gives more than the size it declares."""
    whole = sum(part.file_size for part in parts)
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if whole > LARGEST_UNPACKED:
        raise too_large(path, whole, LARGEST_UNPACKED, "bytes when it is unpacked")
    if xml > LARGEST_XML:
        raise too_large(path, xml, LARGEST_XML, "bytes of text and mark-up when it is unpacked")


@dataclass(frozen=True)
class _Style:
    """A paragraph style: its name, and how its letters look (half points; 0: as the file's others)."""

    name: str = ""
    size: int = 0
    bold: bool = False


def _styles(document: Any) -> Mapping[str | None, _Style]:
    """The paragraph styles by their ids; `None` is the style of a paragraph that names none. python-docx looks through all styles for
    each paragraph."""
    named = {style.style_id: _style(style) for style in document.styles if style.type == 1}
    default = document.styles.default(1)
    return {**named, None: _style(default) if default is not None else _Style()}


def _style(style: Any) -> _Style:
    """A style with what it has from those that it is based on; a file in which they go in a ring is cut at ten."""
    chain = [style]
    while chain[-1].base_style is not None and len(chain) < 10:
        chain.append(chain[-1].base_style)
    size = next((each.font.size for each in chain if each.font.size), None)
    bold = next((each.font.bold for each in chain if each.font.bold is not None), False)
    return _Style(style.name or "", round(size.pt * 2) if size else 0, bool(bold))


def _look(paragraph: Any, style: _Style) -> tuple[int, bool]:
    """The size of the smallest letters of a paragraph, and whether all of it is bold."""
    looks = [_look_of(run, style) for run in paragraph.iter(f"{_W}r") if "".join(run.itertext()).strip()]
    return (min(size for size, _ in looks), all(bold for _, bold in looks)) if looks else (style.size, style.bold)


def _look_of(run: Any, style: _Style) -> tuple[int, bool]:
    size, bold = (run.find(f"{_W}rPr/{_W}{name}") for name in ("sz", "b"))
    told = size.get(f"{_W}val", "") if size is not None else ""
    return (
        int(told) if told.isdecimal() and len(told) < 5 else style.size,
        bold.get(f"{_W}val", "1") not in ("0", "false") if bold is not None else style.bold,
    )


def _blocks(container: Any, styles: Mapping[str | None, _Style]) -> Iterator[Block]:
    for element in _own(container, "p", "tbl"):
        yield from _paragraph(element, styles) if element.tag == f"{_W}p" else _table(element, styles)


def _own(element: Any, *names: str) -> Iterator[Any]:
    """The elements of these names below an element, in order; a field to fill in (`w:sdt`) may stand around any of them."""
    for child in element:
        if child.tag in [f"{_W}{name}" for name in names]:
            yield child
        elif child.tag in _AROUND:
            yield from _own(child, *names)


def _paragraph(paragraph: Any, styles: Mapping[str | None, _Style]) -> Iterator[Block]:
    """A paragraph, and the text boxes that are anchored in it, after it."""
    style = styles.get(paragraph.style, styles[None])
    text = cleaned(_text(paragraph)).strip()
    if text and not _CONTENTS.match(style.name):
        if heading := _HEADING.match(style.name):
            yield Block(" ".join(text.split()), "heading", min(max(int(heading[1]), 1), 4), "marked")
        elif _TITLE.match(style.name):
            yield Block(" ".join(text.split()), "heading", 1, "marked")
        elif _LIST.match(style.name) or paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
            yield Block(text.replace("\n", " "), "item")
        else:
            yield Block(text, gap=1, look=_look(paragraph, style))
    for box in _boxes(paragraph):
        for inner in box.iter(f"{_W}p"):
            if boxed := cleaned(_text(inner)).strip():
                yield Block(boxed, gap=1)


def _text(element: Any) -> str:
    """What a reader of the printed page sees: no deleted text, no text boxes, a raised number for a footnote."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}noBreakHyphen"):
            parts.append(" " if child.tag.endswith("tab") else "-")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("<br>")
        elif child.tag == f"{_W}footnoteReference":
            parts.append(raised(child.get(f"{_W}id", "")))
        elif child.tag not in _UNSEEN and not _vanished(child):
            parts.append(_text(child))
    return "".join(parts)


def _vanished(run: Any) -> bool:
    """Whether a run of text is formatted as hidden."""
    mark = run.find(f"{_W}rPr/{_W}vanish") if run.tag == f"{_W}r" else None
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false")


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes of a paragraph; Word writes each twice, the second time for older programs."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _table(table: Any, styles: Mapping[str | None, _Style]) -> Iterator[Block]:
    """A table with its rows; a cell over several columns is read once, one over several rows in each. A single column is a box of text."""
    rows = list(_own(table, "tr"))
    found: list[tuple[str, ...]] = []
    above: dict[int, str] = {}
    for row in rows:
        cells = tuple(_row(row, above))
        above = dict(enumerate(cells))
        found.append(cells)
    if max(map(len, found), default=0) > 1:
        head = (
            rows[0].find(f"{_W}trPr/{_W}tblHeader") is not None
        )  # Word repeats the row on each page, as it does with a head
        yield Block("", "table", rows=tuple(found), heads=1 if head else None)
        return
    for cell in (cell for row in rows for cell in _own(row, "tc")):
        if not _goes_on(cell):
            yield from _blocks(cell, styles)


def _row(row: Any, above: Mapping[int, str]) -> Iterator[str]:
    """The texts of a row, one a column of the grid."""
    column = 0
    for cell in _own(row, "tc"):
        text = above[column] if column in above and _goes_on(cell) else _cell_text(cell).replace("\n", " ")
        span = _span(cell)
        yield from (text, *[""] * (span - 1))
        column += span


def _cell_text(cell: Any) -> str:
    """All words of a cell, those of a table in it too."""
    parts = [
        cleaned(_text(element))
        if element.tag == f"{_W}p"
        else " ".join(_cell_text(inner) for row in _own(element, "tr") for inner in _own(row, "tc"))
        for element in _own(cell, "p", "tbl")
    ]
    return " ".join(parts).strip()


def _goes_on(cell: Any) -> bool:
    """Whether a cell is the rest of the one above it."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val") != "restart"


def _span(cell: Any) -> int:
    """How many columns a cell stretches over: at most the 63 that Word allows; a number of many figures is none."""
    grid = cell.find(f"{_W}tcPr/{_W}gridSpan")
    span = grid.get(f"{_W}val", "1") if grid is not None else "1"
    return min(max(int(span), 1), 63) if span.isdecimal() and len(span) <= 3 else 1


def _notes(document: Any) -> Iterator[Block]:
    """The footnotes, which Word keeps in a part of their own."""
    from docx.oxml import parse_xml

    for part in document.part.package.iter_parts():
        if str(part.partname) != "/word/footnotes.xml":
            continue
        for note in parse_xml(part.blob).iter(f"{_W}footnote"):
            text = cleaned(" ".join(_text(p) for p in note.iter(f"{_W}p"))).strip()
            if text and note.get(f"{_W}type") is None:
                yield Block(f"{raised(note.get(f'{_W}id', ''))} {text}", "note")
