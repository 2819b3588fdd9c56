"""Readings of a conversation become a Question: its words and terms, what it asks for, who asks and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.language.analyzer import AS_WRITTEN, Analyzer, Word
from assistant.models import (
    Audience,
    Document,
    Heard,
    Language,
    Municipality,
    Part,
    Place,
    Query,
    Question,
    Subject,
    Writer,
    is_asking,
)
from assistant.question.phrasebook import Forms, Phrasebook
from assistant.question.place import place_of
from assistant.question.relevance import AT_WORK
from assistant.reading import Reading, read, words
from assistant.reading.language import is_english
from assistant.reading.phrases import Phrases

RESTS = 1
"""Content words. A question with no more of them rests on the one before: «Hvem er det ment for?»"""
RESTS_LEANING = 3
"""The same for one that points back: «og», «det», «da»."""
REMEMBERED = 6
"""Turns of the conversation that are read again: what it is about, who asks, and about whom."""
WHO: tuple[Audience, ...] = ("child", "perpetrator", "victim", "staff", "coordinator", "relative")
"""Who asks, the first that fits: a child that tells of its mother is a child."""

SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
MOST_PARTS = 12
"""Sentences of one message that are read by themselves."""
OF_REGION = "-planen"
"""How a plan's short name ends: «Innlandet-planen»."""
SAID = 3
"""Words from which a message has a language."""
STRANGE = 0.7
"""Share of unknown words from which a message is taken to be in a language that is not read."""
SUBJECTS: tuple[Subject, ...] = ("child", "elder", "disabled", "animal")
"""About whom a wording can say that it is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation: as read, in bokmål, and what its wording says. `content`: its words that are no stop words."""

    reading: Reading
    words: tuple[Word, ...]
    content: frozenset[str]
    heard: Heard


class Interpreter:
    """Read-only."""

    def __init__(
        self,
        analyzer: Analyzer,
        phrasebook: Phrasebook,
        municipalities: Sequence[Municipality],
        documents: Sequence[Document],
    ) -> None:
        self._analyzer = analyzer
        self._phrasebook = phrasebook
        self._municipalities = municipalities
        named = [(name, document.id) for document in documents for name in _names(document)]
        self._documents = Phrases((" ".join(words(name)), id_) for name, id_ in named)
        self._regions = Phrases(
            (f"i {name.removesuffix(OF_REGION).casefold()}", id_) for name, id_ in named if name.endswith(OF_REGION)
        )

    def question(
        self,
        reading: Reading,
        earlier: Sequence[Reading] = (),
        *,
        language: Language = "nb",
        municipality: str | None = None,
        audience: Audience | None = None,
        alerted: Writer | None = None,
        danger: str | None = None,
    ) -> Question:
        """The question as understood; `earlier` are the turns before it, oldest first."""
        now, before = self.turn(reading), [self.turn(turn) for turn in earlier[-REMEMBERED:]]
        topic = self._topic(before)
        history = tuple(turn.reading.written for turn in before)
        place = place_of(reading.written, municipality, history, self._municipalities)
        rested = topic if topic is not None and self._rests(now, place) else None
        whole = self._joined(rested, now) if rested else now
        heard = _with_earlier(whole.heard, [turn.heard for turn in before])
        return Question(
            written=reading.written,
            resolved=whole.reading.written,
            language=language,
            query=self._query(now, before, rested, place),
            words=_bokmal((whole if now.content else rested or whole).words, place),
            own=_own(now, place),
            parts=tuple(self._parts(reading, place)),
            turns=tuple(said for turn in before if (said := _own(turn, place))),
            heard=heard,
            asker=audience or _asker(heard),
            place=place,
            about=frozenset(subject for subject in SUBJECTS if f"about_{subject}" in heard.cues),
            documents=self._documents_of(reading, rested),
            earlier=tuple(word for turn in before[-2:] for word in turn.reading.words),
            history=history,
            alerted=alerted,
            danger=danger,
            spoken_to="staff" if audience in AT_WORK else alerted,
            read=self._is_read(now),
        )

    def _parts(self, reading: Reading, place: Place) -> Iterator[Part]:
        """The sentences of a message that has more than one, those of a word or two aside: «Hei!»"""
        said = [text for text in SENTENCE_ENDS.split(reading.written) if len(text.split()) >= SAID]
        for text in said[:MOST_PARTS] if len(said) > 1 else ():
            turn = self.turn(read(text))
            if turn.content:
                yield Part(_bokmal(turn.words, place), is_asking(text, turn.heard.cues))

    def _is_read(self, now: Turn) -> bool:
        """Whether it is English, or enough of the words are known; a name, a number or two odd words are no other language."""
        if is_english(now.reading.words):
            return True
        odd = [word for word in now.words if word.text.isalpha() and not self._analyzer.is_known(word.text)]
        return len(now.words) < SAID or len(odd) < STRANGE * len(now.words)

    def _topic(self, before: Sequence[Turn]) -> Turn | None:
        """What the conversation is about: the last question that stood by itself, with those that rested on it."""
        topic: Turn | None = None
        for turn in before:
            topic = self._joined(topic, turn) if topic is not None and self._rests(turn) else turn
        return topic

    def _named(self, reading: Reading, names: Phrases[str] | None = None) -> frozenset[str]:
        return frozenset(found.meaning for found in (names or self._documents).find([(w,) for w in reading.words]))

    def _documents_of(self, now: Reading, rested: Turn | None) -> frozenset[str]:
        """The documents named. A turn that rests on another may name its own: «og i Innlandet?»; «og fristen?» does not."""
        named = self._named(now)
        if named or rested is None:
            return named
        return self._named(now, self._regions) or self._named(rested.reading)

    def turn(self, reading: Reading) -> Turn:
        """One message by itself."""
        words = tuple(self._analyzer.spoken(reading))
        heard = self._phrasebook.hear(*self._forms(reading.words, words, reading.bare))
        return Turn(reading, words, self._analyzer.content(words), heard)

    def _joined(self, earlier: Turn, now: Turn) -> Turn:
        """A question that rests on the one before, read together with it."""
        words = (*earlier.words, *now.words)
        written = [*earlier.reading.words, *now.reading.words]
        heard = self._phrasebook.hear(*self._forms(written, words, earlier.reading.bare and now.reading.bare))
        if kinds := _kinds(now.heard):  # «og krisesenteret?» asks no longer for the number of barnevernet
            heard = replace(heard, cues=heard.cues - (_kinds(earlier.heard) - kinds))
        reading = replace(
            now.reading,
            written=f"{earlier.reading.written} {now.reading.written}",
            tokens=(*earlier.reading.tokens, *now.reading.tokens),
        )
        return Turn(reading, words, earlier.content | now.content, heard)

    def _forms(self, written: Sequence[str], words: Sequence[Word], plain: bool) -> Iterator[Forms]:
        """The words as written and in bokmål: as one row where they stand beside each other, else as two."""
        bokmal = [word.text for word in words if word.why != AS_WRITTEN]
        if len(bokmal) == len(written):
            yield [self._with_beginnings(pair, plain) for pair in zip(bokmal, written, strict=True)]
        else:
            yield from ([self._with_beginnings((word,), plain) for word in row] for row in (bokmal, written))

    def _with_beginnings(self, forms: Sequence[str], plain: bool) -> tuple[str, ...]:
        begins = [start for form in forms for start in self._phrasebook.prefixes(form, plain)]
        return tuple(dict.fromkeys((*forms, *begins)))

    def _rests(self, now: Turn, place: Place | None = None) -> bool:
        """Whether a turn has too few words of its own to stand by itself; where the asker lives («vi bor i Elverum») is no topic."""
        own = now.content - _names_of(place) if place else now.content
        return len(own) <= (RESTS_LEANING if "leans" in now.heard.cues else RESTS)

    def _query(self, now: Turn, before: Sequence[Turn], rested: Turn | None, place: Place) -> Query:
        """The terms. Where it rests on the turn before, its own words count twice, so that they weigh more than the earlier ones."""
        words = [*rested.words, *now.words, *now.words] if rested else now.words
        earlier = [turn.words for turn in (before[:-1] if rested else before)]
        terms = self._analyzer.terms(_without_place(words, place), earlier)
        return Query(now.reading.written, now.reading.language, terms)


def _kinds(heard: Heard) -> frozenset[str]:
    return frozenset(cue for cue in heard.cues if cue.startswith("kind_"))


def _bokmal(words: Sequence[Word], place: Place) -> tuple[str, ...]:
    return tuple(word.text for word in _without_place(words, place) if word.why != AS_WRITTEN)


def _own(turn: Turn, place: Place) -> tuple[str, ...]:
    """The words of one turn; none where all of them are stop words."""
    return _bokmal(turn.words, place) if turn.content else ()


def _names_of(place: Place) -> set[str]:
    return {part for each in place.candidates for part in each.name.casefold().replace("(", " ").split()}


def _without_place(words: Sequence[Word], place: Place) -> Sequence[Word]:
    """The words without the name of the asker's municipality: where it is, is known; what is asked, is in the others."""
    names = _names_of(place)
    kept = [word for word in words if (word.said or word.text) not in names]
    return kept or words


def _asker(heard: Heard) -> Audience | None:
    """Who asks: someone who says to be at work is staff, whatever the story sounds like; else the first of WHO that fits."""
    if "told_staff" in heard.cues:
        return "staff"
    return next((who for who in WHO if f"who_{who}" in heard.cues), None)


def _names(document: Document) -> Iterator[str]:
    """What a plan or guide is called; «Hallingdal-planen» is also written as one word."""
    for name in (document.title, *document.also_known_as):
        yield name
        if "-" in name:
            yield name.replace("-", "")
            yield name.replace("-", "s")


def _with_earlier(heard: Heard, before: Sequence[Heard]) -> Heard:
    """Who asks, and about whom, holds on from earlier turns; so do the field's words of the last two."""
    standing = [
        cue for turn in before[-REMEMBERED:] for cue in turn.cues if cue.startswith(("who_", "about_", "told_"))
    ]
    field = [word for turn in before[-2:] for word in turn.field]
    return replace(heard, cues=heard.cues.union(standing), field=heard.field.union(field))
