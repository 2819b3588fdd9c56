"""Which municipal plans a question is about."""

from __future__ import annotations

import re

from assistant.answers.asked import Asked
from assistant.models import Document
from assistant.reading import words

_PLAN = re.compile(r"plan\w*$")


def plans(asked: Asked) -> list[Document]:
    """All municipal plans."""
    return [document for document in asked.corpus.documents if document.municipalities]


def named(asked: Asked) -> list[Document]:
    """The plans that the question names, by title, place or region («i Bærum og Innlandet», «Hallingdalsplanen»)."""
    question = asked.question
    for said in (words(question.written), words(question.resolved)):
        found = [
            document
            for document in plans(asked)
            if document.id in question.documents or any(_is_said(place, said) for place in _places(document))
        ]
        if found:
            return found
    return []


def meant(asked: Asked) -> list[Document]:
    """The plans that the question names; else the asker's own; else all."""
    own = asked.municipality.name if asked.municipality else None
    mine = [document for document in plans(asked) if own in document.municipalities]
    return named(asked) or mine or plans(asked)


def called(document: Document) -> str:
    """The plan's short name with its years: «Hallingdal-planen (2021–2024)»."""
    name = document.also_known_as[0] if document.also_known_as else document.title
    years = [str(day.year) for day in (document.valid_from, document.valid_to) if day]
    return f"{name} ({'–'.join(years)})" if years else name


def _places(document: Document) -> set[str]:
    """The names of its municipalities, and what stands before «-planen» in its other names."""
    regions = [name.partition("-")[0] for name in document.also_known_as if "-plan" in name]
    return {words(name)[0] for name in (*document.municipalities, *regions)}


def _is_said(place: str, said: list[str] | tuple[str, ...]) -> bool:
    return any(word in (place, f"{place}s") or (word.startswith(place) and _PLAN.search(word)) for word in said)
