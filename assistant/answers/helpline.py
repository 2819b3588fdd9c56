"""Who to ring: by what the question names, by need, by municipality; the number itself in the first line."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.contacts import contact_cards
from assistant.answers.draft import answer
from assistant.answers.passage import evidence, spoken
from assistant.models import Draft, HelplineCard


def helpline(asked: Asked) -> Draft | None:
    """Contacts, when the question asks for a number or for someone to talk to, or tells of danger and asks nothing."""
    if asked.acute and not asked.asks:
        return answer(asked, "helpline", asked.say("acute_after"), [], helplines=contact_cards(asked, personal=True))
    if "contact" not in asked.cues or not (asked.helplines or asked.personal):
        return None
    cards = contact_cards(asked)
    if not cards:
        return None
    named = [_line(asked, card) for card in cards[:2] if card.phone or card.url]
    lead = "\n".join([*named, _where(asked)]).strip()
    if asked.confident and "number" not in asked.cues:
        lead = f"{spoken(asked)}\n\n{lead}"
    return answer(asked, "helpline", lead, evidence(asked), helplines=cards)


def _line(asked: Asked, card: HelplineCard) -> str:
    line = asked.say("helpline_number", name=card.name, phone=card.phone or card.url or "")
    return f"{line} {card.hours}." if card.hours else line


def _where(asked: Asked) -> str:
    return "" if asked.municipality else asked.say("say_where")
