"""DOCX -> blocks: paragraphs with their heading styles, lists, tables, text boxes and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.ingest.blocks import Block
from assistant.ingest.characters import cleaned, raised

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"^(?:Heading|Overskrift)\s?(\d)", re.IGNORECASE)
_TITLE = re.compile(r"^(?:Title|Tittel)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:TOC|INNH|Innhold)", re.IGNORECASE)
_LIST = re.compile(r"^(?:List|Liste|Punkt)", re.IGNORECASE)


def read_docx(path: Path) -> list[Block]:
    """A Word document. Its contents list is left out, its footnotes keep their numbers.

    Raises UsageError for a file that is broken, locked with a password, or no Word document.
    """
    try:
        import docx
    except ImportError:
        raise UsageError(f"{path}: DOCX needs python-docx. Run: pip install 'narvern-assistant[ingest]'") from None
    with path.open("rb") as file:
        try:
            document = docx.Document(file)
            return [*_blocks(document), *_notes(document)]
        except Exception as error:  # a broken package makes python-docx, zipfile or lxml raise nearly anything
            cause = f"cannot be read as DOCX, or is locked with a password ({type(error).__name__})"
            raise UsageError(f"{path}: {cause}. Open it in Word and save it as .docx.") from None


def _blocks(container: Any) -> Iterator[Block]:
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            yield from _table(item)
        else:
            yield from _paragraph(item)


def _paragraph(paragraph: Any) -> Iterator[Block]:
    """A paragraph, and the text boxes that are anchored in it, after it."""
    style = (paragraph.style.name if paragraph.style is not None else None) or ""
    text = cleaned(_text(paragraph._p)).strip()
    if text and not _CONTENTS.match(style):
        if heading := _HEADING.match(style):
            yield Block(" ".join(text.split()), "heading", min(int(heading[1]), 4), "marked")
        elif _TITLE.match(style):
            yield Block(" ".join(text.split()), "heading", 1, "marked")
        elif _LIST.match(style) or paragraph._p.find(f"{_W}pPr/{_W}numPr") is not None:
            yield Block(text.replace("\n", " "), "item")
        else:
            yield Block(text, gap=1)
    for box in _boxes(paragraph._p):
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
        elif child.tag not in (f"{_W}txbxContent", f"{_W}pPr", _FALLBACK):
            parts.append(_text(child))
    return "".join(parts)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes of a paragraph; Word writes each twice, the second time for older programs."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _table(table: Any) -> Iterator[Block]:
    """A table with its rows; a merged cell is read once. One of a single cell is a box of text."""
    rows: list[tuple[str, ...]] = []
    for row in table.rows:
        seen: list[Any] = []
        cells = []
        for cell in row.cells:
            cells.append("" if cell._tc in seen else " ".join(cleaned(_text(p._p)) for p in cell.paragraphs).strip())
            seen.append(cell._tc)
        rows.append(tuple(cell.replace("\n", " ") for cell in cells))
    if max(map(len, rows), default=0) == 1:
        for row in table.rows:
            yield from _blocks(row.cells[0])
    elif rows:
        yield Block("", "table", rows=tuple(rows), heads=1 if _has_head(table) else None)


def _has_head(table: Any) -> bool:
    """Whether Word repeats the first row on each page, as it does with a head."""
    return bool(table.rows) and table.rows[0]._tr.find(f"{_W}trPr/{_W}tblHeader") is not None


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
