"""The word lists of the safety rules: concepts (`kniv`, `halsen`, `i natt`), read from YAML that people edit.

The lists are written in the pattern language of `assistant.reading.phrases`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from assistant.errors import CorpusError, Fault
from assistant.reading.phrases import Phrases, phrases

LISTS = {
    "words": ("", ""),
    "past": ("", "past"),
    "english": ("", ""),
    "english_past": ("", "past"),
    "english_only": ("english", ""),
    "english_only_past": ("english", "past"),
    "norwegian_only": ("norwegian", ""),
}
"""The lists a concept may have, each with the language it is limited to and its tense."""

_FIELDS = {"means", "deniable", "cancels", "includes", *LISTS}
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader written in C where PyYAML has it: ten times faster."""

GRAMMAR = frozenset({"leddskille", "engelsk-merke", "norsk-merke", "småord", "tall"})
"""Lists of single words that steer the reading itself."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a concept, its tense, and the language in which alone it counts."""

    concept: str
    tense: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """`deniable`: a denial takes it away (`slår ikke`). `cancels`: its words take other meanings away (`slå av lyset`)."""

    name: str
    means: str
    deniable: bool
    cancels: bool
    file: str


class Lexicon:
    """All concepts and their phrases; read-only once read."""

    def __init__(self) -> None:
        self.concepts: dict[str, Concept] = {}
        self.includes: dict[str, tuple[str, ...]] = {}
        self.lists: list[tuple[str, Meaning]] = []

    @cached_property
    def phrases(self) -> Phrases[Meaning]:
        """The tree of all phrases."""
        return Phrases(self.lists)

    @cached_property
    def grammar(self) -> dict[str, frozenset[str]]:
        """The lists of single words that steer the reading itself, by name."""
        return {
            name: frozenset(
                phrase
                for listing, meaning in self.lists
                if meaning.concept == name
                for phrase in phrases(listing)
                if " " not in phrase
            )
            for name in sorted(GRAMMAR)
        }

    def wider(self) -> dict[str, tuple[str, ...]]:
        """For each concept the concepts that include it, directly or through others, itself first."""
        above: dict[str, list[str]] = {name: [name] for name in self.concepts}
        for names in above.values():
            for known in names:
                names.extend(outer for outer, inner in self.includes.items() if known in inner and outer not in names)
        return {name: tuple(names) for name, names in above.items()}


def parsed(text: str) -> object:
    """The content of a YAML text, plain values only; raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)


def read_yaml(path: Path, root: Path) -> object:
    """The file's content; a missing file or a syntax error becomes a CorpusError that names file and line."""
    where = str(path.relative_to(root))
    try:
        return parsed(path.read_text(encoding="utf-8"))
    except OSError as error:
        fault = Fault(where, f"filen kan ikke leses ({error.strerror})", "Legg filen tilbake.")
    except UnicodeDecodeError:
        fault = Fault(where, "filen er ikke lagret som UTF-8", "Lagre filen som UTF-8.")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "ugyldig YAML"
        fault = Fault(
            f"{where}{line}", f"filen er ikke gyldig YAML: {problem}", "Rett innrykk, kolon eller anførselstegn."
        )
    raise CorpusError(root, [fault])


def read_lexicon(folder: Path, root: Path) -> Lexicon:
    """All word lists in `folder`; CorpusError lists every fault found in them."""
    lexicon, faults = Lexicon(), list[Fault]()
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise CorpusError(
            root, [Fault(str(folder.relative_to(root)), "ingen ordlister her", "Legg tilbake ordlistene.")]
        )
    for path in files:
        where, content = str(path.relative_to(root)), read_yaml(path, root)
        if not isinstance(content, dict):
            faults.append(Fault(where, "filen skal være navn på begreper med felter under", "Se de andre filene."))
            continue
        for name, entry in content.items():
            faults.extend(_read_concept(lexicon, str(name), entry, where))
    faults.extend(_unknown_parts(lexicon))
    if faults:
        raise CorpusError(root, faults)
    return lexicon


def _read_concept(lexicon: Lexicon, name: str, entry: object, where: str) -> Iterable[Fault]:
    place = f"{where}: {name}"
    if not isinstance(entry, dict) or not isinstance(entry.get("means"), str):
        return [Fault(f"{place}.means", "begrepet mangler forklaring", "Skriv i «means» hva ordene betyr.")]
    if name in lexicon.concepts:
        return [Fault(place, "begrepet finnes fra før", f"Slå det sammen med det i {lexicon.concepts[name].file}.")]
    faults = [
        Fault(f"{place}.{key}", "ukjent felt", f"Feltene er {', '.join(sorted(_FIELDS))}.")
        for key in entry.keys() - _FIELDS
    ]
    concept = Concept(name, entry["means"], bool(entry.get("deniable")), bool(entry.get("cancels")), where)
    lexicon.concepts[name] = concept
    lexicon.includes[name] = tuple(entry.get("includes") or ())
    for key, (language, tense) in LISTS.items():
        listing = entry.get(key)
        if listing is None:
            continue
        if not isinstance(listing, str):
            faults.append(Fault(f"{place}.{key}", "skal være tekst med komma mellom ordene", "Begynn listen med «>-»."))
            continue
        lexicon.lists.append((listing, Meaning(name, tense, language)))
    return faults


def read_ordinary(path: Path, root: Path) -> frozenset[str]:
    """Ordinary words that look like words of the lists but are not misspellings of them; a plain text file."""
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(
            str(path.relative_to(root)), f"filen kan ikke leses ({error})", "Legg den tilbake, lagret som UTF-8."
        )
        raise CorpusError(root, [fault]) from error


def _unknown_parts(lexicon: Lexicon) -> Iterator[Fault]:
    for name, parts in lexicon.includes.items():
        for part in parts:
            if part not in lexicon.concepts:
                yield Fault(
                    f"{lexicon.concepts[name].file}: {name}.includes", f"begrepet «{part}» finnes ikke", "Rett navnet."
                )
