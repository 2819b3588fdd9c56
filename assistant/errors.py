"""What can go wrong, in words that say what happened, where, what was expected and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


class AssistantError(Exception):
    """Something the caller can put right; its text is one line of cause and one line of cure."""


class UsageError(AssistantError):
    """The call itself is wrong: an unknown municipality, an unreadable input file, a bad option."""


@dataclass(frozen=True)
class Fault:
    """One fault in a content file: where it stands, what is wrong and what to write instead.

    `where` is a path with a line number (`plans/gol.md:12`) or a path with a field (`helplines.yaml: vo-linjen.phone`).
    A `level` of "notice" is worth knowing but stops nothing.
    """

    where: str
    problem: str
    cure: str = ""
    rule: str = ""
    level: Literal["fault", "notice"] = "fault"

    def __str__(self) -> str:
        cure = f"\n    {self.cure}" if self.cure else ""
        return f"{self.where}: {self.problem}{cure}"


class CorpusError(AssistantError):
    """The content cannot be used; `faults` lists every place, not only the first."""

    def __init__(self, folder: Path | str, faults: list[Fault]) -> None:
        self.folder = str(folder)
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))
