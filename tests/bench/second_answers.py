"""Messages with two questions: how often the second one is answered too, and how often something is added that nobody asked.

    python tests/bench/second_answers.py TWO.jsonl ONE.jsonl

TWO: {"text", "entries": [first, second]} by writers whom nothing was fitted to. ONE: {"text", "entry"}; those of several sentences count.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.assistant import Assessed
from assistant.models import Decision


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("two", type=Path)
    parser.add_argument("one", type=Path)
    given = parser.parse_args()
    assistant = Assistant.load()
    two = [(row["entries"], _decided(assistant, row["text"])) for row in _rows(given.two)]
    one = [([row["entry"]], _decided(assistant, row["text"])) for row in _rows(given.one)]
    print(f"{'':<26}{'messages':>10}{'first right':>13}{'second right':>14}{'second wrong':>14}")
    for name, rows in (("two questions", two), ("one, several sentences", [row for row in one if row[1][1]])):
        firsts = sum(bool(d.entry) and d.entry.entry.id in gold for gold, (d, _) in rows if d.entry) / len(rows)
        right = sum(bool(d.second) and d.second.entry.id in gold for gold, (d, _) in rows if d.second) / len(rows)
        wrong = sum(d.second.entry.id not in gold for gold, (d, _) in rows if d.second) / len(rows)
        print(f"{name:<26}{len(rows):>10}{firsts:>13.3f}{right:>14.3f}{wrong:>14.3f}")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _decided(assistant: Assistant, text: str) -> tuple[Decision, bool]:
    """What was decided, and whether the message has several sentences."""
    understanding = assistant.understanding
    assessed = Assessed.of(text)
    question = understanding.interpreter.question(assessed.said, language=assessed.language)
    return understanding.of(question)[1], bool(question.parts)


if __name__ == "__main__":
    main()
