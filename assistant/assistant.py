"""The main path of one question, readable in one screen: alert, understanding, search, answer."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.answers import compose
from assistant.answers.asked import Asked
from assistant.content.corpus import Corpus, read_corpus, version_of
from assistant.content.files import EMBEDDED, folders_from_environment
from assistant.index import store
from assistant.models import (
    Alert,
    Answer,
    Audience,
    Decision,
    Draft,
    Entry,
    FoundEntry,
    Language,
    Passage,
    Question,
)
from assistant.question.understanding import Understanding
from assistant.reading import Reading, read
from assistant.reading.language import language_of
from assistant.safety import LAST_RESORT, assess

SHORT = 2
"""Words. A question with no more of them is answered in the language of the conversation: «i Hamar?»"""
OSLO = ZoneInfo("Europe/Oslo")
log = logging.getLogger("assistant")


@dataclass(frozen=True)
class SearchResult:
    """A passage found for a question, with its score."""

    passage: Passage
    score: float
    coverage: float

    def as_json(self) -> dict[str, object]:
        """The result as plain values: id, score, coverage, document, section path, text."""
        section = self.passage.section
        return {
            "id": self.passage.id,
            "score": round(self.score, 6),
            "coverage": round(self.coverage, 4),
            "document": section.document,
            "section_path": list(section.path),
            "text": self.passage.text,
        }


@dataclass(frozen=True)
class Assessed:
    """One question as read, with the alert that it got. Made only by `of`, so that no answer comes without one."""

    said: Reading = field(repr=False)  # what was typed stays out of whatever prints this
    earlier: tuple[Reading, ...] = field(repr=False)
    language: Language
    alert: Alert | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alert", assess(self.said, self.earlier, self.language))

    @classmethod
    def of(cls, question: str, history: Sequence[str] = (), language: Language | None = None) -> Assessed:
        """The alert for a question, in its own language where none is asked for. Needs no corpus and never raises."""
        said, earlier = read(question), tuple(read(turn) for turn in history)
        return cls(said, earlier, language or _language(said, earlier))


class Assistant:
    """Answers from the corpus, every sentence cited; read-only once loaded, so threads and processes share it freely."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.understanding = Understanding.build(corpus)

    @classmethod
    def load(cls, *folders: Path | str) -> Assistant:
        """The assistant on the embedded corpus (or the one in ASSISTANT_CORPUS), with the folders' documents added.

        A document that cannot be used is left out, and said in the log. Raises CorpusError that lists every other fault with
        file and line.
        """
        paths = [*folders_from_environment(), *(Path(folder) for folder in folders)]
        assistant = store.kept("assistant", _content(paths), cls, lambda: cls(read_corpus(*paths)))
        for fault in assistant.corpus.left_out:
            log.warning("Dokumentet er ikke med: %s", fault)
        return assistant

    @property
    def corpus_version(self) -> str:
        return self.corpus.version

    def ask(
        self,
        question: str,
        municipality: str | None = None,
        history: Sequence[str] = (),
        *,
        language: Language | None = None,
        audience: Audience | None = None,
        now: datetime.datetime | None = None,
    ) -> Answer:
        """The answer to a question; `history` is the earlier questions, oldest first. Nothing is kept.

        Never raises for any text: whatever fails behind it, the person still gets the alert.
        """
        assessed = Assessed.of(question, history, language)  # first, on the words as written
        return self.answer(assessed, municipality, audience=audience, now=now)

    def answer(
        self,
        assessed: Assessed,
        municipality: str | None = None,
        *,
        audience: Audience | None = None,
        now: datetime.datetime | None = None,
        entry: str | None = None,
    ) -> Answer:
        """As `ask`, for a question whose alert has been assessed, and perhaps shown, already.

        `entry`: the approved answer to say, where it is known; one that does not exist is looked for as if none were given.
        """
        alert, spoken = assessed.alert, assessed.language
        try:
            question = self._understood(
                assessed.said,
                assessed.earlier,
                language=spoken,
                municipality=municipality,
                audience=audience,
                alerted=alert.speaks_to if alert else None,
                danger=alert.category if alert else None,
            )
            draft = self._draft(question, now or datetime.datetime.now(OSLO), self.corpus.entry.get(entry or ""))
        except Exception as error:
            log.error("answer failed: %s", type(error).__name__)  # the kind only: its text may quote the question
            return out_of_order(alert, self.corpus, spoken)
        return Answer.of(alert, draft)

    def _understood(self, said: Reading, earlier: Sequence[Reading], **given: Any) -> Question:
        return self.understanding.interpreter.question(said, earlier, **given)

    def _draft(self, question: Question, now: datetime.datetime, entry: Entry | None = None) -> Draft:
        evidence, decision = self.understanding.of(question)
        if entry:
            decision = Decision("answer", "asked for by its id", on_topic=True, entry=FoundEntry(entry, 1.0))
        contacts = self.understanding.contacts
        asked = Asked(question, evidence, decision, self.corpus, contacts["fitting"], contacts["instead"], now)
        own = question.place.own
        return compose(asked).model_copy(update={"municipality": own.name if own else None})

    def search(self, question: str, municipality: str | None = None, k: int = 10) -> list[SearchResult]:
        """The passages found, best first. Ties break by passage id."""
        found = self.understanding.finder.search(self._understood(read(question), (), municipality=municipality), k)
        return [SearchResult(item.passage, item.score, item.coverage) for item in found]

    def explain(self, question: str, municipality: str | None = None, history: Sequence[str] = ()) -> str:
        """How the question is understood, what was found for it and what is decided, each with its reason, as lines."""
        said, earlier = read(question), [read(turn) for turn in history]
        return self.understanding.explain(self._understood(said, earlier, municipality=municipality))


def _content(folders: Sequence[Path]) -> str:
    """Changes with any file of the folders, and with where they lie: a file that is left out is named by its place."""
    return "\n".join([version_of(folders), *(str(folder.resolve()) for folder in folders)])


def _language(said: Reading, earlier: Sequence[Reading]) -> Language:
    """The question's language; of one or two words («i Hamar?») the conversation's."""
    if earlier and len(said.tokens) <= SHORT:
        return language_of([*earlier[-1].words, *said.words])
    return said.language


def out_of_order(alert: Alert | None, corpus: Corpus | None = None, language: Language = "nb") -> Answer:
    """The answer when the engine behind the alert is broken: the alert, or the emergency numbers for everyone."""
    lead = corpus.messages.say("out_of_order", language) if corpus else LAST_RESORT.message
    draft = Draft(answered=False, kind="unavailable", lead=lead, language=language)
    return Answer.of(alert or LAST_RESORT, draft)


__all__ = ["EMBEDDED", "Assessed", "Assistant", "SearchResult", "out_of_order"]
