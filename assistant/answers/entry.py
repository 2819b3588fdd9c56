"""The approved answer to one need, in the asker's language, with what it rests on and whom to contact."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answers.asked import Asked
from assistant.answers.contacts import LOCAL_KINDS, cards, for_need
from assistant.answers.drafting import answered
from assistant.models import Draft, Entry, FoundEntry, Passage

CITED = 3
"""Sources of one answer, all of which its text refers to."""
OWN_PLAN = 0.6
"""The least score of a passage of the asker's own plan, as a share of the entry's, from which it is cited beside."""
NEAR = 0.65
"""The least score of a passage, as a share of the entry's, from which it is pointed to as saying more."""
LED_ON = 3


def draft(asked: Asked) -> Draft | None:
    """The entry that was found best, when the decision is to say it."""
    chosen = asked.decision.entry
    if chosen is None:
        return None
    entry = chosen.entry
    rests, also = _rests(asked, entry), _also(asked, chosen)
    also = [passage for passage in also if passage not in rests][: CITED - 1]
    rests = rests[: CITED - len(also)]
    lead = f"{said(entry, asked.language)}{_marks(1, len(rests))}"
    if also:
        lead = f"{lead}\n\n{asked.say('see_also')}{_marks(len(rests) + 1, len(rests) + len(also))}"
    if not asked.municipality and LOCAL_KINDS.intersection(entry.contacts):
        lead = f"{lead}\n\n{asked.say('say_where')}"
    return answered(
        asked,
        "entry",
        lead,
        [*rests, *also],
        [getattr(step, asked.language) for step in entry.steps],
        helplines=cards(asked, for_need(asked, entry.contacts)),
        entry=entry.id,
        suggestions=tuple(_leads_on(asked, entry))[:LED_ON],
    )


def _marks(first: int, last: int) -> str:
    return "".join(f" [{number}]" for number in range(first, last + 1))


def said(entry: Entry, language: str) -> str:
    """The answer in a language."""
    return str(getattr(entry, language))


def _rests(asked: Asked, entry: Entry) -> list[Passage]:
    """What the entry rests on; what speaks most of this question goes first."""
    place = {found.passage.id: at for at, found in enumerate(asked.found)}
    known = [asked.corpus.passage[id_] for id_ in entry.rests_on if id_ in asked.corpus.passage]
    return sorted(known, key=lambda passage: place.get(passage.id, len(place)))


def _also(asked: Asked, chosen: FoundEntry) -> list[Passage]:
    """Passages that speak of the same question: those nearly as good as the entry, and the best of the asker's own plan."""
    own = asked.municipality.name if asked.municipality else None
    plans = asked.corpus.document
    near = [found.passage for found in asked.found if found.score >= NEAR * chosen.score][: CITED - 1]
    beside = [found for found in asked.found if own in plans[found.passage.section.document].municipalities]
    return near + [found.passage for found in beside if found.score >= OWN_PLAN * chosen.score][:1]


def _leads_on(asked: Asked, entry: Entry) -> Iterator[str]:
    """The first question of each entry that is asked next, as people ask it; in English there is none."""
    before = {text.strip().casefold() for text in (asked.question.written, *asked.question.history)}
    for id_ in entry.leads_on if asked.language != "en" else ():
        other = asked.corpus.entry.get(id_)
        if other and other.questions[0].casefold() not in before:
            yield other.questions[0]
