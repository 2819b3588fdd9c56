"""What is odd in single publishers' files, and the words that Norwegian plans share: `publishers.yaml`, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.content import schema

FILE = Path(__file__).with_name("publishers.yaml")

Words = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)], ...], Field(min_length=1)
]
Level = Annotated[int, Field(ge=1, le=4)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoalTable(_Strict):
    """A table of two columns that were run into one: what stands over each, the width of the left one in characters, and how the line
    begins that ends the table."""

    goals: str
    measures: str
    width: Annotated[int, Field(ge=10, le=80)]
    ends: Words


class Publisher(_Strict):
    """What is odd in one publisher's files."""

    publisher: str
    headings: dict[str, Level] = {}
    furniture: Words | tuple[()] = ()
    goal_table: GoalTable | None = None


class CommonWords(_Strict):
    """Words that the mechanisms look for; what each list is for stands in the file."""

    contents: Words
    customary: Words
    outside: Words
    measure: Words
    over_measures: Words
    fields: Words
    measure_columns: dict[str, Words]
    annex: Words
    pictures: Words
    shelter: Words
    street_words: Words
    street_endings: Words


class Publishers(_Strict):
    """The whole file."""

    publishers: tuple[Publisher, ...]
    words: CommonWords

    @property
    def headings(self) -> dict[str, int]:
        return {text: level for one in self.publishers for text, level in one.headings.items()}

    @property
    def furniture(self) -> tuple[str, ...]:
        return tuple(text for one in self.publishers for text in one.furniture)

    @property
    def goal_tables(self) -> tuple[GoalTable, ...]:
        return tuple(one.goal_table for one in self.publishers if one.goal_table)


def read(path: Path = FILE) -> Publishers:
    """The file. Raises CorpusError for one that is missing or wrong: the field, what was expected, what stands there."""
    return schema.read_model(Publishers, path)


@cache
def known() -> Publishers:
    """The file beside this module, read once."""
    return read()


def one_of(texts: Iterable[str]) -> str:
    """A pattern for any of the texts, the longest first; 0 stands for any figure, a space for any spaces."""
    longest = sorted(texts, key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(text).replace('0', '[0-9]').replace(chr(92) + ' ', chr(92) + 's+') for text in longest)})"
