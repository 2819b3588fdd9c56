"""The coordinator's page: what in a plan is missing, passed or expired, what others have and it lacks, and what it cannot answer."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.content import files
from assistant.content.corpus import Corpus
from assistant.content.schema import listed
from assistant.language.stem import stem
from assistant.models import Document, Frozen, Measure, Passage, Text, Texts
from assistant.reading import words

if TYPE_CHECKING:
    from assistant.assistant import Assistant

UNDATED = "uten dato"
_YEAR = re.compile(r"\b20\d\d\b")


class Topic(Frozen):
    """Something that plans usually have, the words that show it, and a question that the plan should answer."""

    topic: Text
    words: Texts
    ask: Text


@dataclass(frozen=True)
class Finding:
    """One row: the plan, what is the matter with it, where, and the detail."""

    plan: str
    matter: str
    place: str
    detail: str


MATTERS: Mapping[str, str] = {
    "expired": "Planen er gått ut",
    "no_period": "Planen sier ikke når den gjelder",
    "no_responsible": "Tiltak uten ansvarlig",
    "no_deadline": "Tiltak uten frist",
    "passed": "Fristen er passert",
    "lacking": "Andre planer har dette, ikke denne",
    "unanswered": "Spørsmål som planen ikke svarer på",
}
"""What is looked for, in the order in which it is shown."""


@dataclass(frozen=True)
class PlanReport:
    """The plans of one place (or all), what was found in them, and how many of their measures are due in each year."""

    today: datetime.date
    place: str | None
    plans: tuple[Document, ...]
    findings: tuple[Finding, ...]
    deadlines: Mapping[str, tuple[int, int]]
    """Year (or UNDATED) -> measures due, and how many of them are past."""

    def of(self, matter: str) -> list[Finding]:
        """The findings of one kind, a key of MATTERS."""
        return [finding for finding in self.findings if finding.matter == matter]

    def csv(self) -> str:
        """The findings as a table for a spreadsheet."""
        lines = io.StringIO()
        table = csv.writer(lines, delimiter=";", lineterminator="\r\n")
        table.writerow(("Plan", "Hva", "Sted", "Mer"))
        table.writerows((f.plan, MATTERS[f.matter], f.place, f.detail) for f in self.findings)
        return lines.getvalue()

    def lines(self) -> Iterator[str]:
        """To read in a terminal."""
        yield f"Planene {self.today}: {self.place or 'alle kommuner'}"
        yield from (f"  {plan.title}, {_period(plan)}" for plan in self.plans)
        for matter, heading in MATTERS.items():
            found = self.of(matter)
            yield f"\n{heading} ({len(found)})"
            yield from (f"  {' · '.join(filter(None, self._row(f)))}" for f in found)
        yield "\nTiltak etter frist"
        yield from (
            f"  {year:>9}  {'#' * due}{f' ({past} passert)' if past else ''}"
            for year, (due, past) in self.deadlines.items()
        )

    def _row(self, finding: Finding) -> tuple[str, ...]:
        """What a line says; the plan only where there are several."""
        return (finding.place, finding.detail, finding.plan if len(self.plans) > 1 or not finding.place else "")


def report(
    assistant: Assistant, today: datetime.date, municipality: str | None = None, questions: Sequence[str] = ()
) -> PlanReport:
    """What a coordinator should know of the plans of a municipality; of all plans where none is named.

    `questions` are asked beside those that every plan should answer.
    """
    corpus = assistant.corpus
    everyones = [
        document for document in corpus.document.values() if document.kind == "plan" and document.municipalities
    ]
    plans = [plan for plan in everyones if municipality in (None, *plan.municipalities)]
    findings = [finding for plan in plans for finding in (*_of_plan(plan, today), *_of_measures(corpus, plan, today))]
    for plan in plans:
        findings += [*_lacking(corpus, plan, everyones), *_unanswered(assistant, plan, municipality, questions)]
    deadlines = _deadlines([p for p in corpus.measures if p.section.document in {plan.id for plan in plans}], today)
    return PlanReport(today, municipality, tuple(plans), tuple(findings), deadlines)


@cache
def topics() -> tuple[Topic, ...]:
    """What plans usually have."""
    return listed(Topic, files.read(Path(__file__).with_name("plan-topics.yaml")), once="topic")


def _of_plan(plan: Document, today: datetime.date) -> Iterator[Finding]:
    if plan.valid_to is None:
        yield Finding(plan.title, "no_period", "", plan.status or "")
    elif plan.valid_to < today:
        yield Finding(plan.title, "expired", "", f"gikk ut {plan.valid_to}")


def _of_measures(corpus: Corpus, plan: Document, today: datetime.date) -> Iterator[Finding]:
    for passage in corpus.measures:
        measure = passage.record
        if passage.section.document != plan.id or not isinstance(measure, Measure):
            continue
        name = f"Tiltak {measure.number}: {measure.title}" if measure.number else measure.title
        place = f"{name}{f' (s. {passage.section.page})' if passage.section.page else ''}"
        if not measure.responsible:
            yield Finding(plan.title, "no_responsible", place, "")
        if not measure.deadline and not measure.deadline_text:
            yield Finding(plan.title, "no_deadline", place, "; ".join(measure.responsible))
        if _is_past(measure, today):
            when = str(measure.deadline or measure.deadline_text)
            yield Finding(plan.title, "passed", place, " · ".join([when, *measure.responsible]))


def _lacking(corpus: Corpus, plan: Document, everyones: Sequence[Document]) -> Iterator[Finding]:
    """Topics with a heading or measure in another plan, and no word of them in this one."""
    for topic in topics():
        others = [d for d in everyones if d.id != plan.id and _has(_important(corpus, d), topic)]
        if others and not _has(_all(corpus, plan), topic):
            yield Finding(plan.title, "lacking", topic.topic, "; ".join(dict.fromkeys(d.title for d in others)))


def _has(text: str, topic: Topic) -> bool:
    said = [stem(word) for word in words(text)]
    pairs = {*said, *(f"{one} {other}" for one, other in itertools.pairwise(said))}
    return any(" ".join(stem(part) for part in words(word)) in pairs for word in topic.words)


def _important(corpus: Corpus, plan: Document) -> str:
    own = [passage for passage in corpus.passages if passage.section.document == plan.id]
    titles = (passage.record.title for passage in own if isinstance(passage.record, Measure))
    return "\n".join([*(passage.section.path[-1] for passage in own), *titles])


def _all(corpus: Corpus, plan: Document) -> str:
    own = [passage for passage in corpus.passages if passage.section.document == plan.id]
    return "\n".join(part for passage in own for part in (*passage.section.path, passage.text))


def _unanswered(
    assistant: Assistant, plan: Document, municipality: str | None, questions: Sequence[str]
) -> Iterator[Finding]:
    """Questions whose answer rests on nothing in this plan."""
    for question in (*(topic.ask for topic in topics()), *questions):
        answer = assistant.ask(question, municipality or plan.municipalities[0])
        if not answer.answered or plan.id not in {citation.document for citation in answer.citations}:
            yield Finding(plan.title, "unanswered", question, "")


def _deadlines(measures: Sequence[Passage], today: datetime.date) -> dict[str, tuple[int, int]]:
    found = [passage.record for passage in measures if isinstance(passage.record, Measure)]
    due = Counter(_year(measure) for measure in found)
    past = Counter(_year(measure) for measure in found if _is_past(measure, today))
    return {year: (due[year], past[year]) for year in sorted(due)}


def _year(measure: Measure) -> str:
    """The year of the deadline; of a span («2026–2028») the last."""
    if measure.deadline:
        return str(measure.deadline.year)
    return max(_YEAR.findall(measure.deadline_text or ""), default=UNDATED)


def _is_past(measure: Measure, today: datetime.date) -> bool:
    if measure.deadline:
        return measure.deadline < today
    return _year(measure) < str(today.year)  # what has no year is not past: letters come after figures


def _period(plan: Document) -> str:
    return f"{plan.valid_from or '?'} – {plan.valid_to or '?'}"
