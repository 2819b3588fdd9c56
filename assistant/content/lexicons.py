"""The words that people use, as data: `lexicon/*.yaml` of a corpus folder, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.content.lexicon_file import Entry, LexiconFile
from assistant.errors import CorpusError, Fault
from assistant.reading import words as tokens
from assistant.reading.phrases import GAP

Phrase = tuple[str, ...]
_GAPS = re.compile(rf"({GAP}\d)")

FILES = {
    "stopwords.yaml": LexiconFile(source="words", required=("words",)),
    "nynorsk.yaml": LexiconFile(source="says", required=("says", "nb"), optional=("or", "inside"), single=True),
    "dialect.yaml": LexiconFile(source="says", required=("says",), optional=("nb", "or"), single=True),
    "spelling.yaml": LexiconFile(source="says", required=("says", "nb"), optional=("or",), single=True),
    "inflection.yaml": LexiconFile(source="forms", required=("forms", "nb"), single=True),
    "english.yaml": LexiconFile(source="en", required=("en",), optional=("nb",)),
    "synonyms.yaml": LexiconFile(source="says", required=("says", "means"), optional=("weight", "both_ways")),
}


@dataclass(frozen=True)
class Synonym:
    """Words that people say and the words they mean; `…3` in a phrase is up to three words of any kind."""

    says: tuple[Phrase, ...]
    means: tuple[Phrase, ...]
    weight: float


@dataclass(frozen=True)
class Lexicon:
    """Every mapping goes from plain words (`reading.words`) to the bokmål words that stand for them in the analysis."""

    stopwords: frozenset[str] = frozenset()
    nynorsk: Mapping[str, Phrase] = field(default_factory=dict)
    nynorsk_inside: Mapping[str, str] = field(default_factory=dict)
    dialect: Mapping[str, Phrase] = field(default_factory=dict)
    spelling: Mapping[str, Phrase] = field(default_factory=dict)
    inflection: Mapping[str, Phrase] = field(default_factory=dict)
    english: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    synonyms: tuple[Synonym, ...] = ()

    @classmethod
    def empty(cls) -> Lexicon:
        return cls()

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """The lexicon of a corpus folder; a file that is not there is an empty one.

        Raises CorpusError with every fault in every file: file, line, what is wrong, what to write instead.
        """
        faults: list[Fault] = []
        read = {name: _read(kind, folder / "lexicon" / name, faults) for name, kind in FILES.items()}
        if faults:
            raise CorpusError(folder / "lexicon", faults)
        nynorsk = read["nynorsk.yaml"]
        return cls(
            stopwords=frozenset(
                word for entry in read["stopwords.yaml"] for text in entry.texts("words") for word in tokens(text)
            ),
            nynorsk=dict(_forms((entry for entry in nynorsk if not entry.flag("inside")), "says")),
            nynorsk_inside={
                text: entry.texts("nb")[0] for entry in nynorsk if entry.flag("inside") for text in entry.texts("says")
            },
            dialect=dict(_forms(read["dialect.yaml"], "says")),
            spelling=dict(_forms(read["spelling.yaml"], "says")),
            inflection=dict(_forms(read["inflection.yaml"], "forms")),
            english=dict(_glossary(read["english.yaml"])),
            synonyms=tuple(_synonyms(read["synonyms.yaml"])),
        )


def _read(kind: LexiconFile, path: Path, faults: list[Fault]) -> list[Entry]:
    if not path.exists():
        return []
    entries, found = kind.read(path)
    faults.extend(found)
    return entries


def phrase(text: str) -> Phrase:
    """The plain words of a lexicon phrase, with its gaps (`…3`)."""
    parts = [part.split() if part.startswith(GAP) else tokens(part) for part in _GAPS.split(text)]
    return tuple(word for part in parts for word in part)


def _forms(entries: Iterable[Entry], source: str) -> Iterator[tuple[str, Phrase]]:
    for entry in entries:
        words = tuple(word for text in entry.texts("nb") for word in tokens(text))
        if not words:
            continue
        for text in entry.texts(source):
            yield "".join(tokens(text)), words


def _glossary(entries: Iterable[Entry]) -> Iterator[tuple[Phrase, tuple[Phrase, ...]]]:
    for entry in entries:
        meanings = tuple(phrase(text) for text in entry.texts("nb"))
        for text in entry.texts("en"):
            yield tuple(tokens(text)), meanings


def _synonyms(entries: Iterable[Entry]) -> Iterator[Synonym]:
    for entry in entries:
        says = tuple(phrase(text) for text in entry.texts("says"))
        means = tuple(phrase(text) for text in entry.texts("means"))
        yield Synonym(says, means, entry.number("weight", 1.0))
        if entry.flag("both_ways"):
            yield Synonym(means, says, entry.number("weight", 1.0))


MAPS = ("spelling.yaml", "dialect.yaml", "nynorsk.yaml")


def read_maps(folder: Path) -> dict[str, tuple[str, ...]]:
    """Every word that is written otherwise in bokmål, with all the single words it may stand for, the likeliest first.

    Raises CorpusError with every fault in the three files; a file that is not there is an empty one.
    """
    faults: list[Fault] = []
    maps: dict[str, tuple[str, ...]] = {}
    for name in MAPS:
        for entry in _read(FILES[name], folder / name, faults):
            means = tuple(text for key in ("nb", "or") for text in entry.texts(key) if " " not in text)
            if not entry.flag("inside"):
                maps.update(("".join(tokens(text)), means) for text in entry.texts("says"))
    if faults:
        raise CorpusError(folder, faults)
    return maps
