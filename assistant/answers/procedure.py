"""What to do, as steps; who it is for; the duties that apply."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.clarify import child_or_adult
from assistant.answers.drafting import answered
from assistant.answers.passage import evidence
from assistant.answers.sentences import lead, numbered
from assistant.content.records import step_text
from assistant.models import Draft, LegalRule, Passage, Procedure

DUTIES = 1


def draft(asked: Asked) -> Draft | None:
    """The steps of a procedure, when it is what was found best, with the duties it names as cited rules."""
    best = asked.found[0].passage
    record = best.record
    if not isinstance(record, Procedure):
        return None
    rules = [asked.corpus.rules[rule] for rule in record.rules if rule in asked.corpus.rules][:DUTIES]
    labels = asked.corpus.messages.labels()
    steps = [numbered(step_text(step, labels), 1) for step in record.steps]
    opening = [numbered(best.answer or f"{record.title}:", 1)]
    opening += [numbered(_duty(rule), number) for number, rule in enumerate(rules, 2)]
    rest = [passage for passage in evidence(asked) if passage.id != best.id and passage not in rules]
    choices = child_or_adult(asked) if record.about != "anyone" else ()
    return answered(asked, "procedure", "\n".join(opening), [best, *rules, *rest], steps, choices=choices)


def _duty(rule: Passage) -> str:
    record = rule.record
    place = f"{record.law} {record.paragraph or ''}".strip() if isinstance(record, LegalRule) else rule.section.path[0]
    return f"{place[0].upper()}{place[1:]}: {lead(rule, words=25)}"
