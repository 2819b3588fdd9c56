"""PDF, DOCX, HTML, Markdown and text -> a document in corpus format, word for word (`text_kind: original`).

The files stay where the program runs; they are added with `--corpus DIR`. What is odd in one publisher's files is mended in
`oddities.py` and nowhere else. What is left out: the contents list, page numbers and running heads, mark-up, descriptions of
pictures, and the street address of a shelter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.content import files
from assistant.content.files import EMBEDDED
from assistant.errors import CorpusError, UsageError
from assistant.ingest import flow, oddities
from assistant.ingest.blocks import Block
from assistant.ingest.hypertext import read_html
from assistant.ingest.levels import structured
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


def ingest(
    files: Sequence[Path],
    into: Path,
    document_id: str | None = None,
    title: str | None = None,
    facts: Mapping[str, object] | None = None,
    known: Mapping[str, Document] | None = None,
) -> list[Path]:
    """Write each file as `into/<id>.md` and give the paths back.

    `facts` are fields of Document that the caller knows (kind, publisher, municipalities, valid_from, valid_to). Where `known` holds a
    document of the same id, its title, period and so on are taken over, so that both are cited alike; `title` and `facts` go before.

    Raises UsageError for a file of an unknown kind, one that is broken, locked or without readable text, an id or fact that the format
    does not allow, two files of one id, and a target that ingest has not made. Nothing is written unless every file could be read.
    """
    if document_id and len(files) > 1:
        raise UsageError("--id goes with one file. Ingest the files one by one.")
    _check_folder(into)
    texts: dict[Path, str] = {}
    for path in files:
        target = into / f"{document_id or _id(path)}.md"
        if target in texts:
            raise UsageError(
                f"{path}: another of the files gives {target.name} too. Ingest them one by one, with --id."
            )
        _check_target(target)
        texts[target] = _document(
            path, target.stem, {**({"title": title} if title else {}), **(facts or {})}, known or {}
        )
    _write(texts, into)
    return list(texts)


def mended(blocks: Sequence[Block], whole: bool = False) -> list[Block]:
    """What a reader found, put right: furniture out, sentences, lists and tables whole, headings found and nested.

    `whole`: the file itself says where a paragraph ends, so that no sentence is torn.
    """
    found = oddities.parted_items(oddities.without_furniture(flow.plain_words(blocks)))
    found, notes = flow.without_notes(found if whole else flow.whole_sentences(found))
    found = flow.with_notes(structured(found), notes)
    return oddities.without_shelter_addresses(flow.whole_lists(flow.whole_tables(found)))


def _document(path: Path, document_id: str, facts: Mapping[str, object], known: Mapping[str, Document]) -> str:
    read = _read(path)
    blocks = mended(read, path.suffix.lower() in _WHOLE)
    if not any(block.kind != "heading" for block in blocks):
        raise UsageError(f"{path}: no text found. A scanned file must go through text recognition first.")
    document = described(flow.plain_words(read), document_id, path.name, facts, known)
    return document_text(blocks, document)


def _read(path: Path) -> list[Block]:
    if path.is_dir():
        raise UsageError(f"{path}: is a folder. Give the files in it.")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(
            f"{path}: {path.suffix or 'a file without an ending'} is not known. Known: {', '.join(READERS)}."
        )
    try:
        return reader(path)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be opened ({error.strerror}). Check the name and that you may read it."
        ) from None


def _id(path: Path) -> str:
    """The file's name as an id: lower case, hyphens for everything else."""
    return re.sub(r"[^a-zæøå0-9._-]+", "-", path.stem.lower()).strip("-._") or "dokument"


def _check_folder(into: Path) -> None:
    """Originals never go into the embedded corpus: what stands there is written for it, and would be published with it."""
    if into.resolve().is_relative_to(EMBEDDED.resolve()):
        raise UsageError(f"{into}: is the embedded corpus. Choose another folder, and use it with --corpus.")
    if into.exists() and not into.is_dir():
        raise UsageError(f"{into}: is a file. Choose a folder.")


def _check_target(target: Path) -> None:
    """A file may be replaced only when ingest made it: an editor's work is never overwritten."""
    if not target.exists():
        return
    try:
        front = files.read_text(target).split("\n---\n")[0]
        made = files.parse(front.removeprefix("---\n"), str(target)).value.get("text_kind") == "original"
    except (CorpusError, AttributeError):
        made = False
    if not made:
        raise UsageError(
            f"{target}: is there already and was not made by ingest. Choose another folder, or another --id."
        )


def _write(texts: Mapping[Path, str], into: Path) -> None:
    try:
        into.mkdir(parents=True, exist_ok=True)
        for target, text in texts.items():
            target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{into}: cannot be written ({error.strerror}). Choose another folder.") from None
