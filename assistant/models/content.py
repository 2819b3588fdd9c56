"""What the content says: documents, sections, passages and the typed records in them."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-zæøå0-9][a-zæøå0-9._-]*$")]
Date = Annotated[datetime.date, Field(strict=False)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]

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
    """One plan, guide or act. `municipalities` empty: the whole country. `valid_to` in the past: expired.

    `replaces`: ids of older versions, which are not read while this one is there.
    """

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
    replaces: Annotated[tuple[Slug, ...], Field(strict=False)] = ()


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

    `correction`: what is wrong in the documents that state it too widely or from a repealed act, said beside them.
    """

    type: Literal["legal_rule"] = "legal_rule"
    id: Slug
    law: Text
    paragraph: str | None = None
    topic: Text
    who: Texts = ()
    in_force_since: Date | None = None
    replaced: str | None = None
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


# --- approved answers ------------------------------------------------------------------------------------------------

Subject = Literal["child", "partner", "elder", "disabled", "honour", "parent", "animal", "self", "anyone"]
Wanted = Literal[
    "what_to_do",
    "whom_to_contact",
    "duty",
    "right",
    "definition",
    "law_penalty",
    "figure",
    "measure",
    "comparison",
    "validity",
    "price",
    "what_happens_next",
    "what_to_say",
    "safety_steps",
    "talk",
]


class Said(Frozen):
    """One sentence or two in the three languages."""

    nb: Text
    nn: Text
    en: Text


class Entry(Frozen):
    """One approved answer to one need: for whom, about whom, what is wanted, the answer in three languages, and what it rests on.

    `rests_on`: ids of the passages that carry it, the best first. `contacts`: kinds of helplines or ids, in order of use.
    `leads_on`: ids of the entries that a person asks next. `theme` is the file's name. Numbers stand as `{helpline-id}` in the
    files and as digits here. `ask_nn`, `ask_en`: the first of `questions`, as one asks it in nynorsk and English.
    """

    id: Slug
    theme: Text = ""
    audience: Annotated[tuple[Audience, ...], Field(strict=False, alias="for", min_length=1)]
    about: Annotated[tuple[Subject, ...], Field(strict=False, min_length=1)]
    wants: Wanted
    questions: Annotated[Texts, Field(min_length=1)]
    ask_nn: str | None = None
    ask_en: str | None = None
    nb: Text
    nn: Text
    en: Text
    steps: Annotated[tuple[Said, ...], Field(strict=False)] = ()
    rests_on: Texts = ()
    contacts: Texts = ()
    leads_on: Texts = ()
    line: int = 0

    def ask(self, language: str) -> str:
        """How one asks for it in a language; in bokmål where it is not put into words."""
        return {"nn": self.ask_nn, "en": self.ask_en}.get(language) or self.questions[0]

    @property
    def asked(self) -> Texts:
        """All the ways of asking that stand beside it."""
        return (*self.questions, *filter(None, (self.ask_nn, self.ask_en)))
