"""Numbers with year, population and study; documents that disagree are shown side by side."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.draft import answer
from assistant.answers.passage import evidence
from assistant.answers.sentences import numbered
from assistant.models import Draft, Figure, Passage

COMPARED = 3


def figure(asked: Asked) -> Draft | None:
    """A figure, when it is what was found best; others on the same topic stand beside it, with the warning that they differ."""
    best = asked.found[0].passage
    if not isinstance(best.record, Figure):
        return None
    own = best.section.document
    same = [p for p in asked.corpus.figures[best.record.topic] if p.section.document != own]
    shown = [best, *same[: COMPARED - 1]]
    lines = [numbered(_sentence(passage), number) for number, passage in enumerate(shown, 1)]
    if len({p.record.value for p in shown if isinstance(p.record, Figure)}) > 1:
        lines.append(asked.say("figures_differ"))
    rest = [passage for passage in evidence(asked) if passage not in shown]
    return answer(asked, "figure", "\n".join(lines), [*shown, *rest])


def _sentence(passage: Passage) -> str:
    record = passage.record
    assert isinstance(record, Figure)  # noqa: S101 - the caller has looked
    unit = f" {record.unit}" if record.unit else ""
    basis = ", ".join(part for part in (record.population, record.study, record.year) if part)
    return f"{record.label}: {record.value}{unit} ({basis})."
