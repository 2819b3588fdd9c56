"""Typed records as the sentences that are indexed and quoted. Labels come from messages.yaml, never from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from assistant.models import Definition, Figure, LegalRule, Measure, Procedure, Record, Service, Step

Labels = Mapping[str, str]


def record_text(record: Record, labels: Labels) -> str:
    """The record in plain words, one line a fact, each value exactly as the record has it."""
    lines = _WRITERS[record.type](record, labels)
    return "\n".join(line for line in lines if line)


def _line(label: str, values: Iterable[str] | str | None) -> str:
    joined = values if isinstance(values, str) else ", ".join(values or ())
    return f"{label}: {joined}" + ("" if joined.endswith((".", "?", "!")) else ".") if joined else ""


def _measure(record: Measure, labels: Labels) -> list[str]:
    number = f"{labels['measure']} {record.number}: " if record.number else ""
    return [
        f"{number}{record.title}" + ("" if record.title.endswith((".", "?", "!")) else "."),
        _line(labels["goal"], record.goal),
        *[f"- {action}" for action in record.actions],
        _line(labels["target_group"], record.target_group),
        _line(labels["responsible"], record.responsible),
        _line(labels["partners"], record.partners),
        _line(labels["deadline"], record.deadline_text or (record.deadline.isoformat() if record.deadline else None)),
        record.differs or "",
    ]


def step_text(step: Step, labels: Labels) -> str:
    """A step with its exception in the same breath, so that neither is ever shown without the other."""
    return f"{step.do} {labels['unless']}: {step.unless}" if step.unless else step.do


def _procedure(record: Procedure, labels: Labels) -> list[str]:
    return [f"{record.title}:", *[f"{n}. {step_text(step, labels)}" for n, step in enumerate(record.steps, 1)]]


def _definition(record: Definition, labels: Labels) -> list[str]:
    return [
        f"{record.term}: {record.definition}",
        _line(labels["examples"], record.examples),
        _line(labels["also"], record.also),
        _line(labels["origin"], record.origin),
    ]


def _figure(record: Figure, labels: Labels) -> list[str]:
    unit = f" {record.unit}" if record.unit else ""
    source = ", ".join(part for part in (record.study, record.year) if part)
    basis = f"{record.population}" + (f" ({source})" if source else "")
    return [f"{record.label}: {record.value}{unit}.", _line(labels["population"], basis), record.note or ""]


def _service(record: Service, labels: Labels) -> list[str]:
    return [
        f"{record.name}:",
        *[f"- {offer}" for offer in record.offers],
        _line(labels["for_whom"], record.for_whom),
        _line(labels["limits"], record.limits),
    ]


def _legal_rule(record: LegalRule, labels: Labels) -> list[str]:
    return [f"{record.law} {record.paragraph or ''}: {record.topic}."]


_WRITERS: Mapping[str, Callable[..., list[str]]] = {
    "measure": _measure,
    "procedure": _procedure,
    "definition": _definition,
    "figure": _figure,
    "service": _service,
    "legal_rule": _legal_rule,
}
