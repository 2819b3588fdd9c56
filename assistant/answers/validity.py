"""Whether a plan still holds: its years, and that they are over."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.cite import norwegian_date
from assistant.answers.drafting import answered
from assistant.answers.plans import absent, called, meant, named, of_other_plans, own, plans
from assistant.answers.sentences import numbered
from assistant.content.municipalities import mentioned
from assistant.models import Document, Draft

PLANS = "planer"
"""The theme of the approved answers about plans."""


def draft(asked: Asked) -> Draft | None:
    """The years of the plan that is named, or of the asker's own; None where no single plan is meant."""
    chosen = meant(asked)
    asks = (
        "validity" in asked.question.cues
        and "measures" not in asked.question.cues
        and "§" not in asked.question.written
    )
    if not asks or _is_answered_elsewhere(asked):
        return None
    if len(chosen) == len(plans(asked)):
        return absent(asked)
    known = [document for document in chosen if document.valid_to]
    first = {
        document.id: next(p for p in asked.corpus.passages if p.section.document == document.id) for document in known
    }
    if not known:
        return None
    lines = [numbered(_said(asked, document), number) for number, document in enumerate(known, 1)]
    return answered(asked, "measure", "\n\n".join(lines), list(first.values()))


def _is_answered_elsewhere(asked: Asked) -> bool:
    """Whether an approved answer was found that is about no municipality's plan: the national one, what to do with an expired one."""
    if asked.decision.entry is None or of_other_plans(asked, asked.decision.entry.entry):
        return False
    if any(plan.valid_to and plan.valid_to >= asked.today for plan in own(asked)) and not named(asked):
        return asked.decision.entry.entry.theme != PLANS  # the own plan holds: what plans are in general is not asked
    known = {plan.id for plan in plans(asked)}
    return not any(id_.partition("/")[0] in known for id_ in asked.decision.entry.entry.rests_on)


def _said(asked: Asked, document: Document) -> str:
    assert document.valid_to  # noqa: S101 - the caller has looked
    named = mentioned(asked.question.written, asked.corpus.municipalities)
    if outside := [place.name for place in named if place.name not in document.municipalities]:  # «gjelder den Gjøvik?»
        return asked.say(
            "plan_covers",
            plan=called(document),
            places=", ".join(document.municipalities),
            others=", ".join(outside),
        )
    over = document.valid_to < asked.today
    date = norwegian_date(document.valid_to.isoformat())
    return asked.say("plan_is_over" if over else "plan_holds", plan=called(document), date=date)
