"""Text and Markdown: letters, line ends, headings, lists, tables, and where a passage may be cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_help import PARAGRAPH, from_text, made, words

from assistant import UsageError
from assistant.ingest.passages import passages
from assistant.ingest.tables import rendered

# --- letters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_norwegian_letters_are_read_in_every_common_encoding(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes("1.1 Mål\n\nÆrlig svar på «spørsmål» når noen er i nød.\n".encode(encoding))
    assert "Ærlig svar på «spørsmål» når noen er i nød." in made(tmp_path / "plan.txt", tmp_path / "into").body


@pytest.mark.parametrize(
    "data", ["Mål på æøå".encode("mac-roman"), "Mål på æøå".encode("cp865"), b"\x00\x01\x02PK\x03\x04", b"\xff\xfea"]
)
def test_letters_that_cannot_be_told_are_refused(data: bytes, tmp_path: Path) -> None:
    """Windows' table would read anything, and give wrong letters that nobody sees."""
    (tmp_path / "plan.txt").write_bytes(data)
    with pytest.raises(UsageError, match=r"plan\.txt: the letters cannot be read.*\n.*save it as UTF-8"):
        made(tmp_path / "plan.txt", tmp_path / "into")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x0b"])
def test_line_ends_of_every_kind_are_line_ends(end: str, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes(end.join(["1.1 Mål", "", PARAGRAPH, "", "- ett", "- to"]).encode())
    result = made(tmp_path / "plan.txt", tmp_path / "into")
    assert result.under("1.1 Mål") == f"{PARAGRAPH}\n- ett\n- to"


def test_invisible_and_decomposed_characters_do_not_hide_words(tmp_path: Path) -> None:
    result = from_text("1.1 Mål\n\nBa\u030arn\u200b som\u00a0er redde, ﬁnner hjelp i nabo\u00ad\nlaget.\n", tmp_path)
    assert result.under("1.1 Mål") == "Bårn som er redde, finner hjelp i nabolaget."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("i imellom-\ntiden kom", "i imellomtiden kom"),
        ("barne- og familievernet", "barne- og familievernet"),
        ("helse-\nog omsorg", "helse- og omsorg"),
        ("Istanbul-\nkonvensjonen", "Istanbul-konvensjonen"),
        ("årene 2014-\n2017 var", "årene 2014-2017 var"),
        ("se https://example.no/hva-er-\nvold", "se https://example.no/hva-er-vold"),
        ("[ordene](#) her", "ordene her"),
        ("[ordene](https://example.no/a_b) her", "ordene (https://example.no/a_b) her"),
        ("**viktig** og *skrått*, men 3 * 4", "viktig og skrått, men 3 * 4"),
        ("H<sub>2</sub>O &lt;ikke en tag&gt; &oslash;re", "H2O <ikke en tag> øre"),
        ("bilde ![av noe](a.png) borte", "bilde borte"),
        ("a\\_b og 1\\. punkt", "a_b og 1. punkt"),
    ],
)
def test_mark_up_and_torn_words(written: str, read: str, tmp_path: Path) -> None:
    assert from_text(f"1.1 Mål\n\nDette er {written} slik.\n", tmp_path).under("1.1 Mål") == f"Dette er {read} slik."


# --- headings ----------------------------------------------------------------------------------------------------------


def test_chapters_and_sections_stand_side_by_side_and_what_is_deeper_below(tmp_path: Path) -> None:
    text = f"1 Først\n\n{PARAGRAPH}\n\n1.1 Så\n\n{PARAGRAPH}\n\n1.1.1 Dypere\n\n{PARAGRAPH}\n\n2 Sist\n\n{PARAGRAPH}\n"
    assert from_text(text, tmp_path).headings == [(1, "1 Først"), (1, "1.1 Så"), (2, "1.1.1 Dypere"), (1, "2 Sist")]


@pytest.mark.parametrize(
    "line",
    [
        "Dette er en setning.",
        "Ansvar: Helse",
        "Se også planen for barn,",
        "og dette går videre",
        "Hansen, Ola (2019). Boken om vold",
        "https://example.no/en/adresse",
        "2024 - 2027",
        "1.1.2019 ble mottaket flyttet til byen",
        "8,2 prosent av kvinnene",
        "Tiltak 3 er gjennomført",
        "Vedlegg 1 er ikke med i planen",
    ],
)
def test_lines_that_are_no_headings(line: str, tmp_path: Path) -> None:
    result = from_text(f"1.1 Mål\n\n{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH}\n", tmp_path)
    assert result.headings == [(1, "1.1 Mål")]
    assert not set(words(line)) - set(words(result.body))


@pytest.mark.parametrize(
    "line", ["Barn og unge", "Hva er vold?", "NAV", "Kurs i sinnemestring o.l.", "Arbeid mot vold, i alle tjenester"]
)
def test_a_short_line_over_a_paragraph_is_a_heading(line: str, tmp_path: Path) -> None:
    result = from_text(f"1.1 Mål\n\n{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH}\n", tmp_path)
    assert result.headings == [(1, "1.1 Mål"), (2, line)]


def test_a_short_line_over_a_list_or_another_line_is_text(tmp_path: Path) -> None:
    result = from_text(f"1.1 Mål\n\n{PARAGRAPH}\n\nBarn og unge\n\n- ett\n- to\n\nUngdom\n\nKort linje\n", tmp_path)
    assert result.headings == [(1, "1.1 Mål")]


def test_numbered_lines_in_a_row_are_a_list(tmp_path: Path) -> None:
    result = from_text(f"1.1 Mål\n\n{PARAGRAPH}\n\n1 Kunnskap\n\n2 Samarbeid\n\n3 Hjelp\n", tmp_path)
    assert result.headings == [(1, "1.1 Mål")]
    assert all(f"- {item}" in result.body for item in ("1 Kunnskap", "2 Samarbeid", "3 Hjelp"))


def test_the_only_title_of_a_marked_file_does_not_stand_over_all(tmp_path: Path) -> None:
    text = f"# Planen\n\n{PARAGRAPH}\n\n## Mål\n\n{PARAGRAPH}\n\n### Dypere\n\n{PARAGRAPH}\n\n## Hjelp\n\n{PARAGRAPH}\n"
    result = from_text(text, tmp_path, "plan.md")
    assert result.headings == [(1, "Planen"), (1, "Mål"), (2, "Dypere"), (1, "Hjelp")]
    assert result.document.title == "Planen"


def test_a_single_lone_number_stays_and_page_numbers_that_count_go(tmp_path: Path) -> None:
    assert "\n17" in from_text(f"1.1 Mål\n\n{PARAGRAPH}\n\n17\n\n{PARAGRAPH}\n", tmp_path).body
    pages = "".join(f"{PARAGRAPH}\n\n{number}\n\n" for number in (4, 5, 6))
    assert not {"4", "5", "6"} & set(words(from_text(f"1.1 Mål\n\n{pages}", tmp_path).under("1.1 Mål")))


def test_form_feeds_are_pages_without_running_heads(tmp_path: Path) -> None:
    page = "Plan for Lillevik\n\n1.{0} Mål\n\nSide {0} begynner her. {1}\n\nTiltak {2}\n\nKurs nummer {2} i rekken.\n\n{0}\n"
    text = "\f".join(page.format(n, PARAGRAPH, n + 3) for n in (1, 2, 3))
    result = from_text(text, tmp_path)
    assert [passage.section.page for passage in result.passages] == [1, 1, 2, 2, 3, 3]
    assert result.paths[-1] == ("1.3 Mål", "Tiltak 6")
    assert "Lillevik" not in result.body
    assert not result.body.rstrip().endswith("3")


# --- what is never parted ----------------------------------------------------------------------------------------------


def test_a_list_that_is_cut_begins_with_its_first_line_again() -> None:
    items = [
        f"- når barnet viser tegn nummer {number} på at noe er galt hjemme og ingen vet hva" for number in range(12)
    ]
    pieces = list(passages("\n".join(["Du har plikt til å melde fra:", *items])))
    assert len(pieces) > 1
    assert all(piece.startswith("Du har plikt til å melde fra:\n- ") for piece in pieces)
    assert [line for piece in pieces for line in piece.split("\n")[1:]] == items


def test_a_first_line_that_says_little_brings_the_one_before() -> None:
    items = [f"- svar {number} av dem som har vært med i undersøkelsen om vold i hjemmet" for number in range(14)]
    pieces = list(passages("\n".join(["Undersøkelsen er fra 2014. Den viser:", *items])))
    assert all(piece.startswith("Undersøkelsen er fra 2014. Den viser:\n") for piece in pieces)


@pytest.mark.parametrize(
    "exception", ["Unntatt er de tilfellene der foresatte ikke er mistenkt.", "Men det gjelder ikke for naboer."]
)
def test_an_exception_stays_with_its_rule(exception: str) -> None:
    filler = " ".join(["Dette er en setning med noen ord i."] * 9)
    rule = "Foresatte skal ikke kontaktes."
    (piece,) = [piece for piece in passages(f"{filler} {rule} {exception} {filler}") if exception in piece]
    assert rule in piece


def test_an_abbreviation_ends_no_sentence() -> None:
    text = " ".join(
        ["Planen bygger på Meld. St. 15 og på det som står i loven, jf. Straffeloven og f.eks. Barnekonvensjonen."] * 9
    )
    assert all(piece.startswith("Planen") and piece.endswith("Barnekonvensjonen.") for piece in passages(text))


@given(
    st.lists(
        st.sampled_from(["Kort.", "- punkt", "En noe lengre setning om det samme.", "Liste:", PARAGRAPH]),
        min_size=1,
        max_size=60,
    )
)
def test_passages_hold_every_line_in_order(lines: Sequence[str]) -> None:
    """Nothing is lost or moved by cutting; only the line that a list hangs on is said again."""
    text = "\n".join(lines)
    pieces = list(passages(text))
    assert not words(text) - words(" ".join(pieces))
    place = 0
    for piece in pieces:
        last = piece.split("\n")[-1]
        assert (place := text.find(last.split(". ")[-1], place)) >= 0


def test_a_table_without_heads_keeps_its_rows_as_they_are() -> None:
    assert rendered([["Kurs", "Helse"], ["Nettside", ""]]) == ["- Kurs | Helse", "- Nettside"]


def test_an_empty_cell_moves_no_number_to_another_column() -> None:
    assert rendered([["", "2018", "2019"], ["Beboere", "", "4"], ["Samtaler", "7", ""]]) == [
        "- Beboere | 2019: 4",
        "- Samtaler | 2018: 7",
    ]


def test_a_column_without_a_cell_still_has_its_name() -> None:
    assert rendered([["Tiltak", "Ansvar", "Frist"], ["Kurs", "", "2026"]]) == [
        "- Tiltak | Ansvar | Frist",
        "- Tiltak: Kurs | Frist: 2026",
    ]


def test_a_footnote_leaves_the_sentence_and_a_figure_is_no_footnote(tmp_path: Path) -> None:
    text = "1.1 Mål\n\nTallet er 3,5 i året 2015, og det øker¹ for hver\n\n¹ Kilden er kommunen.\n\nsommer. Se punkt 1.\n\n1.2 Mer\n\nSlutt.\n"
    result = from_text(text, tmp_path)
    assert result.under("1.1 Mål") == (
        "Tallet er 3,5 i året 2015, og det øker¹ for hver sommer. Se punkt 1.\n\nFotnote 1: Kilden er kommunen."
    )


def test_a_street_is_left_out_only_where_a_shelter_is_spoken_of(tmp_path: Path) -> None:
    text = "1.1 Mål\n\nRådhuset ligger i Storgata 5.\n\n1.2 Hjelp\n\nKrisesenteret ligger i Nedre Torg gate 14 B, og har 12 rom.\n"
    result = from_text(text, tmp_path)
    assert result.under("1.1 Mål") == "Rådhuset ligger i Storgata 5."
    assert result.under("1.2 Hjelp") == "Krisesenteret ligger i [adresse utelatt], og har 12 rom."


LINES = st.text(st.sampled_from("abcæøå ABC.:,?#@`\\-•|\t12()*"), max_size=40)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, min_size=1, max_size=25))
def test_any_text_becomes_a_document_that_the_corpus_can_read(lines: list[str], tmp_path: Path) -> None:
    """Lines that look like the format's own marks are text, and no word of letters goes missing."""
    text = "1.1 Mål\n\nEt ord.\n\n" + "\n".join(lines)
    result = from_text(text, tmp_path)
    letters = {word for word in words(text) if word.isalpha()}
    joined = "".join(words(result.body))
    assert not {word for word in letters if word not in words(result.body) and word not in joined}
