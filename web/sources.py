"""What is said of a source beside its quote: how old and how true to the original it is, and the text that staff copy."""

from __future__ import annotations

import datetime

from flask import Flask, request

from assistant import Citation, Document, Passage
from web.library import code, neutral
from web.texts import Words
from web.view import View, date_words, today


def tags_of(item: Citation, passage: Passage | None, document: Document | None, t: Words) -> list[str]:
    """Short words on a source: its period when that is over, word for word or retold, when a law was checked, the page."""
    found = []
    if document and document.valid_to and document.valid_to < today():
        found.append(t("expired_in", year=document.valid_to.year))
    checked = getattr(passage.record, "checked_on", None) if passage else None
    if item.kind == "law" and isinstance(checked, datetime.date):
        found.append(t("law_checked", date=date_words(checked)))
    else:
        found.append(t.tag_original if item.text_kind == "original" else t.tag_retold)
    if item.page:
        found.append(t("page_number", page=item.page))
    return found


def copied(item: Citation, passage: Passage | None, document: Document | None, t: Words, view: View) -> str:
    """A quote as staff paste it: where it stands, its period, that it is retold where it is, the day and the address."""
    where = ", ".join([item.document_title, " › ".join(item.section_path), *([item.period] if item.period else [])])
    said = [where, *tags_of(item, passage, document, t), t("copied_on", date=date_words(today()))]
    if passage:
        place = view.link("passage", address=neutral(item.document), place=code(item.passage))
        said.append(request.host_url.rstrip("/") + place)
    return f"«{item.quote}» ({'; '.join(said)})"


def install(app: Flask) -> None:
    """Make both known to the templates."""
    app.jinja_env.globals.update(tags_of=tags_of, copied=copied)
