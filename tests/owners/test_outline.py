"""What ingest would make of a file, to look through first: parts, doubts, and nothing shown as a helpline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import Outline, ingested
from assistant.cli import main

PLAN = """# Plan mot vold i Vik

## Kontakt

Ring kontaktpersonen på 12 34 56 78, eller skriv til ola.nordmann@vik.example, når du er usikker på hva du skal gjøre.

## Tiltak

| Nr | Tiltak | Ansvarlig | Frist |
|---|---|---|---|
| 1 | Kurs for ansatte | Rektor | 1.6.2026 |
| 2 | Møte med politiet | | |
| 4 | Brosjyre | Biblioteket | 2027 |
"""


@pytest.fixture
def outline(tmp_path: Path) -> Outline:
    path = tmp_path / "vik.md"
    path.write_text(PLAN, encoding="utf-8")
    return Outline(ingested(path))


def test_every_part_has_its_count_and_its_lines(outline: Outline) -> None:
    text = "\n".join(outline.lines())
    assert "Tiltak (3)" in text
    assert "Tiltak 1: Kurs for ansatte | ansvar: Rektor | frist: 1.6.2026" in text
    assert "Tiltak 2: Møte med politiet | ansvar: – | frist: –" in text
    assert [block.text for block in outline.headings] == ["Plan mot vold i Vik", "Kontakt", "Tiltak"]


def test_what_is_doubtful_is_said(outline: Outline) -> None:
    doubts = "\n".join(outline.doubts)
    assert "Tiltak 2: Møte med politiet: ansvarlig og frist står ikke der tiltaket står." in doubts
    assert "Tiltak 3 er ikke funnet" in doubts
    assert "Perioden er ikke funnet" in doubts
    assert "Kommunen er ikke oppgitt" in doubts
    assert "Tiltak 1" not in doubts


def test_contacts_of_the_text_are_a_list_to_confirm(outline: Outline) -> None:
    assert outline.contacts == ["12 34 56 78", "ola.nordmann@vik.example"]
    assert any("De vises ikke som hjelpetilbud" in line for line in outline.lines())


def test_the_same_for_programs_and_from_the_command_line(tmp_path: Path, outline: Outline) -> None:
    done = CliRunner().invoke(main, ["outline", str(outline.made.path), "--json", "-m", "Vik"])
    assert done.exit_code == 0, done.stderr
    (found,) = json.loads(done.stdout)
    assert found["document"]["municipalities"] == ["Vik"]
    assert [measure["number"] for measure in found["measures"]] == ["1", "2", "4"]
    assert found["contacts"] == outline.contacts
    assert list(tmp_path.iterdir()) == [outline.made.path]
