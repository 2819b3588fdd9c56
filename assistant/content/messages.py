"""The fixed sentences the assistant can say, by name and language. They stand in `messages.yaml`, nowhere in code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import StringConstraints, model_validator

from assistant.content import files, schema
from assistant.models import Frozen, Language

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
PLACE = re.compile(r"\{(\w+)\}")
Sentence = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]


class Message(Frozen):
    """One message in bokmål, nynorsk and English, with the same places to fill in."""

    nb: Sentence
    nn: Sentence
    en: Sentence

    @model_validator(mode="after")
    def _same_places(self) -> Message:
        if any(brace in PLACE.sub("", text) for text in (self.nb, self.nn, self.en) for brace in "{}"):
            raise ValueError("en krøllparentes som ikke er et {sted} | Skriv {navn} med bokstaver, eller ta den bort.")
        if len({frozenset(PLACE.findall(text)) for text in (self.nb, self.nn, self.en)}) > 1:
            raise ValueError("språkene har ikke de samme {stedene} | Bruk de samme i alle tre.")
        return self


@dataclass(frozen=True)
class Messages:
    """Every message has bokmål, nynorsk and English with the same places to fill in; loading checks it."""

    texts: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, path: Path) -> Messages:
        """The messages of a file. Raises CorpusError naming line, message, and the language that is missing."""
        read = schema.named(Message, files.read(path), "nb, nn og en under")
        return cls(MappingProxyType({name: MappingProxyType(message.model_dump()) for name, message in read.items()}))

    def say(self, message: str, language: Language = "nb", /, **values: object) -> str:
        """The message in the language, with `{places}` filled in."""
        text = self.texts[message][language]
        return text.format(**values) if values else text

    def labels(self, language: Language = "nb") -> dict[str, str]:
        """The words before a record's facts («Ansvar», «Frist»), by the field's name."""
        return {name[6:]: texts[language] for name, texts in self.texts.items() if name.startswith("label_")}
