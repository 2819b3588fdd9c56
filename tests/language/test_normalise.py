"""Text to plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.normalise import bare, paragraph_parts, plain, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("§ 13-2 i loven", ["§13-2", "i", "loven"]),
        ("§13‑2", ["§13-2"]),
        ("straffelovens paragraf 282", ["straffelovens", "§282"]),
        ("§§ 282 og 283 gjelder", ["§282", "§283", "gjelder"]),
        ("§ 14 a", ["§14a"]),
        ("§ 282 i straffeloven", ["§282", "i", "straffeloven"]),
        ("ring 116 006", ["ring", "116006"]),
        ("116006", ["116006"]),
        ("12 34 56 78, 8,2 prosent", ["12345678", "8,2", "prosent"]),
        ("37 500 saker i 2018", ["37500", "saker", "i", "2018"]),
        ("30.6.2024", ["30.6.2024"]),
        ("barne- og ungdomsarbeid", ["barne", "og", "ungdomsarbeid"]),
        ("KRISESENTER\u00adET", ["krisesenteret"]),
        ("A\u030ase\u00a0her", ["åse", "her"]),
        ("hjeeeelp", ["hjeelp"]),
        ("don’t", ["dont"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert tokens(text) == words


def test_swedish_keyboards_and_accents() -> None:
    assert plain("Får jag höra én idé från Ärlig") == "får jag høra en ide från ærlig"


def test_a_paragraph_is_found_without_its_letter_or_sign() -> None:
    assert paragraph_parts("§282b") == ["§282b", "§282", "282"]
    assert paragraph_parts("vold") == ["vold"]


@pytest.mark.parametrize("written", ["slår", "slaar", "slar"])
def test_a_word_without_norwegian_letters(written: str) -> None:
    assert bare(written) == "slar"


@given(st.text())
def test_words_are_plain_whatever_the_text(text: str) -> None:
    assert all(word and not any(sign.isspace() for sign in word) for word in tokens(text))
