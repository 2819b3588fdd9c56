"""Each lint refuses its bad example, with file and field in the message; the tiny corpus and the real one pass."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
import yaml

from assistant import EMBEDDED
from assistant.ingest import ingest
from assistant.owners import lexicon_checks
from assistant.owners.lint import CHECKS, OF_LEXICON, lint

BAD = Path(__file__).parent / "bad_corpus"
EXAMPLES = sorted(path.name for path in BAD.iterdir())
TODAY = datetime.date(2026, 11, 30)
RULE_OF = {
    "alert-unsaid": "alert-texts",
    "helpline-addresses": "street-addresses",
    "helpline-forms": "helpline-numbers",
    "message-unsaid": "message-names",
}
READING = "read-"
"""Begins the name of an example that is refused when it is read, before any check."""


def put(example: str, folder: Path) -> None:
    """The example's files over the tiny corpus, with the embedded lexicon where the example changes one."""
    replaced = BAD / example / "replace.yaml"
    edits = yaml.safe_load(replaced.read_text(encoding="utf-8")) if replaced.exists() else []
    if (BAD / example / "lexicon").exists() or any(edit["file"].startswith("lexicon") for edit in edits):
        shutil.copytree(EMBEDDED / "lexicon", folder / "lexicon")
    shutil.copytree(BAD / example, folder, dirs_exist_ok=True)
    for edit in edits:
        path = folder / edit["file"]
        text = path.read_text(encoding="utf-8")
        assert edit["old"] in text
        path.write_text(text.replace(edit["old"], edit["new"], 1), encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_bad_example_is_refused_with_file_line_and_cure(folder: Path, example: str) -> None:
    put(example, folder)
    faults = [fault for fault in lint((folder,), TODAY) if fault.level == "fault"]
    if not example.startswith(READING):
        assert {fault.rule for fault in faults} == {RULE_OF.get(example, example)}
    assert all(fault.cure for fault in faults)
    text = "\n".join(map(str, faults)).replace(f"{folder}/", "")
    assert (BAD / example / "expected.txt").read_text(encoding="utf-8").strip() in text


def test_every_lint_has_a_bad_example() -> None:
    """A check that has never refused anything may be one that cannot."""
    names = {check.__name__.replace("_", "-") for check in (*CHECKS, *OF_LEXICON)}
    assert names == {RULE_OF.get(example, example) for example in EXAMPLES if not example.startswith(READING)}


def test_the_tiny_corpus_passes(tiny_folder: Path) -> None:
    assert lint((tiny_folder,), TODAY) == []


def test_the_embedded_corpus_has_no_faults() -> None:
    """Today's date is the real one here: contacts and rules that were not read again within a year fail the build."""
    faults = [fault for fault in lint((EMBEDDED,), datetime.datetime.now().date()) if fault.level == "fault"]
    assert faults == []


def test_an_expired_plan_is_a_notice_not_a_fault(folder: Path) -> None:
    faults = lint((folder,), datetime.date(2029, 1, 1))
    assert [fault.level for fault in faults if fault.rule == "periods"] == ["notice"]


@pytest.mark.parametrize(("days", "level"), [(179, None), (181, "notice"), (366, "fault")])
def test_a_check_date_warns_and_then_fails(folder: Path, days: int, level: str | None) -> None:
    today = datetime.date(2026, 11, 22) + datetime.timedelta(days)
    levels = {fault.level for fault in lint((folder,), today) if "prove" in fault.where and fault.rule == "check-dates"}
    assert levels == ({level} if level else set())


def test_sentences_copied_from_an_ingested_original_are_found(folder: Path, tmp_path: Path) -> None:
    """The original is ingested as an editor would do it, not made by hand."""
    original = tmp_path / "lillevik-2025.txt"
    original.write_text(
        "1 Forord\n\nHer står at planen skal hjelpe ansatte med å se og stanse vold i familier.\n", encoding="utf-8"
    )
    ingest([original], tmp_path / "originals")
    faults = lint((folder, tmp_path / "originals"), TODAY)
    assert [fault.rule for fault in faults] == ["copied-sentences"]


def test_each_broken_document_is_told_and_so_is_a_broken_lexicon(folder: Path) -> None:
    shutil.copytree(EMBEDDED / "lexicon", folder / "lexicon")
    (folder / "plans/aa.md").write_bytes(b"\xff\x00")
    (folder / "plans/bb.md").write_text("tom", encoding="utf-8")
    (folder / "helplines.yaml").write_text("tom", encoding="utf-8")
    (folder / "lexicon/english.yaml").write_text("tom", encoding="utf-8")
    places = {fault.where.replace(f"{folder}/", "") for fault in lint((folder,), TODAY)}
    assert places >= {"plans/aa.md:1", "plans/bb.md:1", "helplines.yaml:1", "lexicon/english.yaml:1"}


def test_a_lock_of_an_editors_program_is_worth_a_notice(folder: Path) -> None:
    (folder / "plans/.~lock.lillevik-2025.md#").write_text("noen", encoding="utf-8")
    assert [(fault.rule, fault.level) for fault in lint((folder,), TODAY)] == [("left-over", "notice")]


def test_a_folder_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    assert [fault.problem for fault in lint((tmp_path / "nei",), TODAY)] == ["mappen finnes ikke"]


def test_without_the_numbering_plan_the_form_of_a_number_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package that knows the plan is no part of a plain installation."""
    monkeypatch.setattr(lexicon_checks, "find_spec", lambda _: None)
    assert lexicon_checks.is_number("116111")
    assert not lexicon_checks.is_number("")
