"""Blocks -> the text of a document in corpus format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from assistant.ingest.blocks import Block, fits
from assistant.ingest.characters import unraised
from assistant.ingest.limits import refused
from assistant.ingest.passages import LONGEST, SHORTEST, passages, table_passages
from assistant.models import Document

_RESERVED = re.compile(r"^(?=(?:#|\? |@ |```|\\))", re.MULTILINE)
_TITLE = re.compile(
    r"\b\w*(?:plan|veileder|retningslinjer?|strategi|rutiner?|melding|rundskriv|håndbok)\b", re.IGNORECASE
)
_ESCAPE = r"\\"
_PERIOD = re.compile(r"\b(20\d\d)\s*(?:[–—-]\s*|til (?:og med )?(?:\d{1,2}\. ?\w{3,9} )?)(20\d\d)\b")
_SAID = re.compile(
    rf"\b(?:(?:plan)?period[ea]\w*|gjeld(?:er|ande|ende)?|virketid\w*|verketid\w*)\W+(?:\w+\W+){{0,4}}?{_PERIOD.pattern}",
    re.IGNORECASE,
)
_LONGEST_ON_COVER = 200  # characters; what is longer is a paragraph
_BEGINNING = 60  # blocks in which a plan says for which years it is: the cover, the foreword and the first chapter
_ENOUGH = 2_000  # characters in which more than LONGEST words stand for certain; counting all of a long list each time is slow
_NO_TITLE = re.compile(r"^(?:forord|innledning|innhold|bakgrunn|formål|sammendrag|\d)", re.IGNORECASE)


def document_text(blocks: Sequence[Block], document: Document) -> str:
    """The whole file: what is known of the document, and its passages under their headings.

    Text above the first heading (a cover) stands under the document's title.
    """
    lines = ["---", *_front_matter(document), "---", ""]
    if not blocks[0].level:
        blocks = [Block(document.title, "heading", 1, page=blocks[0].page), *blocks]
    for part in _parts(_joined(blocks)):
        lines += [part, ""]
    return "\n".join(lines)


def described(
    blocks: Sequence[Block], document_id: str, source: str, facts: Mapping[str, object], known: Mapping[str, Document]
) -> Document:
    """What is known of a document: the facts given, else those of the known document of the same id, else what the text shows.

    Raises UsageError for a fact that the format does not allow.
    """
    base = known[document_id].model_dump() if document_id in known else {}
    values = {"title": title_of(blocks) or document_id, "kind": "plan", "publisher": "ukjent", **base, **facts}
    if "valid_from" not in values and "valid_to" not in values:
        values |= _period(str(values["title"])) or _period(" ".join(_cover(blocks))) or _period_in(blocks)
    values |= {"id": document_id, "source": source, "text_kind": "original"}
    try:
        document = Document.model_validate(values)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise refused(source, wrong, "Give another value; an id has small letters, digits and hyphens.") from None
    if document.valid_from and document.valid_to and document.valid_to < document.valid_from:
        raise refused(source, "the period ends before it begins", "Correct --valid-from or --valid-to.")
    return document


def _period(title: str) -> dict[str, str]:
    """The years that a title gives, as the first and last day: «Handlingsplan 2025–2028»."""
    found = _PERIOD.search(title)
    return (
        {"valid_from": f"{found[1]}-01-01", "valid_to": f"{found[2]}-12-31"} if found and found[1] <= found[2] else {}
    )


def _period_in(blocks: Sequence[Block]) -> dict[str, str]:
    """The years that the text itself says the plan is for: «planperioden 2025–2028», «gjelder for 2025–2028».

    Nothing where it says several, or speaks of later ones: it may be the earlier plan's period.
    """
    text = "\n".join(block.text for block in blocks[:_BEGINNING] if not block.record)
    said = {(match[1], match[2]) for match in _SAID.finditer(text)}
    last = max((match[1] for match in _PERIOD.finditer(text)), default="")
    return _period("–".join(*said)) if len(said) == 1 and all(first == last for first, _ in said) else {}


def title_of(blocks: Sequence[Block]) -> str | None:
    """The title as the document prints it: the line of the cover that names a plan or guide, else the first line that is a title."""
    short = [line for line in _cover(blocks) if not _NO_TITLE.match(line)]
    named = [line for line in short if _TITLE.search(line)] or [
        block.text for block in blocks[:_BEGINNING] if block.level == 1 and _TITLE.search(block.text)
    ]
    return next(iter(named), next(iter(short), None))


def _cover(blocks: Sequence[Block]) -> list[str]:
    """The lines before the first paragraph that could be a title: short, and not ended like a sentence."""
    lines: list[str] = []
    for block in blocks:
        if len(block.text) > _LONGEST_ON_COVER or block.kind not in ("heading", "text"):
            break
        lines += block.text.split("\n")
    return [line for line in lines if 1 <= len(line.split()) <= 20 and not line.endswith((".", ":"))]


def _front_matter(document: Document) -> Iterator[str]:
    """The fields that are set, as YAML; JSON is how YAML writes a value that nothing in it can break."""
    values: Mapping[str, object] = document.model_dump(mode="json", exclude_defaults=True)
    for name in Document.model_fields:
        if name in values:
            yield f"{name}: {json.dumps(values[name], ensure_ascii=False)}"


def _parts(blocks: Sequence[Block]) -> Iterator[str]:
    """Headings and passages. Where a new page begins inside a section, its heading is written again with the page's number."""
    page: int | None = None
    heading: Block | None = None
    for block in blocks:
        if block.kind == "heading":
            heading = block
        elif heading and block.page and block.page != page:
            heading = replace(heading, page=block.page)
        if heading and (block.kind == "heading" or (block.page and block.page != page)):
            yield _heading(heading)
            page = heading.page or page
        if block.record:
            yield f"{_RESERVED.sub(_ESCAPE, block.text)}\n{_record(block.record)}"
        elif block.kind != "heading":
            cut = table_passages if block.kind == "table" else passages
            yield from (_RESERVED.sub(_ESCAPE, piece) for piece in cut(block.text))


def _record(fields: Mapping[str, object]) -> str:
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["```measure", *lines, "```"])


def _heading(block: Block) -> str:
    text = " ".join(block.text.split()).replace("{", "(").replace("}", ")")
    return f"{'#' * block.level} {text}{f' {{page={block.page}}}' if block.page else ''}"


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Short paragraphs are put to their neighbours under the same heading: forward, or backward where the section ends.

    A list is put to nothing, or its first line would be read as the line that it hangs on. Footnotes stand together.
    """
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if block.kind == "note":
            mark, _, words = block.text.partition(" ")
            text = f"Fotnote {unraised(mark)}: {words}"
            if last and last.kind == "note" and fits(last, text):
                found[-1] = replace(last, text=f"{last.text}\n{text}")
            else:
                found.append(replace(block, text=text))
        elif (
            last
            and last.kind == block.kind == "text"
            and not block.record
            and fits(last, block.text)
            and _belong(last.text, block.text)
        ):
            found[-1] = replace(last, text=f"{last.text}\n{block.text}")
        else:
            found.append(block)
    return found


def _belong(first: str, second: str) -> bool:
    sizes = len(first[:_ENOUGH].split()), len(second[:_ENOUGH].split())
    if first.rsplit("\n", maxsplit=1)[-1].startswith("- ") and "\n- " not in second and sizes[1] >= SHORTEST:
        return False
    if re.fullmatch(r"(?:https?://|www\.)\S+", second) or (first.endswith(":") and not second.startswith("- ")):
        return True
    if second.startswith("- ") or sum(sizes) > LONGEST:
        return False
    return sizes[0] < SHORTEST or (sizes[1] < SHORTEST and "\n- " not in second)
