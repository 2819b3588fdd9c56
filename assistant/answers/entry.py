"""The approved answer to one need, in the asker's language, with what it rests on and whom to contact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answers.asked import Asked
from assistant.answers.contacts import LOCAL_KINDS, cards, for_need
from assistant.answers.drafting import SPEAKS, answered, pointed_to
from assistant.answers.plans import of_other_plans, of_strangers
from assistant.models import Choice, Draft, Entry, Passage
from assistant.question.decide import SUCH_A_QUESTION, SURE

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
    if (entry.wants != "comparison" and of_strangers(asked, _documents(entry))) or of_other_plans(asked, entry):
        return None
    second = _second(asked)
    lead, sources = _lead(asked, entry, second)
    needed = [*_contacts(entry), *(_contacts(second) if second else ())]
    if not asked.municipality and LOCAL_KINDS.intersection(entry.contacts):
        lead = f"{lead}\n\n{asked.say('say_where')}"
    if asked.decision.others and chosen.likely < SURE:
        lead = f"{asked.say('unsure')} {lead}"
    return answered(
        asked,
        "entry",
        lead,
        sources,
        [getattr(step, asked.language) for step in entry.steps],
        helplines=cards(asked, for_need(asked, needed)),
        choices=tuple(_other_meanings(asked)),
        entry=entry.id,
        suggestions=tuple(_leads_on(asked, entry))[:LED_ON],
    )


def _lead(asked: Asked, entry: Entry, second: Entry | None) -> tuple[str, list[Passage]]:
    """What is said, and its sources: one of them the second answer's; where there is none, also what else speaks of the question."""
    rests, beside = _rests(asked, entry), _rests(asked, second)[:1] if second else []
    also = [] if second else [passage for passage in _also(asked) if passage not in rests][: CITED - 1]
    rests = rests[: CITED - len(also) - len(beside)]
    sources = sorted(dict.fromkeys([*rests, *beside, *also]), key=_found_at(asked))
    lead = _marked(said(entry, asked.language), _places(sources, rests))
    if second:
        lead += f"\n\n{_marked(said(second, asked.language), _places(sources, beside))}"
    if also:
        lead += pointed_to(asked, _places(sources, also))
    return lead, sources


def _other_meanings(asked: Asked) -> Iterator[Choice]:
    """A button for each other thing that may be meant; none for what is only about others' plans."""
    for other in asked.decision.others:
        if not of_other_plans(asked, other.entry):
            yield Choice(label=other.entry.ask(asked.language), question=other.entry.ask(asked.language))


def _second(asked: Asked) -> Entry | None:
    """The answer to the other thing that is asked for, unless it is of a plan that is not the asker's."""
    second = asked.decision.second
    if second is None or of_strangers(asked, _documents(second.entry)) or of_other_plans(asked, second.entry):
        return None
    return second.entry


def _marked(text: str, numbers: Sequence[int]) -> str:
    return f"{text}{''.join(f' [{number}]' for number in numbers)}"


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
