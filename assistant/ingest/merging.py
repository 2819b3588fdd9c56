"""A document ingested anew, beside what its editor has changed since: both kept where they can be, and said where they cannot.

What ingest wrote last is kept beside (`.ingest/<id>.base`); what differs from it in the document is the editor's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from merge3 import Merge3

from assistant.content import files
from assistant.errors import Fault
from assistant.ingest.limits import refused

BASES = ".ingest"


@dataclass(frozen=True)
class Merged:
    """The text to write, what to keep as its base, and the places where both sides have changed the same lines."""

    text: str
    base: str
    conflicts: tuple[Fault, ...] = ()


def base_of(target: Path) -> Path:
    """Where the text that ingest wrote to a target last is kept."""
    return target.parent / BASES / f"{target.stem}.base"


def merged(target: Path, new: str) -> Merged:
    """The new text with the editor's changes in it. In a conflict the editor's lines stand, and the fault says what the file has now.

    Raises UsageError where the document was changed, or may have been, and what ingest once wrote is not there to tell.
    """
    if not target.exists() or target.is_symlink():  # a link is replaced; what it leads to is not ours
        return Merged(new, new)
    mine = files.read_text(target)
    if mine == new:
        return Merged(new, new)
    if not base_of(target).is_file():
        cure = "Move it away, or choose another --id; then nothing that someone has mended in it is lost."
        raise refused(target, "is there, and what ingest wrote then is not kept beside it", cure)
    base = files.read_text(base_of(target))
    sides = _Sides(*(text.splitlines(keepends=True) for text in (base, mine, new)))
    regions = list(Merge3(sides.base, sides.mine, sides.new).merge_regions())
    text = "".join(line for region in regions for line in sides.lines(region))
    return Merged(text, new, tuple(_conflicts(target, regions, sides)))


@dataclass(frozen=True)
class _Sides:
    """The lines that ingest wrote once, those that stand there now, and those that the file gives now."""

    base: list[str]
    mine: list[str]
    new: list[str]

    def lines(self, region: tuple[Any, ...]) -> list[str]:
        """The lines of a region: what one side changed, else the editor's."""
        what, *places = region
        if what == "conflict":
            return self.mine[slice(*places[2:4])]
        side = {"unchanged": self.base, "same": self.mine, "a": self.mine, "b": self.new}[what]
        return side[slice(*places)]


def _conflicts(target: Path, regions: list[tuple[Any, ...]], sides: _Sides) -> Iterator[Fault]:
    line = 1
    for region in regions:
        what, *places = region
        if what == "conflict":
            there = "".join(sides.new[slice(*places[4:6])]).strip() or "ingenting"
            problem = "både du og den nye filen har endret dette; din tekst står"
            yield Fault(f"{target}:{line}", problem, f"Den nye filen har: «{there[:300]}»", "conflict", "notice")
        line += len(sides.lines(region))
