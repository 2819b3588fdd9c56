"""`answers/*.yaml` -> entries: one approved answer to one need, with the helplines' numbers put in where the text names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.content import files, schema
from assistant.content.files import Content, Faults
from assistant.errors import Fault
from assistant.models import Entry, Helpline

FOLDER = "answers"
NUMBER = re.compile(r"\{([a-z0-9-]+)\}")


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


def _unknown_numbers(entry: Entry, place: int, content: Content, phones: Mapping[str, str | None]) -> list[Fault]:
    named = {name for text in _texts(entry.model_dump()) for name in NUMBER.findall(text)}
    faults = []
    for name in sorted(name for name in named if not phones.get(name)):
        problem, cure = schema.unknown(
            "nummeret", name, [id_ for id_, phone in phones.items() if phone], "Se helplines.yaml."
        )
        faults.append(content.fault((place,), f"«{entry.id}»: {problem}", cure, "entries"))
    return faults


def _filled(entry: Entry, theme: str, line: int, phones: Mapping[str, str | None]) -> Entry:
    """The entry with digits where its text names a helpline, as a person dials them."""

    def filled(value: Any) -> Any:
        if isinstance(value, str):
            return NUMBER.sub(lambda match: phones.get(match[1]) or match[0], " ".join(value.split()))
        if isinstance(value, Mapping):
            return {key: filled(part) for key, part in value.items()}
        return [filled(part) for part in value]

    texts = filled(entry.model_dump(include={"nb", "nn", "en", "steps"}))
    return Entry.model_validate({**entry.model_dump(by_alias=True), **texts, "theme": theme, "line": line})


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return [text for part in parts for text in _texts(part)]
