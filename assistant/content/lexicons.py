"""The words that people use, as data: `lexicon/*.yaml` of a corpus folder, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar, TypeVar

from pydantic import Field

from assistant.content import files, schema
from assistant.content.files import Content, Faults
from assistant.errors import Fault
from assistant.models import Frozen, Text
from assistant.reading import words as tokens
from assistant.reading.phrases import GAP

Phrase = tuple[str, ...]
_GAPS = re.compile(rf"({GAP}\d)")


Words = Annotated[schema.Words, Field(min_length=1)]


class Entry(Frozen):
    """A post of a lexicon file. The texts of `source` may stand only once in the file; `single`: each is one word."""

    source: ClassVar[str] = "says"
    single: ClassVar[bool] = False
    why: Text | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """What people write, which the rest of the post is about."""
        found: tuple[str, ...] = getattr(self, self.source)
        return found


class Stopwords(Entry):
    source: ClassVar[str] = "words"
    words: Words


class Respelt(Entry):
    """A word that is written otherwise in bokmål: `nb` is the likeliest reading, `or_` what else it may stand for."""

    single: ClassVar[bool] = True
    says: Words
    nb: Words = ()
    or_: Annotated[schema.Words, Field(alias="or", min_length=1)] = ()


class Nynorsk(Respelt):
    """`inside`: only inside a longer word («leik» in «kjærleik»)."""

    nb: Words
    inside: bool = False


class Dialect(Respelt):
    """A word may stand for nothing but what is in `or`: it is left as it is in a search."""


class Spelling(Respelt):
    nb: Words


class Inflection(Entry):
    source: ClassVar[str] = "forms"
    single: ClassVar[bool] = True
    forms: Words
    nb: Words


class English(Entry):
    source: ClassVar[str] = "en"
    en: Words
    nb: Words = ()


class Saying(Entry):
    """`weight`: how sure it is that this is meant, above 0 up to 1."""

    says: Words
    means: Words
    weight: Annotated[float, Field(gt=0, le=1)] = 1.0
    both_ways: bool = False


Post = TypeVar("Post", bound=Entry)


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
        faults = Faults()
        words = folder / "lexicon"
        stopwords = _read(Stopwords, words / "stopwords.yaml", faults)
        nynorsk = _read(Nynorsk, words / "nynorsk.yaml", faults)
        dialect = _read(Dialect, words / "dialect.yaml", faults)
        spelling = _read(Spelling, words / "spelling.yaml", faults)
        inflection = _read(Inflection, words / "inflection.yaml", faults)
        english = _read(English, words / "english.yaml", faults)
        sayings = _read(Saying, words / "synonyms.yaml", faults)
        faults.stop(words)
        return cls(
            stopwords=frozenset(word for post in stopwords for text in post.words for word in tokens(text)),
            nynorsk=dict(_forms(post for post in nynorsk if not post.inside)),
            nynorsk_inside={text: post.nb[0] for post in nynorsk if post.inside for text in post.says},
            dialect=dict(_forms(dialect)),
            spelling=dict(_forms(spelling)),
            inflection=dict(_forms(inflection)),
            english=dict(_glossary(english)),
            synonyms=tuple(_synonyms(sayings)),
        )


def _read(kind: type[Post], path: Path, faults: Faults) -> tuple[Post, ...]:
    """The posts of a file; one that is not there has none."""
    return faults.of(_posts, kind, path) or () if path.exists() else ()


def _posts(kind: type[Post], path: Path) -> tuple[Post, ...]:
    content = files.read(path)
    posts = schema.listed(kind, content)
    Faults(_repeated(posts, content)).stop(path)
    return posts


def _repeated(posts: Iterable[Entry], content: Content) -> Iterator[Fault]:
    """What stands twice in the file, and what is no single word where only those may stand."""
    first: dict[tuple[str, bool], int] = {}
    for place, post in enumerate(posts):
        for number, text in enumerate(post.sources):
            key, where = (text.lower(), getattr(post, "inside", False)), (place, post.source, number)
            if key in first:
                cure = "Ta bort den ene, eller slå postene sammen."
                yield content.fault(where, f"«{text}» står allerede på linje {first[key]}", cure, "lexicon")
            first.setdefault(key, content.line(*where))
            if post.single and len(tokens(text)) != 1:
                yield content.fault(where, f"«{text}» er ikke ett ord", "Her står bare enkeltord.", "lexicon")


def phrase(text: str) -> Phrase:
    """The plain words of a lexicon phrase, with its gaps (`…3`)."""
    parts = [part.split() if part.startswith(GAP) else tokens(part) for part in _GAPS.split(text)]
    return tuple(word for part in parts for word in part)


def _forms(posts: Iterable[Respelt | Inflection]) -> Iterator[tuple[str, Phrase]]:
    for post in posts:
        words = tuple(word for text in post.nb for word in tokens(text))
        for text in post.sources if words else ():
            yield "".join(tokens(text)), words


def _glossary(posts: Iterable[English]) -> Iterator[tuple[Phrase, tuple[Phrase, ...]]]:
    for post in posts:
        meanings = tuple(phrase(text) for text in post.nb)
        for text in post.en:
            yield tuple(tokens(text)), meanings


def _synonyms(posts: Iterable[Saying]) -> Iterator[Synonym]:
    for post in posts:
        says = tuple(phrase(text) for text in post.says)
        means = tuple(phrase(text) for text in post.means)
        yield Synonym(says, means, post.weight)
        if post.both_ways:
            yield Synonym(means, says, post.weight)


MAPS: Mapping[str, type[Respelt]] = {"spelling.yaml": Spelling, "dialect.yaml": Dialect, "nynorsk.yaml": Nynorsk}


def read_maps(folder: Path) -> dict[str, tuple[str, ...]]:
    """Every word that is written otherwise in bokmål, with all the single words it may stand for, the likeliest first.

    Raises CorpusError with every fault in the three files; a file that is not there is an empty one.
    """
    faults, maps = Faults(), dict[str, tuple[str, ...]]()
    for name, kind in MAPS.items():
        for post in _read(kind, folder / name, faults):
            means = tuple(text for text in (*post.nb, *post.or_) if " " not in text)
            if not getattr(post, "inside", False):
                maps.update(("".join(tokens(text)), means) for text in post.says)
    faults.stop(folder)
    return maps
