"""The gate on our own question sets: no group may fall below what was recorded, and the gate itself can fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant, UsageError
from assistant.owners.evaluation import Report, Row, evaluate, facts_shown, read_questions, score

EVAL = Path(__file__).parent / "eval"
SETS = sorted(path.stem for path in EVAL.glob("questions-*.jsonl"))


@pytest.mark.parametrize("name", SETS)
def test_no_group_is_worse_than_recorded(assistant: Assistant, name: str) -> None:
    report = evaluate(EVAL / f"{name}.jsonl", assistant, EVAL / f"baseline-{name}.json")
    assert report.baseline, (
        f"record it: assistant eval tests/eval/{name}.jsonl --baseline tests/eval/baseline-{name}.json --record"
    )
    assert report.worse == []


def test_there_are_sets_and_both_halves() -> None:
    items = [item for name in SETS for item in read_questions(EVAL / f"{name}.jsonl")]
    assert len(items) > 500
    assert {item["half"] for item in items} == {"dev", "held_out"}


def test_the_gate_fails_when_a_group_falls() -> None:
    row = Row({"half": "dev", "language": "nn", "style": "staff"}, {"right": 0.0})
    report = Report([row], {"language=nn": {"right": 1.0}, "language=en": {"right": 0.5}})
    assert report.worse == ["language=nn right: 0.000, was 1.000", "language=en right: 0.000, was 0.500"]
    assert "worse: language=nn" in report.table()


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
