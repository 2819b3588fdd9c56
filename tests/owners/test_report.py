"""The coordinator's page: what a plan lacks, what has passed, what others have; as lines, table, page and picture."""

from __future__ import annotations

import csv
import datetime
import io
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import Assistant, PlanReport, ingest_files, plan_report, report_page
from assistant.cli import main
from assistant.owners.report import MATTERS, UNDATED

TODAY = datetime.date(2027, 3, 1)
PLAN = """# Plan mot vold i Vik 2022–2025

## Tiltak

| Nr | Tiltak | Ansvarlig | Frist |
|---|---|---|---|
| 1 | Kurs for ansatte | Rektor | 1.6.2026 |
| 2 | Møte med politiet | | 2028 |
| 3 | Brosjyre og <plakat> & | Biblioteket | |
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> PlanReport:
    folder = tmp_path_factory.mktemp("vik")
    (folder / "vik-plan.md").write_text(PLAN, encoding="utf-8")
    facts = {
        "municipalities": ("Vik",),
        "valid_from": datetime.date(2022, 1, 1),
        "valid_to": datetime.date(2025, 12, 31),
    }
    ingest_files([folder / "vik-plan.md"], folder / "into", facts=facts)
    return plan_report(Assistant.load(folder / "into"), TODAY, "Vik", ["Hvor mange hester er det i Vik?"])


def test_what_is_missing_passed_and_expired_is_found_each_once(found: PlanReport) -> None:
    assert [f.detail for f in found.of("expired")] == ["gikk ut 2025-12-31"]
    assert [f.place for f in found.of("no_responsible")] == ["Tiltak 2: Møte med politiet"]
    assert [f.place.partition(":")[0] for f in found.of("no_deadline")] == ["Tiltak 3"]
    assert [(f.place, f.detail) for f in found.of("passed")] == [("Tiltak 1: Kurs for ansatte", "2026-06-01 · Rektor")]
    assert not found.of("no_period")
    assert set(MATTERS) >= {finding.matter for finding in found.findings}


def test_what_other_plans_have_and_what_is_not_answered(found: PlanReport) -> None:
    """The small plan has nothing of children or of definitions, which all others have."""
    assert found.of("lacking")
    assert all(finding.detail for finding in found.of("lacking"))
    assert "Hvor mange hester er det i Vik?" in [finding.place for finding in found.of("unanswered")]


def test_deadlines_by_year_with_those_that_are_past(found: PlanReport) -> None:
    assert found.deadlines == {"2026": (1, 1), "2028": (1, 0), UNDATED: (1, 0)}


def test_the_table_has_a_row_for_each_finding(found: PlanReport) -> None:
    rows = list(csv.reader(io.StringIO(found.csv()), delimiter=";"))
    assert rows[0] == ["Plan", "Hva", "Sted", "Mer"]
    assert len(rows) == 1 + len(found.findings)


def test_the_page_stands_alone_and_shows_what_the_plan_says_as_text(found: PlanReport) -> None:
    page = report_page(found)
    assert "Brosjyre og &lt;plakat&gt; &amp;" in page
    assert "src=" not in page
    assert 'role="img" aria-label="2026: 1 tiltak, 1 passert; 2028: 1 tiltak' in page.replace("\n", " ")
    reader = HTMLParser()
    reader.feed(page)
    reader.close()


def test_the_command_writes_both_and_says_where(tmp_path: Path) -> None:
    page, table = tmp_path / "gol.html", tmp_path / "gol.csv"
    command = ["report", "-m", "gol", "--html", str(page), "--csv", str(table), "--today", "2027-03-01"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.split() == [str(page), str(table)]
    assert "gikk ut 2024" in page.read_text(encoding="utf-8")
    assert "Planen er gått ut" in table.read_text(encoding="utf-8-sig")


def test_a_municipality_without_a_plan_is_told_with_the_cure() -> None:
    done = CliRunner().invoke(main, ["report", "-m", "Vik"])
    assert done.exit_code == 2
    assert "No plan here is for Vik" in done.stderr
    assert "--corpus" in done.stderr
