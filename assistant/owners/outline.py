"""What ingest makes of a file, to look through before anything is written: `assistant outline`, `assistant ingest --dry-run`.

Headings with their pages, measures with their fields, other tables, contacts that the text names (never shown as helplines), and what
is doubtful: an editor should look there first.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.ingest import Ingested
from assistant.ingest.blocks import Block
from assistant.models import Measure
from assistant.owners.content_checks import PHONE

EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_MEASURE_WORDS = re.compile(r"\b(?:tiltak\w*|ansvar\w*|(?:tids)?frist\w*)\b", re.IGNORECASE)
_LABEL = re.compile(r"^tiltak\s+(?:\d{1,3}|[A-ZÆØÅ])\b\s*[:.–-]", re.IGNORECASE)
_BY_LOOK = ("capitals", "titled", "label")
LONGEST_TABLE_LINE = 100
"""Characters of a table's first row that are printed."""
UNKNOWN_PUBLISHER = "ukjent"


@dataclass(frozen=True)
class Outline:
    """One file as ingest reads it."""

    made: Ingested

    @property
    def headings(self) -> list[Block]:
        return [block for block in self.made.blocks if block.kind == "heading"]

    @cached_property
    def measures(self) -> list[tuple[Measure, int | None]]:
        """The measures with the page each stands on."""
        return [(Measure.model_validate(b.record), b.page) for b in self.made.blocks if b.record]

    @property
    def tables(self) -> list[Block]:
        """The tables that are kept as text, row by row."""
        return [block for block in self.made.blocks if block.kind == "table" and block.rows]

    @cached_property
    def contacts(self) -> list[str]:
        """Numbers and addresses that the text names, each once: to be confirmed, never shown as helplines."""
        text = "\n".join(block.text for block in self.made.blocks)
        return list(dict.fromkeys(match[0].strip() for kind in (PHONE, EMAIL) for match in kind.finditer(text)))

    @property
    def doubts(self) -> list[str]:
        """What an editor should look at, in words."""
        return [*self._of_document(), *self._of_measures(), *self._of_tables(), *self._of_headings()]

    def _of_document(self) -> Iterator[str]:
        document = self.made.document
        if pages := self.made.unread:
            which = f"Side {pages[0]}" if len(pages) == 1 else f"Sidene {', '.join(map(str, pages))}"
            yield f"{which} har ingen tekst som kan leses, trolig skannet. Kjør tekstgjenkjenning på filen først."
        if document.kind == "plan" and not document.valid_to:
            yield "Perioden er ikke funnet. Gi den med --valid-from og --valid-to; ellers kan en gammel frist bli svart."
        if document.kind == "plan" and not document.municipalities:
            yield "Kommunen er ikke oppgitt. Gi den med --municipality; ellers svarer planen for hele landet."
        if document.publisher == UNKNOWN_PUBLISHER:
            yield "Utgiveren er ikke oppgitt. Gi den med --publisher."
        if document.valid_to and document.valid_to < datetime.date.today():
            yield f"Planen gikk ut {document.valid_to}. Svarene sier det."

    def _of_measures(self) -> Iterator[str]:
        numbers = Counter(measure.number for measure, _ in self.measures if measure.number)
        for measure, page in self.measures:
            missing = [
                word
                for word, value in (
                    ("ansvarlig", measure.responsible),
                    ("frist", measure.deadline or measure.deadline_text),
                )
                if not value
            ]
            if missing:
                yield f"{_named(measure)}{_on(page)}: {' og '.join(missing)} står ikke der tiltaket står."
        for number, count in numbers.items():
            if count > 1:
                yield f"Tiltak {number} står {count} ganger. Ett nummer bør være ett tiltak."
        whole = sorted(int(number) for number in numbers if number.isdecimal())
        if gaps := sorted(set(range(1, whole[-1] if whole else 1)) - set(whole)):
            yield f"Tiltak {', '.join(map(str, gaps))} er ikke funnet, men det er høyere nummer."
        after = [*self.made.blocks[1:], None]
        for block, below in zip(self.made.blocks, after, strict=True):
            said = block.record or (block.kind == "heading" and below and below.record)
            if not said and block.kind in ("text", "heading") and _LABEL.match(block.text):
                yield f"«{_short(block.text)}»{_on(block.page)} ligner et tiltak, men ansvarlig og frist er ikke funnet."

    def _of_tables(self) -> Iterator[str]:
        for block in self.tables:
            if len(set(_MEASURE_WORDS.findall(" ".join(block.rows[0]).casefold()))) > 1:
                yield f"Tabellen «{_short(_line(block))}»{_on(block.page)} ligner en tiltakstabell, men er lest som tekst."

    def _of_headings(self) -> Iterator[str]:
        seen = [block for block in self.headings if block.origin in _BY_LOOK]
        if seen:
            names = ", ".join(f"«{_short(block.text, 50)}»" for block in seen[:8])
            more = f" og {len(seen) - 8} til" if len(seen) > 8 else ""
            yield f"Overskrifter som bare er kjent på utseendet: {names}{more}."

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "file": str(self.made.path),
            "document": self.made.document.model_dump(mode="json", exclude_defaults=True),
            "headings": [{"level": b.level, "text": b.text, "page": b.page} for b in self.headings],
            "measures": [
                {**measure.model_dump(mode="json", exclude={"type"}), "page": page} for measure, page in self.measures
            ],
            "tables": [
                {"page": b.page, "columns": len(b.rows[0]), "rows": len(b.rows), "first": list(b.rows[0])}
                for b in self.tables
            ],
            "contacts": self.contacts,
            "doubts": self.doubts,
        }

    def lines(self) -> Iterator[str]:
        """The outline to read, part by part."""
        document = self.made.document
        period = f"{document.valid_from or '?'} – {document.valid_to or '?'}"
        yield f"{self.made.path.name}: {document.title}"
        yield f"  id {document.id} · {document.kind} · {', '.join(document.municipalities) or 'hele landet'} · {period}"
        yield from _part("Overskrifter", [f"{'  ' * (b.level - 1)}{b.text}{_on(b.page)}" for b in self.headings])
        yield from _part("Tiltak", [_measure(measure, page) for measure, page in self.measures])
        tables = [f"{len(b.rows)} rader{_on(b.page)}: {_short(_line(b), LONGEST_TABLE_LINE)}" for b in self.tables]
        yield from _part("Andre tabeller, lest som tekst", tables)
        yield from _part("Nummer og adresser i teksten. De vises ikke som hjelpetilbud; kontroller dem", self.contacts)
        yield from _part("Se på dette", self.doubts)


def _part(heading: str, listed: list[str]) -> Iterator[str]:
    yield ""
    yield f"{heading} ({len(listed)})"
    yield from (f"  {line}" for line in listed)


def _measure(measure: Measure, page: int | None) -> str:
    deadline = measure.deadline_text or (str(measure.deadline) if measure.deadline else "–")
    return f"{_named(measure)}{_on(page)} | ansvar: {', '.join(measure.responsible) or '–'} | frist: {deadline}"


def _named(measure: Measure) -> str:
    title = _short(measure.title)
    return f"Tiltak {measure.number}: {title}" if measure.number else title


def _on(page: int | None) -> str:
    return f" (s. {page})" if page else ""


def _line(block: Block) -> str:
    return " | ".join(" ".join(cell.split()) for cell in block.rows[0] if cell.strip())


def _short(text: str, most: int = 80) -> str:
    line = text.split("\n", maxsplit=1)[0]
    return line if len(line) <= most else f"{line[:most].rstrip()} …"
