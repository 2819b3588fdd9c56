"""The approved answer to one need, in the asker's language, with what it rests on and whom to contact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answers.asked import Asked
from assistant.answers.contacts import LOCAL_KINDS, cards, for_need
from assistant.answers.drafting import SPEAKS, answered, pointed_to
from assistant.answers.plans import of_strangers
from assistant.models import Draft, Entry, Passage
from assistant.question.decide import SUCH_A_QUESTION

SHELTERED = frozenset({"victim", "staff", "relative", "resident"})
CITED = 3
"""Sources of one answer, all of which its text refers to."""
LED_ON = 3


def draft(asked: Asked) -> Draft | None:
    """The entry that was found best, when the decision is to say it."""
    chosen = asked.decision.entry
    if chosen is None:
        return None
    entry = chosen.entry
    if entry.wants != "comparison" and of_strangers(asked, _documents(entry)):
        return None
    rests = _rests(asked, entry)
    also = [passage for passage in _also(asked) if passage not in rests][: CITED - 1]
    rests = rests[: CITED - len(also)]
    sources = sorted([*rests, *also], key=_found_at(asked))
    lead = f"{said(entry, asked.language)}{''.join(f' [{number}]' for number in _places(sources, rests))}"
    if also:
        lead += pointed_to(asked, _places(sources, also))
    if not asked.municipality and LOCAL_KINDS.intersection(entry.contacts):
        lead = f"{lead}\n\n{asked.say('say_where')}"
    return answered(
        asked,
        "entry",
        lead,
        sources,
        [getattr(step, asked.language) for step in entry.steps],
        helplines=cards(asked, for_need(asked, _contacts(entry))),
        entry=entry.id,
        suggestions=tuple(_leads_on(asked, entry))[:LED_ON],
    )


def _documents(entry: Entry) -> set[str]:
    return {id_.partition("/")[0] for id_ in entry.rests_on}


def _contacts(entry: Entry) -> list[str]:
    """The entry's contacts; for grown people the shelter of the place beside a national helpline."""
    found = list(entry.contacts)
    if "vo-linjen" in found and "crisis_shelter" not in found and SHELTERED.intersection(entry.audience):
        found.insert(found.index("vo-linjen"), "crisis_shelter")
    return found


def _places(sources: Sequence[Passage], cited: Sequence[Passage]) -> list[int]:
    return [number for number, passage in enumerate(sources, 1) if passage in cited]


def said(entry: Entry, language: str) -> str:
    """The answer in a language."""
    return str(getattr(entry, language))


def _rests(asked: Asked, entry: Entry) -> list[Passage]:
    """What the entry rests on; what speaks most of this question goes first."""
    known = [asked.corpus.passage[id_] for id_ in entry.rests_on if id_ in asked.corpus.passage]
    return sorted(known, key=_found_at(asked))


def _found_at(asked: Asked) -> Callable[[Passage], int]:
    """Where a passage was found, the best first; those that were not found go last, in their own order."""
    place = {found.passage.id: at for at, found in enumerate(asked.found)}
    return lambda passage: place.get(passage.id, len(place))


def _also(asked: Asked) -> list[Passage]:
    """The best passages where they fit as well, or speak of the same question: at most two, so that the entry's own is cited too."""
    if asked.decision.passages_fit:
        return [found.passage for found in asked.found[: CITED - 1]]
    near = asked.found[: CITED - 1]
    return [item.passage for item in near if item.coverage >= SPEAKS or item.question_match >= SUCH_A_QUESTION]


def _leads_on(asked: Asked, entry: Entry) -> Iterator[str]:
    """The question of each entry that is asked next, in the asker's language, unless it has been asked."""
    before = {text.strip().casefold() for text in (asked.question.written, *asked.question.history)}
    for id_ in entry.leads_on:
        other = asked.corpus.entry.get(id_)
        if other and before.isdisjoint(text.casefold() for text in (other.questions[0], other.ask(asked.language))):
            yield other.ask(asked.language)
