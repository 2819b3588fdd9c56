"""What only the look of a file tells: headings without styles, ruled tables, fields below each other, measures in brackets, the period."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from ingest_help import PARAGRAPH, Made, from_text, made

from assistant import Outline, ingested
from assistant.models import Measure


def measures(result: Made) -> list[tuple[str | None, str, tuple[str, ...], str | None]]:
    records = [passage.record for passage in result.passages if isinstance(passage.record, Measure)]
    return [(m.number, m.title, m.responsible, m.deadline_text) for m in records]


def word(folder: Path, *lines: tuple[str, int, bool]) -> Made:
    """A Word file whose paragraphs have a size and a weight, and no style."""
    document = docx.Document()
    for text, size, bold in lines:
        run = document.add_paragraph().add_run(text)
        run.font.size, run.font.bold = Pt(size), bold
    document.save(str(folder / "plan.docx"))
    return made(folder / "plan.docx", folder / "into")


def page(folder: Path, body: str) -> Made:
    (folder / "plan.html").write_text(f"<html><body><main>{body}</main></body></html>", encoding="utf-8")
    return made(folder / "plan.html", folder / "into")


def test_bold_and_larger_paragraphs_are_headings_where_word_marks_none(tmp_path: Path) -> None:
    result = word(
        tmp_path,
        ("Plan mot vold i Vik", 20, True),
        ("Bakgrunn", 14, True),
        (PARAGRAPH, 11, False),
        ("Hvem planen er for", 11, True),
        (PARAGRAPH, 11, False),
        ("Dette er en viktig setning i fet skrift.", 11, True),
        (PARAGRAPH, 11, False),
    )
    assert [text for _, text in result.headings] == ["Plan mot vold i Vik", "Bakgrunn", "Hvem planen er for"]
    levels = {text: level for level, text in result.headings}
    assert levels["Bakgrunn"] < levels["Hvem planen er for"]


def test_bold_lines_stand_below_the_headings_that_are_marked(tmp_path: Path) -> None:
    document = docx.Document()
    for chapter in ("Innledning", "Tiltak", "Kilder"):
        document.add_heading(chapter, 1)
        for part in ("Første del", "Andre del"):
            document.add_paragraph().add_run(f"{part} av {chapter.lower()}").bold = True
            document.add_paragraph(PARAGRAPH)
    document.save(str(tmp_path / "plan.docx"))
    result = made(tmp_path / "plan.docx", tmp_path / "into")
    assert ("Tiltak", "Andre del av tiltak") in result.paths


def test_a_page_of_bold_paragraphs_and_one_folded_in_parts(tmp_path: Path) -> None:
    bold = "".join(f"<p><strong>DEL {n}</strong></p><p>{PARAGRAPH}</p>" for n in range(4))
    assert [text for _, text in page(tmp_path, f"<h1>Plan for Vik</h1>{bold}").headings][-1] == "DEL 3"
    folded = "".join(
        f"<details><summary><span>{n} Kapittel</span></summary><p>{PARAGRAPH}</p></details>" for n in range(3)
    )
    assert "2 Kapittel" in [text for _, text in page(tmp_path, f"<h1>Plan for Vik</h1>{folded}").headings]


def test_fields_below_each_other_are_a_measure_also_where_a_table_was_parted(tmp_path: Path) -> None:
    def table(*rows: tuple[str, str]) -> str:
        return f"<table>{''.join(f'<tr><td>{a}</td><td>{b}</td></tr>' for a, b in rows)}</table>"

    body = table(("Tiltak 4", "Kurs for ansatte"), ("Mål", "Flere ser vold")) + table(
        ("Ansvarlig", "Rektor"), ("Frist", "1. juni 2027")
    )
    found = measures(page(tmp_path, f"<h1>Plan for Vik</h1><h2>Tiltak</h2><p>{PARAGRAPH}</p>{body}"))
    assert found == [("4", "Kurs for ansatte", ("Rektor",), "1. juni 2027")]


def test_measures_in_brackets_and_doubt_left_as_text(tmp_path: Path) -> None:
    result = from_text(
        "# Plan for Vik\n\n## Tiltak\n\n"
        "- Holde fagdag hvert år (ansvar: personalsjefen, frist: november)\n"
        "- Se på planen igjen (den forrige ble aldri brukt)\n",
        tmp_path,
        "plan.md",
    )
    assert measures(result) == [(None, "Holde fagdag hvert år", ("personalsjefen",), "november")]


def test_a_number_with_points_in_front_of_the_title(tmp_path: Path) -> None:
    table = "<table><tr><th>Frist</th><th>Hva</th><th>Ansvar</th></tr><tr><td>2027</td><td>4.2 Dekke taxi</td><td>NAV</td></tr></table>"
    assert measures(page(tmp_path, f"<h1>Plan for Vik</h1><p>{PARAGRAPH}</p>{table}")) == [
        ("4.2", "Dekke taxi", ("NAV",), "2027")
    ]


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("Planen gjelder for perioden 2025–2028.", (2025, 2028)),
        ("Planen gjelder fra 1. januar 2024 til 31. desember 2027.", (2024, 2027)),
        ("Planen erstatter planen for perioden 2020–2024. Tiltakene er for 2025–2028.", None),
        ("I perioden 2015–2019 ble det meldt flere saker enn i 2020–2021.", None),
    ],
)
def test_the_period_is_read_from_the_text_only_where_it_is_sure(
    tmp_path: Path, said: str, years: tuple[int, int] | None
) -> None:
    document = from_text(f"# Plan mot vold i Vik\n\n## Forord\n\n{said} {PARAGRAPH}\n", tmp_path, "plan.md").document
    found = (document.valid_from, document.valid_to)
    assert tuple(day.year for day in found if day) == (years or ())


def ruled(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    """A PDF with a ruled table whose cells wrap, drawn line by line."""
    left, top, width, height = 60, 700, 150, 40
    content = [f"BT /F1 12 Tf 1 0 0 1 60 760 Tm ({PARAGRAPH[:70]}) Tj ET"]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            x, y = left + column * width, top - number * height
            content.append(f"{x} {y - height} {width} {height} re S")
            for line, words in enumerate(cell.split("/")):
                content.append(f"BT /F1 10 Tf 1 0 0 1 {x + 4} {y - 14 - 12 * line} Tm ({words}) Tj ET")
    stream = "\n".join(content)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path


def test_wrapped_cells_of_a_ruled_table_in_a_pdf_are_whole(tmp_path: Path) -> None:
    path = ruled(
        tmp_path / "plan.pdf",
        [
            ("Tiltak", "Ansvarlig", "Frist"),
            ("Kurs for ansatte/i barnehagene", "Styrer og/rektor", "1. juni/2027"),
            ("Brosjyre", "Biblioteket", ""),
        ],
    )
    assert measures(made(path, tmp_path / "into")) == [
        (None, "Kurs for ansatte i barnehagene", ("Styrer og rektor",), "1. juni 2027"),
        (None, "Brosjyre", ("Biblioteket",), None),
    ]


def test_a_page_without_text_is_named(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(ruled(tmp_path / "one.pdf", [("Tiltak", "Ansvarlig", "Frist")])))
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "plan.pdf")
    found = ingested(tmp_path / "plan.pdf")
    assert found.unread == (2,)
    assert any(doubt.startswith("Side 2 har ingen tekst") for doubt in Outline(found).doubts)
