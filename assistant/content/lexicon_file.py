"""One lexicon file: a YAML list of entries, each field known, each value text, nothing said twice, every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.content.files import read_text
from assistant.errors import CorpusError, Fault
from assistant.reading import words as tokens

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING = "tag:yaml.org,2002:str"
_NUMBERS = ("weight",)
_FLAGS = ("inside", "both_ways")
_COMMON = ("why",)


@dataclass(frozen=True)
class Value:
    text: str
    line: int


@dataclass(frozen=True)
class Entry:
    line: int
    values: Mapping[str, tuple[Value, ...]]

    def texts(self, key: str) -> list[str]:
        return [value.text for value in self.values.get(key, ())]

    def number(self, key: str, default: float) -> float:
        return float(self.values[key][0].text) if key in self.values else default

    def flag(self, key: str) -> bool:
        return key in self.values


@dataclass(frozen=True)
class LexiconFile:
    """Which fields the entries of a file have. `source` is the one whose texts may stand only once in the file; `single`: one word."""

    source: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    single: bool = False

    def read(self, path: Path) -> tuple[list[Entry], list[Fault]]:
        """The entries that are right, and the faults of the others and of the file as a whole."""
        faults: list[Fault] = []
        where = f"lexicon/{path.name}"
        try:
            root = yaml.compose(read_text(path), Loader=_Loader)
        except CorpusError as error:
            return [], list(error.faults)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            cure = "Se innrykk, kolon og anførselstegn på linjen og den over."
            return [], [Fault(f"{where}:{line}", f"kan ikke leses som YAML: {error.problem}", cure, "syntax")]
        if not isinstance(root, yaml.SequenceNode) or not root.value:
            cure = f"Skriv en liste; hver post begynner med «- {self.source}: […]»."
            return [], [Fault(f"{where}:1", "er ikke en liste med poster", cure, "lexicon")]
        entries = [entry for node in root.value if (entry := self._entry(node, where, faults))]
        faults.extend(self._repeated(entries, where))
        return entries, faults

    def _entry(self, node: yaml.Node, where: str, faults: list[Fault]) -> Entry | None:
        line = node.start_mark.line + 1
        found = list(self._faults(node, f"{where}:{line}"))
        values: dict[str, tuple[Value, ...]] = {}
        if not found and isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                items = value.value if isinstance(value, yaml.SequenceNode) else [value]
                found.extend(fault for item in items if (fault := _value_fault(key.value, item, where)))
                if not found:
                    values[key.value] = tuple(Value(item.value.strip(), item.start_mark.line + 1) for item in items)
        faults.extend(found)
        return None if found else Entry(line, values)

    def _faults(self, node: yaml.Node, where: str) -> Iterator[Fault]:
        """What is wrong with the fields of an entry, before its values are looked at."""
        fields = (*self.required, *self.optional, *_COMMON)
        if not isinstance(node, yaml.MappingNode):
            yield Fault(where, "er ikke en post med felt", f"Skriv «{self.source}: […]».", "lexicon")
            return
        keys = [str(key.value) for key, _ in node.value]
        for key in keys:
            if key not in fields:
                yield Fault(where, f"feltet «{key}» er ukjent", f"Feltene er {', '.join(fields)}.", "lexicon")
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield Fault(where, f"feltet «{key}» står to ganger", "Ta bort det ene.", "lexicon")
        for key in self.required:
            if key not in keys:
                yield Fault(where, f"feltet «{key}» mangler", "Legg det til.", "lexicon")
        for key, value in node.value:
            if not value.value:
                yield Fault(where, f"feltet «{key.value}» er tomt", "Skriv noe der, eller ta bort posten.", "lexicon")

    def _repeated(self, entries: list[Entry], where: str) -> Iterator[Fault]:
        first: dict[tuple[str, bool], int] = {}
        for entry in entries:
            for value in entry.values[self.source]:
                key = (value.text.lower(), entry.flag("inside"))
                if key in first:
                    cure = "Ta bort den ene, eller slå postene sammen."
                    yield Fault(
                        f"{where}:{value.line}", f"«{value.text}» står allerede på linje {first[key]}", cure, "lexicon"
                    )
                first.setdefault(key, value.line)
                if len(tokens(value.text)) != 1 and self.single:
                    yield Fault(
                        f"{where}:{value.line}",
                        f"«{value.text}» er ikke ett ord",
                        "Her står bare enkeltord.",
                        "lexicon",
                    )


def _value_fault(key: str, node: yaml.Node, where: str) -> Fault | None:
    place = f"{where}:{node.start_mark.line + 1}"
    if not isinstance(node, yaml.ScalarNode):
        return Fault(place, f"feltet «{key}» skal være tekst eller en liste med tekst", "Skriv [ord, ord].", "lexicon")
    if key in _NUMBERS:
        return (
            None
            if _is_share(node.value)
            else Fault(place, f"«{key}» skal være et tall fra 0 til 1", "Skriv 0.5.", "lexicon")
        )
    if key in _FLAGS:
        return (
            None
            if node.value == "true"
            else Fault(place, f"«{key}» kan bare være true", "Skriv true eller ta det bort.", "lexicon")
        )
    if node.tag != _STRING:
        return Fault(place, f"«{node.value}» leses ikke som tekst", f'Sett anførselstegn: "{node.value}".', "lexicon")
    return None if node.value.strip() else Fault(place, f"en tom tekst i «{key}»", "Ta den bort.", "lexicon")


def _is_share(text: str) -> bool:
    try:
        return 0 < float(text) <= 1
    except ValueError:
        return False
