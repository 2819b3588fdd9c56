"""PDF, DOCX, HTML, Markdown and text -> a document in corpus format, word for word (`text_kind: original`).

The files stay where the program runs; they are added with `--corpus DIR`. What is odd in one publisher's files is mended in
`oddities.py`, by the words in `publishers.yaml`, and nowhere else. What is left out: the contents list, page numbers and running heads,
mark-up, descriptions of pictures, and the street address of a shelter.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import Fault
from assistant.ingest import flow, oddities
from assistant.ingest.blocks import Block, divided
from assistant.ingest.folder import check_folder, check_target, facts_of, write
from assistant.ingest.hypertext import read_html
from assistant.ingest.levels import structured
from assistant.ingest.limits import LARGEST_FILE, MOST_CHARACTERS, refused, too_large
from assistant.ingest.measures import recorded
from assistant.ingest.merging import Merged, base_of, merged
from assistant.ingest.pdf import read_pdf
from assistant.ingest.plain import read_text
from assistant.ingest.word import read_docx
from assistant.ingest.writer import described, document_text
from assistant.models import Document

Reader = Callable[[Path], list[Block]]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
}

_WHOLE = (".docx", ".html", ".htm")


@dataclass(frozen=True)
class Ingested:
    """A file as read: what is known of the document, its blocks in the order of reading, and the whole text in corpus format.

    `unread`: the pages that hold no text, because they are scanned.
    """

    path: Path
    document: Document
    blocks: tuple[Block, ...]
    text: str
    unread: tuple[int, ...] = ()


def ingested(
    path: Path,
    document_id: str | None = None,
    facts: Mapping[str, object] | None = None,
    known: Mapping[str, Document] | None = None,
) -> Ingested:
    """One file as `ingest` would write it; nothing is written. Raises UsageError as `ingest` does."""
    read = _read(path)
    blocks = mended(read, path.suffix.lower() in _WHOLE)
    if not any(block.kind != "heading" for block in blocks):
        raise refused(path, "no text found", "A scanned file must go through text recognition first.")
    source = os.fsencode(path.name).decode(
        "utf-8", "replace"
    )  # a name in another encoding is no text that can be written
    name = _id(path) if document_id is None else document_id
    document = described(flow.plain_words(read), name, source, facts or {}, known or {})
    unread = tuple(block.page or 0 for block in read if block.kind == "unread")
    return Ingested(path, document, tuple(blocks), document_text(blocks, document), unread)


def ingest(
    files: Sequence[Path],
    into: Path,
    document_id: str | None = None,
    title: str | None = None,
    facts: Mapping[str, object] | None = None,
    known: Mapping[str, Document] | None = None,
    conflicts: list[Fault] | None = None,
) -> list[Path]:
    """Write each file as `into/<id>.md` and give the paths back.

    `facts` are fields of Document that the caller knows (kind, publisher, municipalities, valid_from, valid_to). Where `known` holds a
    document of the same id, its title, period and so on are taken over, so that both are cited alike; `title` and `facts` go before.
    What an editor has changed in a document since it was written stays; where the file has changed there too, `conflicts` gets the place.
    A file of the same name from another municipality becomes a document of its own.

    Raises UsageError for a file of an unknown kind, one that is broken, locked, too large or without readable text, an id or fact that
    the format does not allow, two files of one id, and a target that ingest has not made. Nothing is written unless every file could
    be read.
    """
    if document_id is not None and len(files) > 1:
        raise refused("--id", "goes with one file", "Ingest the files one by one.")
    check_folder(into)
    given = {**({"title": title} if title else {}), **(facts or {})}
    made: dict[Path, Merged] = {}
    for path in files:
        found = ingested(path, document_id, given, known)  # which refuses an id that would lead out of the folder
        if document_id is None and _is_anothers(into / f"{found.document.id}.md", found.document):
            found = ingested(path, _own_id(found.document), given, known)
        target = into / f"{found.document.id}.md"
        if target in made:
            cure = "Ingest them one by one, with --id."
            raise refused(path, f"another of the files gives {target.name} too", cure)
        check_target(target)
        made[target] = merged(target, found.text)
    texts = {target: each.text for target, each in made.items()}
    write({**texts, **{base_of(target): each.base for target, each in made.items()}}, into)
    if conflicts is not None:
        conflicts += [fault for each in made.values() for fault in each.conflicts]
    return list(texts)


def _is_anothers(target: Path, document: Document) -> bool:
    """Whether the document that is there already is of other municipalities."""
    there = facts_of(target).get("municipalities") if document.municipalities else None
    return bool(there) and isinstance(there, list) and not set(document.municipalities).intersection(there)


def _own_id(document: Document) -> str:
    return f"{document.id}-{_slug(document.municipalities[0])}"


def mended(blocks: Sequence[Block], whole: bool = False) -> list[Block]:
    """What a reader found, put right: furniture out, sentences, lists and tables whole, headings found and nested.

    `whole`: the file itself says where a paragraph ends, so that no sentence is torn.
    """
    found = oddities.parted_items(oddities.without_furniture(flow.plain_words(blocks)))
    found, notes = flow.without_notes(found if whole else flow.whole_sentences(found))
    found = flow.with_notes(structured(found), notes)
    return oddities.without_shelter_addresses(flow.whole_lists(flow.whole_tables(recorded(found))))


def _read(path: Path) -> list[Block]:
    """What the file's reader finds, in blocks that none is too long.

    Raises UsageError for what is no ordinary file of a known kind, or too large.
    """
    reader = READERS.get(path.suffix.lower())
    try:
        _check_file(path)
        if reader is None:
            cause = f"{path.suffix or 'a file without an ending'} is not known"
            raise refused(path, cause, f"Known: {', '.join(READERS)}.")
        blocks = reader(path)
    except OSError as error:
        raise refused(
            path, f"cannot be opened ({error.strerror})", "Check the name and that you may read it."
        ) from None
    size = sum(len(block.text) + sum(len(cell) for row in block.rows for cell in row) for block in blocks)
    if size > MOST_CHARACTERS:
        raise too_large(path, size, MOST_CHARACTERS, "characters")
    return divided(blocks)


def _check_file(path: Path) -> None:
    """Before anything is read: a pipe would wait for ever for its other end. Raises OSError where there is no such file."""
    size = path.stat().st_size
    if path.is_dir():
        raise refused(path, "is a folder", "Give the files in it.")
    if not path.is_file():
        raise refused(path, "is no ordinary file (a pipe or a device)", "Save its content as a file, and give that.")
    if size > LARGEST_FILE:
        raise too_large(path, size, LARGEST_FILE, "bytes")
    if not size:
        raise refused(path, "is empty", "Fetch it anew, or give another file.")


def _id(path: Path) -> str:
    """The file's name as an id."""
    return _slug(path.stem) or "dokument"


def _slug(text: str) -> str:
    """Lower case, hyphens for everything that no id may have."""
    return re.sub(r"[^a-zæøå0-9._-]+", "-", text.lower()).strip("-._")
