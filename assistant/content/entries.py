"""`answers/*.yaml` -> entries: one approved answer to one need, with the helplines' numbers put in where the text names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.content import files, numbers, schema
from assistant.content.files import Content, Faults
from assistant.content.numbers import Phones
from assistant.errors import Fault
from assistant.models import Entry, Helpline

FOLDER = "answers"


def read_entries(folder: Path, helplines: Sequence[Helpline]) -> tuple[Entry, ...]:
    """The entries of a corpus folder, in the order of files and lines. Raises CorpusError with every fault in every file."""
    faults, found = Faults(), dict[str, Entry]()
    phones = {line.id: line.phone for line in helplines}
    for path in files.listed(folder / FOLDER, "*.yaml"):
        content = faults.of(files.read, path)
        for place, entry in enumerate((content and faults.of(schema.listed, Entry, content)) or ()):
            assert content is not None  # noqa: S101 - entries come from it
            if entry.id in found:
                problem = f"«{entry.id}» finnes fra før i {found[entry.id].theme}.yaml"
                faults.append(content.fault((place, "id"), problem, "Gi den ene en annen id.", "entries"))
            faults += _unknown_numbers(entry, place, content, phones)
            found[entry.id] = _filled(entry, path.stem, content.line(place), phones)
    faults.stop(folder)
    return tuple(found.values())


def _unknown_numbers(entry: Entry, place: int, content: Content, phones: Phones) -> list[Fault]:
    wrong = numbers.unknown(entry.model_dump(), phones)
    return [content.fault((place,), f"«{entry.id}»: {problem}", cure, "entries") for problem, cure in wrong]


def _filled(entry: Entry, theme: str, line: int, phones: Phones) -> Entry:
    """The entry with digits where its text names a helpline, each text in one line."""
    texts = numbers.filled(_one_line(entry.model_dump(include={"nb", "nn", "en", "steps"})), phones)
    return Entry.model_validate({**entry.model_dump(by_alias=True), **texts, "theme": theme, "line": line})


def _one_line(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _one_line(part) for key, part in value.items()}
    return " ".join(value.split()) if isinstance(value, str) else [_one_line(part) for part in value]
