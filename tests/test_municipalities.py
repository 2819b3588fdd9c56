"""Names are resolved exactly, shared names ask back, and ordinary words are not taken for places."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from assistant.content.municipalities import Places, find, full_name, mentioned
from assistant.models import Municipality

FILE = Path(__file__).parent.parent / "corpus" / "municipalities.yaml"
MUNICIPALITIES = Places(Municipality.model_validate(each) for each in yaml.safe_load(FILE.read_text(encoding="utf-8")))

# Counties and how many municipalities each has since 1 January 2024 (Språkrådet's summary of language decisions).
COUNTIES = {
    "Østfold": 12,
    "Akershus": 21,
    "Buskerud": 18,
    "Oslo": 1,
    "Innlandet": 46,
    "Vestfold": 6,
    "Telemark": 17,
    "Agder": 25,
    "Rogaland": 23,
    "Vestland": 43,
    "Møre og Romsdal": 27,
    "Trøndelag": 38,
    "Nordland": 41,
    "Troms": 21,
    "Finnmark": 18,
}


def names(found: list[Municipality]) -> list[str]:
    return [each.name for each in found]


# --- the file ------------------------------------------------------------------------------------------------------


def test_all_municipalities_of_2024_are_there_once() -> None:
    assert len(MUNICIPALITIES) == 357
    for field in ("number", "name", "slug"):
        assert len({getattr(each, field) for each in MUNICIPALITIES}) == 357, field


def test_each_county_has_its_municipalities_and_its_own_first_digits() -> None:
    counted = {county: sum(each.county == county for each in MUNICIPALITIES) for county in COUNTIES}
    assert counted == COUNTIES
    prefixes = {(each.number[:2], each.county) for each in MUNICIPALITIES}
    assert len(prefixes) == len(COUNTIES)


@pytest.mark.parametrize(
    ("name", "number", "county"),
    [
        ("Hamar", "3403", "Innlandet"),
        ("Ringsaker", "3411", "Innlandet"),
        ("Løten", "3412", "Innlandet"),
        ("Stange", "3413", "Innlandet"),
        ("Våler (Innlandet)", "3419", "Innlandet"),
        ("Elverum", "3420", "Innlandet"),
        ("Trysil", "3421", "Innlandet"),
        ("Åmot", "3422", "Innlandet"),
        ("Engerdal", "3425", "Innlandet"),
        ("Flå", "3320", "Buskerud"),
        ("Nesbyen", "3322", "Buskerud"),
        ("Gol", "3324", "Buskerud"),
        ("Hemsedal", "3326", "Buskerud"),
        ("Ål", "3328", "Buskerud"),
        ("Hol", "3330", "Buskerud"),
        ("Lier", "3312", "Buskerud"),
        ("Asker", "3203", "Akershus"),
        ("Bærum", "3201", "Akershus"),
        ("Namsos", "5007", "Trøndelag"),
        ("Oslo", "0301", "Oslo"),
        ("Tromsø", "5501", "Troms"),
    ],
)
def test_number_and_county(name: str, number: str, county: str) -> None:
    (municipality,) = [each for each in MUNICIPALITIES if each.name == name]
    assert (municipality.number, municipality.county) == (number, county)


def test_the_slug_is_the_name_without_norwegian_letters() -> None:
    for each in MUNICIPALITIES:
        plain = each.name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
        plain = unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode()
        assert each.slug == re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def test_ambiguity_goes_both_ways() -> None:
    by_name = {each.name: each for each in MUNICIPALITIES}
    for each in MUNICIPALITIES:
        for other in each.ambiguous_with:
            assert each.name in by_name[other].ambiguous_with


# --- find ----------------------------------------------------------------------------------------------------------


def test_every_number_full_name_and_own_name_leads_home() -> None:
    for each in MUNICIPALITIES:
        assert find(each.number, MUNICIPALITIES) == [each]
        assert find(full_name(each, MUNICIPALITIES), MUNICIPALITIES) == [each]
        assert each in find(each.name, MUNICIPALITIES)
        assert each in find(each.slug, MUNICIPALITIES)
        for former in each.also:
            assert each in find(former, MUNICIPALITIES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hamar", ["Hamar"]),
        ("  hamar KOMMUNE ", ["Hamar"]),
        ("Hamars", ["Hamar"]),
        ("Ål kommune", ["Ål"]),
        ("Aal", ["Ål"]),
        ("al", ["Ål"]),
        ("baerum", ["Bærum"]),
        ("Tromsoe", ["Tromsø"]),
        ("tromso", ["Tromsø"]),
        ("Voss herad", ["Voss"]),
        ("nord odal", ["Nord-Odal"]),
        ("3330", ["Hol"]),
        ("valer-innlandet", ["Våler (Innlandet)"]),
        ("Våler i Innlandet", ["Våler (Innlandet)"]),
        ("Våler (Østfold)", ["Våler (Østfold)"]),
        ("Våler i Solør", ["Våler (Innlandet)"]),
        ("Nes i Hallingdal", ["Nesbyen"]),
        ("Nesbyen", ["Nesbyen"]),
        ("Nes (Akershus)", ["Nes"]),
        ("Nes på Romerike", ["Nes"]),
        ("Røyken", ["Asker"]),
        ("Geilo", ["Hol"]),
        ("Kárášjohka", ["Karasjok"]),
        ("karasjohka", ["Karasjok"]),
        ("Moss", ["Moss"]),
        ("oss", []),
        ("Hallingdal", []),
        ("Atlantis", []),
        ("", []),
    ],
)
def test_find(text: str, expected: list[str]) -> None:
    assert names(find(text, MUNICIPALITIES)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Våler", {"Våler (Innlandet)", "Våler (Østfold)"}),
        ("Herøy", {"Herøy (Møre og Romsdal)", "Herøy (Nordland)"}),
        ("Nes", {"Nes", "Nesbyen"}),
        ("nes kommune", {"Nes", "Nesbyen"}),
        ("Os", {"Os", "Bjørnafjorden"}),
        ("Bø", {"Bø", "Midt-Telemark"}),
        ("Sande", {"Sande", "Holmestrand"}),
        ("Snillfjord", {"Heim", "Hitra", "Orkland"}),
    ],
)
def test_a_shared_name_gives_all_that_share_it(text: str, expected: set[str]) -> None:
    assert set(names(find(text, MUNICIPALITIES))) == expected


def test_full_name_adds_the_county_only_where_needed() -> None:
    assert full_name(find("3228", MUNICIPALITIES)[0], MUNICIPALITIES) == "Nes (Akershus)"
    assert full_name(find("3403", MUNICIPALITIES)[0], MUNICIPALITIES) == "Hamar"
    assert full_name(find("3419", MUNICIPALITIES)[0], MUNICIPALITIES) == "Våler (Innlandet)"


# --- mentioned -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hvor er krisesenteret i Hamar?", ["Hamar"]),
        ("hvor er krisesenteret i hamar", ["Hamar"]),
        ("krisesenter hamar", ["Hamar"]),
        ("jeg bor i gol og trenger hjelp", ["Gol"]),
        ("vi bor på Gol", ["Gol"]),
        ("naboen i bærum slår ungene", ["Bærum"]),
        ("eg bur i baerum", ["Bærum"]),
        ("Kven kan eg ringje i Ål?", ["Ål"]),
        ("ål kommune har vel en plan?", ["Ål"]),
        ("Hva står i planen til Hol kommune?", ["Hol"]),
        ("Ungane våre går på skule på Hol.", ["Hol"]),
        ("Jeg bor på Geilo.", ["Hol"]),
        ("Gjelder planen for Gol, Ål og Hol?", ["Gol", "Ål", "Hol"]),
        ("Hamars plan og Elverums plan", ["Hamar", "Elverum"]),
        ("Ås krisesenter, finnes det?", ["Ås"]),
        ("HVOR FÅR JEG HJELP I HAMAR", ["Hamar"]),
        ("Er Nord-Odal med i samarbeidet?", ["Nord-Odal"]),
        ("barnevern i Nore og Uvdal", ["Nore og Uvdal"]),
        ("eg bur i sør varanger", ["Sør-Varanger"]),
        ("hvem har ansvaret i våler kommune i dag", ["Våler (Østfold)", "Våler (Innlandet)"]),
        ("Jeg bor i Våler i Innlandet", ["Våler (Innlandet)"]),
        ("Jeg bor i Våler (Østfold)", ["Våler (Østfold)"]),
        ("Jeg bor i Nes.", ["Nes", "Nesbyen"]),
        ("Jeg bor i Nes i Hallingdal.", ["Nesbyen"]),
        ("vi flyttet fra Ski", ["Nordre Follo"]),
        ("Hei! Hamar: hvem leder planarbeidet?", ["Hamar"]),
        ("jeg bor i stange", ["Stange"]),
        ("ATV Oslo, hva er det?", ["Oslo"]),
    ],
)
def test_named_municipalities_are_found(question: str, expected: list[str]) -> None:
    assert names(mentioned(question, MUNICIPALITIES)) == expected


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Har du time hos legevakten i morgen?",
        "Time er bestilt.",
        "Han tok meg med på ski og slo meg der.",
        "Vi var i sola på stranda.",
        "Eg er redd for å gå heim.",
        "Han har halden meg fast.",
        "Skaden han volda meg var stor.",
        "Han slo meg på kinn og hals.",
        "Me åt ål til middag.",
        "Vi gikk over en ås i går.",
        "Hun fikk et hol i veggen.",
        "Kan dere hjelpe oss?",
        "Han rana meg.",
        "Jeg gruer meg til helgen, og det å grue seg er vondt.",
        "De stange hodet i veggen.",
        "Datteren min Vega er redd pappa.",
        "Mannen min, Per Sandnes, slår.",
        "Min sjef Kari Lund vet det.",
        "Hva gjør vi i Hallingdal?",
        "Krisesenteret i Hamar-regionen",
        "De skal lede arbeidet.",
        "Kommunen har ikke svart.",
        "har du time i rogaland",
        "Jeg vet ikke hva jeg skal i. Strand er fint.",
    ],
)
def test_ordinary_words_names_of_people_and_regions_are_not_municipalities(question: str) -> None:
    assert mentioned(question, MUNICIPALITIES) == []


def test_every_municipality_is_found_in_a_plain_sentence() -> None:
    for each in MUNICIPALITIES:
        assert mentioned(f"Jeg bor i {full_name(each, MUNICIPALITIES)}.", MUNICIPALITIES) == [each]
        assert each in mentioned(f"hva gjør {each.name.lower().split(' (')[0]} kommune", MUNICIPALITIES)
