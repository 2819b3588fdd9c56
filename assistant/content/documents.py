"""One content file -> a Document and its Passages. The format is explained for editors in corpus/README.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast, get_args

from assistant.content import files, numbers, schema
from assistant.content.numbers import Phones
from assistant.content.records import Labels, record_text
from assistant.errors import CorpusError, Fault
from assistant.models import (
    Audience,
    Definition,
    Document,
    Figure,
    Frozen,
    LegalRule,
    Measure,
    Passage,
    Procedure,
    Record,
    Section,
    Service,
)

RECORD_TYPES: Mapping[str, type[Frozen]] = {
    "measure": Measure,
    "procedure": Procedure,
    "definition": Definition,
    "figure": Figure,
    "service": Service,
    "legal_rule": LegalRule,
}
FACTS = ("answer", "for", "only", "corrected by", "notice")
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
HEADING = re.compile(r"^(#{1,4}) +(.+?)(?: *\{page=([^}]*)\})?$")
PAGE = re.compile(r"[1-9][0-9]{0,3}")
FENCE = "```"
ESCAPED = re.compile(r"^\\(?=#|\? |@ |```|\\)")  # how a body line that looks like a mark is written: `\# 1`


@dataclass
class _Block:
    """The lines between two blank lines, sorted by what they are."""

    line: int
    questions: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    record_type: str | None = None
    record_line: int = 0
    record: list[str] = field(default_factory=list)


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
    """Walks the blocks of one file, keeping the heading path and the faults."""

    def __init__(self, document: Document, where: str, labels: Labels, phones: Phones | None = None) -> None:
        self.document = document
        self.where = where
        self.labels = labels
        self.phones = phones if document.text_kind == "rendition" else None
        self.faults = files.Faults()
        self.path: list[tuple[int, str]] = []
        self.page: int | None = None
        self.counts: dict[str, int] = {}
        self.slugs: dict[str, tuple[str, ...]] = {}

    def passages(self, lines: list[str], offset: int) -> tuple[Passage, ...]:
        found = [p for block in self._blocks(lines, offset) if (p := self._passage(block)) is not None]
        self.faults.stop(self.where)
        return tuple(found)

    def _blocks(self, lines: list[str], offset: int) -> Iterator[_Block]:
        block: _Block | None = None
        fenced = False
        for number, line in enumerate(lines, offset):
            if fenced:
                fenced = line.rstrip() != FENCE
                if fenced and block:
                    block.record.append(line)
            elif heading := HEADING.match(line):
                if block:
                    yield block
                block = None
                self._enter(heading, number)
            elif not line.strip():
                if block:
                    yield block
                block = None
            else:
                block = block or _Block(number)
                fenced = self._add(block, line, number)
        if fenced and block:
            self._fault(block.record_line, "posten mangler sluttlinje", "Avslutt den med ``` på egen linje.")
        if block:
            yield block

    def _enter(self, heading: re.Match[str], number: int) -> None:
        level, title, page = len(heading[1]), heading[2].strip(), heading[3]
        if page is not None and not PAGE.fullmatch(page):
            self._fault(number, f"«{page[:20]}» er ikke et sidetall", "Skriv {page=4}, med ett til fire sifre.")
        self.path = [(depth, name) for depth, name in self.path if depth < level] + [(level, title)]
        self.page = int(page) if page and PAGE.fullmatch(page) else self.page

    def _add(self, block: _Block, line: str, number: int) -> bool:
        """Sort one line into the block; True when it opens a record."""
        if line.startswith(FENCE):
            self._open_record(block, line, number)
            return True
        if line.startswith("? "):
            block.questions.append(line[2:].strip())
        elif line.startswith("@ "):
            self._fact(block, line[2:], number)
        elif block.record_type:
            self._fault(number, "tekst rett under en post", "Sett en tom linje mellom posten og neste avsnitt.")
        else:
            block.body.append(ESCAPED.sub("", line.rstrip()))
        return False

    def _open_record(self, block: _Block, line: str, number: int) -> None:
        kind = line[len(FENCE) :].strip()
        if kind not in RECORD_TYPES:
            cure = f"{schema.nearest(kind, RECORD_TYPES)}Kjente typer: {', '.join(RECORD_TYPES)}."
            self._fault(number, f"ukjent posttype «{kind}»", cure)
        if block.record_type:
            self._fault(number, "to poster i samme avsnitt", "Sett en tom linje mellom dem.")
        block.record_type, block.record_line = kind, number

    def _fact(self, block: _Block, text: str, number: int) -> None:
        key, colon, value = text.partition(":")
        if not colon or key.strip() not in FACTS or not value.strip():
            known = ", ".join(f"«@ {fact}:»" for fact in FACTS)
            cure = f"{schema.nearest(key.strip(), FACTS)}Kjente: {known}, med noe etter kolon."
            self._fault(number, f"ukjent linje «@ {text[:60]}»", cure)
        elif key.strip() in block.facts:
            self._fault(number, f"«@ {key.strip()}:» står to ganger", "Slå dem sammen.")
        else:
            block.facts[key.strip()] = value.strip()

    def _passage(self, block: _Block) -> Passage | None:
        if not self.path:
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
        path = tuple(name for _, name in self.path)
        passage = Passage(
            id=self._id(path),
            section=Section(document=self.document.id, path=path, page=self.page),
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

    def _record(self, block: _Block) -> Record | None:
        kind = RECORD_TYPES.get(block.record_type or "")
        return self.faults.of(self._validated, kind, block) if kind else None

    def _validated(self, kind: type[Frozen], block: _Block) -> Record:
        """The record of a block. Raises CorpusError."""
        content = files.parse("\n".join(block.record), self.where, block.record_line + 1)
        if not isinstance(content.value, dict):
            fault = Fault(
                f"{self.where}:{block.record_line}", "posten har ingen felt", "Skriv «felt: verdi».", "schema"
            )
            raise CorpusError(self.where, [fault])
        typed = replace(content, value={"type": block.record_type, **content.value})
        return cast("Record", schema.model(kind, typed))

    def _audience(self, block: _Block) -> tuple[Audience, ...]:
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
