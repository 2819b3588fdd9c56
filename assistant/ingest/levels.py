"""The headings among all blocks: plain lines that are headings by what stands around them, and how headings nest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.ingest.blocks import Block, fits, lone, starts_high
from assistant.ingest.flow import strongly_open
from assistant.ingest.headings import NUMBERED, level_of_number
from assistant.ingest.publishers import known, one_of

DEEPEST = 4
_MARKED_ENOUGH = 3
_MANY_MORE = 4  # times as many headings by look as marked ones show that the text's own are not marked
_LONGEST_LINE = 20  # words of a heading that is seen from its look
_WORDS = known().words
_NUMBERED = one_of([*_WORDS.measure, *_WORDS.annex])
_ENDS = re.compile(rf"[.:;]\s|https?://|@|\(\d{{4}}\)|^\d|^(?:Tabell|Figur|Kilde|Foto)\b|^{_NUMBERED} \d")
_OUTSIDE = re.compile(rf"^{one_of(_WORDS.outside)}\b", re.IGNORECASE)
_FIELD_LINE = re.compile(r"^[A-ZÆØÅ][^\W\d][^\d:]{0,28}:\s")
_FIELD = re.compile(r"^[A-ZÆØÅ][\wæøå /]{1,28}:\s")


def structured(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every heading found, its level set, and text after a measure put back under its section."""
    found = list(blocks)
    if sum(block.origin == "marked" for block in found) < _MARKED_ENOUGH:
        found = _with_plain_headings(found)
    found = _without_lists(_without_cover(_whole_numbers(found)))
    return _measures_closed(_levelled(_marks(found)))


def headings_by_look(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs that are set as headings without being marked: larger than most of the text, or bold in its size.

    Each look is a level, the largest first, below those that the file marks; where it marks but a few (a page's menus), from the top. A
    sentence is text, however large.
    """
    looks: Counter[tuple[int, bool]] = Counter()
    for block in blocks:
        if block.look:
            looks[block.look] += len(block.text)
    body = looks.most_common(1)[0][0] if looks else (0, False)
    lines = [block for block in blocks if block.look and block.look > body and _is_line(block.text)]
    marked = [block.level for block in blocks if block.origin == "marked"]
    if len(marked) >= _MARKED_ENOUGH and len(lines) < _MARKED_ENOUGH:  # a word in bold now and then
        return list(blocks)
    above = max(marked) if len(marked) >= _MARKED_ENOUGH and len(lines) < len(marked) * _MANY_MORE else 0
    seen = sorted({block.look for block in lines if block.look}, reverse=True)
    level = {look: min(place + above, DEEPEST) for place, look in enumerate(seen, 1)}
    return [
        replace(block, text=" ".join(block.text.split()), kind="heading", origin="marked", level=level[block.look])
        if block.look in level and _is_line(block.text)
        else block
        for block in blocks
    ]


def _is_line(text: str) -> bool:
    """Whether a text may be a heading: one short line that does not end like a sentence, and no field («Frist: 2026»)."""
    return (
        len(text.split()) <= _LONGEST_LINE
        and lone(text)
        and not _FIELD_LINE.match(text)
        and any(map(str.isalpha, text))
    )


def _with_plain_headings(blocks: list[Block]) -> list[Block]:
    """Lines that are headings: short, not ended like a sentence, with a paragraph below. Read from the end, for «Andre aktører:»."""
    found = list(blocks)
    for i in range(len(found) - 2, -1, -1):
        before = found[i - 1] if i else None
        if found[i].kind == "text" and _is_plain_heading(found[i].text, before, found[i + 1]):
            level = 1 if _OUTSIDE.match(found[i].text) or found[i].text.casefold() == "forord" else 0
            found[i] = replace(found[i], kind="heading", origin="plain", level=level)
    return found


def _is_plain_heading(text: str, before: Block | None, after: Block) -> bool:
    if before and (strongly_open(before.text) or (before.kind == "text" and before.text.endswith(":") and "," in text)):
        return False
    if text.endswith(":"):
        return "\n" not in text and len(text.split()) <= 8 and starts_high(text) and after.origin == "plain"
    short = len(text) <= 140 and len(text.split()) <= 20 and sum(map(str.isalpha, text)) >= 3
    return short and lone(text) and starts_high(text) and not _ENDS.search(text) and _is_paragraph(after)


def _is_paragraph(block: Block) -> bool:
    words = len(block.text.split())
    return block.kind == "text" and (
        words >= 25 or (words >= 8 and block.text.endswith((".", "!", "?", ":", "»", ")")))
    )


def _whole_numbers(blocks: list[Block]) -> list[Block]:
    """A number that stands alone over its heading («3», «Hva er et helhetlig hjelpetilbud») belongs to it."""
    found: list[Block] = []
    for block in blocks:
        above = found[-1] if found else None
        if above and above.kind == block.kind == "heading" and re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*\.?", above.text):
            found[-1] = replace(block, text=f"{above.text} {block.text}", page=above.page, gap=above.gap)
        else:
            found.append(block)
    return found


def _without_cover(blocks: list[Block]) -> list[Block]:
    """Capitals on the cover («BÆRUM KOMMUNE») are no heading: nothing but other headings begins the text."""
    first = next((i for i, b in enumerate(blocks) if b.kind == "heading" and b.origin != "capitals"), 0)
    return [
        replace(b, kind="text", origin=None) if i < first and b.kind == "heading" else b for i, b in enumerate(blocks)
    ]


def _without_lists(blocks: list[Block]) -> list[Block]:
    """«1. Kompetanse» right above «2. Informasjon» is a list, not two chapters."""
    whole = [b.origin == "numbered" and bool(re.match(r"\d{1,2}\.?\s", b.text)) for b in blocks] + [False]
    return [
        replace(b, kind="item", origin=None, level=0) if whole[i] and (whole[i + 1] or (i and whole[i - 1])) else b
        for i, b in enumerate(blocks)
    ]


def _marks(blocks: list[Block]) -> list[Block]:
    """The levels that the file marks, made even: the title does not stand over all, and unnumbered headings stand below numbered ones."""
    marked = [i for i, block in enumerate(blocks) if block.origin == "marked"]
    if not marked:
        return blocks
    found = list(blocks)
    levels = [blocks[i].level for i in marked]
    top = min(levels)
    lift = top if len(levels) > 2 and levels.count(top) == 1 and levels[0] == top else top - 1
    numbered = sum(bool(NUMBERED.match(blocks[i].text)) for i in marked) >= 2
    chapter: tuple[int, int] | None = None
    for i in marked:
        block, level = blocks[i], max(blocks[i].level - lift, 1)
        if numbered and (number := NUMBERED.match(block.text)):
            level = level_of_number(number[1].replace(" ", ""))
            chapter = (block.level, level)
        elif chapter and not _OUTSIDE.match(block.text):
            level = chapter[1] + max(block.level - chapter[0], 1)
        found[i] = replace(block, level=min(level, DEEPEST))
    return found


def _levelled(blocks: list[Block]) -> list[Block]:
    """Every heading's level, from the ones above it."""
    found: list[Block] = []
    nest = _Nest()
    for block in blocks:
        if block.kind == "heading":
            block = replace(block, level=min(nest.level(block), nest.deepest, DEEPEST))  # noqa: PLW2901 - the same block, placed
            nest.enter(block)
        else:
            nest.empty = False
        found.append(block)
    return found


class _Nest:
    """Where the reading stands: the level of the section, of what stands in capitals in it, and whether text has come since."""

    def __init__(self) -> None:
        self.main = self.parent = self.last = 0
        self.origin: str | None = None
        self.empty = False
        self.path: list[int] = []

    def level(self, block: Block) -> int:
        if block.level:
            return block.level
        if block.origin == "capitals":
            return self.last + 1 if self.empty and self.origin == "capitals" else self.main + 1
        if block.origin == "titled":
            return self.last + 1 if self.empty else self.last if self.origin == "titled" else self.main + 1
        if block.origin == "measure":
            return self.last if self.origin == "measure" else self.last + 1
        if block.origin == "label":
            return self.main + 1
        return self.parent + 1

    @property
    def deepest(self) -> int:
        """No heading is more than one below the one it stands under: `###` right below `#` is read as `##`."""
        return len(self.path) + 1

    def enter(self, block: Block) -> None:
        self.path = [level for level in self.path if level < block.level] + [block.level]
        if block.origin in ("marked", "numbered", "listed", "annex") or (block.origin == "plain" and block.level == 1):
            self.main = block.level
        if block.origin != "measure" and (block.origin != "plain" or block.level == 1):
            self.parent = block.level
        self.last, self.empty, self.origin = block.level, True, block.origin


def _measures_closed(blocks: list[Block]) -> list[Block]:
    """«Tiltak 14: …» with its fields is one text; what comes after it, before the next heading, belongs to the section again."""
    found: list[Block] = []
    path: list[Block] = []
    measure = 0  # 1: its text comes next; 2: its fields; 0: elsewhere
    for block in blocks:
        if block.kind == "heading":
            path = [above for above in path if above.level < block.level] + [block]
            measure = int(block.origin == "measure")
        elif measure == 1:
            measure = 2 if block.kind == "text" and block.gap == 0 else 0
        elif measure == 2 and block.kind == "text" and _FIELD.match(block.text) and fits(found[-1], block.text):
            block = replace(found[-1], text=f"{found[-1].text}\n{block.text}")  # noqa: PLW2901
            found.pop()
        elif measure == 2 and len(path) > 1 and block.kind != "note":
            path.pop()
            found.append(replace(path[-1], page=block.page))
            measure = 0
        found.append(block)
    return found
