"""How much ingest reads, and how it says no: each limit lies far above every real plan, and what is above it fails in seconds."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import Fault, UsageError

LARGEST_FILE = 100_000_000  # bytes; a plan full of photographs has some 30 million
LARGEST_UNPACKED = (
    200_000_000  # bytes of all parts of a DOCX file: its pictures are packed already, its text shrinks to a tenth
)
LARGEST_XML = 40_000_000  # bytes of the XML among them, which takes ten times as much memory; 2 million letters need some 20 million
MOST_CHARACTERS = 2_000_000  # seven hundred pages of close print; the longest plan known has 120
MOST_LINES = 50_000  # a thousand pages of fifty lines
MOST_PAGES = 2_000
MOST_TAGS = 100_000  # signs `<` in a page; a long one has some 10,000, and each costs 100 microseconds

_CURE_LARGE = "Divide it, or leave out what is not the plan."


def refused(where: Path | str, cause: str, cure: str) -> UsageError:
    """The error to raise: one line of cause, one line of cure."""
    return UsageError(str(Fault(str(where), cause, cure)))


def too_large(path: Path, found: int, most: int, unit: str) -> UsageError:
    """The error to raise where a file has more of something than is read: «plan.pdf: has 2,400 pages; at most 2,000 are read»."""
    return refused(path, f"has {found:,} {unit}; at most {most:,} are read", _CURE_LARGE)


def missing(path: Path, kind: str, package: str) -> UsageError:
    """The error to raise where the library that reads a kind of file is not installed. Both cures work without any index of ours."""
    return refused(
        path, f"{kind} needs {package}", f"In a checkout: pip install -e '.[ingest]'; else: pip install {package}"
    )
