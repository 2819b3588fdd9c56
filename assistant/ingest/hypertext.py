"""HTML -> blocks: the headings, paragraphs, lists and tables of the page's main content."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.ingest.blocks import Block
from assistant.ingest.characters import cleaned, raised
from assistant.ingest.contents import without_contents
from assistant.ingest.levels import headings_by_look
from assistant.ingest.limits import MOST_TAGS, missing, refused, too_large

_LEFT_OUT = ("script", "style", "nav", "aside", "noscript", "template", "form", "button", "svg", "iframe", "head")
_BLOCKS = {
    *("address", "article", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "figcaption", "footer"),
    *("header", "html", "main", "ol", "p", "pre", "section", "summary", "ul", "hr"),
    *("tr", "td", "th", "tbody", "thead", "tfoot"),  # of a table for layout, or one that was never closed
}  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_NO_CHARACTER = re.compile(
    rb"&(?=#(?:[xX][0-9a-fA-F]{7}|[0-9]{8}))"
)  # «&#1111…»: the parser cannot read thousands of figures
_MARK_NODES = 6  # a link, its number, spaces; what has more is no footnote's mark
_FOLDED, _DEEPEST_FOLD = 1, 3  # the line that unfolds a part is a heading of level 2, in another such part of level 3
_SIZE = re.compile(r"font-size:\s*(\d{1,3})(?:\.\d+)?\s*px")
_DEEPEST_BOLD = 5  # «<span><font><b>»
_WIDEST = 20  # columns that a cell may stretch over


def read_html(path: Path) -> list[Block]:
    """The main content of a page; menus, forms, and the site's header and footer are left out. All other text is kept, however marked
    and however deep: pages that never close their paragraphs are nested thousands deep.

    Raises UsageError where the letters cannot be told, or the page is too large.
    """
    try:
        from bs4 import BeautifulSoup
    except ImportError:
        raise missing(path, "HTML", "beautifulsoup4") from None
    data = path.read_bytes()
    if (tags := data.count(b"<")) > MOST_TAGS:
        raise too_large(path, tags, MOST_TAGS, "tags")
    soup = BeautifulSoup(_decoded(_NO_CHARACTER.sub(b"&amp;", data)) or "\ufffd", "html.parser")
    if any("\ufffd" in text for text in soup.strings):
        raise refused(path, "the letters cannot be read", "Save the page anew as UTF-8.")
    for furniture in [*soup(_LEFT_OUT), *soup(_unseen)]:
        furniture.decompose()
    root = soup.find("main") or soup.find("article")
    if root is None:
        root = soup.body or soup
        for furniture in root(["header", "footer"]):
            furniture.decompose()
    return headings_by_look(without_contents(list(_blocks(root))))


def _decoded(data: bytes) -> str | None:
    """The page as text: by its byte-order mark, by what it declares, as UTF-8, as Windows wrote it. None where none of them fits.

    Nothing is guessed from the letters, as Beautiful Soup does where a library for it happens to be installed.
    """
    from bs4.dammit import EncodingDetector

    rest, marked = EncodingDetector.strip_byte_order_mark(data)
    declared = EncodingDetector.find_declared_encoding(rest, is_html=True)
    for encoding in filter(None, (marked, declared, "utf-8", "windows-1252")):
        with suppress(LookupError, UnicodeDecodeError):
            return rest.decode(encoding)
    return None


def _unseen(element: Any) -> bool:
    """Whether a page says that nobody sees or hears it. What is hidden only from screen readers may be seen, but is an ornament."""
    style = str(element.get("style", "")).replace(" ", "").casefold()
    hidden = element.has_attr("hidden") or str(element.get("aria-hidden", "")).casefold() == "true"
    return hidden or "display:none" in style or "visibility:hidden" in style


def _blocks(root: Any) -> Iterator[Block]:
    """The blocks inside an element; running text between them is a paragraph.

    Each node waits with whether it stands in a list; `None` waits where an element ends, and with it the text that runs in it.
    """
    running: list[Any] = []
    waiting: list[tuple[Any, bool]] = [(None, False), *((child, False) for child in reversed(root.contents))]
    while waiting:
        node, listed = waiting.pop()
        name = getattr(node, "name", None)
        if node is not None and not _ends_text(name):
            running.append(node)
            continue
        yield from _paragraph(running, listed)
        running = []
        if name in _HEADINGS:
            yield from _heading(node, _HEADINGS[name])
        elif name == "summary":  # a page folded in parts
            yield from _heading(node, min(_FOLDED + len(node.find_parents("details", limit=_DEEPEST_FOLD)), 4))
        elif name == "caption":
            yield from _caption(node)
        elif name == "table" and (rows := _rows(node)):
            yield from _table(node, rows)
        elif node is not None:
            waiting.append((None, listed or name == "li"))
            waiting += ((child, listed or name == "li") for child in reversed(node.contents))


def _ends_text(name: str | None) -> bool:
    return name in _HEADINGS or name in _BLOCKS or name in ("li", "table", "caption")


def _heading(element: Any, level: int) -> Iterator[Block]:
    if text := _words(_inline(element)):
        yield Block(text, "heading", level, "marked")


def _paragraph(running: list[Any], listed: bool) -> Iterator[Block]:
    lines = [words for part in "".join(map(_inline, running)).split("<br>") if (words := _words(part))]
    if lines:
        yield Block(" ".join(lines), "item") if listed else Block("\n".join(lines), gap=1, look=_look(running))


def _look(nodes: list[Any]) -> tuple[int, bool]:
    """The size that the element around some text asks for (pixels; 0: none), and whether all of it is bold."""
    told = [node for node in nodes if _words(_inline(node))]
    size = _SIZE.search(str((told[0].parent or {}).get("style", "")))
    return int(size[1]) if size else 0, all(map(_is_bold, told))


def _is_bold(node: Any) -> bool:
    """Whether it is, or holds nothing but, bold text; looked for a few elements deep."""
    for _ in range(_DEEPEST_BOLD):
        name = getattr(node, "name", None)
        if name in ("b", "strong") or name is None:
            return name is not None
        inner = [child for child in node.contents if _words(_inline(child))]
        if len(inner) != 1:
            return False
        node = inner[0]
    return False


def _words(text: str) -> str:
    return " ".join(cleaned(text.replace("<br>", " ")).split())


def _inline(node: Any) -> str:
    """The text of a node; a raised number is a footnote's mark. Comments are no text."""
    parts: list[str] = []
    waiting = [node]
    while waiting:
        item = waiting.pop()
        name = getattr(item, "name", None)
        if name is None:
            parts.append(
                html.escape(str(item), quote=False) if type(item).__name__ in ("NavigableString", "CData") else ""
            )
        elif name == "br":
            parts.append("<br>")
        elif name == "sup" and (mark := _mark(item)):
            parts.append(raised(mark))
        else:
            waiting += reversed(item.contents)
    return "".join(parts)


def _mark(element: Any) -> str:
    """The number that is all there is in a raised element («<sup><a>1</a></sup>»), or nothing."""
    text = ""
    waiting = [element]
    for _ in range(_MARK_NODES):
        if waiting:
            node = waiting.pop()
            if getattr(node, "name", None) is None:
                text += str(node)
            else:
                waiting += reversed(node.contents)
    number = text.strip()
    return number if number.isdecimal() and not waiting else ""


def _caption(element: Any) -> Iterator[Block]:
    if text := _words(_inline(element)):
        yield Block(f"{text}:" if not text.endswith((".", ":")) else text, gap=1)


def _rows(table: Any) -> list[Any]:
    """The rows of a table, not those of a table in it; none where it has but one column and is there for the layout."""
    rows = list(_own(table, "tr"))
    widest = max((len(_cells(row)) for row in rows), default=0)
    return rows if widest > 1 else []


def _own(element: Any, name: str) -> Iterator[Any]:
    """The elements of a name below an element, in order, without looking into them or into tables."""
    waiting = list(reversed(element.contents))
    while waiting:
        node = waiting.pop()
        found = getattr(node, "name", None)
        if found == name:
            yield node
        elif found and found != "table":
            waiting += reversed(node.contents)


def _cells(row: Any) -> list[Any]:
    return list(row.find_all(["td", "th"], recursive=False))


def _table(element: Any, rows: list[Any]) -> Iterator[Block]:
    """A table; cells over several columns are followed by empty ones, and one over several rows is said in each."""
    for caption in _own(element, "caption"):
        yield from _caption(caption)
    found: list[tuple[str, ...]] = []
    heads = 0
    above: dict[int, tuple[str, int]] = {}
    for row in rows:
        cells = _cells(row)
        filled = _filled(cells, above)
        if cells and heads == len(found) and all(cell.name == "th" for cell in cells):
            heads += 1
        found.append(tuple(filled))
    yield Block("", "table", rows=tuple(found), heads=heads or None)


def _filled(cells: list[Any], above: dict[int, tuple[str, int]]) -> list[str]:
    """The texts of a row, one a column. `above`: for each column the text that comes down into it, and into how many rows more."""
    filled: list[str] = []

    def come_down() -> None:
        while (coming := above.get(len(filled))) and coming[1]:
            above[len(filled)] = (coming[0], coming[1] - 1)
            filled.append(coming[0])

    for cell in cells:
        come_down()
        down = _span(cell, "rowspan") - 1
        for text in (_words(" ".join(map(_inline, cell.contents))), *[""] * (_span(cell) - 1)):
            above[len(filled)] = (text, down)
            filled.append(text)
    come_down()
    return filled


def _span(cell: Any, of: str = "colspan") -> int:
    """How many columns or rows a cell stretches over; a number of many figures is none, and would not fit into the table."""
    span = str(cell.get(of, "1"))
    return min(max(int(span), 1), _WIDEST) if span.isdecimal() and len(span) <= 3 else 1
