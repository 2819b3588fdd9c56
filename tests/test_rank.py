"""`assistant rank`: JSONL in, a TREC run out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.rank import rank

PASSAGES = [
    {"id": "p1", "text": "Fjorden er dyp og kald.", "title": "Fjorder", "document": "d1"},
    {"id": "p2", "text": "Elva renner ut i havet.", "title": "Elver", "document": "d2"},
    {"id": "p3", "text": "Byen har mange broer.", "title": "Byer", "document": "d3"},
    {"id": "p4", "text": "Fjellet er høyt.", "title": "Fjell", "document": "d4"},
]


def jsonl(path: Path, items: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    return path


@pytest.fixture
def passages(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "passages.jsonl", PASSAGES)


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    return jsonl(
        tmp_path / "queries.jsonl",
        [{"id": "q2", "text": "Hvor dyp er fjorden?"}, {"id": "q1", "text": "Kva bruer har byen?"}],
    )


def test_a_run_in_the_order_of_the_queries(passages: Path, queries: Path) -> None:
    lines = [line.split(" ") for line in rank(passages, queries, 2)]
    assert [line[0] for line in lines if line[3] == "1"] == ["q2", "q1"]
    assert [line[2] for line in lines if line[3] == "1"] == ["p1", "p3"]
    assert all(line[1] == "Q0" and len(line) == 6 for line in lines)


def test_ranks_and_scores_fall_together(passages: Path, queries: Path) -> None:
    for query in ("q1", "q2"):
        lines = [line.split() for line in rank(passages, queries, 10) if line.startswith(query)]
        assert [int(line[3]) for line in lines] == list(range(1, len(lines) + 1))
        assert [float(line[4]) for line in lines] == sorted((float(line[4]) for line in lines), reverse=True)


def test_no_more_than_k(passages: Path, queries: Path) -> None:
    assert len(list(rank(passages, queries, 1))) == 2


def test_title_and_document_may_be_missing(tmp_path: Path, queries: Path) -> None:
    bare = jsonl(tmp_path / "bare.jsonl", [{"id": item["id"], "text": item["text"]} for item in PASSAGES])
    assert next(iter(rank(bare, queries, 1))).split()[2] == "p1"


def test_the_same_run_twice(passages: Path, queries: Path) -> None:
    assert list(rank(passages, queries, 10)) == list(rank(passages, queries, 10))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "bad.jsonl:2: not JSON"),
        ("[]", "bad.jsonl:2: «id» and «text» must be text"),
        ('{"id": "x"}', "bad.jsonl:2: «id» and «text» must be text"),
        ('{"id": 1, "text": "x"}', "bad.jsonl:2: «id» and «text» must be text"),
        ('{"id": "x", "text": "y", "title": 3}', "bad.jsonl:2: «title» and «document»"),
        ('{"id": "a", "text": "y"}', "'a' occurs more than once"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, queries: Path, line: str, problem: str) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "text": "b"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        rank(bad, queries, 1)
    assert problem in str(caught.value)


def test_files_that_cannot_be_read_or_are_empty(tmp_path: Path, passages: Path, queries: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n", encoding="utf-8")
    for first, second, problem in (
        (tmp_path / "gone.jsonl", queries, "gone.jsonl"),
        (passages, tmp_path / "gone.jsonl", "gone.jsonl"),
        (empty, queries, "no passages"),
    ):
        with pytest.raises(UsageError, match=problem):
            rank(first, second, 1)
