"""What a change of content does to the answers, before it is put in place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import UsageError, own_questions
from assistant.cli import main

PLAN = "plans/lillevik-2025.md"


def run(*arguments: object) -> tuple[int, dict[str, object]]:
    done = CliRunner().invoke(main, ["diff", *map(str, arguments), "--json"])
    assert not done.stderr, done.stderr
    return done.exit_code, json.loads(done.stdout)


@pytest.fixture
def new(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "new"))


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / PLAN).read_text(encoding="utf-8")
    assert old in text
    (folder / PLAN).write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_content_gives_no_change(folder: Path, new: Path) -> None:
    code, found = run(folder, new)
    assert (code, found["content"], found["changes"]) == (0, [], [])


def test_a_new_deadline_is_named_in_the_content_and_in_the_answers_that_say_it(folder: Path, new: Path) -> None:
    edit(new, "deadline: 2025-06-30", "deadline: 2027-08-01")
    edit(new, '"30.6.2025"', '"1.8.2027"')
    code, found = run(folder, new)
    assert code == 0
    assert "lillevik-2025: tiltak 1: deadline_text var «30.6.2025», er «1.8.2027»" in found["content"]
    changed = {change["question"]: change for change in found["changes"]}  # type: ignore[attr-defined,index]
    assert changed["Hva er fristen for tiltak 1?"]["what"] == "answer"
    assert "30.6.2025" in changed["Hva er fristen for tiltak 1?"]["before"]
    assert "1.8.2027" in changed["Hva er fristen for tiltak 1?"]["after"]


def test_an_answer_that_is_lost_gives_exit_code_1_and_stands_first(folder: Path, new: Path) -> None:
    (new / PLAN).unlink()
    code, found = run(folder, new)
    assert code == 1
    assert found["content"] == ["lillevik-2025: borte"]
    assert found["changes"][0]["what"] == "lost"  # type: ignore[index]


def test_an_editors_own_questions_are_asked_where_they_live(folder: Path, new: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text('{"question": "Når skal rektor ha holdt kurset?", "municipality": "Gol"}\n', encoding="utf-8")
    edit(new, '"30.6.2025"', '"1.8.2027"')
    _, found = run(folder, new, "--questions", own)
    assert found["changes"][0]["municipality"] == "Gol"  # type: ignore[index]
    assert "Når skal rektor ha holdt kurset?" in {change["question"] for change in found["changes"]}  # type: ignore[attr-defined,index]


def test_an_empty_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="no questions"):
        own_questions(tmp_path / "own.jsonl")
