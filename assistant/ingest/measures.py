"""Measures of a plan as records: rows of a table whose heads say so, and «Tiltak 7: …» with its fields below.

What a row or a field says is kept word for word. Who is responsible and by when is read from the measure's own row alone: an empty
cell stays empty, and is never filled from the row above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.ingest.blocks import Block
from assistant.ingest.publishers import known
from assistant.ingest.tables import Row

Fields = dict[str, str]
_LISTS = frozenset({"responsible", "partners", "target_group"})
_NUMBER = re.compile(r"^(?:tiltak\s*)?(\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?)\s*[.:)–-]?\s*$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?:tiltak\s*)?(?:(\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?)\s*[.:)–-]\s+|(\d{1,2}(?:\.\d{1,2}){1,2})\s+)(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^tiltak\s+(\d{1,3}[a-z]?|[A-ZÆØÅ](?=\s*[:.–-]\s))\s*[:.–-]\s*(\S.*)$", re.IGNORECASE | re.DOTALL)
_BARE = re.compile(r"^tiltak\s+(\d{1,3}[a-z]?|[A-ZÆØÅ](?=$))\s*[:.–-]?()$", re.IGNORECASE)
_FIELD = re.compile(r"^([A-ZÆØÅ][\wæøåÆØÅ/() ]{1,40}?)\s*:\s*(\S.*)$")
_APART = re.compile(r"\s*[;\n]\s*|,\s+(?=[A-ZÆØÅ])")
_DATE = re.compile(r"^(?:innen |innan )?(\d{1,2})\. ?(\d{1,2})\. ?(20\d\d)$", re.IGNORECASE)
_BRACKET = re.compile(r"^([^\n()]{4,300}?)\s*\(([^()\n]{6,300})\)\s*[.;,]?$")
_IN_BRACKET = re.compile(r"\s*[;,]\s*(?=[a-zæøå][\wæøå ]{1,30}:)", re.IGNORECASE)
_TELLING = frozenset({"responsible", "deadline_text"})
"""A measure says who or when; what says neither is text."""
_LONGEST_HEAD = 40  # characters of a column's name; «Mål 5: Tilsette i kommunen kjenner …» is a goal, and names none
_LONGEST_TITLE = 300  # characters


def recorded(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each measure's record; the rows of a table of measures are texts of their own."""
    found: list[Block] = []
    columns: list[str] = []
    for block in _labelled(_rejoined(blocks)):
        if block.kind == "heading":
            columns = []
        if block.kind != "table" or not block.rows:
            found += _bracketed(block)
            continue
        if fields := _downward(block):
            found += fields
            continue
        heads, body, columns = _read_heads(block, columns)
        if not columns:
            found.append(block)
        else:
            found += _rows(block, heads, body, columns)
    return found


# --- tables --------------------------------------------------------------------------------------------------------


def _read_heads(block: Block, before: Sequence[str]) -> tuple[Row, Sequence[Row], list[str]]:
    """The heads as printed, the rows below them, and what each column holds; nothing known where it is no table of measures.

    A table without heads of its own goes on with the one before, where it has as many columns.
    """
    for place, row in enumerate(block.rows[:3]):
        if columns := columns_of(row):
            return row, block.rows[place + 1 :], columns
    if before and len(block.rows[0]) == len(before) and not block.heads:
        return [""] * len(before), block.rows, list(before)
    return [], block.rows, []


def columns_of(heads: Row) -> list[str]:
    """What each column holds, by its head: a field of Measure or nothing. Empty where the heads are not those of measures."""
    found = [_column(head) for head in heads]
    for stands_in in ("what", "goal"):
        if "title" not in found and stands_in in found:
            found[found.index(stands_in)] = "title"
    found = ["" if name == "what" else name for name in found]
    if "responsible" not in found and "who" in found:
        found[found.index("who")] = "responsible"
    found = ["target_group" if name == "who" else name for name in found]
    kept = [name if name and name not in found[:place] else "" for place, name in enumerate(found)]
    return kept if "title" in kept and {"responsible", "deadline_text"} & set(kept) else []


def _column(head: str) -> str:
    word = " ".join(re.findall(r"\w+", head.casefold())) if len(head) <= _LONGEST_HEAD else ""
    columns = known().words.measure_columns.items()
    return next((field for field, names in columns if any(word == n or word.startswith(f"{n} ") for n in names)), "")


def _rows(block: Block, heads: Row, body: Sequence[Row], columns: Sequence[str]) -> Iterator[Block]:
    goal = ""
    for row in body:
        cells = [" ".join(cell.split()) for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled or columns_of(row):  # the heads once more, on a new page
            continue
        if len(set(filled)) == 1 and len(cells) > 1:  # a line over the whole table: «Delmål 2: Betre samarbeid»
            goal = filled[0]
            yield replace(block, kind="text", text=goal, rows=(), heads=None)
            continue
        fields = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}
        said = [f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=False) if cell]
        text = " | ".join(said or filled)
        record = record_of(fields, goal) if "title" in fields else None
        yield replace(block, kind="text", text=text, rows=(), heads=None, record=record)


def _rejoined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a table that has its fields below each other whole again, where a new page has parted it."""
    found: list[Block] = []
    for block in blocks:
        above = found[-1] if found else None
        pair = above is not None and all(len(row) == 2 for row in (*above.rows, *block.rows))
        if above and pair and above.rows and block.rows and _begins_measure(above.rows[0]) and _goes_on(block.rows[0]):
            found[-1] = replace(above, rows=(*above.rows, *block.rows))
        else:
            found.append(block)
    return found


def _goes_on(row: Row) -> bool:
    """Whether a row is a field of the measure that began above it."""
    return bool(_column(row[0])) and not _begins_measure(row)


def _downward(block: Block) -> list[Block]:
    """The measures of a table that has their fields below each other: «Tiltak 4 | Kurs», «Ansvarlig | Rektor», «Frist | 2027»."""
    if any(len(row) != 2 for row in block.rows):
        return []
    parts: list[list[Row]] = []
    for row in block.rows:
        if not parts or _begins_measure(row):
            parts.append([])
        parts[-1].append(row)
    records = [_of_rows(rows) for rows in parts]
    if not all(records):
        return []
    return [
        replace(block, kind="text", text="\n".join(": ".join(row) for row in rows), rows=(), heads=None, record=record)
        for rows, record in zip(parts, records, strict=True)
    ]


def _begins_measure(row: Row) -> bool:
    return bool(_BARE.match(row[0].strip())) or _column(row[0]) == "title"


def _of_rows(rows: Sequence[Row]) -> Mapping[str, object] | None:
    fields: Fields = {}
    for label, value in rows:
        number = _BARE.match(label.strip())
        name = "title" if number else _column(label)
        fields.setdefault("responsible" if name == "who" else name, " ".join(value.split()))
        if number:
            fields["number"] = number[1]
    known_ones = {name: value for name, value in fields.items() if name and value}
    return record_of(known_ones) if "title" in known_ones and known_ones.keys() & _TELLING else None


def _bracketed(block: Block) -> list[Block]:
    """«Kurs for ansatte (ansvar: rektor, frist: 2027)» with its record; such lines below each other are a measure each."""
    lines = block.text.split("\n") if block.kind in ("item", "text") else []
    records = [_in_bracket(line) for line in lines]
    if not any(records):
        return [block]
    return [
        replace(block, kind="text" if record else block.kind, text=line, record=record)
        for line, record in zip(lines, records, strict=True)
    ]


def _in_bracket(line: str) -> Mapping[str, object] | None:
    match = _BRACKET.match(line.removeprefix("- "))
    parts = [part.partition(":") for part in _IN_BRACKET.split(match[2])] if match else []
    fields = {_column(label): " ".join(value.split()) for label, colon, value in parts if colon}
    if match is None or len(fields) != len(parts) or not fields.keys() & _TELLING or "" in fields:
        return None
    return record_of({**fields, "title": match[1]})


# --- «Tiltak 7: …» -------------------------------------------------------------------------------------------------


def _labelled(blocks: Sequence[Block]) -> list[Block]:
    """A measure that is a heading or a line of its own, with its fields in the texts below it up to the next one."""
    found = list(blocks)
    place = 0
    while place < len(found):
        label = _label(found[place])
        if label is None:
            place += 1
            continue
        end = place + 1
        while end < len(found) and found[end].kind in ("text", "item") and not _label(found[end]):
            end += 1
        lines = [line for block in found[place:end] for line in block.text.split("\n")]
        fields = _fields(lines)
        title = label[2].split("\n")[0] or next((line for line in lines[1:] if not _fields([line])), "")
        if title and fields.keys() & {"responsible", "deadline_text"}:
            record = record_of({**fields, "number": label[1], "title": title})
            first = found[place]
            body = found[place + 1 : end] if first.kind == "heading" else found[place:end]
            text = "\n".join(f"- {b.text}" if b.kind == "item" else b.text for b in body)
            whole = replace(body[0], kind="text", text=text, record=record)
            found[place:end] = [first, whole] if first.kind == "heading" else [whole]
        place += 1
    return found


def _label(block: Block) -> re.Match[str] | None:
    """«Tiltak 7: Kurs for ansatte»; as a heading also the number alone, with the measure below it."""
    if block.kind == "heading":
        return _LABEL.match(block.text) or _BARE.match(block.text)
    return _LABEL.match(block.text) if block.kind == "text" else None


def _fields(lines: Iterable[str]) -> Fields:
    found: Fields = {}
    for line in lines:
        field = _FIELD.match(line.strip().lstrip("- "))
        name = _column(field[1]) if field else ""
        if field and name and name not in ("title", "number"):
            found.setdefault("responsible" if name == "who" else name, " ".join(field[2].split()))
    return found


# --- the record ----------------------------------------------------------------------------------------------------


def record_of(fields: Mapping[str, str], goal: str = "") -> Mapping[str, object]:
    """A Measure's fields. A number in front of the title («3. Lage rutine») is its number."""
    values = dict(fields)
    if number := _NUMBER.match(values.pop("number", "")):
        values["number"] = number[1]
    elif front := _NUMBERED.match(values["title"]):
        values["number"] = front[1] or front[2]
        values["title"] = values["title"][front.end() :]
    if len(values["title"]) > _LONGEST_TITLE:
        values["title"] = values["title"].split(". ")[0][:_LONGEST_TITLE]
    if date := _DATE.match(values.get("deadline_text", "")):
        values["deadline"] = f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}"
    if goal:
        values.setdefault("goal", goal)
    return {
        name: [part for part in _APART.split(value) if part] if name in _LISTS else value
        for name, value in values.items()
        if value and name in (*_LISTS, "number", "title", "goal", "deadline", "deadline_text")
    }
