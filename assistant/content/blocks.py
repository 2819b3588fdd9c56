"""The lines of one content file, cut at blank lines and sorted by what they are: heading, question, fact, record or text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.content import schema
from assistant.models import Definition, Figure, Frozen, LegalRule, Measure, Procedure, Service

RECORD_TYPES: Mapping[str, type[Frozen]] = {
    "measure": Measure,
    "procedure": Procedure,
    "definition": Definition,
    "figure": Figure,
    "service": Service,
    "legal_rule": LegalRule,
}
FACTS = ("answer", "for", "only", "corrected by", "notice")
HEADING = re.compile(r"^(#{1,4}) +(.+?)(?: *\{page=([^}]*)\})?$")
PAGE = re.compile(r"[1-9][0-9]{0,3}")
FENCE = "```"
ESCAPED = re.compile(r"^\\(?=#|\? |@ |```|\\)")  # how a body line that looks like a mark is written: `\# 1`


@dataclass
class Block:
    """The lines between two blank lines, sorted by what they are; `path` and `page`: where in the document they stand."""

    line: int
    path: tuple[str, ...] = ()
    page: int | None = None
    questions: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    record_type: str | None = None
    record_line: int = 0
    record: list[str] = field(default_factory=list)


class Blocks:
    """Walks a file, keeping the heading path; `fault` takes a line, what is wrong there, and what to do."""

    def __init__(self, fault: Callable[[int, str, str], None]) -> None:
        self.fault = fault
        self.path: list[tuple[int, str]] = []
        self.page: int | None = None

    def of(self, lines: list[str], offset: int) -> Iterator[Block]:
        """The blocks of the lines, in order; `offset`: the number of the first."""
        block: Block | None = None
        fenced = False
        for number, line in enumerate(lines, offset):
            if fenced:
                fenced = line.rstrip() != FENCE
                if fenced and block:
                    block.record.append(line)
            elif heading := HEADING.match(line):
                if block:
                    yield block
                block = None
                self._enter(heading, number)
            elif not line.strip():
                if block:
                    yield block
                block = None
            else:
                block = block or Block(number, tuple(name for _, name in self.path), self.page)
                fenced = self._add(block, line, number)
        if fenced and block:
            self.fault(block.record_line, "posten mangler sluttlinje", "Avslutt den med ``` på egen linje.")
        if block:
            yield block

    def _enter(self, heading: re.Match[str], number: int) -> None:
        level, title, page = len(heading[1]), heading[2].strip(), heading[3]
        if page is not None and not PAGE.fullmatch(page):
            self.fault(number, f"«{page[:20]}» er ikke et sidetall", "Skriv {page=4}, med ett til fire sifre.")
        self.path = [(depth, name) for depth, name in self.path if depth < level] + [(level, title)]
        self.page = int(page) if page and PAGE.fullmatch(page) else self.page

    def _add(self, block: Block, line: str, number: int) -> bool:
        """Sort one line into the block; True when it opens a record."""
        if line.startswith(FENCE):
            self._open_record(block, line, number)
            return True
        if line.startswith("? "):
            block.questions.append(line[2:].strip())
        elif line.startswith("@ "):
            self._fact(block, line[2:], number)
        elif block.record_type:
            self.fault(number, "tekst rett under en post", "Sett en tom linje mellom posten og neste avsnitt.")
        else:
            block.body.append(ESCAPED.sub("", line.rstrip()))
        return False

    def _open_record(self, block: Block, line: str, number: int) -> None:
        kind = line[len(FENCE) :].strip()
        if kind not in RECORD_TYPES:
            cure = f"{schema.nearest(kind, RECORD_TYPES)}Kjente typer: {', '.join(RECORD_TYPES)}."
            self.fault(number, f"ukjent posttype «{kind}»", cure)
        if block.record_type:
            self.fault(number, "to poster i samme avsnitt", "Sett en tom linje mellom dem.")
        block.record_type, block.record_line = kind, number

    def _fact(self, block: Block, text: str, number: int) -> None:
        key, colon, value = text.partition(":")
        if not colon or key.strip() not in FACTS or not value.strip():
            known = ", ".join(f"«@ {fact}:»" for fact in FACTS)
            cure = f"{schema.nearest(key.strip(), FACTS)}Kjente: {known}, med noe etter kolon."
            self.fault(number, f"ukjent linje «@ {text[:60]}»", cure)
        elif key.strip() in block.facts:
            self.fault(number, f"«@ {key.strip()}:» står to ganger", "Slå dem sammen.")
        else:
            block.facts[key.strip()] = value.strip()
