"""Which municipal plans a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answers.asked import Asked
from assistant.models import Document, Draft, Entry
from assistant.reading import words

_PLAN = re.compile(r"plan\w*$")


def plans(asked: Asked) -> list[Document]:
    """All municipal plans; one that is there word for word beside its rendition counts once."""
    return [document for document in asked.corpus.document.values() if document.municipalities]


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


def own(asked: Asked) -> list[Document]:
    """The plans of the asker's municipality."""
    place = asked.municipality.name if asked.municipality else None
    return [document for document in plans(asked) if place in document.municipalities]


def meant(asked: Asked) -> list[Document]:
    """The plans that the question names; else the asker's own; else all."""
    return named(asked) or own(asked) or plans(asked)


def of_strangers(asked: Asked, documents: Iterable[str]) -> bool:
    """Whether all of these documents are plans of other municipalities, which the question does not name, while the asker has one."""
    theirs = {plan.id for plan in plans(asked)} - {plan.id for plan in meant(asked)}
    return bool(own(asked)) and theirs.issuperset(documents)


def of_other_plans(asked: Asked, entry: Entry) -> bool:
    """Whether an approved answer tells of plans by name, and not of the asker's own, while the question neither names nor compares any."""
    mine = own(asked)
    if not mine or named(asked) or "comparison" in asked.question.cues:
        return False
    others = [plan for plan in plans(asked) if plan not in mine]
    return any(_tells_of(entry, plan) for plan in others) and not any(_tells_of(entry, plan) for plan in mine)


def _tells_of(entry: Entry, plan: Document) -> bool:
    return any(name in entry.nb for name in plan.also_known_as if _PLAN.search(name))


def absent(asked: Asked) -> Draft | None:
    """An honest no where the plan that is asked for is the asker's own, and is not here; no other's stands in for it."""
    place = asked.municipality
    if place is None or own(asked) or named(asked) or not plans(asked):
        return None
    others = ", ".join(called(plan) for plan in plans(asked))
    return Draft(
        answered=False,
        kind="abstain",
        lead=asked.say("plan_absent", municipality=place.name, plans=others),
        language=asked.language,
        corpus_version=asked.corpus.version,
    )


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
