"""Every contact is valid, sourced and sure enough to show, and a local number reaches only its own municipality."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
import yaml
from phonenumbers import shortnumberinfo

from assistant.content.helplines import card, for_municipality, normalise_phone, printed_on, shown
from assistant.models import Helpline, Municipality
from assistant.owners.lexicon_checks import MISSING_IN_PLAN, is_number

CORPUS = Path(__file__).parent.parent / "corpus"
RECORDS: list[dict[str, Any]] = yaml.safe_load((CORPUS / "helplines.yaml").read_text(encoding="utf-8"))
HELPLINES = [Helpline.model_validate(record) for record in RECORDS]
MUNICIPALITIES = [
    Municipality.model_validate(each)
    for each in yaml.safe_load((CORPUS / "municipalities.yaml").read_text(encoding="utf-8"))
]
BY_ID = {helpline.id: helpline for helpline in HELPLINES}

LOCAL_KINDS = {"crisis_shelter", "child_welfare", "family_counselling", "incest_centre"}
EMERGENCY_NUMBERS = {"110", "112", "113", "1412"}

records = pytest.mark.parametrize("helpline", HELPLINES, ids=lambda helpline: helpline.id)


def own_numbers(helpline: Helpline) -> set[str]:
    channels = [channel.value for channel in helpline.channels if channel.kind in {"phone", "sms"}]
    return {dialled for text in [helpline.phone or "", *channels] if (dialled := normalise_phone(text))}


# --- the file ------------------------------------------------------------------------------------------------------


def test_ids_are_unique_and_there_are_records() -> None:
    assert len(BY_ID) == len(HELPLINES) > 50


@records
def test_the_number_is_valid_and_both_forms_agree(helpline: Helpline) -> None:
    if helpline.phone is None:
        assert helpline.phone_e164 is None
        return
    assert helpline.phone_e164 is not None
    assert normalise_phone(helpline.phone) == helpline.phone_e164
    assert is_number(helpline.phone_e164)


@records
def test_every_channel_can_be_used(helpline: Helpline) -> None:
    for channel in helpline.channels:
        if channel.kind in {"phone", "sms"}:
            dialled = normalise_phone(channel.value)
            assert dialled, channel.value
            assert is_number(dialled), channel.value
        elif channel.kind == "email":
            assert re.fullmatch(r"[\w.-]+@[\w.-]+\.[a-z]{2,}", channel.value)
        else:
            assert re.fullmatch(r"https?://\S+", channel.value)


@records
def test_the_number_is_also_the_first_telephone_channel(helpline: Helpline) -> None:
    telephones = [channel.value for channel in helpline.channels if channel.kind == "phone"]
    assert telephones[:1] == ([helpline.phone] if helpline.phone else [])


def test_the_metadata_still_lacks_the_exceptions() -> None:
    """When the metadata has caught up, the exception must go."""
    for short in MISSING_IN_PLAN:
        assert not shortnumberinfo.is_valid_short_number_for_region(phonenumbers.parse(short, "NO"), "NO")


@records
def test_nothing_unsure_is_in_the_file(helpline: Helpline) -> None:
    assert helpline.confidence in {"high", "medium"}


@records
def test_only_emergency_numbers_are_called_emergency(helpline: Helpline) -> None:
    if helpline.kind == "emergency":
        assert own_numbers(helpline) <= EMERGENCY_NUMBERS
    if "02800" in own_numbers(helpline):
        assert helpline.kind == "police"


@records
def test_local_kinds_name_their_municipalities_and_these_exist(helpline: Helpline) -> None:
    if helpline.kind in LOCAL_KINDS:
        assert helpline.municipalities
    assert set(helpline.municipalities) <= {each.name for each in MUNICIPALITIES}


def test_the_municipalities_are_the_357_of_2024() -> None:
    assert len(MUNICIPALITIES) == 357


@records
def test_a_source_has_a_date_or_the_reader_is_told_that_none_has(helpline: Helpline) -> None:
    assert any(source.date for source in helpline.sources) or "udatert" in (helpline.caution or "")
    assert len(helpline.sources) <= 3


@records
def test_no_other_number_stands_in_the_words_around(helpline: Helpline) -> None:
    """An old or rejected number must not slip in through a note, the hours or a caution."""
    notes = [source.note or "" for source in helpline.sources]
    texts = [*notes, helpline.caution or "", helpline.hours or "", helpline.for_whom or "", helpline.keeps]
    for text in texts:
        for run in re.findall(r"(?<![\d.])(?:\+47 ?)?\d[\d ]{6,}\d(?![\d.])", text):
            assert normalise_phone(run) in own_numbers(helpline), run


@records
def test_national_helplines_speak_all_three_languages(helpline: Helpline) -> None:
    assert helpline.for_whom
    if not helpline.municipalities:
        assert helpline.for_whom_nn
        assert helpline.for_whom_en


@records
def test_nothing_is_promised_about_bills_or_a_free_choice_of_shelter(helpline: Helpline) -> None:
    text = helpline.model_dump_json().lower()
    for word in ("regning", "rekning", "fritt valg", "hvilket som helst", "kva som helst krisesenter"):
        assert word not in text


def test_what_the_two_services_keep_is_said() -> None:
    assert "72 timer" in BY_ID["vo-linjen"].keeps
    assert "IP-adressen" in BY_ID["dinutvei"].keeps


@pytest.mark.parametrize(
    ("id_", "phone"),
    [
        ("nodnummer-politi-112", "112"),
        ("nodnummer-ambulanse-113", "113"),
        ("nodnummer-brann-110", "110"),
        ("politiet-02800", "02800"),
        ("legevakt-116117", "116 117"),
        ("vo-linjen", "116 006"),
        ("alarmtelefonen-116111", "116 111"),
        ("hjelpetelefonen-mental-helse", "116 123"),
        ("krisesenter-hamar", "62 56 18 30"),
        ("krisesenter-hallingdal", "32 07 52 50"),
        ("krisesenter-asker-baerum", None),
        ("krisesenter-oslo", "22 48 03 80"),
    ],
)
def test_the_numbers_that_matter_most(id_: str, phone: str | None) -> None:
    assert BY_ID[id_].phone == phone


# --- who sees what -------------------------------------------------------------------------------------------------


def test_a_local_number_is_shown_only_in_its_municipality() -> None:
    for municipality in [None, "Atlantis", *(each.name for each in MUNICIPALITIES)]:
        local, national = for_municipality(HELPLINES, municipality)
        assert all(municipality in helpline.municipalities for helpline in local)
        assert not any(helpline.municipalities for helpline in national)
    assert for_municipality(HELPLINES, None)[0] == []


def test_hamar_and_gol_get_their_own_shelter() -> None:
    assert BY_ID["krisesenter-hamar"] in for_municipality(HELPLINES, "Hamar")[0]
    assert BY_ID["krisesenter-hamar"] in for_municipality(HELPLINES, "Våler (Innlandet)")[0]
    assert BY_ID["krisesenter-hamar"] not in for_municipality(HELPLINES, "Våler (Østfold)")[0]
    assert BY_ID["krisesenter-hallingdal"] in for_municipality(HELPLINES, "Gol")[0]
    assert BY_ID["krisesenter-hallingdal"] not in for_municipality(HELPLINES, "Nes")[0]


def test_low_confidence_is_never_shown() -> None:
    unsure = BY_ID["vo-linjen"].model_copy(update={"confidence": "low"})
    local = BY_ID["krisesenter-hamar"].model_copy(update={"confidence": "low"})
    assert shown([unsure, BY_ID["dinutvei"]]) == [BY_ID["dinutvei"]]
    assert for_municipality([unsure, local], "Hamar") == ([], [])


# --- cards ---------------------------------------------------------------------------------------------------------

NOON = datetime.datetime(2026, 11, 25, 12, 0, tzinfo=datetime.UTC)


def may_have_changed(helpline: Helpline) -> str:
    return f"Fra {printed_on(helpline)}, kan være endret."


def test_a_card_is_in_the_askers_language() -> None:
    line = BY_ID["vo-linjen"]
    assert card(line, "nn", NOON, may_have_changed).name == "Vald- og overgrepslinja"
    assert card(line, "en", NOON, may_have_changed).name == "Vold- og overgrepslinjen (VO-linjen)"
    assert card(line, "en", NOON, may_have_changed).for_whom == line.for_whom_en
    assert card(line, "nb", NOON, may_have_changed).for_whom == line.for_whom


def test_a_medium_card_says_that_it_may_have_changed_and_why() -> None:
    shelter = card(BY_ID["krisesenter-hallingdal"], "nb", NOON, may_have_changed)
    assert shelter.caution == "Fra 2021, kan være endret. Nummeret er bare funnet i handlingsplanen fra 2021."
    assert shelter.local
    assert shelter.phone == "32 07 52 50"


def test_a_high_card_has_only_its_own_caution() -> None:
    assert card(BY_ID["krisesenter-hamar"], "nb", NOON, may_have_changed).caution is None
    assert card(BY_ID["politiet-02800"], "nb", NOON, may_have_changed).caution == BY_ID["politiet-02800"].caution


def test_a_card_keeps_the_number_and_what_the_service_keeps() -> None:
    shown_card = card(BY_ID["vo-linjen"], "nb", NOON, may_have_changed)
    assert (shown_card.phone, shown_card.keeps) == ("116 006", BY_ID["vo-linjen"].keeps)
    assert shown_card.open_now is True
    assert not shown_card.local
    assert shown_card.checked_on == "2026-11-22"


def test_a_newer_mention_without_the_number_does_not_make_the_number_newer() -> None:
    assert printed_on(BY_ID["krisesenter-helgeland"]) == "2017"
    assert printed_on(BY_ID["krisesenter-vest"]) is None
    assert printed_on(BY_ID["krisesenter-hamar"]) == "2026-08"


@pytest.mark.parametrize(
    ("printed", "dialled"),
    [
        ("112", "112"),
        ("116 006", "116006"),
        ("02800", "02800"),
        ("62 56 18 30", "+4762561830"),
        ("478 09 050", "+4747809050"),
        ("+47 911 16 123", "+4791116123"),
        ("0047 22 40 00 40", "+4722400040"),
        ("22\u00a040\u00a000\u00a040", "+4722400040"),
        ("0047 59", None),
        ("+46 8 123 456", None),
        ("991 61 92", None),
        ("ring oss", None),
        ("", None),
    ],
)
def test_normalise_phone(printed: str, dialled: str | None) -> None:
    assert normalise_phone(printed) == dialled
