"""The approved answer to one need, in the asker's language, with what it rests on and whom to contact."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answers.asked import Asked
from assistant.answers.contacts import cards, for_need
from assistant.answers.drafting import answered
from assistant.models import Draft, Entry, FoundEntry, Passage

CITED = 3
"""Sources of one answer, all of which its text refers to."""
OWN_PLAN = 0.6
"""The least score of a passage of the asker's own plan, as a share of the entry's, from which it is cited beside."""
LED_ON = 3


def draft(asked: Asked) -> Draft | None:
    """The entry that was found best, when the decision is to say it."""
    chosen = asked.decision.entry
    if chosen is None:
        return None
    entry = chosen.entry
    sources = _sources(asked, chosen)
    marks = "".join(f" [{number}]" for number, _ in enumerate(sources, 1))
    return answered(
        asked,
        "entry",
        f"{said(entry, asked.language)}{marks}",
        sources,
        [getattr(step, asked.language) for step in entry.steps],
        helplines=cards(asked, for_need(asked, entry.contacts)),
        entry=entry.id,
        suggestions=tuple(_leads_on(asked, entry))[:LED_ON],
    )


def said(entry: Entry, language: str) -> str:
    """The answer in a language."""
    return str(getattr(entry, language))


def _sources(asked: Asked, chosen: FoundEntry) -> list[Passage]:
    """What the entry rests on; what the asker's own plan says of it goes first."""
    known = asked.corpus.passage
    sources = [known[id_] for id_ in chosen.entry.rests_on if id_ in known]
    own = asked.municipality.name if asked.municipality else None
    beside = [
        found.passage
        for found in asked.found
        if own in asked.corpus.document[found.passage.section.document].municipalities
        and found.score >= OWN_PLAN * chosen.score
    ][:1]
    return [*sources[: CITED - len(beside)], *(passage for passage in beside if passage not in sources)]


def _leads_on(asked: Asked, entry: Entry) -> Iterator[str]:
    """The first question of each entry that is asked next, as people ask it; in English there is none."""
    before = {text.strip().casefold() for text in (asked.question.written, *asked.question.history)}
    for id_ in entry.leads_on if asked.language != "en" else ():
        other = asked.corpus.entry.get(id_)
        if other and other.questions[0].casefold() not in before:
            yield other.questions[0]
