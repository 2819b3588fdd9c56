"""Text to plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading import read, words
from assistant.reading.normalise import bare, cleaned
from assistant.reading.tokens import paragraph_parts


@pytest.mark.parametrize(
    ("text", "expected"),
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
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert read(text).words == expected


def test_swedish_keyboards_and_accents() -> None:
    assert cleaned("Får jag höra én idé från Ärlig") == "får jag høra en ide från ærlig"


def test_a_paragraph_is_found_without_its_letter_or_sign() -> None:
    assert paragraph_parts("§282b") == ["§282b", "§282", "282"]
    assert paragraph_parts("vold") == ["vold"]


@pytest.mark.parametrize("written", ["slår", "slaar", "slar"])
def test_a_word_without_norwegian_letters(written: str) -> None:
    assert bare(written) == "slar"


@given(st.text())
def test_words_are_plain_whatever_the_text(text: str) -> None:
    assert all(word and not any(sign.isspace() for sign in word) for word in read(text).words)


@pytest.mark.parametrize("written", ["slår", "SLÅR", "sla\u030ar", "s l å r n å", "s.l.å.r.n.å", "sl\u200bår", "ѕlår"])
def test_disguises_fall(written: str) -> None:
    assert read(f"han {written} meg").words[1] in {"slår", "slårnå"}


def test_sentences_clauses_and_question_marks() -> None:
    reading = read("Hjelp! Han kommer nå, tror jeg. Hva gjør jeg? Takk")
    assert [token.sentence for token in reading.tokens] == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    assert [token.text for token in reading.tokens if token.asked] == ["jeg"]
    assert reading.tokens[3].clause < reading.tokens[4].clause


def test_a_time_and_a_decimal_number_end_no_sentence() -> None:
    assert {token.sentence for token in read("klokka 14.30 kom han hjem og slo").tokens} == {0}


@given(st.one_of(st.none(), st.binary(), st.integers(), st.text()))
def test_anything_can_be_read(message: object) -> None:
    assert read(message) == read(message)
