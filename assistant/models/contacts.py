"""Who to ring, and where people live."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assistant.models.content import Audiences, Confidence, Date, Frozen, Slug, Source, Text, Texts

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
    "economy",
    "web_resource",
]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]


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


class ContactText(Frozen):
    """What stands on contact cards in bokmål (hours, a caution, what stays behind), and how it is said in nynorsk and English."""

    nb: Text
    nn: Text
    en: Text


class Municipality(Frozen):
    """A municipality by its official name, number and county; `also` are old names and spellings that mean it."""

    name: Text
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
    county: Text
    slug: Slug
    written_form: Literal["nb", "nn", "neutral"] | None = None
    also: Texts = ()
    ambiguous_with: Texts = ()

    def __hash__(self) -> int:
        """By number, which is unique: the list of all 357 is looked up for every question."""
        return hash(self.number)
