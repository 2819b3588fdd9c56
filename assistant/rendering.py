"""An Answer as lines for the terminal. The alert is always the first thing."""

from __future__ import annotations

from assistant.content.messages import Messages
from assistant.models import Alert, Answer, Citation, HelplineCard, alert_text
from assistant.safety import Explanation


def render_alert(alert: Alert) -> str:
    """The numbers and what to say, before everything else."""
    return alert_text(alert)


def render_explanation(explanation: Explanation) -> str:
    """Why there is an alert or none: the alert, the signs seen in the words, and the rules that they were held against."""
    lines = [alert_text(explanation.alert) if explanation.alert else "no alert", ""]
    lines += [
        f"signal {signal.rule}: «{signal.words}»" for signal in (explanation.alert.signals if explanation.alert else ())
    ]
    lines += ["words: " + " ".join(explanation.words)]
    lines += [f"sign {' '.join(sign)}" for sign in explanation.signs]
    lines += [f"rule {considered}" for considered in explanation.considered]
    return "\n".join(lines)


def render_answer(answer: Answer, messages: Messages, without_alert: bool = False) -> str:
    """The whole answer: alert, direct answer, what else may be meant, steps, helplines, notices, sources, suggestions.

    `without_alert` is for the caller who has printed it already.
    """
    say = {name: messages.say(name, answer.language) for name in ("ring", "sources", "also_ask", "other_meaning")}
    blocks = [
        alert_text(answer.alert) if answer.alert and not without_alert else "",
        answer.lead,
        _block(say["other_meaning"] if answer.entry else "", [f"- {choice.label}" for choice in answer.choices]),
        "\n".join(f"{number}. {step}" for number, step in enumerate(answer.steps, 1)),
        _block(say["ring"], [_helpline(card) for card in answer.helplines]),
        "\n".join(f"! {notice}" for notice in answer.notices if not _repeated(notice, answer)),
        _block(say["sources"], [_citation(number, item) for number, item in enumerate(answer.citations, 1)]),
        _block(say["also_ask"], [f"- {item}" for item in answer.suggestions]),
    ]
    return "\n\n".join(block for block in blocks if block)


def _repeated(notice: str, answer: Answer) -> bool:
    return any(notice in (citation.notice or "") for citation in answer.citations)


def _block(title: str, lines: list[str]) -> str:
    return "\n".join([title, *lines]).lstrip() if lines else ""


def _helpline(card: HelplineCard) -> str:
    facts = " · ".join(part for part in (card.hours, card.for_whom, card.caution) if part)
    contact = card.phone or card.url or ""
    return f"  {contact:<14} {card.name}" + (f"\n{'':17}{facts}" if facts else "")


def _citation(number: int, citation: Citation) -> str:
    place = " › ".join(citation.section_path)
    quote = " ".join(citation.quote.split())
    period = f" ({citation.period})" if citation.period else ""
    notice = f"\n    ! {citation.notice}" if citation.notice else ""
    return f"[{number}] {citation.document_title}{period}, {place}\n    «{quote}»{notice}"
