"""Numbers with year, population and study; documents that disagree are shown side by side."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.drafting import answered
from assistant.answers.passage import evidence
from assistant.answers.sentences import numbered
from assistant.models import Draft, Figure, Passage

COMPARED = 3


def draft(asked: Asked) -> Draft | None:
    """A figure, when it is what was found best; others on the same topic stand beside it, with the warning that they differ."""
    best = asked.found[0].passage
    if not isinstance(best.record, Figure):
        return None
    shown = [best, *_beside(asked, best, best.record)]
    lines = [numbered(_sentence(passage), number) for number, passage in enumerate(shown, 1)]
    if len({p.record.value for p in shown if isinstance(p.record, Figure)}) > 1:
        lines.append(asked.say("figures_differ"))
    rest = [passage for passage in evidence(asked) if passage not in shown]
    return answered(asked, "figure", "\n".join(lines), [*shown, *rest])


def _beside(asked: Asked, best: Passage, figure: Figure) -> list[Passage]:
    """Other documents' figures on the topic, newest first, each value once."""
    others = [p for p in asked.corpus.figures[figure.topic] if p.section.document != best.section.document]
    chosen: dict[str, Passage] = {}
    for passage in sorted(others, key=_year, reverse=True):
        if isinstance(passage.record, Figure) and passage.record.value != figure.value:
            chosen.setdefault(passage.record.value, passage)
    return list(chosen.values())[: COMPARED - 1]


def _year(passage: Passage) -> str:
    return (passage.record.year or "") if isinstance(passage.record, Figure) else ""


def _sentence(passage: Passage) -> str:
    record = passage.record
    assert isinstance(record, Figure)  # noqa: S101 - the caller has looked
    unit = f" {record.unit}" if record.unit else ""
    basis = ", ".join(part for part in (record.population, record.study, record.year) if part)
    return f"{record.label}: {record.value}{unit} ({basis})."
