"""What is odd in single publishers' files, one oddity a function; whose it is and in which words stands in `publishers.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from assistant.ingest.blocks import BULLET, NUMBERED_ITEM, Block, starts_low
from assistant.ingest.lines import FOUND_HEADING, Line
from assistant.ingest.publishers import GoalTable, known, one_of

_NEW_SLIDE = 4  # blank lines
_LONGEST_GOAL = 15  # lines of a goal in a narrow column
_NUMBER = re.compile(r"[\d ]{3,}\d")
_COLUMNS = re.compile(r"(?<!\s)\s{3,}")
_HEADS = re.compile(r"(?<!\s)\s{2,}")
_WORDS = known().words
_PICTURE = re.compile(rf"^(?:The|This|A|An)\b[^.]{{0,80}}\b{one_of(_WORDS.pictures)}\b")
_FURNITURE = re.compile(one_of(known().furniture))
_STREET = re.compile(  # a name of at most six words, each of at most forty letters: longer ones are no names, and slow to tell
    rf"\b(?:(?:[A-ZÆØÅ][\w.-]{{0,40}} ){{1,6}}{one_of(_WORDS.street_words)}"
    rf"|[A-ZÆØÅ][\w-]{{0,40}}{one_of(_WORDS.street_endings)}) \d{{1,3}}(?: ?[A-Z]\b)?(?!\d)"
)
_SHELTER = re.compile(one_of(_WORDS.shelter), re.IGNORECASE)
ADDRESS_LEFT_OUT = "[adresse utelatt]"


def unwoven(text: str) -> str:
    """Two columns of telephone numbers run into one line each: each number back under its own heading, or an office that is open by day
    would be read as open at night.

    «AKUTT – DØGNÅPNE VAKTTELEFONER  Samtaler, råd og veiledning dagtid:», «Politi: …      Familievernkontor: …»
    """
    lines = text.split("\n")
    found: list[str] = []
    for numbers, run in groupby(lines, lambda line: bool(_two_numbers(line))):
        rows = list(run)
        heads = _HEADS.split(found[-1].strip()) if numbers and len(rows) >= 2 and found else []
        if len(heads) != 2:
            found += rows
            continue
        found.pop()
        for column, head in enumerate(heads):
            found += ["", FOUND_HEADING + head, *(f"- {_two_numbers(row)[column]}" for row in rows)]
        found.append("")
    return "\n".join(found)


def _two_numbers(line: str) -> Sequence[str]:
    """The two cells of a line, each a name and a telephone number, or nothing."""
    cells = _COLUMNS.split(line.strip(), maxsplit=2) if ":" in line else []
    return cells if len(cells) == 2 and all(_is_number(*cell.rpartition(":")) for cell in cells) else ()


def _is_number(name: str, colon: str, number: str) -> bool:
    return bool(name and colon and _NUMBER.fullmatch(number))


def slides(lines: Sequence[Line]) -> list[Line]:
    """Slides as one text. Four blank lines part two slides, and the heading of a new one stands under no other."""
    gaps = {
        i
        for i, line in enumerate(lines)
        if line.text and i >= _NEW_SLIDE and not any(x.text for x in lines[i - _NEW_SLIDE : i])
    }
    marked = [line.level for line in lines if line.level]
    if len(gaps) < 5 or len(marked) < 5:
        return list(lines)
    top = min(marked)
    found: list[Line] = []
    for i, line in enumerate(lines):
        if i in gaps and line.cells:  # a slide that is nothing but a table is called by the names of its columns
            found.append(Line(" ".join(filter(None, line.cells)), page=line.page, level=top))
        heading = i in gaps and (line.level or (line.text and line.text == line.text.upper() and not line.cells))
        found.append(replace(line, level=top) if heading else line)
    return found


def goal_tables(lines: Sequence[Line]) -> list[Line]:
    """Tables of goals and measures («Vi ønsker | Dette kan / skal vi gjøre») with their two columns run into one.

    The title above the table becomes a heading, each goal in the narrow left column a heading below it, and the columns' names stand
    before the measures of each goal, so that none is read as another goal's.
    """
    found = list(lines)
    for table in known().goal_tables:
        found = _goals_apart(found, table)
    return found


def _goals_apart(lines: Sequence[Line], table: GoalTable) -> list[Line]:
    heads = re.compile(rf"{one_of([table.goals])}\s+{one_of([table.measures])}")
    end = re.compile(one_of(table.ends))
    found: list[Line] = []
    inside = False
    goal: int | None = None
    i = 0
    while i < len(lines):
        line = lines[i]
        if heads.fullmatch(line.text):
            _title(found)
            inside, goal = True, None
        elif inside and (end.match(line.text) or line.level):
            inside = False
            found.append(line)
        elif inside and goal is not None and _rest_of_goal(found[goal], line, table.width):
            found[goal : goal + 3] = _goal(line, f"{found[goal].text} {line.text}", table)
        elif inside and (group := _narrow(lines, i, table.width)):
            goal = len(found)
            found += _goal(line, " ".join(part.text for part in group), table)
            i += len(group) - 1
        else:
            found.append(line)
        i += 1
    return found


def _title(found: list[Line]) -> None:
    """The lines right above the table's head as one heading."""
    while found and not found[-1].text:
        found.pop()
    start = len(found)
    while start > 0 and found[start - 1].text and (start == len(found) or not found[start].indent):
        start -= 1
    title = " ".join(line.text for line in found[start:])
    del found[start:]
    found += [Line(""), Line(title, level=2, origin="titled"), Line("")]


def _narrow(lines: Sequence[Line], start: int, width: int) -> list[Line]:
    """The lines of a goal: a group in the narrow column, no list, that begins with a capital and does not end like a sentence."""
    if (
        (start and lines[start - 1].text and not lines[start].indent)
        or starts_low(lines[start].text)
        or not lines[start].text
    ):
        return []
    group = [lines[start]]
    while (end := start + len(group)) < len(lines) and lines[end].text and not BULLET.match(lines[end].text):
        if len(group) == _LONGEST_GOAL:
            return []
        group.append(lines[end])
    fits = all(
        len(line.text) <= width and not BULLET.match(line.text) and not NUMBERED_ITEM.match(line.text) for line in group
    )
    return group if fits and not group[-1].text.endswith((".", ":")) else []


def _rest_of_goal(goal: Line, line: Line, width: int) -> bool:
    """A goal that a page has torn: «… vitne til vold og» | measures | «voldsutøver»."""
    return goal.text.endswith(" og") and line.indent > 0 and 0 < len(line.text) <= width and starts_low(line.text)


def _goal(line: Line, text: str, table: GoalTable) -> list[Line]:
    """The goal as a heading, and below it what the columns' names say of it."""
    return [
        replace(line, text=text, level=3, origin="titled"),
        replace(line, text=f"{table.goals}: {text}.", level=0, indent=0),
        replace(line, text=f"{table.measures}:", level=0, indent=0),
    ]


def without_furniture(blocks: Sequence[Block]) -> list[Block]:
    """A converter's English descriptions of pictures, the clock of a screenshot, logos and buttons."""
    return [
        block
        for block in blocks
        if block.rows
        or block.origin == "marked"
        or not (_PICTURE.match(block.text) or _FURNITURE.fullmatch(block.text))
    ]


def parted_items(blocks: Sequence[Block]) -> list[Block]:
    """Two items in one line, «… så godt du kan… - Hva skjer videre da?»."""
    found: list[Block] = []
    for block in blocks:
        parts = re.split(r"(?<=[…?!]) - (?=[A-ZÆØÅ])", block.text) if block.kind == "item" else [block.text]
        found += [replace(block, text=part) for part in parts]
    return found


def without_shelter_addresses(blocks: Sequence[Block]) -> list[Block]:
    """A plan may print where the crisis shelter lies. Someone may be hiding there, so a street with a number is left out of what is said
    about shelters; whoever needs the address gets it by telephone."""
    found: list[Block] = []
    heading = ""
    for block in blocks:
        heading = block.text if block.kind == "heading" else heading
        about = _SHELTER.search(f"{heading} {block.text}")
        found.append(replace(block, text=_STREET.sub(ADDRESS_LEFT_OUT, block.text)) if about else block)
    return found
