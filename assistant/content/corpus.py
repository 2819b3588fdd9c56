"""Corpus folders -> one read-only Corpus. Every error names file, line or field, what was expected, what to write."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from assistant.content import files, schema
from assistant.content.documents import read_document
from assistant.content.entries import read_entries
from assistant.content.examples import QUESTIONS
from assistant.content.files import EMBEDDED, VARIABLE, Faults, lexicon_folder
from assistant.content.messages import Messages
from assistant.content.municipalities import Places
from assistant.content.numbers import Phones
from assistant.content.versions import retired
from assistant.errors import Fault
from assistant.models import ContactText, Document, Entry, Figure, Helpline, LegalRule, Measure, Municipality, Passage

Read = tuple[Document, tuple[Passage, ...]]

README = "README.md"


@dataclass(frozen=True)
class Corpus:
    """All content, in the order of the files' names; nothing in it changes after loading.

    `lexicon_folder` holds the `lexicon/` that belongs to it. `left_out`: what is wrong in the documents that could not be used.
    `retired`: documents that a newer version stands for, by id, with the newer one's; they are not read.
    `first`: the documents of the first folder, retired ones too: what is fitted is fitted to these, so that a document that is added
    or retired where the program runs changes no fit.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    helplines: tuple[Helpline, ...]
    municipalities: Places
    messages: Messages
    version: str
    folder: Path = EMBEDDED
    entries: tuple[Entry, ...] = ()
    lexicon_folder: Path = EMBEDDED
    left_out: tuple[Fault, ...] = ()
    retired: Mapping[str, str] = field(default_factory=dict)
    first: tuple[Read, ...] = ()
    contact_texts: Mapping[str, ContactText] = field(default_factory=dict)

    @cached_property
    def document(self) -> Mapping[str, Document]:
        """Documents by id. Where an original was added beside its rendition, the rendition's facts stand."""
        return {document.id: document for document in reversed(self.documents)}

    @cached_property
    def passage(self) -> Mapping[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def entry(self) -> Mapping[str, Entry]:
        """Entries by id."""
        return {entry.id: entry for entry in self.entries}

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


def read_corpus(*folders: Path, strict: bool = False, as_written: bool = False) -> Corpus:
    """The content of the folders; the first holds helplines, municipalities and messages, the rest add documents.

    A document with a fault is left out and named in `left_out`, unless `strict`. `as_written`: without the helplines' digits in the
    documents' texts, for checks of what an editor has written. Raises CorpusError that lists every fault
    in every file when anything else has one, or when no document is left.
    """
    first = folders[0]
    faults, left_out = _required(folders), Faults()
    messages = faults.of(Messages.load, first / "messages.yaml")
    helplines = faults.of(_helplines, first / "helplines.yaml")
    contact_texts = faults.of(_contact_texts, first / "contact-texts.yaml")
    municipalities = faults.of(_municipalities, first / "municipalities.yaml")
    entries = faults.of(read_entries, first, helplines) if helplines else None
    labels = messages.labels() if messages else _AnyLabel()
    phones = None if as_written else {line.id: line.phone for line in helplines or ()}
    own, *added = [_documents(folder, labels, phones, left_out) for folder in folders]
    documents = _unlike([*own, *itertools.chain.from_iterable(added)], left_out)
    if strict or not documents:
        faults += left_out
    faults.stop(first)
    gone = retired([document for document, _ in documents])
    documents = [pair for pair in documents if pair[0].id not in gone]
    return Corpus(
        documents=tuple(document for document, _ in documents),
        passages=_with_corrections([passage for _, passages in documents for passage in passages]),
        helplines=helplines or (),
        contact_texts=contact_texts or {},
        municipalities=Places(municipalities or ()),
        messages=messages or Messages({}),
        version=version_of(folders),
        folder=first,
        entries=entries or (),
        lexicon_folder=lexicon_folder(folders),
        left_out=tuple(left_out),
        retired=gone,
        first=tuple(own),
    )


def _documents(folder: Path, labels: Mapping[str, str], phones: Phones | None, left_out: Faults) -> list[Read]:
    return [pair for path in document_paths(folder) if (pair := left_out.of(read_document, path, labels, phones))]


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


def _required(folders: Sequence[Path]) -> Faults:
    """No faults yet. Raises CorpusError where a folder does not exist or holds no document."""
    faults = Faults()
    for folder in folders:
        if not folder.is_dir():
            faults.append(Fault(str(folder), "mappen finnes ikke", f"Se {VARIABLE} eller --corpus.", "folder"))
        elif not document_paths(folder):
            cure = "Pek på en mappe med plans/, guidance/ og laws/, eller ta bort innstillingen."
            faults.append(Fault(str(folder), "ingen dokumenter (*.md) i mappen", cure, "folder"))
    faults.stop(folders[0])
    return faults


def document_paths(folder: Path) -> list[Path]:
    """The document files of a corpus folder, in a fixed order; the READMEs for editors are none."""
    return [path for path in files.listed(folder, "**/*.md") if path.name != README]


def _helplines(path: Path) -> tuple[Helpline, ...]:
    return schema.listed(Helpline, files.read(path))


def _contact_texts(path: Path) -> Mapping[str, ContactText]:
    """By their bokmål. A folder may do without: then its cards are in bokmål."""
    if not path.exists():
        return {}
    return {text.nb: text for text in schema.listed(ContactText, files.read(path), once="nb")}


def _municipalities(path: Path) -> tuple[Municipality, ...]:
    return schema.listed(Municipality, files.read(path), once="number")


def _unlike(documents: Sequence[Read], faults: Faults) -> list[Read]:
    """The documents, each id once as an original and once as a rendition; the second of a pair is a fault."""
    kept: dict[tuple[str, str], Read] = {}
    for document, passages in documents:
        key = (document.id, document.text_kind)
        if key in kept:
            faults.append(Fault(f"{document.id}.md", "to filer har samme id", "Gi den ene en annen id.", "id"))
        kept.setdefault(key, (document, passages))
    return list(kept.values())


def version_of(folders: Sequence[Path]) -> str:
    """Twelve hex digits that change when any content file changes: documents, lists, lexicon, and the tables of how people ask."""
    digest = hashlib.sha256()
    for folder in (*folders, lexicon_folder(folders) / "lexicon"):
        tables = files.listed(folder / QUESTIONS, "*.jsonl")
        texts = (path for path in files.listed(folder, "**/*") if path.suffix in (".md", ".yaml") and path.is_file())
        for path in (*texts, *tables):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            with suppress(OSError):  # who reads it says what is wrong with it
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
