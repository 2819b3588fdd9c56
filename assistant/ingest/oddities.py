"""What is odd in single publishers' files, one oddity a function, each with the case that it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ingest.blocks import BULLET, NUMBERED_ITEM, Block, starts_low
from assistant.ingest.lines import FOUND_HEADING, Line

# Headings that no rule can tell from text, with their level.
KNOWN_HEADINGS = {
    "Viktige telefonnummer AKUTT": 2,
    "Veiledningssamtale på krisesenteret": 2,
    "AVVERGEPLIKT": 3,
    "Politiet i Oslo politidistrikt, enhet vest.": 2,
    "JegVet.no": 1,
    "Hva kan vi som fagpersoner og kommuner/enheter gjøre ?": 1,
}

_NEW_SLIDE = 4
_NARROW = 36
_GOALS = re.compile(r"^Vi ønsker\s+Dette kan / skal vi gjøre$")
_ENDS_GOALS = re.compile(r"^(?:\d{1,2}\.\s?\d|Vedlegg \d)")
_TWO_NUMBERS = re.compile(r"^(\S.*?:\s*[\d ]{3,}\d)\s{3,}(\S.*?:\s*[\d ]{3,}\d)\s*$")
_PICTURE = re.compile(
    r"^(?:The|This|A|An)\b[^.]{0,80}\b(?:images?|screenshots?|photo(?:graph)?s?|pictures?|logos?|illustrations?|diagrams?|charts?|icons?)\b"
)
_FURNITURE = re.compile(r"^(?:\d{2}:\d{2}|Bufdir|bufdir\.no|Del paragraf)$")
_STREET = re.compile(
    r"\b(?:(?:[A-ZÆØÅ][\w.-]* )+(?:gate|vei|veg|plass|torg|allé|terrasse|brygge)"
    r"|[A-ZÆØÅ][\w-]*(?:vei|veien|veg|vegen|gate|gata|gaten|åsen|bakken|haugen|lia|stien|svingen|kroken|tunet|plass|plassen|torg"
    r"|torget|allé|alléen|terrasse|ringen|jordet|løkka|toppen|berget|faret|grenda|brygge|brygga)) \d{1,3}(?: ?[A-Z]\b)?(?!\d)"
)
_SHELTER = re.compile(r"krisesent|botilbud|tilfluktssted|hemmelig adresse", re.IGNORECASE)
ADDRESS_LEFT_OUT = "[adresse utelatt]"


def unwoven(text: str) -> str:
    """Hallingdal, annex 2: two columns of telephone numbers run into one line each. Each number back under its own heading, or an
    office that is open by day would be read as open at night.

    «AKUTT – DØGNÅPNE VAKTTELEFONER  Samtaler, råd og veiledning dagtid:», «Politi: …      Familievernkontor: …»
    """
    lines = text.split("\n")
    found: list[str] = []
    i = 0
    while i < len(lines):
        rows: list[re.Match[str]] = []
        while i + len(rows) < len(lines) and (row := _TWO_NUMBERS.match(lines[i + len(rows)].strip())):
            rows.append(row)
        heads = re.split(r"\s{2,}", lines[i - 1].strip()) if i else []
        if len(rows) >= 2 and len(heads) == 2 and found:
            found.pop()
            for column, head in enumerate(heads, 1):
                found += ["", FOUND_HEADING + head, *[f"- {row[column]}" for row in rows]]
            found.append("")
            i += len(rows)
        else:
            found.append(lines[i])
            i += 1
    return "\n".join(found)


def slides(lines: Sequence[Line]) -> list[Line]:
    """RVTS: slides as one text. Four blank lines part two slides, and the heading of a new one stands under no other."""
    gaps = {
        i
        for i, line in enumerate(lines)
        if line.text and i >= _NEW_SLIDE and not any(x.text for x in lines[i - _NEW_SLIDE : i])
    }
    marked = [line.level for line in lines if line.level]
    if len(gaps) < 5 or len(marked) < 5:
        return list(lines)
    found: list[Line] = []
    for i, line in enumerate(lines):
        if i in gaps and line.cells:  # a slide that is nothing but a table is called by the names of its columns
            found.append(Line(" ".join(filter(None, line.cells)), page=line.page, level=min(marked)))
        heading = i in gaps and (line.level or (line.text and line.text == line.text.upper() and not line.cells))
        found.append(replace(line, level=min(marked)) if heading else line)
    return found


def goal_tables(lines: Sequence[Line]) -> list[Line]:
    """Hallingdal, 2.1–2.3: tables «Vi ønsker | Dette kan / skal vi gjøre» with their two columns run into one.

    The title above the table becomes a heading, each goal in the narrow left column a heading below it, and the columns' names stand
    before the measures of each goal, so that none is read as another goal's.
    """
    found: list[Line] = []
    inside = False
    goal: int | None = None
    i = 0
    while i < len(lines):
        line = lines[i]
        if _GOALS.match(line.text):
            _title(found)
            inside, goal = True, None
        elif inside and (_ENDS_GOALS.match(line.text) or line.level):
            inside = False
            found.append(line)
        elif inside and goal is not None and _rest_of_goal(found[goal], line):
            _goal(found, goal, f"{found[goal].text} {line.text}")
        elif inside and (group := _narrow(lines, i)):
            goal = len(found)
            found += [replace(line, level=3, origin="titled"), line, line]
            _goal(found, goal, " ".join(part.text for part in group))
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


def _narrow(lines: Sequence[Line], start: int) -> list[Line]:
    """The lines of a goal: a group in the narrow column, no list, that begins with a capital and does not end like a sentence."""
    if (
        (start and lines[start - 1].text and not lines[start].indent)
        or starts_low(lines[start].text)
        or not lines[start].text
    ):
        return []
    group = [lines[start]]
    while (end := start + len(group)) < len(lines) and lines[end].text and not BULLET.match(lines[end].text):
        group.append(lines[end])
    fits = all(
        len(line.text) <= _NARROW and not BULLET.match(line.text) and not NUMBERED_ITEM.match(line.text)
        for line in group
    )
    return group if fits and not group[-1].text.endswith((".", ":")) else []


def _rest_of_goal(goal: Line, line: Line) -> bool:
    """A goal that a page has torn: «… vitne til vold og» | measures | «voldsutøver»."""
    return goal.text.endswith(" og") and line.indent > 0 and 0 < len(line.text) <= _NARROW and starts_low(line.text)


def _goal(found: list[Line], place: int, text: str) -> None:
    found[place] = replace(found[place], text=text)
    found[place + 1] = replace(found[place + 1], text=f"Vi ønsker: {text}.", level=0, indent=0)
    found[place + 2] = replace(found[place + 2], text="Dette kan / skal vi gjøre:", level=0, indent=0)


def without_furniture(blocks: Sequence[Block]) -> list[Block]:
    """RVTS and Bufdir: a converter's English descriptions of pictures, the clock of a screenshot, logos and buttons."""
    return [
        block
        for block in blocks
        if block.rows or block.origin == "marked" or not (_PICTURE.match(block.text) or _FURNITURE.match(block.text))
    ]


def parted_items(blocks: Sequence[Block]) -> list[Block]:
    """Hallingdal, annex 1: two items in one line, «… så godt du kan… - Hva skjer videre da?»."""
    found: list[Block] = []
    for block in blocks:
        parts = re.split(r"(?<=[…?!]) - (?=[A-ZÆØÅ])", block.text) if block.kind == "item" else [block.text]
        found += [replace(block, text=part) for part in parts]
    return found


def without_shelter_addresses(blocks: Sequence[Block]) -> list[Block]:
    """Bærum prints where the crisis shelter lies. Someone may be hiding there, so a street with a number is left out of what is said
    about shelters; whoever needs the address gets it by telephone."""
    found: list[Block] = []
    heading = ""
    for block in blocks:
        heading = block.text if block.kind == "heading" else heading
        about = _SHELTER.search(f"{heading} {block.text}")
        found.append(replace(block, text=_STREET.sub(ADDRESS_LEFT_OUT, block.text)) if about else block)
    return found
