"""Whether someone answers now, in Norwegian local time: ordinary days, midnight, clock changes and holidays."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.content.helplines import is_holiday, open_now
from assistant.models import Helpline

OSLO = ZoneInfo("Europe/Oslo")
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def at(text: str) -> datetime.datetime:
    """A Norwegian moment: `2026-11-25 12:00` is a Wednesday."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=OSLO)


def helpline(*spans: dict[str, Any], **fields: Any) -> Helpline:
    record: dict[str, Any] = {
        "id": "example",
        "name": "Example",
        "kind": "child_welfare",
        "phone": "62 56 18 30",
        "phone_e164": "+4762561830",
        "open": list(spans) or None,
        "sources": [{"where": "test"}],
        "checked_on": "2026-11-22",
        "confidence": "high",
    }
    return Helpline.model_validate(record | fields)


def span(days: list[str], start: str, end: str, channel: str = "phone") -> dict[str, Any]:
    return {"days": days, "from": start, "to": end, "channel": channel}


OFFICE = helpline(span(WEEKDAYS, "08:00", "15:30"))
NIGHT = helpline(
    span(WEEKDAYS, "15:30", "08:00"), span(["sat", "sun"], "00:00", "24:00"), span(["mon"], "00:00", "08:00")
)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-25 07:59", False),
        ("2026-11-25 08:00", True),
        ("2026-11-25 15:29", True),
        ("2026-11-25 15:30", False),
        ("2026-11-28 12:00", False),  # Saturday
    ],
)
def test_office_hours_begin_on_the_minute_and_end_before_it(moment: str, is_open: bool) -> None:
    assert open_now(OFFICE, at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-25 15:30", True),
        ("2026-11-25 23:59", True),
        ("2026-11-26 00:00", True),
        ("2026-11-26 07:59", True),
        ("2026-11-26 08:00", False),
        ("2026-11-28 07:59", True),  # Saturday morning, on from Friday
        ("2026-11-28 23:59", True),
        ("2026-11-29 00:00", True),
        ("2026-11-29 23:59", True),
        ("2026-11-30 03:00", True),  # Monday before office hours
        ("2026-11-30 12:00", False),
    ],
)
def test_a_night_watch_runs_past_midnight(moment: str, is_open: bool) -> None:
    assert open_now(NIGHT, at(moment)) is is_open


def test_a_single_night_does_not_repeat_the_next_day() -> None:
    friday = helpline(span(["fri"], "20:00", "02:00"))
    assert open_now(friday, at("2026-11-27 21:00")) is True
    assert open_now(friday, at("2026-11-28 01:59")) is True
    assert open_now(friday, at("2026-11-28 02:00")) is False
    assert open_now(friday, at("2026-11-27 01:00")) is False


def test_24_00_is_the_end_of_the_day_itself() -> None:
    saturday = helpline(span(["sat"], "12:00", "24:00"))
    assert open_now(saturday, at("2026-11-28 23:59")) is True
    assert open_now(saturday, at("2026-11-29 00:00")) is False


@pytest.mark.parametrize(
    ("utc", "is_open"),
    [
        ("2026-03-27 07:00", True),  # Friday in winter time: 08:00 in Oslo
        ("2026-03-27 06:59", False),
        ("2026-03-30 06:00", True),  # Monday after the change: 08:00 in Oslo, one hour earlier by UTC
        ("2026-03-30 05:59", False),
        ("2026-10-23 13:29", True),  # Friday in summer time: 15:29
        ("2026-10-23 13:30", False),
        ("2026-10-26 14:29", True),  # Monday after the change back
        ("2026-10-26 14:30", False),
    ],
)
def test_summer_time_moves_the_hours_with_the_clock_on_the_wall(utc: str, is_open: bool) -> None:
    moment = datetime.datetime.fromisoformat(utc).replace(tzinfo=datetime.UTC)
    assert open_now(OFFICE, moment) is is_open


def test_the_night_of_the_clock_change_is_open_throughout() -> None:
    start = datetime.datetime(2026, 10, 24, 20, 0, tzinfo=datetime.UTC)
    for minutes in range(0, 10 * 60, 10):
        assert open_now(NIGHT, start + datetime.timedelta(minutes=minutes)) is True


def test_a_moment_without_time_zone_is_norwegian_time() -> None:
    assert open_now(OFFICE, datetime.datetime(2026, 11, 25, 8, 0)) is True
    assert open_now(OFFICE, datetime.datetime(2026, 11, 25, 7, 59)) is False


def test_unknown_hours_are_unknown() -> None:
    assert open_now(helpline(), at("2026-11-25 12:00")) is None


def test_always_open_is_open_at_night_and_at_christmas() -> None:
    always = helpline(always_open=True)
    assert open_now(always, at("2026-12-25 03:00")) is True


def test_the_chats_hours_say_nothing_about_the_telephone() -> None:
    with_phone = helpline(span(WEEKDAYS, "09:00", "15:00", "chat"))
    chat_only = helpline(span(WEEKDAYS, "09:00", "15:00", "chat"), phone=None, phone_e164=None)
    assert open_now(with_phone, at("2026-11-25 12:00")) is None
    assert open_now(chat_only, at("2026-11-25 12:00")) is True
    assert open_now(chat_only, at("2026-11-25 15:00")) is False


@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-25", "2027-01-01", "2027-03-25", "2027-03-26", "2027-05-17"])
def test_ordinary_hours_promise_nothing_on_holidays(day: str) -> None:
    assert open_now(OFFICE, at(f"{day} 10:00")) is None


# Easter Sunday as the almanac prints it.
EASTER = ("2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13", "2032-03-28")
MOVABLE = {-3: "Maundy Thursday", -2: "Good Friday", 0: "Easter Sunday", 1: "Easter Monday", 39: "Ascension Day"}
MOVABLE |= {49: "Whit Sunday", 50: "Whit Monday"}
FIXED = ("01-01", "05-01", "05-17", "12-24", "12-25", "12-26", "12-31")


@pytest.mark.parametrize("easter", EASTER)
def test_the_years_holidays_are_the_almanacs_and_the_two_eves(easter: str) -> None:
    """Every day of the year is asked: none too many, none too few."""
    sunday = datetime.date.fromisoformat(easter)
    expected = {sunday + datetime.timedelta(days) for days in MOVABLE}
    expected |= {datetime.date.fromisoformat(f"{sunday.year}-{day}") for day in FIXED}
    first = datetime.date(sunday.year, 1, 1)
    days = [day for n in range(366) if (day := first + datetime.timedelta(n)).year == sunday.year]
    assert {day for day in days if is_holiday(day)} == expected
