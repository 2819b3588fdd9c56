"""Who to ring: by what the question names, by need, by municipality; the number itself in the first line."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.contacts import LOCAL_KINDS, contact_cards
from assistant.answers.drafting import answered
from assistant.models import Definition, Draft, Figure, HelplineCard


def number(asked: Asked) -> Draft | None:
    """Contacts at once, when the question names a service and little else, or asks for the number of one."""
    question = asked.question
    named = any(cue.startswith("kind_") for cue in question.cues)
    asks = question.names_alone or ("number" in question.cues and (named or asked.decision.entry is None))
    return _contacts(asked) if asks and not question.acute and asked.evidence.helplines else None


def draft(asked: Asked) -> Draft | None:
    """Contacts, when the question tells of danger and asks nothing, or seeks contact and nothing was found that answers it."""
    question = asked.question
    if question.acute and not (question.asks and asked.decision.confident and not _tells_facts(asked)):
        return _after_the_alert(asked)
    seeks = question.seeks_contact and (asked.evidence.helplines or question.personal)
    return _contacts(asked) if seeks and not asked.decision.confident else None


def _contacts(asked: Asked) -> Draft | None:
    cards = contact_cards(asked)
    if not cards:
        return None
    named = [_line(asked, card) for card in cards[:2] if card.phone or card.url]
    lead = "\n".join([*_unknown(asked), *(named or [asked.say("helpline_lead")]), _where(asked)]).strip()
    return answered(asked, "helpline", lead, [], helplines=cards)


def _tells_facts(asked: Asked) -> bool:
    """Whether the answer would be a figure or what a word means: nothing for someone in danger."""
    return bool(asked.found) and isinstance(asked.found[0].passage.record, (Figure, Definition))


def _after_the_alert(asked: Asked) -> Draft:
    """Who can help further; never an honest no to someone in danger, and no facts either."""
    return answered(asked, "helpline", asked.say("acute_after"), [], helplines=contact_cards(asked, personal=True))


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


def _unknown(asked: Asked) -> list[str]:
    """That the local number which is asked for is not known here, and how to find it."""
    kinds = {cue.removeprefix("kind_") for cue in asked.question.cues if cue.startswith("kind_")} & LOCAL_KINDS
    own = asked.municipality
    if own is None or not kinds or any(line.kind in kinds and line.municipalities for line in asked.evidence.helplines):
        return []
    return [asked.say("number_unknown", municipality=own.name)]


def _where(asked: Asked) -> str:
    return "" if asked.municipality else asked.say("say_where")
