"""The command line: what it prints first, its exit codes, and that a broken corpus never hides a number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from assistant import EMBEDDED
from assistant.cli import main as command

ACUTE = "Han står utenfor døra med kniv og sier han skal drepe meg"
CALM = "Hva er latent vold?"


def run(*arguments: str, corpus: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The real command in its own process, with ASSISTANT_CORPUS set where `corpus` is given."""
    environment = {**os.environ, **({"ASSISTANT_CORPUS": str(corpus)} if corpus else {})}
    command_line = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(command_line, capture_output=True, text=True, env=environment, timeout=120, check=False)


def test_the_terminal_begins_with_112() -> None:
    done = run("ask", ACUTE)
    assert done.returncode == 0
    assert done.stdout.startswith("112 ")


def test_the_json_begins_with_the_alert() -> None:
    done = run("ask", ACUTE, "--json")
    answer = json.loads(done.stdout)
    assert next(iter(answer)) == "alert"
    assert answer["alert"]["numbers"][0]["phone"] == "112"
    assert answer["text"].startswith("112")


@pytest.mark.parametrize("as_json", [False, True])
def test_with_an_empty_corpus_the_numbers_come_first_and_the_fault_is_named(tmp_path: Path, as_json: bool) -> None:
    done = run("ask", ACUTE, *(["--json"] if as_json else []), corpus=tmp_path)
    assert done.returncode == 2
    assert done.stdout.lstrip("{\n ").startswith('"alert"' if as_json else "112")
    assert "112" in done.stdout
    assert str(tmp_path) in done.stderr
    assert "ingen dokumenter" in done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [("plans/lillevik-2025.md", "[Rektor]", "[Rektor", 0), ("helplines.yaml", "name:", "name: [", 2)],
)
def test_a_syntax_error_is_named_with_file_and_line(folder: Path, file: str, old: str, new: str, code: int) -> None:
    """In a document it costs that document; in what everything needs, the answer."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run("ask", CALM, corpus=folder)
    assert done.returncode == code
    assert f"{path}:{text[: text.index(old)].count(chr(10)) + 1}: " in done.stderr
    assert "YAML" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_corpus_folder_that_is_not_there_is_one_line_of_cause_and_one_of_cure() -> None:
    done = run("ask", CALM, "--corpus", "nosuch")
    assert done.returncode == 2
    assert [line.strip() for line in done.stderr.splitlines()] == [
        "assistant: nosuch: mappen finnes ikke",
        "Se ASSISTANT_CORPUS eller --corpus.",
    ]


@pytest.mark.parametrize("command", ["ask", "search", "explain"])
def test_an_unknown_municipality_is_told_with_the_nearest_names(command: str) -> None:
    done = run(command, CALM, "-m", "Hammar")
    assert done.returncode == 2
    assert "no municipalities are called that" in done.stderr
    assert "Hamar" in done.stderr.splitlines()[-1]


def test_the_alert_comes_before_an_unknown_municipality_is_told() -> None:
    done = run("ask", ACUTE, "-m", "Ukjentby")
    assert done.returncode == 2
    assert done.stdout.startswith("112 ")


def test_batch_answers_each_line_in_order(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "question": CALM, "municipality": "Gol"},
        {"id": "b", "text": ACUTE},
        {"id": "c", "question": "Hvem er det ment for?", "history": ["Hva er TryggEst?"]},
    ]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    done = run("ask", "--batch", str(batch))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[1]["alert"]["numbers"][0]["phone"] == "112"
    assert set(answers[0]) >= {
        "alert", "answered", "kind", "text", "citations", "helplines", "suggestions", "notices", "language", "corpus_version"
    }  # fmt: skip
    assert set(answers[0]["citations"][0]) >= {
        "document", "document_title", "kind", "section_path", "quote", "text_kind", "page", "notice"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "expected"),
    [("{", ":1: not JSON"), ('["a"]', ":1: not an object"), ('{"id": "a"}', ":1: «question» (or «text») is missing")],
)
def test_a_bad_line_of_a_batch_is_named(tmp_path: Path, content: str, expected: str) -> None:
    batch = tmp_path / "bad.jsonl"
    batch.write_text(content, encoding="utf-8")
    done = run("ask", "--batch", str(batch))
    assert done.returncode == 2
    assert expected in done.stderr


def test_question_and_batch_exclude_each_other() -> None:
    assert run("ask").returncode == 2


def test_search_prints_passages_best_first_and_as_json() -> None:
    found = json.loads(run("search", "latent vold", "--json", "-k", "3").stdout)
    assert len(found) == 3
    assert found[0]["score"] >= found[1]["score"] >= found[2]["score"]


def test_explain_shows_signals_terms_and_hits() -> None:
    out = run("explain", ACUTE).stdout
    for part in ("112", "terms:", "hits:"):
        assert part in out


def test_lint_passes_on_the_embedded_corpus_and_fails_on_a_broken_one(folder: Path) -> None:
    assert run("lint", str(EMBEDDED), "--quiet").returncode == 0
    (folder / "plans/lillevik-2025.md").write_text("tom", encoding="utf-8")
    assert run("lint", str(folder)).returncode == 1


def test_an_ingested_original_answers_with_its_own_words(tmp_path: Path) -> None:
    source = tmp_path / "fjellvik.txt"
    source.write_text(
        "1 Om planen\n\nFjellvik kommune har en trygghetskoordinator som heter Solstråleteamet og svarer alle innbyggere.\n",
        encoding="utf-8",
    )
    done = run("ingest", str(source), "--into", str(tmp_path / "into"))
    assert done.returncode == 0, done.stderr
    answer = json.loads(run("ask", "Hva er Solstråleteamet?", "--json", "--corpus", str(tmp_path / "into")).stdout)
    assert answer["citations"][0]["text_kind"] == "original"
    assert "Solstråleteamet" in answer["citations"][0]["quote"]


def test_what_is_built_is_kept(tmp_path: Path) -> None:
    done = run("build")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("innhold ")


def test_every_command_has_help() -> None:
    for name, sub in command.commands.items():
        assert sub.help, name
        for parameter in sub.params:
            assert parameter.param_type_name == "argument" or getattr(parameter, "help", None), (
                f"{name} {parameter.name}"
            )


def test_an_unknown_command_is_answered_with_exit_code_2() -> None:
    assert run("svar").returncode == 2


@pytest.mark.parametrize("question", ["Hva er vold?", "han står utenfor døra med kniv"])
def test_the_terminal_shows_the_numbers_also_when_the_engine_fails(question: str) -> None:
    """It says that numbers stand there, so they must."""
    with patch("assistant.question.understanding.Understanding.of", side_effect=RuntimeError):
        result = CliRunner().invoke(command, ["ask", question])
    assert result.exit_code == 0
    assert result.output.startswith("112  ")
    assert result.output.count("112  ") == 1
