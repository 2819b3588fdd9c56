"""The word lists of the safety rules: concepts (`kniv`, `halsen`, `i natt`), read from YAML that people edit.

Shorthand in the lists: `spark(e,er,a)` stands for three forms, `voldt*` for every word that begins so,
`slår ~ i hjel` lets up to three words stand in between, `#` is any number.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.errors import CorpusError, Fault
from assistant.safety.writing import exact

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

_ENTRY = re.compile(r"(?:[^,\n(]|\([^)]*\))+")
_CHOICE = re.compile(r"\(([^()]*)\)")
GAP = "~"
GRAMMAR = frozenset({"leddskille", "engelsk-merke", "norsk-merke", "småord", "tall"})
"""Lists of single words that steer the reading itself."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a concept, its tense, and the language in which alone it counts."""

    concept: str
    tense: str = ""
    language: str = ""


class Node:
    """A step in the tree of phrases: the words that may follow, and what the phrase means if it ends here.

    Phrases wait in the node of their first word until a message comes there: most of the tree is never needed.
    """

    __slots__ = ("_next", "_waiting", "meanings")

    def __init__(self) -> None:
        self._next: dict[str, Node] = {}
        self._waiting: list[tuple[list[str], int, Meaning]] = []
        self.meanings: list[Meaning] = []

    def add(self, words: list[str], place: int, meaning: Meaning) -> None:
        """Put the words from `place` on under this node."""
        if place == len(words):
            self.meanings.append(meaning)
        else:
            self._waiting.append((words, place, meaning))

    def branch(self, word: str) -> Node:
        """The node after `word`, made if need be."""
        node = self._next.get(word)
        if node is None:
            node = self._next[word] = Node()
        return node

    def follow(self, word: str) -> Node | None:
        """The node after `word`, if any phrase goes on so."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for words, place, meaning in waiting:
                self.branch(words[place]).add(words, place + 1, meaning)
        return self._next.get(word)


@dataclass(frozen=True, slots=True)
class Concept:
    """`deniable`: a denial takes it away (`slår ikke`). `cancels`: its words take other meanings away (`slå av lyset`)."""

    name: str
    means: str
    deniable: bool
    cancels: bool
    file: str


class Lexicon:
    """All concepts and the tree of their phrases; read-only once read."""

    def __init__(self) -> None:
        self.concepts: dict[str, Concept] = {}
        self.includes: dict[str, tuple[str, ...]] = {}
        self.root = Node()
        self.words: set[str] = set()
        self.grammar: dict[str, frozenset[str]] = {}

    def add(self, listing: str, meaning: Meaning) -> None:
        """Put the phrases of a list into the tree."""
        found = [phrase.split() for phrase in phrases(listing)]
        for words in found:
            self.root.branch(words[0]).add(words, 1, meaning)
            self.words.update(words)
        if meaning.concept in GRAMMAR:
            singles = frozenset(words[0] for words in found if len(words) == 1)
            self.grammar[meaning.concept] = self.grammar.get(meaning.concept, frozenset()) | singles

    def wider(self) -> dict[str, tuple[str, ...]]:
        """For each concept the concepts that include it, directly or through others, itself first."""
        above: dict[str, list[str]] = {name: [name] for name in self.concepts}
        for names in above.values():
            for known in names:
                names.extend(outer for outer, inner in self.includes.items() if known in inner and outer not in names)
        return {name: tuple(names) for name, names in above.items()}


def phrases(listing: str) -> Iterator[str]:
    """The phrases of a list with its shorthand written out."""
    listing = exact(listing.lower().replace("'", "").replace("’", ""))
    for found in _ENTRY.finditer(listing):
        entry = found.group().strip()
        if "(" not in entry:
            if entry:
                yield entry
            continue
        parts = _CHOICE.split(entry)
        choices = [part.split(",") if place % 2 else [part] for place, part in enumerate(parts)]
        for choice in itertools.product(*choices):
            yield "".join(choice)


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
        lexicon.add(listing, Meaning(name, tense, language))
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


def read_same(path: Path, root: Path) -> dict[str, str]:
    """For each word of Nynorsk or a dialect the Bokmål word it also stands for. CorpusError names the wrong line."""
    content = read_yaml(path, root)
    same, faults = dict[str, str](), list[Fault]()
    for word, others in (content if isinstance(content, dict) else {"": None}).items():
        if isinstance(word, str) and isinstance(others, str):
            same.update((exact(other.strip().lower()), word) for other in others.split(","))
        else:
            place = f"{path.relative_to(root)}: {word}"
            faults.append(
                Fault(place, "skal være et ord med en liste av ord", "Skriv for eksempel «ikke: ikkje, itj».")
            )
    if faults:
        raise CorpusError(root, faults)
    return same


def _unknown_parts(lexicon: Lexicon) -> Iterator[Fault]:
    for name, parts in lexicon.includes.items():
        for part in parts:
            if part not in lexicon.concepts:
                yield Fault(
                    f"{lexicon.concepts[name].file}: {name}.includes", f"begrepet «{part}» finnes ikke", "Rett navnet."
                )
