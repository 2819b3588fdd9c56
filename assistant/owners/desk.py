"""What a check is given: the corpus, today's date, and where everything stands, file and line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.content import files
from assistant.content.corpus import Corpus, document_paths
from assistant.content.files import Content
from assistant.errors import Fault
from assistant.models import Passage


@dataclass(frozen=True)
class Desk:
    """Content as read from `folders`; the first holds helplines and messages."""

    corpus: Corpus
    today: datetime.date
    folders: tuple[Path, ...]

    @property
    def lexicon(self) -> Path:
        """The `lexicon/` that belongs to the content."""
        return self.corpus.lexicon_folder / "lexicon"

    @cached_property
    def _paths(self) -> Mapping[str, Path]:
        return {path.stem: path for folder in reversed(self.folders) for path in document_paths(folder)}

    @cached_property
    def helplines(self) -> Content:
        return files.read(self.folders[0] / "helplines.yaml")

    @cached_property
    def messages(self) -> Content:
        return files.read(self.folders[0] / "messages.yaml")

    def passage(self, passage: Passage) -> str:
        """`plans/gol.md:12 (2 Tiltak › Tiltak 1)`."""
        path = self._paths[passage.section.document]
        return f"{files.shown(path)}:{passage.line} ({' › '.join(passage.section.path)})"

    def document(self, id_: str, field: str) -> str:
        """The line of a field among the facts of a document."""
        path = self._paths[id_]
        lines = files.read_text(path).split("\n")
        line = next((number for number, line in enumerate(lines, 1) if line.startswith(f"{field}:")), 1)
        return f"{files.shown(path)}:{line}"

    def helpline(self, id_: str, *field: str) -> str:
        """The line of a helpline, or of a field of it, with its id."""
        place = next(place for place, record in enumerate(self.helplines.value) if record["id"] == id_)
        return f"{self.helplines.where}:{self.helplines.line(place, *field)}: {'.'.join((id_, *field))}"

    def message(self, name: str, *language: str) -> str:
        """The line of a message, or of one of its languages, with its name."""
        return f"{self.messages.where}:{self.messages.line(name, *language)}: {'.'.join((name, *language))}"


Check = Callable[[Desk], Iterable[Fault]]
