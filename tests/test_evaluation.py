"""The gate on our own question sets: no group may lose more than one question, and the gate itself can fail."""

from __future__ import annotations

import contextlib
import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import Assistant, UsageError
from assistant.cli import main as command
from assistant.owners.baseline import Baseline, Groups, read_baseline, record_baseline
from assistant.owners.evaluation import Report, Row, evaluate, facts_shown, read_questions, score

EVAL = Path(__file__).parent / "eval"
SETS = sorted(path.stem for path in EVAL.glob("questions-*.jsonl"))


@pytest.mark.parametrize("name", SETS)
def test_no_group_is_worse_than_recorded(assistant: Assistant, name: str) -> None:
    report = evaluate(EVAL / f"{name}.jsonl", assistant, EVAL / f"baseline-{name}.json")
    assert report.worse == [], (
        "Mend it, or record the new results with the reason why they are right (--record --reason)."
    )


def test_there_are_sets_and_both_halves() -> None:
    items = [item for name in SETS for item in read_questions(EVAL / f"{name}.jsonl")]
    assert len(items) > 500
    assert {item["half"] for item in items} == {"dev", "held_out"}


def recorded(groups: Groups) -> Baseline:
    return Baseline(recorded=datetime.date(2026, 11, 22), reason="example", groups=groups)


@pytest.mark.parametrize("size", [4, 40, 400])
def test_one_question_lost_is_chance_and_two_are_a_loss_whatever_the_groups_size(size: int) -> None:
    """A slack of two per cent let a group of four hundred lose eight, and forbade a group of forty its one."""
    baseline = recorded({"language=nn": {"right": (size, size)}})
    assert baseline.worse({"language=nn": {"right": (size - 1, size)}}) == []
    assert baseline.worse({"language=nn": {"right": (size - 2, size)}}) == [
        f"language=nn right: {size - 2} of {size}, was {size}"
    ]


def test_a_group_that_vanished_or_changed_its_size_is_worse() -> None:
    """Taking away the questions that fail must not pass as an improvement."""
    baseline = recorded({"language=nn": {"right": (1, 4)}, "language=en": {"right": (1, 2)}})
    assert baseline.worse({"language=nn": {"right": (3, 3)}}) == [
        "language=nn right: 3 questions, was 4; the set has changed, record it anew",
        "language=en right: 0 questions, was 2; the set has changed, record it anew",
    ]


def test_the_report_counts_its_groups_and_prints_what_is_worse() -> None:
    rows = [Row({"half": "dev", "language": "nn", "style": "staff"}, {"right": float(n == 0)}) for n in range(3)]
    report = Report(rows, recorded({"language=nn": {"right": (3, 3)}}))
    assert report.groups["all"] == {"right": (1, 3)}
    assert report.worse == ["language=nn right: 1 of 3, was 3"]
    assert "worse: language=nn" in report.table()


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    groups: Groups = {"all": {"right": (111, 145)}, "language=nn": {"refused": (3, 4)}}
    record_baseline(tmp_path / "b.json", groups, "«x» svarer nå", datetime.date(2026, 11, 22))
    baseline = read_baseline(tmp_path / "b.json")
    assert baseline.groups == groups
    assert (baseline.reason, baseline.recorded) == ("«x» svarer nå", datetime.date(2026, 11, 22))


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        '{"all": {"right": 0.8}}',
        '{"recorded": "2026-11-22", "groups": {"all": {"right": [1, 2]}}}',
        '{"recorded": "2026-11-22", "reason": " ", "groups": {"all": {"right": [1, 2]}}}',
        '{"recorded": "2026-11-22", "reason": "x", "groups": {}}',
    ],
)
def test_a_baseline_without_reason_or_figures_is_refused(tmp_path: Path, content: str | None) -> None:
    """A missing file too: a gate that compares with nothing would let everything pass."""
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="--record --reason"):
        read_baseline(path)


@pytest.mark.parametrize(
    "arguments", [[], ["--reason", "fordi"], ["--baseline", "b.json"], ["--baseline", "b.json", "--reason", " "]]
)
def test_recording_needs_a_file_and_a_reason(tmp_path: Path, arguments: list[str]) -> None:
    questions = tmp_path / "set.jsonl"
    questions.write_text('{"id": "a", "question": "Hva?", "answerable": false}\n', encoding="utf-8")
    with contextlib.chdir(tmp_path):
        done = CliRunner().invoke(command, ["eval", str(questions), "--record", *arguments])
    assert done.exit_code == 2
    assert "--reason" in done.output
    assert not (tmp_path / "b.json").exists()


def test_recorded_results_are_compared_with_and_keep_their_reason(tmp_path: Path) -> None:
    questions, baseline = tmp_path / "set.jsonl", tmp_path / "b.json"
    questions.write_text('{"id": "a", "question": "Hva koster parkering?", "answerable": false}\n', encoding="utf-8")
    arguments = ["eval", str(questions), "--baseline", str(baseline)]
    assert CliRunner().invoke(command, arguments).exit_code == 2
    assert CliRunner().invoke(command, [*arguments, "--record", "--reason", "første måling"]).exit_code == 0
    assert read_baseline(baseline).reason == "første måling"
    assert CliRunner().invoke(command, arguments).exit_code == 0


@pytest.mark.parametrize("content", ["", "{", '{"id": "a", "question": "?"}'])
def test_an_empty_or_broken_set_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        read_questions(path)


def test_a_fact_counts_with_spaces_in_its_number(assistant: Assistant) -> None:
    answer = assistant.ask("Hva er nummeret til VO-linjen?")
    assert facts_shown([["116006"]], answer)
    assert facts_shown([["116 006", "finnes ikke"]], answer)
    assert not facts_shown([["finnes ikke"]], answer)


def test_an_unanswerable_question_is_scored_by_refusal_alone(assistant: Assistant) -> None:
    item = json.loads('{"id": "x", "question": "Hva koster parkering i sentrum?", "answerable": false}')
    assert score(item, assistant.ask(item["question"])).values == {"refused": 1.0}
