"""Misspelt words put right from known words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.spelling import LONGEST, Speller, distance

SPELLING = Speller(
    {"krisesenter": 9, "barnevern": 8, "søke": 3, "kjæreste": 4, "mannen": 5, "trusler": 2, "trussel": 2, "gjort": 2},
    6,
    3,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("krisesennter", "krisesenter"),
        ("krisesneter", "krisesenter"),
        ("krisesentr", "krisesenter"),
        ("krissentr", None),
        ("barnvern", "barnevern"),
        ("soke", "søke"),
        ("soeke", "søke"),
        ("kjereste", "kjæreste"),
        ("sjæreste", "kjæreste"),
        ("manen", "mannen"),
        ("jort", "gjort"),
        ("fotball", None),
        ("ks", None),
        ("12345", None),
        ("mane", None),
    ],
)
def test_corrects(written: str, meant: str | None) -> None:
    assert SPELLING.correct(written) == meant


def test_the_nearest_goes_before_the_most_frequent() -> None:
    assert Speller({"samtale": 1, "samtala": 50}, 6, 3).correct("samtalle") == "samtale"


def test_frequency_then_alphabet_decide_between_equals() -> None:
    assert Speller({"hendar": 1, "hender": 2}, 6, 3).correct("hendor") == "hender"
    assert Speller({"hendar": 1, "hender": 1}, 6, 3).correct("hendor") == "hendar"


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("", "", 0), ("vold", "vold", 0), ("vold", "volt", 1), ("vodl", "vold", 1), ("", "vold", 4)],
)
def test_distance(one: str, other: str, edits: int) -> None:
    assert distance(one, other) == edits


@given(st.text(), st.text())
def test_distance_is_symmetric(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)


@given(st.text())
def test_never_invents_a_word(text: str) -> None:
    assert SPELLING.correct(text) in {
        None,
        "krisesenter",
        "barnevern",
        "søke",
        "kjæreste",
        "mannen",
        "trusler",
        "trussel",
        "gjort",
    }


def test_the_work_on_a_long_word_is_bounded() -> None:
    assert SPELLING.near("krisesenter" * 1000) == []
    assert SPELLING.near("k" * LONGEST) == []


def test_nothing_typed_is_remembered() -> None:
    before = dict(vars(Speller({"krisesenter": 1}, 6, 3)))
    speller = Speller({"krisesenter": 1}, 6, 3)
    speller.near("krisesennter")
    speller.near("hemmelighet")
    assert "hemmelighet" not in repr(vars(speller))
    assert set(before) <= set(vars(speller))
