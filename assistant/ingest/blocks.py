"""The common form of what the readers find: headings, text, list items, tables and footnotes in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "text", "item", "table", "note"]
Origin = Literal["marked", "numbered", "listed", "annex", "capitals", "titled", "label", "plain"]

# How a line of a list begins: «1) », «a. », a hyphen or a bullet. The private-use bullets of Word are `●` and `✓` here.
BULLET = re.compile(r"^(?:[-•▪▫◦●○■□‣·*✓✔➢➤–](?=\s)|[●✓](?=\S))\s*")
NUMBERED_ITEM = re.compile(r"^(?:\d{1,2}|[a-zæøå])[.)]\s+(?=\S)")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:el\.[lI]|o\.l|m\.m|m\.v|mv|osv|etc|bl\.a|f\.eks|jf|jfr|dvs|ca|evt|inkl|nr|kl|kap|pkt|pr|s|st|tlf|red"
    r"|meld|prop|innst|ot\.prp|[A-ZÆØÅ])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item, table or footnote.

    `level` is 1–4 for a heading whose level is known, else 0; `origin` says how a heading was recognised. A table has `rows` of
    cells, and `heads`, the number of head rows where the file tells it. `gap` counts the blank lines above.
    """

    text: str
    kind: Kind = "text"
    level: int = 0
    origin: Origin | None = None
    page: int | None = None
    gap: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    heads: int | None = None


def lone(text: str) -> bool:
    """Whether a text is one line that does not end like a sentence: «Barn og unge», «kurs i sinnemestring o.l.»."""
    return "\n" not in text and (not text.endswith((".", ",", ";", ":", "!")) or bool(ABBREVIATED.search(text)))


def starts_low(text: str) -> bool:
    """Whether a text goes on from an earlier one: it begins in lower case or with a bracket."""
    return bool(text) and (text.lstrip("«\"“'")[:1].islower() or text[0] in "()")


def starts_high(text: str) -> bool:
    """Whether a text may be the beginning of something: a capital letter, perhaps in quotes."""
    return bool(text) and text.lstrip("«\"“'(")[:1].isupper()
