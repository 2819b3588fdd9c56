"""The `assistant` command: parses, calls, prints. Exit codes: 0 done, 1 the check found faults, 2 wrong use or unreadable input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

import click

import assistant as engine
from assistant.cli import owning
from assistant.cli.options import FILE, corpus_option, reports_errors


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="narvern-assistant", message="%(version)s")
def main() -> None:
    """Answers questions about violence in close relationships from plans, law and helplines, with a citation for all."""


@main.command()
@click.argument("question", required=False)
@click.option("--municipality", "-m", help="Where the asker lives: a name (Gol) or a number (3324).")
@click.option(
    "--history", multiple=True, help="An earlier question of the same conversation; oldest first, may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON, the alert first.")
@click.option(
    "--batch",
    type=FILE,
    help="Answer a JSONL file (id, question or text, municipality, history), one line out for each.",
)
@corpus_option
@reports_errors
def ask(
    question: str | None,
    municipality: str | None,
    history: tuple[str, ...],
    as_json: bool,
    batch: Path | None,
    corpora: tuple[Path, ...],
) -> None:
    """Answer one question, or a file of them."""
    if (question is None) == (batch is None):
        raise engine.UsageError("Give one question, or --batch FILE.")
    if batch is not None:
        _ask_batch(batch, corpora)
    elif question is not None:
        _ask_one(question, municipality, history, as_json, corpora)


def _ask_one(
    question: str, municipality: str | None, history: tuple[str, ...], as_json: bool, corpora: tuple[Path, ...]
) -> None:
    """The alert is assessed and, in the terminal, printed before the corpus is even opened."""
    alert = engine.assess(question, history, engine.detect_language(question))
    if alert and not as_json:
        click.echo(engine.render_alert(alert) + "\n")
    try:
        assistant = engine.Assistant.load(*corpora)
        engine.meant_municipalities(municipality, assistant.corpus.municipalities)
        answer = assistant.ask(question, municipality, history)
    except engine.AssistantError:
        if as_json and alert:
            click.echo(engine.out_of_order(alert).model_dump_json(indent=2))
        raise
    click.echo(
        answer.model_dump_json(indent=2)
        if as_json
        else engine.render_answer(answer, assistant.corpus.messages, without_alert=answer.alert == alert)
    )


def _ask_batch(batch: Path, corpora: tuple[Path, ...]) -> None:
    assistant = engine.Assistant.load(*corpora)
    for where, item in engine.json_lines(batch):
        if not isinstance(item, dict):
            raise engine.UsageError(f"{where}: not an object. Each line is one object with «question».")
        question = item.get("question", item.get("text"))
        if not isinstance(question, str):
            raise engine.UsageError(f"{where}: «question» (or «text») is missing or no text. Each line needs one.")
        history = tuple(str(turn) for turn in item.get("history") or ())
        answer = assistant.ask(question, item.get("municipality"), history)
        click.echo(json.dumps({"id": item.get("id"), **answer.model_dump(mode="json")}, ensure_ascii=False))


@main.command()
@click.argument("question")
@click.option("--municipality", "-m", help="Where the asker lives.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of lines.")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1), help="How many passages.")
@corpus_option
@reports_errors
def search(question: str, municipality: str | None, as_json: bool, k: int, corpora: tuple[Path, ...]) -> None:
    """The passages found for a question, best first, with their scores."""
    assistant = engine.Assistant.load(*corpora)
    engine.meant_municipalities(municipality, assistant.corpus.municipalities)
    found = assistant.search(question, municipality, k=k)
    if as_json:
        click.echo(json.dumps([item.as_json() for item in found], ensure_ascii=False, indent=2))
        return
    for item in found:
        place = " › ".join(item.passage.section.path)
        click.echo(
            f"{item.score:8.3f}  {item.passage.id}  {place}\n          {item.passage.text.splitlines()[0][:110]}"
        )


@main.command()
@click.argument("question")
@click.option("--municipality", "-m", help="Where the asker lives.")
@click.option("--history", multiple=True, help="An earlier question; may be repeated.")
@corpus_option
@reports_errors
def explain(question: str, municipality: str | None, history: tuple[str, ...], corpora: tuple[Path, ...]) -> None:
    """Why the answer is what it is: risk signals, terms with their expansions, hits and scores."""
    safety = engine.current_safety() or engine.Safety.load(engine.EMBEDDED)  # the latter says why there is none
    click.echo(engine.render_explanation(safety.explain(question, history)))
    click.echo(f"what the fitted part decides: {engine.fitted_part(safety)} of the rules' own examples\n")
    assistant = engine.Assistant.load(*corpora)
    engine.meant_municipalities(municipality, assistant.corpus.municipalities)
    click.echo(assistant.explain(question, municipality, history))


@main.command()
@click.option("--corpus", "passages", required=True, type=FILE, help="Passages: JSONL with id, text, title, document.")
@click.option("--queries", required=True, type=FILE, help="Queries: JSONL with id and text.")
@click.option("-k", default=100, show_default=True, type=click.IntRange(1), help="How many passages a query.")
@click.option(
    "--run",
    "output",
    type=click.File("w", encoding="utf-8", lazy=True),
    default="-",
    help="Where to write; standard output if left out.",
)
@reports_errors
def rank(passages: Path, queries: Path, k: int, output: IO[str]) -> None:
    """Rank any passages for any queries with the same analysis and index, as a TREC run."""
    for line in engine.rank_queries(passages, queries, k):
        click.echo(line, file=output)


@main.command()
@corpus_option
@reports_errors
def build(corpora: tuple[Path, ...]) -> None:
    """Fit what answers are chosen with, where it is not kept yet, so that no first question waits for it."""
    click.echo(f"innhold {engine.Assistant.load(*corpora).corpus_version}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@corpus_option
@reports_errors
def serve(host: str, port: int, corpora: tuple[Path, ...]) -> None:
    """Start the web page and the API. With a broken corpus it says so and still gives the emergency numbers."""
    from web import serve as serve_web  # Flask and the server are needed here alone

    serve_web(host, port, corpora)


for command in owning.COMMANDS:
    main.add_command(command)
