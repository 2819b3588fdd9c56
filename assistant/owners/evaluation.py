"""Question sets -> metrics by group, and the gate that compares them with a recorded baseline.

A question set is JSONL: `id`, `question`, `language`, `style`, `municipality`, `history`, `answerable`, `half` (dev or held_out),
`gold` (list of `document` and `section`: the heading that a right citation has in its path) and `facts` (each a list of wordings, one
of which must be shown). Measures: `cited@k` is success at k (TREC's S@k) of a gold citation; `facts` the share of questions whose facts
are all shown in text, helplines or the first three quotes; `right` both; `refused` the share of unanswerable questions declined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.content.json_lines import json_objects
from assistant.errors import UsageError
from assistant.models import Answer
from assistant.owners.baseline import Baseline, Count, read_baseline

if TYPE_CHECKING:
    from assistant.assistant import Assistant

MEASURES = ("answered", "cited@1", "cited@3", "facts", "right", "refused")
GROUPS = ("half", "language", "style")


@dataclass(frozen=True)
class Row:
    """One question's results: each measure that applies to it, 0 or 1."""

    question: Mapping[str, Any]
    values: Mapping[str, float]


@dataclass(frozen=True)
class Report:
    """Counts by group, and where they are worse than the baseline (None: nothing to compare with)."""

    rows: Sequence[Row]
    baseline: Baseline | None

    @property
    def groups(self) -> dict[str, dict[str, Count]]:
        """Group -> measure -> how many right, of how many; group `all` is the whole set."""
        groups: dict[str, list[Row]] = {"all": list(self.rows)}
        for row in self.rows:
            for field in GROUPS:
                groups.setdefault(f"{field}={row.question.get(field, '-')}", []).append(row)
        return {name: _counts(rows) for name, rows in sorted(groups.items())}

    @property
    def worse(self) -> list[str]:
        """The groups and measures below the baseline, in words; a group that vanished counts too."""
        return self.baseline.worse(self.groups) if self.baseline else []

    def table(self) -> str:
        """The share of right ones as lines, and what is worse."""
        lines = [f"{'group':<24}{'n':>5}" + "".join(f"{measure:>10}" for measure in MEASURES)]
        for name, counts in self.groups.items():
            shares = {measure: right / of for measure, (right, of) in counts.items()}
            cells = "".join(f"{shares[m]:>10.3f}" if m in shares else f"{'-':>10}" for m in MEASURES)
            asked = counts.get("answered", (0, 0))[1] + counts.get("refused", (0, 0))[1]
            lines.append(f"{name:<24}{asked:>5}{cells}")
        return "\n".join([*lines, *[f"worse: {line}" for line in self.worse]])


def evaluate(questions: Path, assistant: Assistant, baseline: Path | None = None) -> Report:
    """Ask every question of the set. Raises UsageError for a set that is empty or unreadable, or a baseline that is none."""
    recorded = read_baseline(baseline) if baseline else None
    items = read_questions(questions)
    rows = [
        score(item, assistant.ask(item["question"], item.get("municipality"), item.get("history") or ()))
        for item in items
    ]
    return Report(rows, recorded)


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The lines of a question set. An empty set is an error: an empty check must not pass."""
    items = [item for _, item in json_objects(path, ("id", "question", "answerable"))]
    if not items:
        raise UsageError(f"{path}: no questions. Write at least one line.")
    return items


def score(item: Mapping[str, Any], answer: Answer) -> Row:
    """The measures of one answer."""
    if not item["answerable"]:
        return Row(item, {"refused": float(not answer.answered)})
    hit = {k: any(_is_gold(gold, answer, k) for gold in item.get("gold", ())) for k in (1, 3)}
    facts = facts_shown(item.get("facts", ()), answer)
    values = {
        "answered": answer.answered,
        "cited@1": hit[1],
        "cited@3": hit[3],
        "facts": facts,
        "right": hit[3] and facts,
    }
    return Row(item, {name: float(value) for name, value in values.items()})


def _is_gold(gold: Mapping[str, Any], answer: Answer, k: int) -> bool:
    if gold["document"] == "helpline":
        return any(gold["section"] in (line.id, line.name) for line in answer.helplines)
    return any(is_place(gold, citation.document, citation.section_path) for citation in answer.citations[:k])


def is_place(gold: Mapping[str, Any], document: str, path: Sequence[str]) -> bool:
    """Whether a passage of this document and section path is what a question's gold names.

    The document by id; a law also by the name that the path gives it («folkeregisterloven § 10-4»).
    """
    wanted = {_heading(section) for section in (gold["section"], *gold.get("also", ()))}
    same = document == gold["document"].lower() or any(heading.startswith(f"{gold['document']} ") for heading in path)
    return same and any(_heading(heading) in wanted for heading in path)


def _heading(text: str) -> str:
    """A heading without its number, or a law's name before the paragraph: `3.3 Hjelp til utøvere` is `hjelp til utøvere`."""
    plain = _plain(text)
    return plain[plain.index("§") :] if "§" in plain else re.sub(r"^[\d. ]+(?=\D)", "", plain)


def facts_shown(facts: Iterable[Sequence[str]], answer: Answer) -> bool:
    """Whether, for each fact, one of its wordings is in what the person is shown."""
    parts = [answer.text, *[citation.quote for citation in answer.citations[:3]]]
    parts += [
        f"{line.name} {line.phone or ''} {line.hours or ''} {line.url or ''} {line.email or ''}"
        for line in answer.helplines
    ]
    shown = _plain(" ".join(parts))
    return all(any(_plain(wording) in shown for wording in fact) for fact in facts)


def _plain(text: str) -> str:
    """Lower case, single spaces, and no space inside a number: `116 006` is `116006`."""
    return re.sub(r"(?<=\d) (?=\d)", "", re.sub(r"\s+", " ", text.lower())).strip()


def _counts(rows: Sequence[Row]) -> dict[str, Count]:
    counts: dict[str, Count] = {}
    for measure in MEASURES:
        values = [row.values[measure] for row in rows if measure in row.values]
        if values:
            counts[measure] = (round(sum(values)), len(values))
    return counts
