"""Rows of cells -> lines in which each figure stands with the head of its column."""

from __future__ import annotations

import re
from collections.abc import Sequence

Row = Sequence[str]

_LONGEST_HEAD = 40  # characters of a name in a single row of heads
_LONGEST_NAME = 200  # characters of a column's name over several rows: it is said again in every row below
_MOST_HEADS = 5  # rows; no printed table has more


def rendered(rows: Sequence[Row], heads: int | None = None) -> list[str]:
    """One list item a row: `- Beboere voksne | Krisesenter | 2018: 40 (81) | 2019: 41 (71)`.

    `heads` is the number of head rows where the file tells it; else it is seen from the cells. Empty cells are left out, which is
    safe because every cell carries its column's name; a table without heads keeps its rows as they are.
    """
    rows = [row for row in rows if any(row)]
    count = heads_of(rows) if heads is None else min(heads, len(rows), _MOST_HEADS)
    count = 0 if any(len(cell) > _LONGEST_NAME for row in rows[:count] for cell in row) else count
    if count == 0 or count == len(rows):
        return [f"- {' | '.join(filter(None, row))}" for row in rows]
    names = _names(rows[:count])
    body = rows[count:]
    unused = any(
        name and not any(column < len(row) and row[column] for row in body) for column, name in enumerate(names)
    )
    heads_row = (
        [f"- {' | '.join(filter(None, names))}"] if unused else []
    )  # a column without any cell still has its name
    return [*heads_row, *(_row(row, names) for row in body)]


def continued(rows: Sequence[Row], before: Sequence[Row]) -> bool:
    """Whether rows go on with a table that a blank line or a new page has parted: as many columns, and no heads of their own."""
    return bool(before) and len(rows[0]) == len(before[0]) and heads_of(rows) == 0 and heads_of(before) > 0


def heads_of(rows: Sequence[Row]) -> int:
    """How many rows are heads: those with an empty first cell at the top, or a first row of nothing but short words."""
    count = 0
    while count < min(len(rows) - 1, _MOST_HEADS) and not rows[count][0] and sum(map(bool, rows[count])) > 1:
        count += 1
    if count == 0 and len(rows) > 1 and len(rows[0]) > 2 and all(map(_is_name, rows[0])):
        return 1
    return count


def _is_name(cell: str) -> bool:
    return 0 < len(cell) <= _LONGEST_HEAD and not re.search(r"\d", cell)


def _names(heads: Sequence[Row]) -> list[str]:
    """The columns' names; a head over several columns («En gang» over n and %) goes on to the right until the next one."""
    width = max(len(row) for row in heads)
    names = [""] * width
    for number, row in enumerate(heads):
        name = ""
        for column in range(width):
            cell = row[column] if column < len(row) else ""
            spread = number < len(heads) - 1 and column > 0
            name = cell or (name if spread else "")
            names[column] = f"{names[column]} {name}".strip()
    return names


def _row(row: Row, names: Sequence[str]) -> str:
    cells = []
    for column, cell in enumerate(row):
        name = names[column] if column < len(names) else ""
        if cell:
            cells.append(f"{name}: {cell}" if name else cell)
    return f"- {' | '.join(cells)}".replace("\n", " ")
