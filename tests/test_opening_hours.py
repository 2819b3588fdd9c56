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


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("2026-04-02", True),  # Maundy Thursday
        ("2026-04-03", True),  # Good Friday
        ("2026-04-05", True),  # Easter Sunday
        ("2026-04-06", True),  # Easter Monday
        ("2026-05-14", True),  # Ascension Day
        ("2026-05-24", True),  # Whit Sunday
        ("2026-05-25", True),  # Whit Monday
        ("2025-04-21", True),  # Easter Monday of another year
        ("2024-03-31", True),  # Easter Sunday of another year
        ("2026-04-01", False),
        ("2026-04-07", False),
        ("2026-06-23", False),
    ],
)
def test_movable_holidays(day: str, holiday: bool) -> None:
    assert is_holiday(datetime.date.fromisoformat(day)) is holiday
