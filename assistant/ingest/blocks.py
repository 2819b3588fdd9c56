"""The common form of what the readers find: headings, text, list items, tables and footnotes in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["heading", "text", "item", "table", "note", "unread"]
Origin = Literal["marked", "numbered", "listed", "annex", "capitals", "titled", "label", "measure", "plain"]

# How a line of a list begins: «1) », «a. », a hyphen or a bullet. The private-use bullets of Word are `●` and `✓` here.
BULLET = re.compile(r"^(?:[-•▪▫◦●○■□‣·*✓✔➢➤–](?=\s)|[●✓](?=\S))\s*")
NUMBERED_ITEM = re.compile(r"^(?:\d{1,2}|[a-zæøå])[.)]\s+(?=\S)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:el\.[lI]|o\.l|m\.m|m\.v|mv|osv|etc|bl\.a|f\.eks|jf|jfr|dvs|ca|evt|inkl|nr|kl|kap|pkt|pr|s|st|tlf|red"
    r"|meld|prop|innst|ot\.prp|[A-ZÆØÅ])\.$",
    re.IGNORECASE,
)
LONGEST = 20_000  # characters of a block: a list over seven pages. More is another block, so that what joins blocks stays quick


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item, table or footnote; or a page of which nothing could be read.

    `level` is 1–4 for a heading whose level is known, else 0; `origin` says how a heading was recognised. A table has `rows` of
    cells, and `heads`, the number of head rows where the file tells it. `gap` counts the blank lines above. `record`: the fields of the
    measure that a text is about. `look`: the size of the letters of a paragraph in half points, and whether all of it is bold, where the
    file tells it.
    """

    text: str
    kind: Kind = "text"
    level: int = 0
    origin: Origin | None = None
    page: int | None = None
    gap: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    heads: int | None = None
    record: Mapping[str, object] | None = None
    look: tuple[int, bool] | None = None


def divided(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with those that are too long cut: behind a sentence, else at a space. A real paragraph is never so long."""
    return [replace(block, text=text) for block in blocks for text in _pieces(block.text)]


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > LONGEST:
        end = start + LONGEST
        ends = [text.rfind(sign, start + 1, end) for sign in ("\n", ". ", " ")]
        place = next((place + len(sign) for place, sign in zip(ends, ("\n", ". ", " "), strict=True) if place > 0), end)
        yield text[start:place].strip()
        start = place
    yield text[start:] if start else text


def fits(block: Block, text: str) -> bool:
    """Whether a text can be put to a block and leave it no longer than a block may be; what has a record stands alone."""
    return block.record is None and len(block.text) + len(text) < LONGEST


def abbreviated(text: str) -> bool:
    """Whether a text ends in an abbreviation, so that its full stop ends no sentence: «jf.», «kurs i sinnemestring o.l.»."""
    return bool(_ABBREVIATED.search(text[-12:]))  # the longest, «ot.prp.», with the sign before it and some to spare


def lone(text: str) -> bool:
    """Whether a text is one line that does not end like a sentence: «Barn og unge», «kurs i sinnemestring o.l.»."""
    return "\n" not in text and (not text.endswith((".", ",", ";", ":", "!")) or abbreviated(text))


def starts_low(text: str) -> bool:
    """Whether a text goes on from an earlier one: it begins in lower case or with a bracket."""
    return bool(text) and (text.lstrip("«\"“'")[:1].islower() or text[0] in "()")


def starts_high(text: str) -> bool:
    """Whether a text may be the beginning of something: a capital letter, perhaps in quotes."""
    return bool(text) and text.lstrip("«\"“'(")[:1].isupper()
