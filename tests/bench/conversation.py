"""Messages, second turns, and messages with two questions, by writers whom nothing was fitted to: how often the right answer is said.

    python tests/bench/conversation.py

`tests/eval/second-turns.jsonl`: a message, the one after it, and the entry that the second needs; beside the second turn without the first.
`tests/eval/two-questions.jsonl`: a message that needs two entries.
`tests/eval/first-messages.jsonl`: what people write who were given no need to write about; a reader named the entries that fit each.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.assistant import Assessed
from assistant.models import Decision, Evidence

SETS = Path(__file__).parents[1] / "eval"


def main() -> None:
    assistant = Assistant.load()
    turns = [(row["entry"], row["text"], row["before"]) for row in _rows("second-turns")]
    print(f"{'':<30}{'messages':>10}{'found first':>13}{'said':>8}{'answered':>10}")
    for name, kept in (("second turns, by themselves", False), ("after the first one", True)):
        read = [(entry, *_read(assistant, text, [before] if kept else [])) for entry, text, before in turns]
        first = sum(evidence.entries[0].entry.id == entry for entry, evidence, _ in read) / len(read)
        said = sum(_said(decision.entry) == entry for entry, _, decision in read) / len(read)
        answered = sum(decision.verdict == "answer" for *_, decision in read) / len(read)
        print(f"{name:<30}{len(read):>10}{first:>13.3f}{said:>8.3f}{answered:>10.3f}")
    two = [(row["entries"], _read(assistant, row["text"])[1]) for row in _rows("two-questions")]
    told = [(gold, _said(decision.entry), _said(decision.second)) for gold, decision in two]
    print(f"\n{'':<30}{'messages':>10}{'first right':>13}{'second right':>14}{'wrong':>8}")
    first, right = (sum(each[at] in each[0] for each in told) / len(told) for at in (1, 2))
    wrong = sum(second is not None and second not in gold for gold, _, second in told) / len(told)
    print(f"{'two questions':<30}{len(told):>10}{first:>13.3f}{right:>14.3f}{wrong:>8.3f}")
    free = [(row["entries"], *_read(assistant, row["text"], row["history"])) for row in _rows("first-messages")]
    print(f"\n{'':<30}{'messages':>10}{'found first':>13}{'among three':>13}{'said':>8}")
    found, three, free_said = (
        sum(values) / len(free) for values in zip(*(_of_several(*each) for each in free), strict=True)
    )
    print(f"{'first messages':<30}{len(free):>10}{found:>13.3f}{three:>13.3f}{free_said:>8.3f}")


def _of_several(gold: Sequence[str], evidence: Evidence, decision: Decision) -> tuple[bool, bool, bool]:
    """Whether one of the entries that fit is found first, among the first three, and said."""
    names = [found.entry.id for found in evidence.entries]
    return names[0] in gold, not set(names[:3]).isdisjoint(gold), _said(decision.entry) in gold


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _read(assistant: Assistant, text: str, history: Sequence[str] = ()) -> tuple[Evidence, Decision]:
    understanding = assistant.understanding
    assessed = Assessed.of(text, history)
    found = understanding.interpreter.question(assessed.said, assessed.earlier, language=assessed.language)
    return understanding.of(found)


def _said(found: Any) -> str | None:
    return found.entry.id if found else None


if __name__ == "__main__":
    main()
