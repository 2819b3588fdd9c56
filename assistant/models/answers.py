"""What is said: the alert, and the answer behind it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.models.contacts import Channel
from assistant.models.content import DocumentKind, Frozen, Slug, Text, TextKind, Texts
from assistant.models.question import Language, Writer


class AlertNumber(Frozen):
    name: Text
    phone: Text


class Signal(Frozen):
    """Which rule fired, and the words of the message that it saw."""

    rule: Text
    words: Text


class Alert(Frozen):
    """Numbers in the order to show them, and what to say beside them, to whom (`speaks_to`) and in which language.

    `cannot_speak`: the end of `message` that is for whoever cannot talk now; empty where it says nothing about it.
    """

    category: Text
    speaks_to: Writer = "unknown"
    numbers: Annotated[tuple[AlertNumber, ...], Field(min_length=1)]
    message: Text
    cannot_speak: str = ""
    language: Language = "nb"
    signals: tuple[Signal, ...] = ()


class Citation(Frozen):
    document: Text
    document_title: Text
    kind: DocumentKind
    section_path: tuple[Text, ...]
    quote: Text
    text_kind: TextKind
    period: str | None = None
    page: int | None = None
    notice: str | None = None
    passage: Text


class HelplineCard(Frozen):
    """A helpline as it is shown to this asker, in the asker's language."""

    id: Slug
    name: Text
    phone: str | None = None
    hours: str | None = None
    open_now: bool | None = None
    for_whom: str | None = None
    url: str | None = None
    email: str | None = None
    channels: tuple[Channel, ...] = ()
    free: bool | None = None
    anonymous: bool | None = None
    keeps: str | None = None
    caution: str | None = None
    local: bool = False
    checked_on: str | None = None


AnswerKind = Literal[
    "entry",
    "procedure",
    "helpline",
    "measure",
    "definition",
    "figure",
    "law",
    "passage",
    "comparison",
    "clarify",
    "abstain",
    "refuse",
    "unavailable",
]


class Choice(Frozen):
    """A button of an answer that asks back: what it says, and the question or municipality that it sends."""

    label: Text
    question: Text
    municipality: str | None = None


class Draft(Frozen):
    """An answer before the alert is put in front of it. `lead` answers the question; `steps` are done in order.

    `municipality`: the one that the asker is taken to live in.
    """

    answered: bool
    kind: AnswerKind
    lead: Text
    steps: Texts = ()
    citations: tuple[Citation, ...] = ()
    helplines: tuple[HelplineCard, ...] = ()
    suggestions: Texts = ()
    choices: tuple[Choice, ...] = ()
    notices: Texts = ()
    entry: str | None = None
    municipality: str | None = None
    language: Language = "nb"
    corpus_version: str = ""


class Answer(Frozen):
    """What the asker gets. Made only by `Answer.of`, so that an assessed alert always comes first.

    `text` is everything in plain text: the alert, the lead, the numbered steps. Who renders piece by piece uses `alert`, `lead`
    and `steps` instead. `[1]` in them is the number of the citation, counted from one.
    """

    alert: Alert | None
    answered: bool
    kind: AnswerKind
    text: Text
    lead: Text
    steps: Texts = ()
    citations: tuple[Citation, ...] = ()
    helplines: tuple[HelplineCard, ...] = ()
    suggestions: Texts = ()
    choices: tuple[Choice, ...] = ()
    notices: Texts = ()
    entry: str | None = None
    municipality: str | None = None
    language: Language = "nb"
    corpus_version: str = ""

    @classmethod
    def of(cls, alert: Alert | None, draft: Draft) -> Answer:
        """The draft behind its alert; the alert's numbers and words also open `text`."""
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(draft.steps, 1))
        parts = [alert_text(alert) if alert else "", draft.lead, steps]
        text = "\n\n".join(part for part in parts if part)
        values = {name: getattr(draft, name) for name in Draft.model_fields}
        return cls(alert=alert, text=text, **values)


def alert_text(alert: Alert) -> str:
    """The alert in plain text: one line for each number in order, then what to say."""
    numbers = "\n".join(f"{number.phone}  {number.name}" for number in alert.numbers)
    return f"{numbers}\n{alert.message}"
