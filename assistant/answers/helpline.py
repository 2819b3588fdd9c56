"""Who to ring: by what the question names, by need, by municipality; the number itself in the first line."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.contacts import contact_cards
from assistant.answers.drafting import answered
from assistant.answers.passage import evidence, spoken
from assistant.models import Definition, Draft, Figure, HelplineCard

KNOWN = 0.4  # much like a question that the passage is known to answer


def number(asked: Asked) -> Draft | None:
    """Contacts at once, when the question names a service and little else, or asks for the number of one."""
    question = asked.question
    named = any(cue.startswith("kind_") for cue in question.cues)
    asks = question.names_alone or ("number" in question.cues and (named or asked.decision.entry is None))
    return draft(asked) if asks and asked.evidence.helplines else None


def draft(asked: Asked) -> Draft | None:
    """Contacts, when the question asks for a number or for someone to talk to, or tells of danger and asks nothing."""
    if asked.question.acute and not (asked.question.asks and asked.decision.confident and not _tells_facts(asked)):
        return _after_the_alert(asked)
    if not asked.question.seeks_contact or not (asked.evidence.helplines or asked.question.personal):
        return None
    cards = contact_cards(asked)
    if not cards:
        return None
    named = [_line(asked, card) for card in cards[:2] if card.phone or card.url]
    lead = "\n".join([*(named or [asked.say("helpline_lead")]), _where(asked)]).strip()
    if asked.decision.confident and "number" not in asked.question.cues and _answers_too(asked):
        lead = f"{lead}\n\n{spoken(asked)}"
    return answered(asked, "helpline", lead, evidence(asked), helplines=cards)


def _tells_facts(asked: Asked) -> bool:
    """Whether the answer would be a figure or what a word means: nothing for someone in danger."""
    return bool(asked.found) and isinstance(asked.found[0].passage.record, (Figure, Definition))


def _answers_too(asked: Asked) -> bool:
    """Whether the best passage answers this very question, and is no figure: who asks for help is not told how many do."""
    best = asked.found[0]
    return best.question_match >= KNOWN and not isinstance(best.passage.record, Figure)


def _after_the_alert(asked: Asked) -> Draft:
    """Who can help further, and what to do when a passage for this very asker is found; never an honest no to someone in danger."""
    lead, best = asked.say("acute_after"), asked.found[0] if asked.found else None
    if (
        best
        and asked.decision.confident
        and (asked.question.asker in best.passage.audience or best.question_match >= KNOWN)
    ):
        return answered(
            asked,
            "helpline",
            f"{lead}\n\n{spoken(asked)}",
            evidence(asked),
            helplines=contact_cards(asked, personal=True),
        )
    return answered(asked, "helpline", lead, [], helplines=contact_cards(asked, personal=True))


def _line(asked: Asked, card: HelplineCard) -> str:
    """The contact in one line, and what was asked of it: by SMS or chat, free, anonymous."""
    kind = next((kind for kind in ("sms", "chat") if kind in asked.question.cues), None)
    channel = next((channel for channel in card.channels if channel.kind == kind), None)
    contact = (
        f"{kind.upper() if kind == 'sms' else kind} {channel.value}" if kind and channel else card.phone or card.url
    )
    hours = channel.hours if channel and channel.hours else card.hours
    parts = [asked.say("helpline_number", name=card.name, phone=contact or "")]
    parts += [f"{hours[0].upper()}{hours[1:]}."] if hours else []
    parts += [asked.say(_known("helpline_free", card.free))] if "price" in asked.question.cues else []
    parts += [asked.say(_known("helpline_anonymous", card.anonymous))] if "anonymous" in asked.question.cues else []
    return " ".join(parts)


def _known(message: str, value: bool | None) -> str:
    """The message's name for yes, no and not known: `helpline_free`, `helpline_not_free`, `helpline_free_unknown`."""
    return (
        message if value else f"{message}_unknown" if value is None else message.replace("helpline_", "helpline_not_")
    )


def _where(asked: Asked) -> str:
    return "" if asked.municipality else asked.say("say_where")
