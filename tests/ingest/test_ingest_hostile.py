"""Text that is made to be slow is read in time that grows with its length, and nothing in it ends in a traceback.

Time is measured on the process, and a text four times as long may take six times as long: a quadratic step would take sixteen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_help import PARAGRAPH, from_text, made

from assistant import ingest_files
from assistant.ingest import limits
from assistant.ingest.tables import rendered

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
HEAD = f"1.1 Mål\n\n{PARAGRAPH}\n\n"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

# A unit that is written again and again, each the worst case of one step.
LINES = {
    "paragraphs": f"{PARAGRAPH}\n\n",
    "lines": f"{PARAGRAPH}\n",
    "torn": "har plikt til å melde fra\n\n",
    "headings": f"Barn og unge\n\n{PARAGRAPH}\n\n",
    "capitals": "I NÆRE RELASJONER\n",
    "items": "- punkt som er viktig\n",
    "items without bullets": "ved fare som er viktig\n",
    "colons": "Dette er slik:\n",
    "notes without a mark": f"{PARAGRAPH}\n\n¹ En note.\n\n",
    "ruled notes": f"{PARAGRAPH}\n____________\n1 En note.\n\n",
    "contents": "Innhold\nMål\t5\nHjelp\t5\n\nMål\n\nHjelp\n\n",
    "blank lines": "\n",
    "table": "Kurs\tHelse\t2026\n",
    "table with gaps": "Kurs\tHelse\t2026\n\n",
    "notes below a table": "*Tall i parentes\n\n",
    "slides": f"# Lysark\n\n{PARAGRAPH}\n\n\n\n\n",
    "measures": "Tiltak 1: Gjøre noe\nAnsvar: Helse\n\n",
    "telephones": "Politi: 112 112      Kontor: 32 00 00\n",
    "goals": " Kort mål\n",
}
# The same within one line.
SIGNS = ["<p ", "<!--", "![", "![](", "[", "[](", "**a ", "__a ", "*a ", "&#", "\\", "a- ", "Aa ", "A-", "jf. Aa ", "Men det. ", ". ",
         "1.", "vold.5 ", "¹", "\uf0b7 ", "\u00ad ", "|a", "a\t", "--\t\t", "Ã¦", "a:  1111   ", "«", "# ", "   "]  # fmt: skip


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _grows_evenly(read: Callable[[int], object], few: int) -> None:
    """Four times as much takes at most six times as long; below a fifth of a second nothing can be told."""
    once = min(_seconds(lambda: read(few)) for _ in range(2))
    more = min(_seconds(lambda: read(4 * few)) for _ in range(2))
    assert more <= 6 * max(once, 0.05), "takes more than its share"


def _ingested(text: str, folder: Path) -> None:
    (folder / "plan.txt").write_text(f"{HEAD}{text}\n\n1.9 Slutt\n\n{PARAGRAPH}\n", encoding="utf-8")
    ingest_files([folder / "plan.txt"], folder / "into")


@pytest.mark.parametrize("name", LINES)
def test_many_lines_take_their_share_of_time(name: str, tmp_path: Path) -> None:
    start = "Vi ønsker Dette kan / skal vi gjøre\n\n" if name == "goals" else ""
    _grows_evenly(lambda count: _ingested(start + LINES[name] * count, tmp_path), 400)


@pytest.mark.parametrize("sign", SIGNS)
def test_one_long_line_takes_its_share_of_time(sign: str, tmp_path: Path) -> None:
    _grows_evenly(lambda size: _ingested(f"x {sign * (size // len(sign))} x", tmp_path), 10_000)


def test_many_footnotes_find_their_marks_in_time(tmp_path: Path) -> None:
    def text(count: int) -> str:
        return "".join(f"Tekst her om vold.{n}\n\n{str(n).translate(RAISED)} Note her.\n\n" for n in range(1, count))

    _grows_evenly(lambda count: _ingested(text(count), tmp_path), 400)


def test_a_plan_as_large_as_is_read_takes_seconds(tmp_path: Path) -> None:
    """The limits hold: seven hundred pages in one file are read, in less than a minute on a slow machine."""
    count = limits.MOST_CHARACTERS // (len(PARAGRAPH) + 2) - 10
    assert _seconds(lambda: _ingested(f"{PARAGRAPH}\n\n" * count, tmp_path)) < 60


# --- tables ------------------------------------------------------------------------------------------------------------


def test_heads_without_end_are_not_said_in_every_row() -> None:
    """A thousand rows of heads over a thousand rows would be a million names."""
    rows = [["", "Navn", "År"]] * 1000 + [["Kurs", "1", "2"]] * 1000
    assert sum(map(len, rendered(rows))) < 200_000


def test_a_long_head_is_said_once() -> None:
    assert sum(map(len, rendered([["", "x" * 5000, "År"], *[["Kurs", "1", "2"]] * 100]))) < 10_000


def test_notes_without_end_are_not_said_with_every_piece_of_a_table(tmp_path: Path) -> None:
    table = "Tiltak\tAnsvar\tFrist\n" + "Kurs for ansatte\tHelse\t2026\n" * 200
    body = from_text(f"1.1 Mål\n\n{table}\n" + "*Tall i parentes er alle\n\n" * 200, tmp_path).body
    assert len(body) < 40_000
    assert body.count("*Tall i parentes") >= 200


# --- pages and Word files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["p", "div", "span", "b", "li", "ul", "td", "tr", "sup", "table", "blockquote"])
@pytest.mark.parametrize("closed", [True, False])
def test_a_page_nested_ten_thousand_deep_keeps_its_words(tag: str, closed: bool, tmp_path: Path) -> None:
    """Old pages never close their paragraphs and cells, and so stand in each other."""
    end = f"</{tag}>" * 10_000 if closed else ""
    (tmp_path / "plan.html").write_text(f"{f'<{tag}>' * 10_000}Noen kan hjelpe.{end}", encoding="utf-8")
    assert _seconds(lambda: made(tmp_path / "plan.html", tmp_path / "into")) < 10
    assert "Noen kan hjelpe." in made(tmp_path / "plan.html", tmp_path / "into").body


def test_paragraphs_that_are_never_closed_are_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "plan.html").write_text("<h1>Mål</h1>" + "".join(f"<p>Setning nummer {n} er her." for n in range(2000)))
    text = made(tmp_path / "plan.html", tmp_path / "into").under("Mål")
    assert "Setning nummer 0 er her.\nSetning nummer 1 er her." in text
    assert "Setning nummer 1999 er her." in text


def test_tables_in_tables_are_said_once(tmp_path: Path) -> None:
    (tmp_path / "plan.html").write_text("<table><tr><td>" * 40 + "Ordet står her." + "</td></tr></table>" * 40)
    assert made(tmp_path / "plan.html", tmp_path / "into").body.count("Ordet står her.") == 1


def test_a_word_file_of_twenty_thousand_paragraphs_takes_seconds(tmp_path: Path) -> None:
    document = docx.Document()
    document.element.body[:0] = [
        parse_xml(f"<w:p {WORD}><w:r><w:t>Avsnitt {n} er her.</w:t></w:r></w:p>") for n in range(20_000)
    ]
    document.save(str(tmp_path / "plan.docx"))
    assert _seconds(lambda: made(tmp_path / "plan.docx", tmp_path / "into")) < 30


def test_a_word_table_of_ten_thousand_merged_rows_is_read(tmp_path: Path) -> None:
    """One cell over all of them, said in each."""
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    first = cell.format('<w:vMerge w:val="restart"/>', "Helse")
    rest = cell.format("<w:vMerge/>", "")
    rows = "".join(f"<w:tr>{rest if n else first}{cell.format('', f'Kurs {n}')}</w:tr>" for n in range(10_000))
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:tbl {WORD}><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"))
    document.save(str(tmp_path / "plan.docx"))
    assert "- Helse | Kurs 9999" in made(tmp_path / "plan.docx", tmp_path / "into").body


# --- any text ----------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffd"), max_size=400))
def test_any_characters_become_a_document_that_the_corpus_can_read(text: str, tmp_path: Path) -> None:
    """Control characters, other scripts, private signs: the title too is written so that it can be read back."""
    (tmp_path / "plan.md").write_bytes(f"# Plan {text[:60]}\n\nEt ord.\n\n{text}".encode())
    assert made(tmp_path / "plan.md", tmp_path / "into").passages
