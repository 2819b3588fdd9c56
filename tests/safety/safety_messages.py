"""The messages of sets/*.jsonl, as values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

SETS = Path(__file__).with_name("sets")


@dataclass(frozen=True)
class Message:
    """One message, whether it tells of acute danger, and which numbers may come first."""

    id: str
    text: str
    acute: bool
    category: str
    language: str
    style: str
    first: tuple[str, ...]
    held_out: bool
    history: tuple[str, ...]


def messages() -> list[Message]:
    """All messages of all sets, in the order of files and lines."""
    return [
        _message(line)
        for path in sorted(SETS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _message(line: str) -> Message:
    fields = json.loads(line)
    return Message(
        id=fields["id"],
        text=fields["text"],
        acute=fields["acute"],
        category=fields["category"],
        language=fields.get("language") or fields["lang"],
        style=fields["style"],
        first=tuple(fields.get("first") or fields.get("expected_first") or ()),
        held_out=fields["held_out"],
        history=tuple(fields.get("history") or ()),
    )
