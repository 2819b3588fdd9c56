"""The corpus as the pages show it: documents, sections, passages and measures, each under a neutral address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from assistant import Corpus, Document, Measure, Passage, Procedure
from web.config import TELLING

Facet = tuple[str, str, int]
"""Address, words and count of one choice in a filter."""

UNDATED = "ingen"


@dataclass(frozen=True)
class SectionView:
    """Passages that stand under the same headings."""

    path: tuple[str, ...]
    page: int | None
    passages: tuple[Passage, ...]


def code(text: str) -> str:
    """Eight hex digits that stand for a text in an address and tell nothing about it."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def neutral(name: str) -> str:
    """The name itself where it tells nothing, else a code: addresses stay in histories that others may read."""
    return code(name) if TELLING.search(name) else name


class Library:
    """Look-ups over one corpus, made once and read-only."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.documents: Mapping[str, Document] = {neutral(d.id): d for d in reversed(corpus.documents)}
        self._passages = {(neutral(p.section.document), code(p.id)): p for p in reversed(corpus.passages)}

    def document(self, address: str) -> Document | None:
        return self.documents.get(address)

    def passage(self, document: str, address: str) -> Passage | None:
        return self._passages.get((document, address))

    def document_of(self, passage: Passage) -> Document:
        """The document that a passage stands in."""
        return self.corpus.document[passage.section.document]

    def by_kind(self, kind: str) -> list[tuple[str, Document]]:
        """Documents of a kind with their addresses, in the order of their titles."""
        found = [(address, document) for address, document in self.documents.items() if document.kind == kind]
        return sorted(found, key=lambda pair: pair[1].title)

    def sections(self, document_id: str) -> list[SectionView]:
        """The sections of a document that hold text, in order."""
        passages = [p for p in self.corpus.passages if p.section.document == document_id]
        grouped = [(path, tuple(group)) for path, group in groupby(passages, key=lambda p: p.section.path)]
        return [SectionView(path, group[0].section.page, group) for path, group in grouped]

    def section_of(self, passage: Passage) -> tuple[Passage, ...]:
        """The passages around one: all that stand under the same headings."""
        return tuple(p for p in self.corpus.passages if p.section == passage.section)

    @cached_property
    def measures(self) -> tuple[tuple[Passage, Measure], ...]:
        """In the order of the plans; measures from a weak source, such as slides, come last."""
        found = [(p, p.record) for p in self.corpus.measures if isinstance(p.record, Measure)]
        return tuple(sorted(found, key=lambda pair: self.document_of(pair[0]).weak))

    @cached_property
    def procedures(self) -> tuple[tuple[Passage, Procedure], ...]:
        return tuple((p, p.record) for p in self.corpus.passages if isinstance(p.record, Procedure))

    @cached_property
    def duties(self) -> tuple[Passage, ...]:
        """The legal rules that lay a duty on someone, as their topic says."""
        return tuple(p for p in self.corpus.rules.values() if "plikt" in getattr(p.record, "topic", ""))

    def procedure(self, address: str) -> tuple[Passage, Procedure] | None:
        return next(((p, record) for p, record in self.procedures if code(p.id) == address), None)

    def chosen_measures(self, plan: str, responsible: str, deadline: str) -> list[tuple[Passage, Measure]]:
        """The measures that match; an empty value matches all."""
        return [
            (passage, measure)
            for passage, measure in self.measures
            if plan in ("", neutral(passage.section.document))
            and (not responsible or responsible in map(same, measure.responsible))
            and deadline in ("", deadline_year(measure))
        ]

    def plan_of(self, municipality: str) -> str:
        """The address of the plan that has measures for a municipality; empty when there is none."""
        owners = [self.document_of(passage) for passage, _ in self.measures]
        return next((neutral(owner.id) for owner in owners if municipality in owner.municipalities), "")

    def row_of(self, passage: Passage, measure: Measure) -> list[str]:
        """A measure as a row: plan, number, title, responsible, partners, target group, deadline."""
        deadline = measure.deadline_text or (measure.deadline.isoformat() if measure.deadline else "")
        groups = [", ".join(names) for names in (measure.responsible, measure.partners, measure.target_group)]
        return [self.document_of(passage).title, measure.number or "", measure.title, *groups, deadline]

    def measure_facets(self, plan: str = "", first: str = "") -> dict[str, list[Facet]]:
        """What measures can be filtered by, each with its count; the responsible ones of the chosen plan. `first` begins the plans."""
        within = self.chosen_measures(plan, "", "")
        plans = [(neutral(p.section.document), self.document_of(p).title) for p, _ in self.measures]
        responsible = [(same(name), name) for _, measure in within for name in measure.responsible]
        deadlines = [(deadline_year(measure), deadline_year(measure)) for _, measure in within]
        by_plan = sorted(_count(plans), key=lambda facet: facet[0] != first)
        return {"plan": by_plan, "ansvar": _count(responsible), "frist": _count(deadlines)}


def deadline_year(measure: Measure) -> str:
    return str(measure.deadline.year) if measure.deadline else UNDATED


def same(name: str) -> str:
    """The code of a name; «Barnevernet» and «barnevernet » have the same."""
    return code(" ".join(name.casefold().split()))


def _count(pairs: Iterable[tuple[str, str]]) -> list[Facet]:
    """Each key once, under the first of its names, with how often it was met."""
    found: dict[str, list[str]] = {}
    for key, name in pairs:
        found.setdefault(key, []).append(name)
    listed = [(key, names[0], len(names)) for key, names in found.items()]
    return sorted(listed, key=lambda facet: facet[1].lower())
