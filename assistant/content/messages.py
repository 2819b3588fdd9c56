"""The fixed sentences the assistant can say, by name and language. They stand in `messages.yaml`, nowhere in code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.content import files
from assistant.errors import CorpusError, Fault
from assistant.models import Language

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Messages:
    """Every message has bokmål, nynorsk and English with the same places to fill in; loading checks it."""

    texts: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, path: Path, where: str | None = None) -> Messages:
        """The messages of a file. Raises CorpusError naming the message and the language that is missing."""
        data = files.read(path)
        name = where or str(path)
        faults = message_faults(data, name)
        if faults:
            raise CorpusError(name, faults)
        return cls(MappingProxyType({key: MappingProxyType(value) for key, value in data.items()}))

    def say(self, message: str, language: Language = "nb", /, **values: object) -> str:
        """The message in the language, with `{places}` filled in."""
        text = self.texts[message][language]
        return text.format(**values) if values else text

    def labels(self, language: Language = "nb") -> dict[str, str]:
        """The words before a record's facts («Ansvar», «Frist»), by the field's name."""
        return {name[6:]: texts[language] for name, texts in self.texts.items() if name.startswith("label_")}


def message_faults(data: Any, where: str) -> list[Fault]:
    """What is wrong with a file of messages: not a mapping, a language missing or empty, places that differ."""
    if not isinstance(data, dict) or not data:
        return [Fault(where, "ingen meldinger", "Skriv navn, og under det nb, nn og en.", "messages")]
    odd = [
        Fault(f"{where}: {name}", "navnet er ikke tekst", "Sett anførselstegn rundt.", "messages")
        for name in data
        if not isinstance(name, str)
    ]
    return odd + [fault for name, texts in data.items() for fault in _faults(str(name), texts, where)]


def _faults(name: str, texts: Any, where: str) -> list[Fault]:
    place = f"{where}: {name}"
    if not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
        return [Fault(place, "må ha nøyaktig nb, nn og en", "Legg til språket som mangler.", "messages")]
    empty = [lang for lang in LANGUAGES if not isinstance(texts[lang], str) or not texts[lang].strip()]
    if empty:
        return [
            Fault(place, f"tom eller ikke tekst: {', '.join(empty)}", "Skriv setningen i anførselstegn.", "messages")
        ]
    if len({frozenset(PLACE.findall(texts[lang])) for lang in LANGUAGES}) > 1:
        return [Fault(place, "språkene har ikke de samme {stedene}", "Bruk de samme i alle tre.", "messages")]
    return []
