"""Contacts and legal rules whose check is due, as a list to work through, and what was checked written back: `assistant verify`."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.content import files
from assistant.content.blocks import FENCE
from assistant.content.corpus import document_paths, read_corpus
from assistant.errors import CorpusError, UsageError
from assistant.models import LegalRule, Source
from assistant.owners.content_checks import CHECKED_WARN
from assistant.owners.desk import Desk

_ITEM = re.compile(r"^( *)- where: (.*)$")


@dataclass(frozen=True)
class Due:
    """One thing that must be read again: what it says, where it stands, and what it was read in."""

    id: str
    name: str
    says: str
    where: str
    checked_on: datetime.date
    sources: tuple[Source, ...]

    def lines(self) -> Iterator[str]:
        """To read and work through."""
        yield f"{self.id} · {self.name} · {self.says}"
        for source in self.sources:
            yield f"    kilde: {source.where}{f' ({source.date})' if source.date else ''}"
        yield f"    {self.where} · sist kontrollert {self.checked_on}"


@dataclass(frozen=True)
class Ledger:
    """Everything with a check date in a content folder, the oldest first."""

    folder: Path
    today: datetime.date
    items: tuple[Due, ...]

    @classmethod
    def read(cls, folder: Path, today: datetime.date) -> Ledger:
        """Raises CorpusError where the content cannot be read."""
        desk = Desk(read_corpus(folder), today, (folder,))
        found = sorted([*_helplines(desk), *_rules(desk)], key=lambda item: (item.checked_on, item.id))
        return cls(folder, today, tuple(found))

    def due(self, age: datetime.timedelta = CHECKED_WARN) -> list[Due]:
        """What was checked longer ago than that."""
        return [item for item in self.items if self.today - item.checked_on > age]

    def confirm(self, id_: str, source: str | None = None) -> Path:
        """Write today's date as an item's check date, and as that of the source that was read, which is added where it is new.

        Raises UsageError for an unknown id or a file that cannot be written; CorpusError, with nothing changed, if the file would not
        be read afterwards.
        """
        if id_ not in {item.id for item in self.items}:
            raise UsageError(f"{id_}: no contact and no rule has this id.\nSee them with: assistant verify --all")
        path, start, end = self._place(id_)
        before = path.read_text(encoding="utf-8")
        lines = before.split("\n")
        lines[start:end] = _confirmed(lines[start:end], source, self.today.isoformat())
        try:
            path.write_text("\n".join(lines), encoding="utf-8")
            read_corpus(self.folder)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror}).\nChange it where you may.") from None
        except CorpusError:
            path.write_text(before, encoding="utf-8")
            raise
        return path

    def _place(self, id_: str) -> tuple[Path, int, int]:
        """The file of an item, and its lines in it."""
        mark = re.compile(rf"""^(?:- )?id: ["']?{re.escape(id_)}["']?$""")
        for path in (self.folder / "helplines.yaml", *document_paths(self.folder)):
            lines = files.read_text(path).split("\n")
            starts = [number for number, line in enumerate(lines) if mark.match(line.strip())]
            if starts and (path.suffix == ".yaml" or lines[starts[0] - 1].strip() != "---"):
                ends = (n for n in range(starts[0] + 1, len(lines)) if lines[n].startswith(("- id:", FENCE)))
                return path, starts[0], next(ends, len(lines))
        raise UsageError(
            f"{id_}: does not begin a line «id: {id_}» in {self.folder}.\nWrite it so, or change it by hand."
        )


def _helplines(desk: Desk) -> Iterator[Due]:
    for line in desk.corpus.helplines:
        says = line.phone or line.url or "uten nummer"
        where = desk.helpline(line.id, "checked_on").rpartition(": ")[0]
        yield Due(line.id, line.name, says, where, line.checked_on, line.sources)


def _rules(desk: Desk) -> Iterator[Due]:
    for passage in desk.corpus.rules.values():
        if isinstance(rule := passage.record, LegalRule):
            name = f"{rule.law} {rule.paragraph or ''}".strip()
            yield Due(rule.id, name, rule.topic, desk.passage(passage), rule.checked_on, rule.sources)


def _confirmed(lines: Sequence[str], source: str | None, date: str) -> list[str]:
    """The lines of one item with its check date, and the source that was read with the day of reading."""
    found = [re.sub(r"^(\s*checked_on:).*", rf"\1 {date}", line) for line in lines]
    if source is None:
        return found
    for number, line in enumerate(found):
        item = _ITEM.match(line)
        if item and item[2].strip().strip("\"'") == source:
            return _dated(found, number, item[1], date)
    head = next(number for number, line in enumerate(found) if line.strip() == "sources:")
    indent = " " * (len(found[head]) - len(found[head].lstrip()) + 2)
    new = [f"{indent}- where: {json.dumps(source, ensure_ascii=False)}", f'{indent}  date: "{date}"']
    return [*found[: head + 1], *new, *found[head + 1 :]]


def _dated(lines: list[str], number: int, indent: str, date: str) -> list[str]:
    """The source at a line with its date: in place of the one it has, or below its first line."""
    dated = f'{indent}  date: "{date}"'
    end = next((n for n in range(number + 1, len(lines)) if not lines[n].startswith(f"{indent}  ")), len(lines))
    for place in range(number + 1, end):
        if lines[place].strip().startswith("date:"):
            return [*lines[:place], dated, *lines[place + 1 :]]
    return [*lines[: number + 1], dated, *lines[number + 1 :]]
