"""Which questions are unsafe to answer, as rules that an editor can read (`lexicon/answers/refusals.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assistant.content import files, schema
from assistant.models import Frozen, Text
from assistant.question.patterns import Phrase, Phrases, compile_phrases, spaced


class RefusalRule(Frozen):
    """Every group of `all` must be found in the words, in any order, and nothing of `none`."""

    id: Text
    message: Text
    reason: Text
    all: Annotated[tuple[Phrases, ...], Field(strict=False, min_length=1)]
    none: Annotated[tuple[Phrase, ...], Field(strict=False)] = ()
    refused: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    answered: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True)
class Refusals:
    """The rules with their phrases compiled."""

    rules: tuple[tuple[RefusalRule, tuple[re.Pattern[str], ...], re.Pattern[str] | None], ...]

    @classmethod
    def load(cls, path: Path) -> Refusals:
        """The rules of a file. Raises CorpusError naming line, rule and field."""
        return cls(tuple(_compiled(rule) for rule in schema.listed(RefusalRule, files.read(path))))

    def message(self, *readings: Sequence[str]) -> str | None:
        """The name of the refusal's message, or None where the question may be answered."""
        texts = {spaced(words) for words in readings}  # mostly the same twice
        for rule, groups, unless in self.rules:
            if unless and any(unless.search(text) for text in texts):
                continue
            if any(all(group.search(text) for group in groups) for text in texts):
                return rule.message
        return None


def _compiled(rule: RefusalRule) -> tuple[RefusalRule, tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    return rule, tuple(compile_phrases(group) for group in rule.all), compile_phrases(rule.none) if rule.none else None
