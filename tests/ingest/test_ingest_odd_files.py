"""Files that are no plan: each is refused with one line of cause and one of cure, exit code 2, at once and without a trace."""

from __future__ import annotations

import builtins
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.oxml import parse_xml
from ingest_help import PARAGRAPH, from_text, made, pdf

from assistant import EMBEDDED, UsageError, ingest_files
from assistant.cli import main
from assistant.ingest import folder, limits

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def _zipped(*parts: tuple[str, bytes]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in parts:
                package.writestr(name, data)

    return make


def _locked(path: Path) -> None:
    pdf(path, [[(PARAGRAPH, 11, False)]], lock="hemmelig")


def _many_pages(path: Path) -> None:
    pdf(path, [[("Side", 11, False)]] * (limits.MOST_PAGES + 1))


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(limits.LARGEST_FILE + 1)


ODD: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "tom.txt": (_bytes(b""), "is empty", "Fetch it anew"),
    "tom.pdf": (_bytes(b""), "is empty", "Fetch it anew"),
    "tom.docx": (_bytes(b""), "is empty", "Fetch it anew"),
    "tomme-linjer.txt": (_bytes(b" \n\n\n"), "no text found", "text recognition"),
    "bare-merke.txt": (_bytes(b"\xef\xbb\xbf"), "no text found", "text recognition"),
    "uten-tekst.html": (_bytes(b"<html><body><p></p><img src=a></body></html>"), "no text found", "text recognition"),
    "mappe.txt": (lambda path: path.mkdir(), "is a folder", "Give the files in it."),
    "ror.txt": (os.mkfifo, "is no ordinary file", "Save its content as a file"),
    "regneark.xlsx": (_bytes(b"PK"), ".xlsx is not known", "Known: .txt, .md"),
    "borte.txt": (lambda path: None, "cannot be opened (No such file or directory)", "Check the name"),
    "bilde.pdf": (_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40), "cannot be read as PDF", "save or print it as PDF anew"),
    "locked.pdf": (_locked, "is locked with a password", "Save a copy without one."),
    "lang.pdf": (_many_pages, "has 2,001 pages; at most 2,000 are read", "Divide it"),
    "plan-som-er-pdf.docx": (_bytes(b"%PDF-1.4"), "cannot be read as DOCX", "save it as .docx"),
    "uten-dokument.docx": (_zipped(("hei.txt", b"hei")), "cannot be read as DOCX", "save it as .docx"),
    "bombe.docx": (_zipped(("word/document.xml", b" " * (limits.LARGEST_XML + 1))), "when it is unpacked", "Divide it"),
    "stor-bombe.docx": (
        _zipped(*((f"{n}.bin", b" " * 50_000_000) for n in range(5))),
        "when it is unpacked",
        "Divide it",
    ),
    "tapt.txt": (_bytes("n\ufffdre relasjoner".encode()), "1 are lost", "Fetch the original anew"),
    "tapt.html": (_bytes("<p>n\ufffdre relasjoner</p>".encode()), "the letters cannot be read", "Save the page anew"),
    "stor.txt": (_sparse, "has 100,000,001 bytes", "Divide it"),
    "en-linje.txt": (_bytes(b"a b " * 1_250_000), "has 5,000,000 characters", "Divide it"),
    "en-linje.html": (_bytes(b"<p>" + b"a b " * 1_250_000), "characters", "Divide it"),
    "mange-linjer.txt": (_bytes(b"a\n" * (limits.MOST_LINES + 1)), "has 50,001 lines", "Divide it"),
    "mange-merker.html": (_bytes(b"<b>x" * (limits.MOST_TAGS + 1)), "has 100,001 tags", "Divide it"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_gives_one_line_of_cause_and_one_of_cure(name: str, tmp_path: Path) -> None:
    make, cause, cure = ODD[name]
    make(tmp_path / name)
    result = CliRunner().invoke(main, ["ingest", str(tmp_path / name), "--into", str(tmp_path / "into")])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit), result.exception
    first, second = result.stderr.rstrip("\n").split("\n")
    assert first.startswith(f"assistant: {tmp_path / name}: ")
    assert cause in first
    assert cure in second
    assert not (tmp_path / "into").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_letters_that_were_decoded_twice_are_mended(wrong: str, encoding: str, tmp_path: Path) -> None:
    """«nÃ¦re» in the file; Windows-1252 has no sign for some bytes, and then only Latin-1 can have been used."""
    text = "1.1 Mål\n\nBarn som er utsatt for vold i nære relasjoner, får hjelp også om natten.\n"
    (tmp_path / "plan.txt").write_bytes(text.encode().decode(wrong).encode(encoding))
    assert made(tmp_path / "plan.txt", tmp_path / "into").under("1.1 Mål") == text.strip().split("\n")[2]


def test_capital_letters_and_quotes_that_were_decoded_twice_are_mended(tmp_path: Path) -> None:
    twice = "1.1 MÃ¥l\n\nÃ\x85 si «Ã†rlig» og â€“ Â«Ã˜rligâ€\x9d er nÃ¦rt her.\n"
    assert from_text(twice, tmp_path).under("1.1 Mål") == "Å si «Ærlig» og – «Ørlig” er nært her."


@pytest.mark.parametrize("name", ["plan.html", "plan.docx"])
def test_letters_are_mended_in_every_format(name: str, tmp_path: Path) -> None:
    if name.endswith("html"):
        (tmp_path / name).write_text("<p>Vold i nÃ¦re relasjoner er straffbart.</p>", encoding="utf-8")
    else:
        document = docx.Document()
        document.add_paragraph("Vold i nÃ¦re relasjoner er straffbart.")
        document.save(str(tmp_path / name))
    assert "Vold i nære relasjoner er straffbart." in made(tmp_path / name, tmp_path / "into").body


# --- figures that are none ---------------------------------------------------------------------------------------------

FIGURES = ["❶", "²", "٣", "９", "9" * 5000]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure[:3])
def test_odd_figures_in_text_are_text(figure: str, tmp_path: Path) -> None:
    """A contents list, page numbers, a numbered heading, a footnote, an entity: no figure is too odd or too long for any of them."""
    lines = f"Innhold\n\nMål\t{figure}\nHjelp\t{figure}\n\nMål\n\n{PARAGRAPH}\n\n{figure}\n\n{figure} Hjelp\n\n&#{figure}; og\n\n¹ Note {figure}\n"
    assert "kommunen" in from_text(lines, tmp_path).body.casefold()


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure[:3])
def test_odd_figures_in_a_page_are_text(figure: str, tmp_path: Path) -> None:
    table = (
        f"<table><tr><th colspan='{figure}'>Navn</th><th>Frist</th></tr><tr><td>Kurs</td><td>{figure}</td></tr></table>"
    )
    page = f"<h1>Mål</h1><p>Ord<sup>{figure}</sup> og &#{figure}; og &#x{figure};</p>{table}"
    (tmp_path / "plan.html").write_text(page, encoding="utf-8")
    assert "Kurs" in made(tmp_path / "plan.html", tmp_path / "into").body


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure[:3])
def test_odd_figures_in_a_word_table_are_none(figure: str, tmp_path: Path) -> None:
    document = docx.Document()
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = cell.format(f'<w:gridSpan w:val="{figure}"/>', "Kurs") + cell.format("", "Helse")
    document.element.body.insert(0, parse_xml(f"<w:tbl {WORD}><w:tblPr/><w:tblGrid/><w:tr>{row}</w:tr></w:tbl>"))
    document.save(str(tmp_path / "plan.docx"))
    assert "Kurs | Helse" in made(tmp_path / "plan.docx", tmp_path / "into").body


# --- Word: nothing silent ----------------------------------------------------------------------------------------------


def test_a_cell_over_two_rows_is_said_in_both_and_a_table_in_a_cell_is_kept(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Helse"
    table.cell(0, 1).text = "Kurs"
    table.cell(1, 1).add_table(rows=1, cols=1).cell(0, 0).text = "Innerst"
    document.save(str(tmp_path / "plan.docx"))
    assert "- Helse | Kurs\n- Helse | Innerst" in made(tmp_path / "plan.docx", tmp_path / "into").body


def test_text_in_a_field_to_fill_in_is_kept(tmp_path: Path) -> None:
    document = docx.Document()
    inner = "<w:p><w:r><w:t>Vedtatt av kommunestyret.</w:t></w:r></w:p>"
    document.element.body.insert(0, parse_xml(f"<w:sdt {WORD}><w:sdtContent>{inner}</w:sdtContent></w:sdt>"))
    document.save(str(tmp_path / "plan.docx"))
    assert "Vedtatt av kommunestyret." in made(tmp_path / "plan.docx", tmp_path / "into").body


# --- where it is written -----------------------------------------------------------------------------------------------


def _plan(folder: Path) -> Path:
    (folder / "plan.txt").write_text(f"1.1 Mål\n\n{PARAGRAPH}\n", encoding="utf-8")
    return folder / "plan.txt"


@pytest.mark.parametrize(
    "name", ["../../x", "../x", "/x", "a/b", "..", ".skjult", "a\\b", "A", "a b", "", "a\nb", "a\n", "x" * 300]
)
def test_an_id_that_is_no_name_in_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    into = tmp_path / "a" / "b"
    result = CliRunner().invoke(main, ["ingest", str(plan), "--into", str(into), "--id", name])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert sorted(tmp_path.rglob("*")) == [plan]


def test_the_embedded_corpus_is_never_written_to_by_any_way(tmp_path: Path) -> None:
    (tmp_path / "lenke").symlink_to(EMBEDDED)
    for into in (EMBEDDED, EMBEDDED / "plans", EMBEDDED / "plans" / ".." / "ny", tmp_path / "lenke" / "plans"):
        with pytest.raises(UsageError, match=r"is the embedded corpus\n    Choose another folder"):
            ingest_files([_plan(tmp_path)], into)


def test_a_document_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full: the old document stands, and nothing lies beside it."""
    into = tmp_path / "into"
    (target,) = ingest_files([_plan(tmp_path)], into)
    before = target.read_bytes()

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder.os, "fsync", full)
    with pytest.raises(UsageError, match=r"cannot be written \(No space left on device\)"):
        ingest_files([_plan(tmp_path)], into, title="Ny")
    assert target.read_bytes() == before
    assert sorted(path.name for path in into.rglob("*") if path.is_file()) == ["plan.base", "plan.md"]


def test_a_link_in_the_folder_is_replaced_and_leads_to_nothing_that_is_written(tmp_path: Path) -> None:
    (first,) = ingest_files([_plan(tmp_path)], tmp_path / "elsewhere")
    before = first.read_bytes()
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "plan.md").symlink_to(first)
    ingest_files([_plan(tmp_path)], tmp_path / "into", title="Ny")
    assert first.read_bytes() == before
    assert not (tmp_path / "into" / "plan.md").is_symlink()


def test_a_pipe_in_the_folder_is_no_document_to_replace(tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    os.mkfifo(tmp_path / "into" / "plan.md")
    with pytest.raises(UsageError, match="was not made by ingest"):
        ingest_files([_plan(tmp_path)], tmp_path / "into")


def test_others_may_read_what_was_written_as_the_user_allows(tmp_path: Path) -> None:
    (target,) = ingest_files([_plan(tmp_path)], tmp_path / "into")
    (tmp_path / "annen").write_text("")
    assert target.stat().st_mode == (tmp_path / "annen").stat().st_mode


def test_a_name_in_another_encoding_is_written_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/pl\xe5n.txt"))
    path.write_text(f"1.1 Mål\n\n{PARAGRAPH}\n", encoding="utf-8")
    assert made(path, tmp_path / "into").document.source == "pl\ufffdn.txt"


# --- what is not installed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "module", "package"), [("a.pdf", "pypdf", "pypdf"), ("a.docx", "docx", "python-docx"), ("a.html", "bs4", "beautifulsoup4")])  # fmt: skip
def test_a_missing_library_is_named_with_what_installs_it(
    name: str, module: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a checkout and with a wheel: the package is in no registry, so that its name alone installs nothing."""
    real = builtins.__import__

    def without(wanted: str, *rest: object) -> object:
        if wanted == module:
            raise ImportError(wanted)
        return real(wanted, *rest)  # type: ignore[arg-type]

    (tmp_path / name).write_bytes(b"x")
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as error:
        ingest_files([tmp_path / name], tmp_path / "into")
    assert (
        str(error.value).split("\n    ")[1] == f"In a checkout: pip install -e '.[ingest]'; else: pip install {package}"
    )


# --- what a layout hides -----------------------------------------------------------------------------------------------


def test_a_word_table_of_one_column_is_a_box_of_text(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text = "Ring 112 når noen er i fare."
    table.cell(1, 0).add_paragraph("Skriv ned", style="List Bullet")
    document.save(str(tmp_path / "plan.docx"))
    assert "Ring 112 når noen er i fare.\n- Skriv ned" in made(tmp_path / "plan.docx", tmp_path / "into").body


def test_the_caption_of_a_table_for_the_layout_is_kept(tmp_path: Path) -> None:
    (tmp_path / "plan.html").write_text("<table><caption>Frister</caption><tr><td>Kurs i mai.</td></tr></table>")
    assert "Frister:" in made(tmp_path / "plan.html", tmp_path / "into").body


def test_a_heading_in_large_letters_over_two_lines_is_one(tmp_path: Path) -> None:
    page = [("Hjelp til barn og unge i", 16.0, True), ("hele kommunen", 16.0, True), (PARAGRAPH[:80], 11.0, False)]
    result = made(pdf(tmp_path / "plan.pdf", [page]), tmp_path / "into")
    assert "Hjelp til barn og unge i hele kommunen" in [text for _, text in result.headings]


def test_reading_a_pdf_stops_where_there_is_too_much_text(tmp_path: Path) -> None:
    page = [("a b c d " * 400, 1.0, False)] * 100
    with pytest.raises(UsageError, match=r"characters; at most 2,000,000 are read\n    Divide it"):
        made(pdf(tmp_path / "plan.pdf", [page] * 8), tmp_path / "into")
