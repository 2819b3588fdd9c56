"""Corpus folders -> one read-only Corpus. Every error names file, line or field, what was expected, what to write."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from assistant.content import files
from assistant.content.documents import read_document
from assistant.content.files import EMBEDDED
from assistant.content.messages import Messages
from assistant.content.municipalities import Places
from assistant.errors import CorpusError, Fault
from assistant.models import Document, Figure, Helpline, LegalRule, Measure, Municipality, Passage

Item = TypeVar("Item", Helpline, Municipality)

VARIABLE = "ASSISTANT_CORPUS"
README = "README.md"


@dataclass(frozen=True)
class Corpus:
    """All content, in the order of the files' names; nothing in it changes after loading."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    helplines: tuple[Helpline, ...]
    municipalities: Places
    messages: Messages
    version: str

    @cached_property
    def document(self) -> Mapping[str, Document]:
        """Documents by id. Where an original was added beside its rendition, the rendition's facts stand."""
        return {document.id: document for document in reversed(self.documents)}

    @cached_property
    def passage(self) -> Mapping[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def helpline(self) -> Mapping[str, Helpline]:
        return {helpline.id: helpline for helpline in self.helplines}

    @cached_property
    def rules(self) -> Mapping[str, Passage]:
        """The passages that state a legal rule, by the rule's id."""
        return {p.record.id: p for p in self.passages if isinstance(p.record, LegalRule)}

    @cached_property
    def measures(self) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages if isinstance(passage.record, Measure))

    @cached_property
    def figures(self) -> Mapping[str, tuple[Passage, ...]]:
        """Figures by topic, so that documents that disagree are shown together."""
        grouped: dict[str, list[Passage]] = {}
        for passage in self.passages:
            if isinstance(passage.record, Figure):
                grouped.setdefault(passage.record.topic, []).append(passage)
        return {topic: tuple(found) for topic, found in grouped.items()}


def folders_from_environment() -> tuple[Path, ...]:
    """The folders in ASSISTANT_CORPUS, else the embedded corpus."""
    given = os.environ.get(VARIABLE)
    return tuple(Path(part) for part in given.split(os.pathsep)) if given else (EMBEDDED,)


def read_corpus(*folders: Path) -> Corpus:
    """The content of the folders; the first holds helplines, municipalities and messages, the rest add documents.

    Raises CorpusError that lists every fault in every file.
    """
    first = folders[0]
    faults: list[Fault] = []
    _require(first, faults)
    read = _Collector(faults)
    messages = read.try_(Messages.load, first / "messages.yaml", "messages.yaml")
    helplines = read.try_(_read_list, first / "helplines.yaml", Helpline)
    municipalities = read.try_(_read_list, first / "municipalities.yaml", Municipality)
    labels = messages.labels() if messages else _AnyLabel()
    paths = [(folder, path) for folder in folders for path in document_paths(folder)]
    read_documents = [read.try_(read_document, path, labels, _relative(path, folder)) for folder, path in paths]
    documents = [pair for pair in read_documents if pair]
    faults.extend(_duplicates(documents))
    if faults or messages is None:
        raise CorpusError(first, faults)
    return Corpus(
        documents=tuple(document for document, _ in documents),
        passages=_with_corrections([passage for _, passages in documents for passage in passages]),
        helplines=helplines or (),
        municipalities=Places(municipalities or ()),
        messages=messages,
        version=_version(folders),
    )


def _with_corrections(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, where each original carries what its rendition says must be shown beside that section.

    Word for word, Hallingdal's annex gives everyone a duty that the law gives to some; the correction must follow it there too.
    """
    beside: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for passage in passages:
        if passage.text_kind == "rendition":
            beside.setdefault(_place(passage), []).append(passage)
    return tuple(_corrected(p, beside.get(_place(p), ())) if p.text_kind == "original" else p for p in passages)


def _place(passage: Passage) -> tuple[str, tuple[str, ...]]:
    return passage.section.document, tuple(" ".join(heading.casefold().split()) for heading in passage.section.path)


def _corrected(original: Passage, renditions: Iterable[Passage]) -> Passage:
    rules = tuple(dict.fromkeys(rule for passage in renditions for rule in passage.corrected_by))
    return original.model_copy(update={"corrected_by": rules}) if rules else original


class _AnyLabel(dict[str, str]):
    """Stands in for the labels when messages.yaml is broken, so that the other files are still checked."""

    def __missing__(self, key: str) -> str:
        return key


class _Collector:
    """Calls a reader and keeps its faults, so that one broken file does not hide the next one's."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults

    def try_(self, reader: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return reader(*arguments)
        except CorpusError as error:
            self.faults.extend(error.faults)
            return None


def _require(folder: Path, faults: list[Fault]) -> None:
    if not folder.is_dir():
        faults.append(Fault(str(folder), "mappen finnes ikke", f"Se {VARIABLE} eller --corpus.", "folder"))
    elif not document_paths(folder):
        cure = "Pek på en mappe med plans/, guidance/ og laws/, eller ta bort innstillingen."
        faults.append(Fault(str(folder), "ingen dokumenter (*.md) i mappen", cure, "folder"))


def document_paths(folder: Path) -> list[Path]:
    """The document files of a corpus folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*.md") if path.name != README)


def _relative(path: Path, folder: Path) -> str:
    return str(path) if folder != EMBEDDED else str(path.relative_to(folder))


def _read_list(path: Path, model: type[Item]) -> tuple[Item, ...]:
    data = files.read(path)
    if not isinstance(data, list) or not data:
        raise CorpusError(path, [Fault(path.name, "er ikke en liste", "Begynn hver post med «- ».", "schema")])
    faults: list[Fault] = []
    collector = _Collector(faults)
    items = [collector.try_(files.validate, model, item, f"{path.name}: {_name(item)}") for item in data]
    if faults:
        raise CorpusError(path, faults)
    return tuple(items)


def _name(item: Any) -> str:
    return str(item.get("id") or item.get("name") or "?") if isinstance(item, dict) else "?"


def _duplicates(documents: Sequence[tuple[Document, Sequence[Passage]]]) -> Iterable[Fault]:
    seen: set[tuple[str, str]] = set()
    for document, _ in documents:
        key = (document.id, document.text_kind)
        if key in seen:
            yield Fault(document.id, "to filer har samme id", "Gi den ene en annen id.", "id")
        seen.add(key)


def _version(folders: Sequence[Path]) -> str:
    """Twelve hex digits that change when any content file changes."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".yaml")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
