"""One content file -> a Document and its Passages. The format is explained for editors in corpus/README.md."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from assistant.content import files, numbers, schema
from assistant.content.blocks import RECORD_TYPES, Block, Blocks
from assistant.content.numbers import Phones
from assistant.content.records import Labels, record_text
from assistant.errors import CorpusError, Fault
from assistant.models import (
    Audience,
    Document,
    Frozen,
    Passage,
    Record,
    Section,
)

AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def read_document(path: Path, labels: Labels, phones: Phones | None = None) -> tuple[Document, tuple[Passage, ...]]:
    """The document in a file and its passages, in order; `phones` are put in where a rendition names a helpline («{krisesenter-hamar}»).

    Raises CorpusError with every fault found, each with `file:line`, what was expected and what to write instead.
    """
    where = files.shown(path)
    front, body, offset = _split_front_matter(files.read_text(path), where)
    facts = files.parse(front, where, 2)
    document = schema.model(Document, facts)
    faults = files.Faults()
    if document.id != unicodedata.normalize("NFC", path.stem):
        problem = f"id «{document.id}» er ikke filens navn «{path.stem}»"
        faults.append(facts.fault(("id",), problem, "Gjør dem like.", "id"))
    if document.text_kind == "rendition":  # an original is word for word, whatever it holds
        faults += files.left_behind("\n".join(body), where, offset)
    passages = faults.of(_Reader(document, where, labels, phones).passages, body, offset)
    faults.stop(where)
    return document, passages or ()


def _split_front_matter(text: str, where: str) -> tuple[str, list[str], int]:
    lines = unicodedata.normalize("NFC", text).split("\n")
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        cure = "Begynn med --- , feltene, og --- på egne linjer."
        raise CorpusError(where, [Fault(f"{where}:1", "opplysningene om dokumentet mangler øverst", cure, "front")])
    end = [line.strip() for line in lines[1:]].index("---") + 1
    return "\n".join(lines[1:end]), lines[end + 1 :], end + 2


class _Reader:
    """Blocks of one file -> its passages, keeping the faults."""

    def __init__(self, document: Document, where: str, labels: Labels, phones: Phones | None = None) -> None:
        self.document = document
        self.where = where
        self.labels = labels
        self.phones = phones if document.text_kind == "rendition" else None
        self.faults = files.Faults()
        self.counts: dict[str, int] = {}
        self.slugs: dict[str, tuple[str, ...]] = {}

    def passages(self, lines: list[str], offset: int) -> tuple[Passage, ...]:
        found = [p for block in Blocks(self._fault).of(lines, offset) if (p := self._passage(block)) is not None]
        self.faults.stop(self.where)
        return tuple(found)

    def _passage(self, block: Block) -> Passage | None:
        if not block.path:
            self._fault(block.line, "tekst før første overskrift", "Sett en overskrift (# …) over.")
            return None
        record = self._record(block)
        text = "\n".join(block.body).strip() or (record_text(record, self.labels) if record else "")
        if not text:
            if not block.record_type:
                self._fault(
                    block.line, "spørsmål eller @-linjer uten tekst under", "Ta bort den tomme linjen under dem."
                )
            return None
        passage = Passage(
            id=self._id(block.path),
            section=Section(document=self.document.id, path=block.path, page=block.page),
            text=text,
            questions=tuple(block.questions),
            answer=block.facts.get("answer"),
            audience=self._audience(block),
            municipalities=_listed(block.facts.get("only")),
            corrected_by=_listed(block.facts.get("corrected by")),
            notice=block.facts.get("notice"),
            record=record,
            text_kind=self.document.text_kind,
            line=block.line,
        )
        return self._with_numbers(passage)

    def _with_numbers(self, passage: Passage) -> Passage:
        """With digits where its text, its short answer, its notice or its steps name a helpline."""
        if self.phones is None:
            return passage
        said = passage.model_dump(include={"text", "answer", "notice", "record"}, exclude_none=True, by_alias=True)
        for problem, cure in numbers.unknown(said, self.phones):
            self._fault(passage.line, problem, cure)
        with_digits = numbers.filled(said, self.phones)
        if with_digits == said:
            return passage
        return Passage.model_validate({**passage.model_dump(by_alias=True), **with_digits})

    def _record(self, block: Block) -> Record | None:
        kind = RECORD_TYPES.get(block.record_type or "")
        return self.faults.of(self._validated, kind, block) if kind else None

    def _validated(self, kind: type[Frozen], block: Block) -> Record:
        """The record of a block. Raises CorpusError."""
        content = files.parse("\n".join(block.record), self.where, block.record_line + 1)
        if not isinstance(content.value, dict):
            fault = Fault(
                f"{self.where}:{block.record_line}", "posten har ingen felt", "Skriv «felt: verdi».", "schema"
            )
            raise CorpusError(self.where, [fault])
        typed = replace(content, value={"type": block.record_type, **content.value})
        return cast("Record", schema.model(kind, typed))

    def _audience(self, block: Block) -> tuple[Audience, ...]:
        words = _listed(block.facts.get("for"))
        for word in words:
            if word not in AUDIENCES:
                cure = f"{schema.nearest(word, AUDIENCES)}Disse finnes: {', '.join(AUDIENCES)}."
                self._fault(block.line, f"ukjent målgruppe «{word}»", cure)
        return tuple(audience for word in words for audience in AUDIENCES if audience == word)

    def _id(self, path: tuple[str, ...]) -> str:
        slug = slugify(path[-1])
        if self.slugs.setdefault(slug, path) != path:
            slug = slugify(" ".join(path[-2:]))
            self.slugs.setdefault(slug, path)
        self.counts[slug] = self.counts.get(slug, 0) + 1
        document = f"{self.document.id}/original" if self.document.text_kind == "original" else self.document.id
        return f"{document}/{slug}/{self.counts[slug]}"  # an original beside its rendition has the same headings

    def _fault(self, line: int, problem: str, cure: str) -> None:
        self.faults.append(Fault(f"{self.where}:{line}", problem, cure, "format"))


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip()) if text else ()


ASCII = {ord("æ"): "ae", ord("ø"): "o", ord("å"): "a", ord("§"): "p"}


def slugify(text: str) -> str:
    """A heading as it stands in an address: lower case a–z, digits and hyphens, at most 60 characters."""
    folded = text.lower().translate(ASCII)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "del"
