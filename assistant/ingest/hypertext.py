"""HTML -> blocks: the headings, paragraphs, lists and tables of the page's main content."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.ingest.blocks import Block
from assistant.ingest.characters import cleaned, raised

_LEFT_OUT = ("script", "style", "nav", "aside", "noscript", "template", "form", "button", "svg", "iframe", "head")
_BLOCKS = {
    *(
        "address",
        "article",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
    ),
    *("header", "html", "main", "ol", "p", "pre", "section", "summary", "ul", "hr"),
}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}


def read_html(path: Path) -> list[Block]:
    """The main content of a page; menus, forms, and the site's header and footer are left out. All other text is kept, however marked.

    Raises UsageError where the letters cannot be told.
    """
    try:
        from bs4 import BeautifulSoup
    except ImportError:
        raise UsageError(f"{path}: HTML needs beautifulsoup4. Run: pip install 'narvern-assistant[ingest]'") from None
    soup = BeautifulSoup(path.read_bytes(), "html.parser")
    if soup.contains_replacement_characters:
        raise UsageError(f"{path}: the letters cannot be read. Save the page anew as UTF-8.")
    for furniture in soup(_LEFT_OUT):
        furniture.decompose()
    root = soup.find("main") or soup.find("article")
    if root is None:
        root = soup.body or soup
        for furniture in root(["header", "footer"]):
            furniture.decompose()
    return list(_blocks(root))


def _blocks(element: Any) -> Iterator[Block]:
    """The blocks inside an element; running text between them is a paragraph."""
    running: list[str] = []
    for child in element.children:
        name = getattr(child, "name", None)
        if name in _HEADINGS or name in _BLOCKS or name in ("li", "table"):
            yield from _paragraph(running)
            running = []
            yield from _block(child, name)
        else:
            running.append(_inline(child))
    yield from _paragraph(running)


def _block(element: Any, name: str) -> Iterator[Block]:
    if name in _HEADINGS:
        yield from (Block(text, "heading", _HEADINGS[name], "marked") for text in [_words(_inline(element))] if text)
    elif name == "li":
        yield from _item(element)
    elif name == "table":
        yield from _table(element)
    else:
        yield from _blocks(element)


def _paragraph(running: list[str]) -> Iterator[Block]:
    text = "\n".join(filter(None, (_words(part) for part in "".join(running).split("<br>"))))
    if text:
        yield Block(text, gap=1)


def _words(text: str) -> str:
    return " ".join(cleaned(text.replace("<br>", " ")).split())


def _inline(node: Any) -> str:
    """The text of a node; a raised number is a footnote's mark. Comments are no text."""
    name = getattr(node, "name", None)
    if name is None:
        return html.escape(str(node), quote=False) if type(node).__name__ in ("NavigableString", "CData") else ""
    if name == "br":
        return "<br>"
    inner = "".join(_inline(child) for child in node.children)
    return raised(inner.strip()) if name == "sup" and inner.strip().isdecimal() else inner


def _item(element: Any) -> Iterator[Block]:
    """An item with all its paragraphs; the lists inside it follow as items of their own."""
    for block in _blocks(element):
        yield Block(block.text.replace("\n", " "), "item") if block.kind == "text" else block


def _table(element: Any) -> Iterator[Block]:
    """A table; cells over several columns are followed by empty ones. One for layout, of a single column, is plain text."""
    caption = element.find("caption")
    if caption is not None and (text := _words(_inline(caption))):
        yield Block(f"{text}:" if not text.endswith((".", ":")) else text, gap=1)
    rows: list[tuple[str, ...]] = []
    heads = 0
    for row in element.find_all("tr"):
        cells = row.find_all(["td", "th"], recursive=False)
        filled: list[str] = []
        for cell in cells:
            filled += [_words(_cell(cell)), *[""] * (_span(cell) - 1)]
        if cells and heads == len(rows) and all(cell.name == "th" for cell in cells):
            heads += 1
        rows.append(tuple(filled))
    if max(map(len, rows), default=0) <= 1:
        for row in element.find_all(["td", "th"]):
            yield from _blocks(row)
    else:
        yield Block("", "table", rows=tuple(rows), heads=heads or None)


def _cell(cell: Any) -> str:
    return " ".join(_inline(child) for child in cell.children)


def _span(cell: Any) -> int:
    span = str(cell.get("colspan", "1"))
    return min(int(span), 20) if span.isdecimal() and int(span) > 0 else 1
