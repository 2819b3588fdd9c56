"""Recorded results of a question set, and what is worse than them: counted in questions, group by group.

A mean hides that a small group lost half of its questions, and that a large one lost ten: so the record holds how many questions were
right, and of how many. A record says when and why it was made: nobody can lower the bar without saying so.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from assistant.errors import UsageError
from assistant.models import Frozen

LOST = 1  # questions of a group that a better ranking elsewhere may cost; the next one is a loss

Count = tuple[int, int]  # how many questions were right, and of how many
Groups = Mapping[str, Mapping[str, Count]]  # group -> measure -> count


class Baseline(Frozen):
    """The results of one day, with the reason for recording them."""

    recorded: Annotated[datetime.date, Field(strict=False)]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    groups: Annotated[
        dict[str, dict[str, Annotated[Count, Field(strict=False)]]],
        Field(min_length=1),
    ]

    def worse(self, now: Groups) -> list[str]:
        """Groups and measures that lost more than LOST questions, or are not measured on the same number any more, in words."""
        lines = []
        for group, measures in self.groups.items():
            for measure, (right, of) in measures.items():
                got, asked = now.get(group, {}).get(measure, (0, 0))
                if asked != of:
                    lines.append(f"{group} {measure}: {asked} questions, was {of}; the set has changed, record it anew")
                elif got < right - LOST:
                    lines.append(f"{group} {measure}: {got} of {of}, was {right}")
        return lines


def read_baseline(path: Path) -> Baseline:
    """A record. Raises UsageError for one that is missing, unreadable, empty or without a reason: it would let all pass."""
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        faults = error.errors() if isinstance(error, ValidationError) else [{"loc": (), "msg": "there is no such file"}]
        where = "; ".join(f"{'.'.join(map(str, fault['loc']))} {fault['msg']}".strip() for fault in faults[:3])
        cure = f'assistant eval SET --baseline {path} --record --reason "why these results are right"'
        raise UsageError(f"{path}: no baseline to compare with ({where}).\nRecord one: {cure}") from None


def record_baseline(path: Path, groups: Groups, reason: str, today: datetime.date) -> None:
    """Write a record, one line a group, so that a diff shows which group moved."""
    lines = ",\n".join(
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(measures)}" for name, measures in groups.items()
    )
    head = f' "recorded": "{today}",\n "reason": {json.dumps(reason, ensure_ascii=False)},\n'
    path.write_text(f'{{\n{head} "groups": {{\n{lines}\n }}\n}}\n', encoding="utf-8")
