"""Measures of ingested plans become records: tables in any order of columns, merged cells, «Tiltak 7: …», and doubt left empty."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from ingest_help import made

from assistant import Assistant
from assistant.ingest.measures import columns_of
from assistant.models import Measure

HEAD = "<h1>Plan mot vold 2025–2028 for Vik</h1><h2>Tiltak</h2><p>Her står det som skal gjøres i planperioden, og hvem som gjør det.</p>"


def measures(html: str, folder: Path) -> list[Measure]:
    (folder / "vik.html").write_text(f"<html><body>{HEAD}{html}</body></html>", "utf-8")
    result = made(folder / "vik.html", folder / "into")
    return [passage.record for passage in result.passages if isinstance(passage.record, Measure)]


def test_columns_in_another_order_and_with_nynorsk_names(tmp_path: Path) -> None:
    (found,) = measures(
        "<table><tr><th>Når</th><th>Kven</th><th>Tiltaket</th><th>Målgruppe</th></tr>"
        "<tr><td>Haust 2026</td><td>Rektor; Helsesjukepleiar</td><td>3. Kurs for tilsette</td><td>Skulen</td></tr></table>",
        tmp_path,
    )
    assert (found.number, found.title, found.deadline_text) == ("3", "Kurs for tilsette", "Haust 2026")
    assert (found.responsible, found.target_group) == (("Rektor", "Helsesjukepleiar"), ("Skulen",))


def test_a_cell_over_two_rows_is_said_of_both_and_an_empty_one_of_none(tmp_path: Path) -> None:
    found = measures(
        "<table><tr><th>Nr</th><th>Tiltak</th><th>Ansvarlig</th><th>Frist</th></tr>"
        '<tr><td>1</td><td>Kurs</td><td rowspan="2">Helsesjefen</td><td>1.6.2026</td></tr><tr><td>2</td><td>Rutine</td><td>2027</td></tr>'
        '<tr><td colspan="4">Delmål 2: Samarbeid</td></tr><tr><td>3</td><td>Møte med politiet</td><td></td><td>Årlig</td></tr></table>',
        tmp_path,
    )
    assert [(m.number, m.responsible, m.deadline_text) for m in found] == [
        ("1", ("Helsesjefen",), "1.6.2026"),
        ("2", ("Helsesjefen",), "2027"),
        ("3", (), "Årlig"),
    ]
    assert found[0].deadline is not None
    assert found[0].deadline.isoformat() == "2026-06-01"
    assert found[2].goal == "Delmål 2: Samarbeid"


def test_a_table_that_goes_on_below_keeps_its_columns(tmp_path: Path) -> None:
    found = measures(
        "<table><tr><th>Tiltak</th><th>Ansvar</th></tr><tr><td>Kurs</td><td>NAV</td></tr></table>"
        "<table><tr><td>Brosjyre</td><td>Biblioteket</td></tr></table>",
        tmp_path,
    )
    assert [(m.title, m.responsible) for m in found] == [("Kurs", ("NAV",)), ("Brosjyre", ("Biblioteket",))]


def test_a_bold_line_with_its_fields_below(tmp_path: Path) -> None:
    (found,) = measures(
        "<p><b>Tiltak 4: Informasjon på nettsidene</b></p><p>Kommunen skal ha oppdatert informasjon om hjelp.</p>"
        "<p>Ansvarlig: Kommunikasjonssjefen</p><p>Frist: 31.12.2026</p><p>Status: i gang</p>",
        tmp_path,
    )
    assert (found.number, found.title, found.responsible) == (
        "4",
        "Informasjon på nettsidene",
        ("Kommunikasjonssjefen",),
    )


def test_a_merged_cell_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Plan mot vold for Vik 2025–2028", 1)
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows, [["Tiltak", "Ansvar", "Frist"], ["Kurs", "Helse", "2026"], ["Møte", "", "2027"]], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    hidden = document.add_paragraph().add_run("Ring 99 88 77 66")
    hidden.font.hidden = True
    document.save(str(tmp_path / "vik.docx"))
    result = made(tmp_path / "vik.docx", tmp_path / "into")
    records = [passage.record for passage in result.passages if isinstance(passage.record, Measure)]
    assert [(m.title, m.responsible) for m in records] == [("Kurs", ("Helse",)), ("Møte", ("Helse",))]
    assert "99 88" not in result.body


@pytest.mark.parametrize("mark", ["hidden", 'style="display: none"', 'aria-hidden="true"', 'style="visibility:hidden"'])
def test_what_nobody_sees_is_not_read(mark: str, tmp_path: Path) -> None:
    (tmp_path / "vik.html").write_text(f"<html><body>{HEAD}<p {mark}>Ring 99 88 77 66</p></body></html>", "utf-8")
    assert "99 88" not in made(tmp_path / "vik.html", tmp_path / "into").body


def test_the_period_is_read_from_the_title(tmp_path: Path) -> None:
    (tmp_path / "vik.html").write_text(f"<html><body>{HEAD}</body></html>", "utf-8")
    document = made(tmp_path / "vik.html", tmp_path / "into").document
    assert (str(document.valid_from), str(document.valid_to)) == ("2025-01-01", "2028-12-31")


def test_a_table_of_other_things_is_no_table_of_measures() -> None:
    assert columns_of(["Tjeneste", "Telefon", "Åpningstid"]) == []
    assert columns_of(["Tiltak", "Beskrivelse"]) == []
    assert columns_of(["Delmål", "Ansvar"]) == ["title", "responsible"]


def test_the_own_plans_measure_is_answered_and_a_missing_one_is_never_filled_from_another(tmp_path: Path) -> None:
    measures(
        "<table><tr><th>Nr</th><th>Tiltak</th><th>Ansvar</th></tr><tr><td>2</td><td>Kurs</td><td>NAV-leder</td></tr></table>",
        tmp_path,
    )
    path = next((tmp_path / "into").glob("*.md"))
    path.write_text(path.read_text("utf-8").replace('kind: "plan"', 'kind: "plan"\nmunicipalities: ["Vik"]'), "utf-8")
    assistant = Assistant.load(tmp_path / "into")
    assert "NAV-leder" in assistant.ask("Hvem har ansvar for tiltak 2?", "Vik").text
    missing = assistant.ask("Hvem har ansvar for tiltak 10?", "Vik")
    assert "ikke noe tiltak 10" in missing.text
    assert {citation.document for citation in missing.citations} <= {"vik"}
