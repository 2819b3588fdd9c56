"""The tables of examples: messages that people in danger and people not in danger write, each by a writer of their own.

`corpus/risk-messages/<writer>.jsonl`: one message a line; `writers.yaml` says who each writer is. See the README there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from assistant.content import files, schema
from assistant.content.files import Faults
from assistant.errors import CorpusError, Fault
from assistant.models import Frozen, Text, Texts, Writer

FOLDER = "risk-messages"
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


class ExampleWriter(Frozen):
    """Who wrote the messages of a file, in one line."""

    id: Text
    who: Text
    language: Annotated[str, Field(min_length=2)] = "nb"


def read_writers(folder: Path) -> list[ExampleWriter]:
    """The writers. Raises CorpusError with file, line and cure."""
    return list(schema.listed(ExampleWriter, files.read(folder / FOLDER / WRITERS)))


def read_messages(folder: Path) -> list[Message]:
    """All messages, by writer in the order of the files. Raises CorpusError with every fault: file, line, what is wrong."""
    faults = Faults()
    found = [message for path in files.listed(folder / FOLDER, "*.jsonl") for message in _of_file(path, faults)]
    faults.stop(folder)
    return found


def _of_file(path: Path, faults: Faults) -> Iterator[Message]:
    text = faults.of(files.read_text, path) or ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            message = faults.of(_message, line, f"{files.shown(path)}:{number}", path.stem)
            if message:
                yield message


def _message(line: str, where: str, writer: str) -> Message:
    try:
        return Message.model_validate({**json.loads(line), "writer": writer})
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) or "linjen" for item in error.errors())
        problem = f"felt som ikke stemmer: {fields}"
    except (ValueError, TypeError):
        problem = "linjen er ikke et JSON-objekt"
    raise CorpusError(where, [Fault(where, problem, "Se README.md i mappen.", "examples")])
