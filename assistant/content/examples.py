"""The tables of examples, each file by a writer of their own: messages that people type in danger and out of it, and how people ask.

`corpus/risk-messages/<writer>.jsonl` and `corpus/questions/<writer>.jsonl`: one line each; `writers.yaml` says who each writer is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, ValidationError

from assistant.content import files, schema
from assistant.content.files import Faults
from assistant.errors import CorpusError, Fault
from assistant.models import Frozen, Text, Texts, Writer

MESSAGES = "risk-messages"
QUESTIONS = "questions"
WRITERS = "writers.yaml"
First = Literal["", "110", "112", "113", "116117", "116111", "116123"]


class Message(Frozen):
    """One message as it was typed, with what a careful reader says of it.

    `acute`: the emergency numbers must come first. `first`: the number that should stand first (empty where calm). `who`: who writes.
    `sure`: two thoughtful readers would agree; others are kept and not fitted.
    """

    text: Text
    history: Texts = ()
    acute: bool
    category: Text = "none"
    first: First = ""
    who: Writer | None = None
    language: Text = "nb"
    style: Text = "plain"
    sure: bool = True
    writer: str = ""


class Wording(Frozen):
    """One way of asking, as it was typed. `entry`: the id of the entry or the passage that answers, or why it is declined."""

    entry: Text
    text: Text
    language: Text = "nb"
    style: Text = "plain"
    writer: str = ""


Line = TypeVar("Line", Message, Wording)


class ExampleWriter(Frozen):
    """Who wrote the messages of a file, in one line."""

    id: Text
    who: Text
    language: Annotated[str, Field(min_length=2)] = "nb"


def read_writers(folder: Path, table: str) -> list[ExampleWriter]:
    """The writers of a table (MESSAGES, QUESTIONS). Raises CorpusError with file, line and cure."""
    return list(schema.listed(ExampleWriter, files.read(folder / table / WRITERS)))


def read_messages(folder: Path) -> list[Message]:
    """All messages, by writer in the order of the files. Raises CorpusError with every fault: file, line, what is wrong."""
    return _read(Message, folder, MESSAGES)


def read_wordings(folder: Path) -> list[Wording]:
    """All ways of asking, by writer in the order of the files. Raises CorpusError as `read_messages`."""
    return _read(Wording, folder, QUESTIONS)


def _read(kind: type[Line], folder: Path, table: str) -> list[Line]:
    faults = Faults()
    found = [line for path in files.listed(folder / table, "*.jsonl") for line in _of_file(kind, path, faults)]
    faults.stop(folder)
    return found


def _of_file(kind: type[Line], path: Path, faults: Faults) -> Iterator[Line]:
    text = faults.of(files.read_text, path) or ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            read = faults.of(_line, kind, line, f"{files.shown(path)}:{number}", path.stem)
            if read:
                yield read


def _line(kind: type[Line], line: str, where: str, writer: str) -> Line:
    try:
        return kind.model_validate({**json.loads(line), "writer": writer})
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) or "linjen" for item in error.errors())
        problem = f"felt som ikke stemmer: {fields}"
    except (ValueError, TypeError):
        problem = "linjen er ikke et JSON-objekt"
    raise CorpusError(where, [Fault(where, problem, "Se README.md i mappen.", "examples")])
