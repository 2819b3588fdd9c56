"""What every answered draft has in common: citations, helplines, notices, suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answers.asked import Asked
from assistant.answers.cite import cited, corrections
from assistant.answers.clarify import which_municipality
from assistant.answers.contacts import contact_cards
from assistant.models import AnswerKind, Choice, Draft, HelplineCard, Passage

SUGGESTIONS = 3
SOURCES = 3
"""Sources of one answer, as many as its text needs and others only up to this."""
SPEAKS = 0.5
"""The least share of the question that a passage speaks of, to be pointed to."""
MARK = re.compile(r"\[(\d+)\]")


def answered(
    asked: Asked,
    kind: AnswerKind,
    lead: str,
    evidence: Iterable[Passage],
    steps: Sequence[str] = (),
    helplines: tuple[HelplineCard, ...] | None = None,
    choices: tuple[Choice, ...] = (),
    entry: str | None = None,
    suggestions: tuple[str, ...] | None = None,
) -> Draft:
    """An answered draft. Helplines default to those that fit this asker.

    `lead` and `steps` cite `evidence` by number. What they do not cite is no source, but where it speaks of the question it is pointed to.
    """
    lead, steps, evidence = _sources(asked, lead, list(steps), list(evidence))
    citations = cited(asked, evidence)
    return Draft(
        answered=True,
        kind=kind,
        lead=lead,
        steps=tuple(steps),
        citations=citations,
        helplines=contact_cards(asked, evidence[:1]) if helplines is None else helplines,
        suggestions=()
        if asked.question.acute
        else _leading_on(asked, evidence)
        if suggestions is None
        else suggestions,
        choices=(*which_municipality(asked), *choices),
        notices=_notices(asked, evidence),
        entry=entry,
        language=asked.language,
        corpus_version=asked.corpus.version,
    )


def _sources(
    asked: Asked, lead: str, steps: list[str], evidence: list[Passage]
) -> tuple[str, list[str], list[Passage]]:
    """The text with its sources alone, numbered anew; up to SOURCES, with others that speak of much of the question."""
    cited = {int(number) for text in (lead, *steps) for number in MARK.findall(text)}
    speaks = {found.passage.id for found in asked.found if found.coverage >= SPEAKS}
    more = [n for n, passage in enumerate(evidence, 1) if n not in cited and passage.id in speaks]
    more = more[: max(SOURCES - len(cited), 0)] if cited else []
    if more:
        lead += pointed_to(asked, more)
    kept = sorted({*cited, *more})
    new = {str(number): f"[{at}]" for at, number in enumerate(kept, 1)}
    lead, *steps = (MARK.sub(lambda mark: new[mark[1]], text) for text in (lead, *steps))
    return lead, steps, [evidence[number - 1] for number in kept]


def pointed_to(asked: Asked, numbers: Iterable[int]) -> str:
    """The line that points to sources which speak of the question too: «Mer om dette: [2]»."""
    return f"\n\n{asked.say('see_also')}{''.join(f' [{number}]' for number in numbers)}"


def _notices(asked: Asked, evidence: Sequence[Passage]) -> tuple[str, ...]:
    """What holds for the answer as a whole, the corrections of its first source among them; the rest stands on the citations."""
    lines = list(corrections(asked, evidence[0])) if evidence and not asked.question.acute else []
    if len(asked.question.place.candidates) > 1:
        lines.append(asked.say("clarify_municipality"))
    if asked.question.place.unknown:
        lines.append(asked.say("notice_municipality_unknown"))
    if asked.language == "en" and evidence:
        lines.append(asked.say("quoted_in_norwegian"))
    return tuple(lines)


def _leading_on(asked: Asked, evidence: Sequence[Passage]) -> tuple[str, ...]:
    """Questions that lead on: what the next passages answer, never the one just asked. In English there is none."""
    if asked.language == "en":
        return ()
    asked_before = {text.strip().lower() for text in (asked.question.written, *asked.question.history)}
    lines: list[str] = []
    for passage in [*evidence[1:], *[found.passage for found in asked.found]]:
        fresh = next((q for q in passage.questions if q.endswith("?") and q.strip().lower() not in asked_before), None)
        if fresh and fresh not in lines and passage not in evidence[:1]:
            lines.append(fresh)
    return tuple(lines[:SUGGESTIONS])
