"""Passages as citations, with everything a reader must know about them: period, expiry, corrections, reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answers.asked import Asked
from assistant.models import Citation, Document, LegalRule, Passage

CITED = 4


def citation(asked: Asked, passage: Passage, first: bool = True) -> Citation:
    """The passage as evidence, quoted as it stands; `first`: the first one from its document, which carries what holds for it all."""
    document = asked.corpus.document[passage.section.document]
    return Citation(
        document=document.id,
        document_title=document.title,
        kind="law" if isinstance(passage.record, LegalRule) else document.kind,
        section_path=(*passage.section.path, *_law_outside(passage, document)),
        quote=passage.text,
        text_kind=passage.text_kind,
        period=period(document),
        page=passage.section.page,
        notice=" ".join(notices(asked, passage, first)) or None,
        passage=passage.id,
    )


def _law_outside(passage: Passage, document: Document) -> tuple[str, ...]:
    """The act of a rule that stands in a guide: «Adressesperre» is cited with «folkeregisterloven § 10-4»."""
    record = passage.record
    if document.kind == "law" or not isinstance(record, LegalRule) or not (record.paragraph or "").startswith("§"):
        return ()
    return (f"{record.law} {record.paragraph}",)


def period(document: Document) -> str | None:
    """The years a plan runs: `2021–2024`, `2023–`, or None where the document gives none."""
    if document.valid_from is None:
        return None
    return f"{document.valid_from.year}–{document.valid_to.year if document.valid_to else ''}"


def notices(asked: Asked, passage: Passage, first: bool = True) -> Iterator[str]:
    """What must be said beside a passage: corrections, its own remark, and once a document its expiry, reach and remark."""
    document = asked.corpus.document[passage.section.document]
    yield from corrections(asked, passage)
    if passage.notice:
        yield passage.notice
    yield from _only(asked, passage)
    if first:
        yield from document_notices(asked, document)
    if isinstance(passage.record, LegalRule) and (passage.record.paragraph or "").startswith("§"):
        yield asked.say("notice_legal", date=norwegian_date(passage.record.checked_on.isoformat()))


def document_notices(asked: Asked, document: Document) -> Iterator[str]:
    """What holds for all of a document."""
    own = asked.municipality.name if asked.municipality else None
    if document.valid_to and document.valid_to < asked.today:
        yield asked.say("notice_expired", date=norwegian_date(document.valid_to.isoformat()))
    if document.municipalities and own not in document.municipalities:
        yield asked.say("notice_other_plan", municipalities=", ".join(document.municipalities))
    if document.notice:
        yield document.notice


def _only(asked: Asked, passage: Passage) -> Iterator[str]:
    own = asked.municipality.name if asked.municipality else None
    if passage.municipalities and own not in passage.municipalities:
        yield asked.say("notice_only", municipalities=", ".join(passage.municipalities))


def corrections(asked: Asked, passage: Passage) -> Iterator[str]:
    """The rules as they are today, where the passage states them too widely or from a repealed act."""
    for rule in _correcting(asked, passage):
        record = rule.record
        if isinstance(record, LegalRule) and record.correction:
            place = f"{record.law} {record.paragraph or ''}".strip()
            yield asked.say("notice_corrected", law=place, correction=record.correction)


def _correcting(asked: Asked, passage: Passage) -> list[Passage]:
    """The correcting rules that the corpus holds; a pointer to nothing is lint's to report."""
    return [asked.corpus.rules[rule] for rule in passage.corrected_by if rule in asked.corpus.rules]


def cited(asked: Asked, passages: Sequence[Passage], limit: int = CITED) -> tuple[Citation, ...]:
    """The passages as numbered citations, each once; after the best ones come the rules that correct them."""
    best = passages[: limit - 1]
    chosen: dict[str, Passage] = {passage.id: passage for passage in best}
    for rule in [rule for passage in best for rule in _correcting(asked, passage)]:
        chosen.setdefault(rule.id, rule)
    for passage in passages:
        chosen.setdefault(passage.id, passage)
    seen: set[str] = set()
    citations = []
    for passage in list(chosen.values())[:limit]:
        citations.append(citation(asked, passage, first=passage.section.document not in seen))
        seen.add(passage.section.document)
    return tuple(citations)


def norwegian_date(text: str) -> str:
    """`2023-06-30` as `30.6.2023`, `2023-06` as `6.2023`; other forms as they are."""
    parts = text.split("-")
    return ".".join(str(int(part)) for part in reversed(parts)) if len(parts) > 1 else text
