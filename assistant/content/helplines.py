"""Which contacts to show, to whom, in which language, and whether they answer now.

Pure functions on loaded `Helpline` records; nothing is read or written here. Days and hours are Norwegian local time.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from assistant.models import ContactText, Day, Helpline, HelplineCard, Language, OpeningHours

OSLO = ZoneInfo("Europe/Oslo")
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVES = frozenset({(12, 24), (12, 31)})  # no public holidays, but most services close early

Caution = Callable[[Helpline], str | None]
Texts = Mapping[str, ContactText]
"""What stands in the records in bokmål, with its words in the other languages."""


def shown(helplines: Iterable[Helpline]) -> list[Helpline]:
    """Those sure enough to show, in the order given: `high` and `medium`, never `low`."""
    return [helpline for helpline in helplines if helpline.confidence != "low"]


def for_municipality(helplines: Iterable[Helpline], municipality: str | None) -> tuple[list[Helpline], list[Helpline]]:
    """The local contacts of the municipality with this official name, and the national ones; both only if shown.

    No municipality, or one that is not in any record: no local contacts. A local number never reaches anyone else.
    """
    candidates = shown(helplines)
    local = [each for each in candidates if municipality is not None and municipality in each.municipalities]
    return local, [each for each in candidates if not each.municipalities]


def card(
    helpline: Helpline,
    language: Language,
    now: datetime.datetime,
    caution: Caution,
    texts: Texts = MappingProxyType({}),
) -> HelplineCard:
    """The helpline as shown to this asker; bokmål where neither the record nor `texts` has its text in the language.

    `caution` gives the sentence for a record that may have changed ("kan være endret"), or None. It is asked for
    `medium` records only, and comes before what the record itself warns of.
    """
    warning = caution(helpline) if helpline.confidence == "medium" else None
    said = partial(_said, texts, language)
    return HelplineCard(
        id=helpline.id,
        name=_in_language(helpline.name, helpline.name_nn, helpline.name_en, language) or helpline.name,
        phone=helpline.phone,
        hours=said(helpline.hours),
        open_now=open_now(helpline, now),
        for_whom=_in_language(said(helpline.for_whom), helpline.for_whom_nn, helpline.for_whom_en, language),
        url=helpline.url,
        email=next((channel.value for channel in helpline.channels if channel.kind == "email"), None),
        channels=tuple(
            channel.model_copy(update={"hours": said(channel.hours), "leaves": said(channel.leaves)})
            for channel in helpline.channels
        ),
        free=helpline.free,
        anonymous=helpline.anonymous,
        keeps=said(helpline.keeps),
        caution=" ".join(sentence for sentence in (warning, said(helpline.caution)) if sentence) or None,
        local=bool(helpline.municipalities),
        checked_on=helpline.checked_on.isoformat(),
    )


def _said(texts: Texts, language: Language, text: str | None) -> str | None:
    """A text of a record in the language, where somebody has put it into words."""
    found = texts.get(text or "")
    return getattr(found, language) if found else text


def _in_language(nb: str | None, nn: str | None, en: str | None, language: Language) -> str | None:
    return {"nb": nb, "nn": nn, "en": en}[language] or nb


def printed_on(helpline: Helpline) -> str | None:
    """The newest date among the sources that print this number, as they print it (`2021`, `2020-03`); None: undated.

    A newer source that only names the service does not make the number newer. Without a number: the newest of all.
    """
    digits = re.sub(r"\D", "", helpline.phone or "")
    dates = [
        source.date for source in helpline.sources if source.date and digits in re.sub(r"\D", "", source.note or "")
    ]
    return max(dates, default=None)


def open_now(helpline: Helpline, now: datetime.datetime) -> bool | None:
    """Whether someone answers at `now`; None where no source is sure of the hours.

    Asks about the telephone, or about any channel where there is no telephone. A `now` without time zone is Norwegian
    time. On public holidays, and on Christmas Eve and New Year's Eve, the hours of ordinary days promise nothing: None.
    """
    if helpline.always_open:
        return True
    spans = [span for span in helpline.open or () if helpline.phone is None or span.channel == "phone"]
    if not spans:
        return None
    local = now.astimezone(OSLO) if now.tzinfo else now
    if is_holiday(local.date()):
        return None
    return any(_covers(span, local) for span in spans)


def _covers(span: OpeningHours, local: datetime.datetime) -> bool:
    """Whether the span, begun today or running on from yesterday, includes this moment; its end is outside."""
    today, yesterday = DAYS[local.weekday()], DAYS[local.weekday() - 1]
    minute = local.hour * 60 + local.minute
    start, end = _minutes(span.from_), _minutes(span.to)
    if end > start:
        return today in span.days and start <= minute < end
    return (today in span.days and minute >= start) or (yesterday in span.days and minute < end)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def is_holiday(day: datetime.date) -> bool:
    """Norwegian public holidays, and the two eves on which most services close early."""
    return (day.month, day.day) in EVES or day in _public_holidays(day.year)


@cache
def _public_holidays(year: int) -> frozenset[datetime.date]:
    from holidays import country_holidays  # loads every country's rules: only where hours depend on the day

    return frozenset(country_holidays("NO", years=year))


def normalise_phone(text: str) -> str | None:
    """A number as printed -> as dialled: `116 006` -> `116006`, `62 56 18 30` and `0047 62561830` -> `+4762561830`.

    Three to six digits are a short number and stay as they are. None for anything that is not a Norwegian number.
    """
    compact = re.sub(r"[\s\u00a0.()-]", "", text)
    match = re.fullmatch(r"(?:\+47|0047)?([2-9][0-9]{7})", compact)
    if match:
        return f"+47{match.group(1)}"
    return compact if re.fullmatch(r"(?!00)[0-9]{3,6}", compact) else None
