"""A plan's measures by number, topic, responsible or deadline. A passed deadline says so; completion is never claimed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answers.asked import Asked
from assistant.answers.cite import norwegian_date
from assistant.answers.drafting import answered
from assistant.answers.plans import absent, called, meant, named, of_strangers, own, plans
from assistant.answers.sentences import numbered
from assistant.language.stem import stem
from assistant.models import Draft, Measure, Passage
from assistant.reading import words

_NUMBER = r"\d{1,3}(?:\.\d{1,2}){0,2}(?![\w.]*\d)"
NUMBER = re.compile(rf"\b(?i:tiltak(?:et|a|ene)?|measures?)\s*(?i:nr\.?|nummer|no\.?)?\s*({_NUMBER}|[A-ZÆØÅ]\b)")
"""«Tiltak 7», «tiltak 3.4», «tiltak B»; a small letter is a word: «tiltak i planen»."""
BARE = re.compile(rf"\b(?:nummer|nr\.?|number|enn)\s*({_NUMBER})", re.IGNORECASE)
OF_EVERY_PLAN = """tiltak tiltaket tiltakene tiltaka plan planen planene planane kommune kommunen ansvar ansvarlig frist gjelder gjelde
    retter rettet sammenlign sammenligne samanlikn forskjell skilnad forskjellen sier seier står oversikt liste list opp alle
    egne mange antall samtlige ansvarlige"""
"""Words that ask for measures, and tell nothing of what about."""
SHOWN = 6
SPOKEN_OF = 0.6
"""The share of a question that the own plan's measure, found first, must speak of to go before a general answer. Of 27 questions about
measures of five plans by fresh hands the right one had .68 or more where it was found first, and every other passage .54 or less."""
LOOKED_AT = 3
"""Passages among which a measure is looked for, when the question asks who has to do something, or by when."""


def draft(asked: Asked) -> Draft | None:
    """The measures that the question names by number, asks for by topic, or is about."""
    if asks_for := numbers(asked):
        return absent(asked) or _by_number(asked, asks_for[-1:])
    compares = "comparison" in asked.question.cues
    if "measures" in asked.question.cues and not compares and (several := _of_plan(asked)):
        return several
    best = _found(asked)
    return _draft(asked, [best]) if best else None


def numbers(asked: Asked) -> list[str]:
    """The measures' numbers; «og nummer 6?» after a measure is one too."""
    question = asked.question
    found = NUMBER.findall(question.resolved) or NUMBER.findall(" ".join(question.words))
    after_one = any(NUMBER.search(turn) for turn in question.history)
    return (BARE.findall(question.written) if after_one else []) or found


def of_topic(asked: Asked, measures: Iterable[Passage]) -> list[Passage]:
    """The measures that speak of what the question is about, in the plan's order: of at least half as much of it as the best."""
    topic = _topic(asked)
    told = [(passage, len(topic & _stems(_text(passage)))) for passage in measures]
    most = max((count for _, count in told), default=0)
    return [passage for passage, count in told if count and count >= most / 2]


def _topic(asked: Asked) -> set[str]:
    """The stems of what the question is about, without the words that name a plan."""
    named = " ".join(part for plan in plans(asked) for part in (plan.title, *plan.also_known_as, *plan.municipalities))
    said = {term.term for term in asked.question.query.terms if term.why == "word"}
    return said - _stems(named) - _stems(OF_EVERY_PLAN)


def scope(asked: Asked) -> list[Passage]:
    """The measures of the plans that are meant; one that is there retold and word for word counts once, as retold."""
    ids = {document.id for document in meant(asked)}
    found: dict[object, Passage] = {}
    for passage in asked.corpus.measures:
        if passage.section.document in ids and isinstance(passage.record, Measure):
            name = passage.record.number or passage.record.title
            key = (passage.section.document, name)
            if key not in found or found[key].text_kind == "original":
                found[key] = passage
    return list(found.values())


def _of_plan(asked: Asked) -> Draft | None:
    """All measures of the topic; where the one plan in question has none, that is said."""
    known = scope(asked)
    if several := of_topic(asked, known):
        return _draft(asked, several, brief=len(several) > 1)
    if len(meant(asked)) != 1 or not _topic(asked):
        return None
    return _says_no(asked, known, asked.say("measures_none", plan=called(meant(asked)[0])))


def _by_number(asked: Asked, asks_for: Sequence[str]) -> Draft | None:
    """The measure of that number; where the plan in question has none, that is said, and no other plan's stands in for it."""
    known = scope(asked)
    hits = [p for p in known if isinstance(p.record, Measure) and p.record.number in asks_for]
    if hits:
        order = {found.passage.section.document: rank for rank, found in reversed(list(enumerate(asked.found)))}
        return _draft(asked, sorted(hits, key=lambda p: order.get(p.section.document, len(order))))
    if len(meant(asked)) != 1:
        return None
    with_number = [p.record.number for p in known if isinstance(p.record, Measure) and p.record.number]
    plan = called(meant(asked)[0])
    return _says_no(asked, known, asked.say("measure_none", plan=plan, number=asks_for[0], count=len(with_number)))


def _says_no(asked: Asked, scope: Sequence[Passage], said: str) -> Draft | None:
    """That the one plan in question does not have what is asked for, with the place where its measures, or it itself, begin."""
    plan = meant(asked)[0].id
    place = next((p for p in (*scope, *asked.corpus.passages) if p.section.document == plan), None)
    return answered(asked, "measure", numbered(said, 1), [place]) if place else None


def _found(asked: Asked) -> Passage | None:
    """The measure that was found best, or among the best where the question asks who has to do it, or by when."""
    asks = not {"measure_who", "measure_when"}.isdisjoint(asked.question.cues)
    if (mine := asked.evidence.measure) and mine.coverage >= SPOKEN_OF:
        return mine.passage
    if not asked.decision.confident or asked.decision.entry is not None:
        return None
    looked_at = [found.passage for found in asked.found[: LOOKED_AT if asks else 1]]
    if of_strangers(asked, [passage.section.document for passage in looked_at[:1]]):
        return None
    told = [passage for passage in looked_at if isinstance(passage.record, Measure)]
    if own(asked) and not named(asked):  # nor one of a gathering or a guide, as if the asker's plan had it
        told = [passage for passage in told if passage.section.document in {plan.id for plan in own(asked)}]
    return next(iter(told), None)


def _draft(asked: Asked, measures: Sequence[Passage], brief: bool = False) -> Draft:
    """One paragraph a measure. `brief`: no more than title and responsible of each."""
    shown = measures[:SHOWN]
    several = len({passage.section.document for passage in shown}) > 1
    lines = [numbered(sentence(asked, p, several, brief), number) for number, p in enumerate(shown, 1)]
    return answered(asked, "measure", "\n\n".join(lines), shown)


def sentence(asked: Asked, passage: Passage, named: bool, brief: bool) -> str:
    """A measure in words; `named`: with its plan's name; `brief`: title, responsible and deadline alone."""
    record = passage.record
    assert isinstance(record, Measure)  # noqa: S101 - the caller has looked
    plan = f"{called(asked.corpus.document[passage.section.document])}, " if named else ""
    label = asked.corpus.messages.labels(asked.language)["measure"]
    title = f"{plan}{label} {record.number}: {record.title}" if record.number else f"{plan}{record.title}"
    who = "; ".join(record.responsible)
    parts = [
        title.rstrip(".") + ".",
        "" if brief else _actions(asked, record),
        asked.say("responsible_is", who=who.rstrip(".")) if who else asked.say("responsible_none"),
        _deadline_alone(asked, record) if brief else _deadline(asked, record),
        "" if brief else record.differs or "",
    ]
    return " ".join(part for part in parts if part)


def _actions(asked: Asked, record: Measure) -> str:
    """What is to be done, unless the question asks only who has to do it, or by when."""
    if not {"measure_who", "measure_when"}.isdisjoint(asked.question.cues):
        return ""
    return " ".join(action.rstrip(".") + "." for action in record.actions)


def _text(passage: Passage) -> str:
    record = passage.record
    assert isinstance(record, Measure)  # noqa: S101 - the corpus lists no other
    return " ".join([record.title, *record.actions, *record.target_group, passage.text])


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text)}


def _deadline_alone(asked: Asked, record: Measure) -> str:
    """The deadline in two words, for lists; nothing where there is none."""
    date = record.deadline_text or (norwegian_date(record.deadline.isoformat()) if record.deadline else "")
    return asked.say("deadline_alone", date=date) if date else ""


def _deadline(asked: Asked, record: Measure) -> str:
    if record.deadline is None:
        return (
            asked.say("deadline_none")
            if not record.deadline_text
            else asked.say("deadline_is", date=record.deadline_text)
        )
    date = record.deadline_text or norwegian_date(record.deadline.isoformat())
    return asked.say("deadline_was" if record.deadline < asked.today else "deadline_is", date=date)
