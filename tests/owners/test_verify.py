"""Contacts and rules that are due for checking, and what was checked written back where it stands."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import EMBEDDED, CorpusError, Ledger, UsageError
from assistant.cli import main
from assistant.content.corpus import read_corpus

TODAY = datetime.date(2027, 9, 1)
HELPLINES = "helplines.yaml"


@pytest.fixture
def ledger(folder: Path) -> Ledger:
    return Ledger.read(folder, TODAY)


def test_the_oldest_check_comes_first_and_only_what_is_old_is_due(ledger: Ledger) -> None:
    dates = [item.checked_on for item in ledger.items]
    assert dates == sorted(dates)
    assert ledger.due(datetime.timedelta(0)) == list(ledger.items)
    assert not ledger.due(datetime.timedelta(days=10_000))
    assert {item.id for item in ledger.items} > {"prove-1", "nodnummer-politi-112"}


def test_a_line_says_what_is_written_where_and_what_it_was_read_in(ledger: Ledger) -> None:
    (rule,) = [item for item in ledger.items if item.id == "prove-1"]
    text = "\n".join(rule.lines())
    assert "Prøveloven § 1" in text
    assert "Laget for testene" in text
    assert "sist kontrollert 2026-11-22" in text
    assert "proveloven.md:" in text


@pytest.mark.parametrize("id_", ["prove-1", "nodnummer-politi-112"])
def test_a_check_is_written_where_the_item_stands_and_nowhere_else(ledger: Ledger, folder: Path, id_: str) -> None:
    before = {path: path.read_text(encoding="utf-8").splitlines() for path in folder.rglob("*") if path.is_file()}
    changed = ledger.confirm(id_)
    for path, lines in before.items():
        now = path.read_text(encoding="utf-8").splitlines()
        differing = [new for old, new in zip(lines, now, strict=True) if old != new]
        assert len(differing) == (path == changed)
        assert all("2027-09-01" in line for line in differing)
    assert {item.id: item.checked_on for item in Ledger.read(folder, TODAY).items}[id_] == TODAY


def test_a_source_that_was_read_is_dated_and_a_new_one_is_added(ledger: Ledger, folder: Path) -> None:
    ledger.confirm("prove-1", "Laget for testene")
    ledger.confirm("prove-1", "https://lovdata.example/prove")
    (item,) = [item for item in Ledger.read(folder, TODAY).items if item.id == "prove-1"]
    assert {source.where: source.date for source in item.sources} == {
        "Laget for testene": "2027-09-01",
        "https://lovdata.example/prove": "2027-09-01",
    }


def test_an_unknown_id_is_told(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match=r"nosuch: no contact and no rule"):
        ledger.confirm("nosuch")


def test_a_file_that_would_not_be_read_afterwards_is_left_as_it_was(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The date is written, the content is read, and what cannot be read is taken back."""
    before = (folder / HELPLINES).read_text(encoding="utf-8")
    shutil.copytree(EMBEDDED / "lexicon", folder / "lexicon")
    monkeypatch.setattr("assistant.owners.verify._confirmed", lambda lines, *_: ["id: ["])
    with pytest.raises(CorpusError):
        ledger.confirm("nodnummer-politi-112")
    assert (folder / HELPLINES).read_text(encoding="utf-8") == before


def test_the_command_lists_confirms_and_then_has_less_to_do(folder: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["verify", str(folder), "--today", "2027-09-01", *arguments])
        return done.exit_code, done.output

    code, text = run("--days", "180")
    assert code == 1
    assert "prove-1 · Prøveloven § 1" in text
    total = len(read_corpus(folder).helplines) + 1
    assert f"{total} av {total} skal kontrolleres" in text
    assert run("--confirm", "prove-1")[0] == 0
    code, text = run("--days", "180")
    assert "prove-1" not in text
    assert f"{total - 1} av {total} skal kontrolleres" in text
