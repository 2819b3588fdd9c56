"""The domain's words as frozen, strictly validated types. No behaviour beyond validation and plain properties.

Names are the field's (TREC for retrieval, the plans' own for content); see the README's map.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-zæøå0-9][a-zæøå0-9._-]*$")]
Date = Annotated[datetime.date, Field(strict=False)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]

Language = Literal["nb", "nn", "en"]
Audience = Literal["staff", "victim", "relative", "child", "perpetrator", "coordinator", "resident"]
Audiences = Annotated[tuple[Audience, ...], Field(strict=False)]
Confidence = Literal["high", "medium", "low"]
DocumentKind = Literal["plan", "guidance", "law"]
TextKind = Literal["original", "rendition"]


class Frozen(BaseModel):
    """Read-only, no unknown fields, no silent conversion: `116006` without quotes is refused, not guessed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Frozen):
    """Where a fact was read: an address or a document with section, and the date as printed (`2026`, `2026-08`)."""

    where: Text
    date: str | None = None
    note: str | None = None


# --- documents -----------------------------------------------------------------------------------------------------


class Document(Frozen):
    """One plan, guide or act. `municipalities` empty: the whole country. `valid_to` in the past: expired."""

    id: Slug
    title: Text
    kind: DocumentKind
    publisher: Text
    municipalities: Texts = ()
    valid_from: Date | None = None
    valid_to: Date | None = None
    status: str | None = None
    source: Text
    text_kind: TextKind = "rendition"
    full_title: str | None = None
    also_known_as: Texts = ()
    notice: str | None = None
    weak: bool = False


class Section(Frozen):
    """A place in a document: the headings that lead to it as printed, outermost first."""

    document: Slug
    path: tuple[Text, ...]
    page: int | None = None


class Measure(Frozen):
    """A plan's *tiltak*. `deadline` is a date where the plan gives one; `deadline_text` is the plan's wording."""

    type: Literal["measure"] = "measure"
    number: str | None = None
    title: Text
    goal: str | None = None
    actions: Texts = ()
    responsible: Texts = ()
    partners: Texts = ()
    target_group: Texts = ()
    deadline: Date | None = None
    deadline_text: str | None = None
    area: str | None = None
    differs: str | None = None


class Step(Frozen):
    """One thing to do. `unless` is the exception that must never be shown apart from the step."""

    do: Text
    unless: str | None = None
    rules: Texts = ()
    helplines: Texts = ()


class Procedure(Frozen):
    """What to do, in order. `rules` are the ids of the legal rules that apply to the one who asks."""

    type: Literal["procedure"] = "procedure"
    title: Text
    about: Literal["child", "adult", "anyone"] = "anyone"
    audience: Audiences = ()
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=1)]
    rules: Texts = ()
    helplines: Texts = ()


class Definition(Frozen):
    """What a term means, who says so, and the words people use for it."""

    type: Literal["definition"] = "definition"
    term: Text
    also: Texts = ()
    definition: Text
    examples: Texts = ()
    origin: str | None = None


class Figure(Frozen):
    """A number with all that makes it mean something. Figures with the same `topic` are shown together."""

    type: Literal["figure"] = "figure"
    topic: Slug
    label: Text
    value: Text
    unit: str | None = None
    population: Text
    year: str | None = None
    study: str | None = None
    note: str | None = None


class Service(Frozen):
    """What a service offers, to whom, where, and its limits; `helpline` is where its contact facts stand."""

    type: Literal["service"] = "service"
    name: Text
    offers: Texts
    for_whom: str | None = None
    municipalities: Texts = ()
    limits: Texts = ()
    free: bool | None = None
    helpline: Slug | None = None


class LegalRule(Frozen):
    """A rule as it stands today, in plain words (the passage's text), with whom it binds and where it was read.

    `penalty` is the maximum; `corrects` lists the places in documents that state the rule too widely or from a repealed act.
    """

    type: Literal["legal_rule"] = "legal_rule"
    id: Slug
    law: Text
    paragraph: str | None = None
    topic: Text
    who: Texts = ()
    in_force_since: Date | None = None
    replaced: str | None = None
    penalty: str | None = None
    reference: str | None = None
    corrects: Texts = ()
    correction: str | None = None
    sources: Annotated[tuple[Source, ...], Field(strict=False, min_length=1)]
    checked_on: Date
    confidence: Confidence


Record = Annotated[Measure | Procedure | Definition | Figure | Service | LegalRule, Field(discriminator="type")]


class Passage(Frozen):
    """The unit that is found and quoted: one thought of 30–70 words under one section, or one record.

    `answer`: the approved short answer to `questions`, said before the quote. `corrected_by`: ids of the legal rules
    that a reader must see beside this text. `municipalities`: only for these, narrower than the document's.
    """

    id: Text
    section: Section
    text: Text
    questions: Texts = ()
    answer: str | None = None
    audience: Audiences = ()
    municipalities: Texts = ()
    corrected_by: Texts = ()
    notice: str | None = None
    record: Record | None = None
    text_kind: TextKind = "rendition"
    line: int = 0


# --- who to ring ---------------------------------------------------------------------------------------------------

HelplineKind = Literal[
    "emergency",
    "police",
    "medical",
    "national_helpline",
    "mental_health",
    "child_helpline",
    "sexual_assault_centre",
    "incest_centre",
    "crisis_shelter",
    "child_welfare",
    "family_counselling",
    "elder",
    "disability",
    "perpetrator_help",
    "honour_violence",
    "legal_aid",
    "web_resource",
]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class OpeningHours(Frozen):
    """A span on the named days, local time (Europe/Oslo). `to` earlier than `from_`: until the next day."""

    days: Annotated[tuple[Day, ...], Field(strict=False, min_length=1)]
    from_: Clock = Field(alias="from")
    to: Clock
    channel: Literal["phone", "sms", "chat", "email", "visit"] = "phone"


class Channel(Frozen):
    """A way of contact. `value` is what one dials, writes to or opens; `leaves` is what stays behind afterwards."""

    kind: Literal["phone", "sms", "chat", "email", "web", "visit"]
    value: Text
    hours: str | None = None
    leaves: Text


class Helpline(Frozen):
    """One contact. `phone` is as dialled and printed; None: no number in any source. Empty `municipalities`: national."""

    id: Slug
    name: Text
    name_nn: str | None = None
    name_en: str | None = None
    kind: HelplineKind
    phone: str | None = None
    phone_e164: str | None = None
    channels: Annotated[tuple[Channel, ...], Field(strict=False)] = ()
    url: str | None = None
    hours: str | None = None
    open: Annotated[tuple[OpeningHours, ...], Field(strict=False)] | None = None
    always_open: bool = False
    free: bool | None = None
    anonymous: bool | None = None
    for_whom: str | None = None
    for_whom_nn: str | None = None
    for_whom_en: str | None = None
    audience: Audiences = ()
    needs: Texts = ()
    keeps: Text = "ikke kjent"
    municipalities: Texts = ()
    sources: Annotated[tuple[Source, ...], Field(strict=False, min_length=1)]
    checked_on: Date
    confidence: Confidence
    caution: str | None = None


class Municipality(Frozen):
    """A municipality by its official name, number and county; `also` are old names and spellings that mean it."""

    name: Text
    number: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    county: Text
    slug: Slug
    written_form: Literal["nb", "nn", "neutral"] | None = None
    also: Texts = ()
    ambiguous_with: Texts = ()

    def __hash__(self) -> int:
        """By number, which is unique: the list of all 357 is looked up for every question."""
        return hash(self.number)


# --- what is said --------------------------------------------------------------------------------------------------


class AlertNumber(Frozen):
    name: Text
    phone: Text


class Signal(Frozen):
    """Which rule fired, and the words of the message that it saw."""

    rule: Text
    words: Text


class Alert(Frozen):
    """Numbers in the order to show them, and what to say beside them."""

    category: Text
    numbers: Annotated[tuple[AlertNumber, ...], Field(min_length=1)]
    message: Text
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
    """An answer before the alert is put in front of it. `lead` answers the question; `steps` are done in order."""

    answered: bool
    kind: AnswerKind
    lead: Text
    steps: Texts = ()
    citations: tuple[Citation, ...] = ()
    helplines: tuple[HelplineCard, ...] = ()
    suggestions: Texts = ()
    choices: tuple[Choice, ...] = ()
    notices: Texts = ()
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
