"""Which helplines to show to this asker, in which order. A local number is shown only to someone of that municipality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from assistant.answers.asked import Asked
from assistant.answers.cite import norwegian_date
from assistant.content.helplines import card, for_municipality, printed_on, shown
from assistant.models import PERSONAL, Audience, Helpline, HelplineCard, Passage, Procedure, Service

CARDS = 4
KIND = "kind:"
FOR_CHILDREN = frozenset({"kind:child_welfare", "alarmtelefonen-116111"})
"""Shown to an adult only where it is about a child."""
MAY_ASK = PERSONAL - {"child", "perpetrator"}
"""Who may be asking where nothing tells: only they themselves are spoken to as children, or as those who hit."""
EACH_LOCAL, EACH = 2, 1
"""Contacts of one kind that an entry asks for: of the asker's own, and of national ones."""
LOCAL_KINDS = frozenset(
    {"crisis_shelter", "child_welfare", "family_counselling", "sexual_assault_centre", "incest_centre"}
)
"""Services that belong to a place."""


def contact_cards(
    asked: Asked, evidence: Sequence[Passage] = (), limit: int = CARDS, personal: bool = False
) -> tuple[HelplineCard, ...]:
    """Helplines for this asker: those the question names, those the evidence names, then those that fit who asks.

    `personal`: someone may need help, whatever the wording tells of who asks. What is written to people who need help is answered so too.
    """
    written_to = next((who for passage in evidence for who in passage.audience if who in MAY_ASK), None)
    fits = personal or asked.question.personal or asked.question.acute or (written_to and not asked.question.asker)
    fitting = _fitting(asked, written_to or "resident") if fits else ()
    wanted = [*asked.evidence.helplines, *_named(asked, evidence), *fitting]
    return cards(asked, wanted, limit)


def cards(asked: Asked, wanted: Iterable[Helpline], limit: int = CARDS) -> tuple[HelplineCard, ...]:
    """The wanted helplines that may be shown to this asker, each once, in the asker's language."""
    allowed = {line.id for line in allowed_helplines(asked)}
    chosen: dict[str, Helpline] = {line.id: line for line in wanted if line.id in allowed}
    texts, caution = asked.corpus.contact_texts, partial(_caution, asked)
    return tuple(card(line, asked.language, asked.now, caution, texts) for line in list(chosen.values())[:limit])


def allowed_helplines(asked: Asked) -> list[Helpline]:
    """Own local helplines first, then the national ones."""
    local, national = for_municipality(
        shown(asked.corpus.helplines), asked.municipality.name if asked.municipality else None
    )
    return [*local, *national]


def _caution(asked: Asked, line: Helpline) -> str:
    """For the less sure ones: when the number was last printed, and that it may have changed."""
    date = printed_on(line)
    return asked.say("may_have_changed", date=norwegian_date(date)) if date else asked.say("may_have_changed_undated")


def _named(asked: Asked, evidence: Sequence[Passage]) -> list[Helpline]:
    """The helplines of the evidence's records; one of another municipality gives way to the own one of its kind."""
    ids: list[str] = []
    for passage in evidence:
        record = passage.record
        if isinstance(record, Procedure):
            ids += [*record.helplines, *[line for step in record.steps for line in step.helplines]]
        elif isinstance(record, Service) and record.helpline:
            ids.append(record.helpline)
    return [line for helpline_id in ids for line in _own(asked, asked.corpus.helpline.get(helpline_id))]


def _own(asked: Asked, line: Helpline | None) -> Iterator[Helpline]:
    if line is None:
        return
    own = asked.municipality.name if asked.municipality else None
    if not line.municipalities or own in line.municipalities:
        yield line
    else:
        yield from _of_kind(asked, line.kind)


def _of_kind(asked: Asked, kind: str) -> Iterator[Helpline]:
    own = asked.municipality.name if asked.municipality else None
    yield from (line for line in asked.corpus.helplines if line.kind == kind and own in line.municipalities)


def _fitting(asked: Asked, otherwise: Audience) -> Iterator[Helpline]:
    """Whom to contact by who asks; where nothing tells that, by who the answer is `otherwise` for."""
    for entry in asked.contacts.get(asked.question.asker or otherwise, ()):
        if entry in FOR_CHILDREN and "about_child" not in asked.question.cues and asked.question.asker != "child":
            continue
        if entry.startswith(KIND):
            yield from _of_kind(asked, entry.removeprefix(KIND))
        elif entry in asked.corpus.helpline:
            yield asked.corpus.helpline[entry]


def for_need(asked: Asked, needs: Sequence[str]) -> Iterator[Helpline]:
    """The helplines for the contacts of an entry, in its order: an id, or a kind of which the own local ones go before national ones."""
    own = asked.municipality.name if asked.municipality else None
    for need in needs:
        if need in asked.corpus.helpline:
            yield asked.corpus.helpline[need]
            continue
        local, national = for_municipality(asked.corpus.helplines, own)
        own_lines = [line for line in local if line.kind == need][:EACH_LOCAL]
        yield from own_lines
        yield from [line for line in national if line.kind == need][: EACH if len(own_lines) < EACH_LOCAL else 0]
        if need in LOCAL_KINDS and not any(line.kind == need for line in local):
            yield from _instead(asked, need)


def _instead(asked: Asked, kind: str) -> Iterator[Helpline]:
    """Whom to contact for a kind of service that has no local number to show."""
    for id_ in asked.instead.get(kind, ()):
        if id_ in asked.corpus.helpline:
            yield asked.corpus.helpline[id_]
