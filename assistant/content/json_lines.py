"""Files with one JSON value a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UsageError


def json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """Each value with its place (`file:line`); empty lines are passed by. Raises UsageError for a line, or a file, that is not so."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}. Give a JSONL file in UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{path}:{number}"
            yield where, _value(line, where)


def json_objects(path: Path, needed: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same where each value is an object with these fields. Raises UsageError that names the missing ones."""
    for where, value in json_lines(path):
        missing = [name for name in needed if not isinstance(value, dict) or name not in value]
        if missing or not isinstance(value, dict):
            raise UsageError(f"{where}: {', '.join(missing)} missing. Each line is one object.")
        yield where, value


def _value(line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise UsageError(f"{where}: not JSON ({error}). Each line is one object.") from None
