"""The `assistant` command: parses, calls, prints. Exit codes: 0 done, 1 the check found faults, 2 wrong use or unreadable input."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Sequence
from functools import update_wrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

import assistant as engine

if TYPE_CHECKING:
    from assistant import Municipality

Command = TypeVar("Command", bound=Callable[..., Any])

FOLDER = click.Path(exists=False, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DATE = click.DateTime(["%Y-%m-%d"])


def corpus_option(command: Command) -> Command:
    """`--corpus DIR`, repeatable: content to add to the embedded corpus."""
    text = "Add the documents of this folder to the corpus; may be repeated."
    return click.option("--corpus", "corpora", type=FOLDER, multiple=True, help=text)(command)


def reports_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Our own errors become one message on standard error and exit code 2."""

    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except engine.AssistantError as error:
            click.echo(f"assistant: {error}", err=True)
            sys.exit(2)

    return update_wrapper(run, command)


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
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--into",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder to write to; use it with --corpus afterwards.",
)
@click.option("--id", "document_id", help="The document's id; the file's name if left out.")
@click.option("--title", help="The document's title; the one on its first page if left out.")
@click.option("--kind", type=click.Choice(["plan", "guidance", "law"]), help="What it is; a plan if left out.")
@click.option("--publisher", help="Who has published it.")
@click.option("--municipality", "-m", "municipalities", multiple=True, help="Where it applies; may be repeated.")
@click.option("--valid-from", type=DATE, help="The first day of its period.")
@click.option("--valid-to", type=DATE, help="The last day of its period.")
@reports_errors
def ingest(
    files: tuple[Path, ...],
    into: Path,
    document_id: str | None,
    title: str | None,
    kind: str | None,
    publisher: str | None,
    municipalities: tuple[str, ...],
    valid_from: datetime.datetime | None,
    valid_to: datetime.datetime | None,
) -> None:
    """Turn PDF, DOCX, HTML, Markdown or text into documents in corpus format, word for word.

    A document that the embedded corpus retells, by the same id, gets its title, publisher, municipalities and period.
    """
    corpus = engine.read_corpus(engine.EMBEDDED)
    facts = {
        "kind": kind,
        "publisher": publisher,
        "municipalities": tuple(_official_name(name, corpus.municipalities) for name in municipalities),
        "valid_from": valid_from and valid_from.date(),
        "valid_to": valid_to and valid_to.date(),
    }
    given = {name: value for name, value in facts.items() if value}
    for path in engine.ingest_files(files, into, document_id, title, given, corpus.document):
        click.echo(click.format_filename(path))


def _official_name(text: str, municipalities: Sequence[Municipality]) -> str:
    """The municipality that is meant. Raises UsageError for none or several."""
    found = engine.meant_municipalities(text, municipalities)
    if len(found) > 1:
        which = ", ".join(f"{each.name} ({each.number})" for each in found)
        raise engine.UsageError(f"--municipality {text}: several municipalities are called that.\nWhich one: {which}?")
    return found[0].name


@main.command()
@click.argument("folders", nargs=-1, type=FOLDER)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date that check dates and periods are judged by.")
@click.option("--quiet", is_flag=True, help="Faults only, no notices.")
@reports_errors
def lint(folders: tuple[Path, ...], today: datetime.datetime | None, quiet: bool) -> None:
    """Check content: the embedded corpus, or the given folders (the first with helplines and messages)."""
    faults = engine.lint_corpus(folders or (engine.EMBEDDED,), (today or datetime.datetime.now()).date())
    for fault in faults:
        if fault.level == "fault" or not quiet:
            click.echo(f"{'FEIL' if fault.level == 'fault' else 'merk'} [{fault.rule}] {fault}")
    wrong = sum(fault.level == "fault" for fault in faults)
    click.echo(f"{wrong} feil, {len(faults) - wrong} merknader")
    sys.exit(1 if wrong else 0)


@main.command(name="eval")
@click.argument("questions", type=FILE)
@click.option(
    "--baseline", type=click.Path(dir_okay=False, path_type=Path), help="Recorded results to compare with, as JSON."
)
@click.option("--record", is_flag=True, help="Write the results to the baseline file instead of comparing.")
@click.option("--reason", default="", help="Why the results are recorded; stored with them.")
@click.option(
    "--failures", default=0, type=click.IntRange(0), help="Print this many questions that were not answered right."
)
@corpus_option
@reports_errors
def evaluate(
    questions: Path, baseline: Path | None, record: bool, reason: str, failures: int, corpora: tuple[Path, ...]
) -> None:
    """Measure answers on a question set (JSONL), group by group, against a recorded baseline."""
    if record and not (baseline and reason.strip()):
        raise engine.UsageError('--record needs --baseline FILE, and --reason "why these results are right".')
    report = engine.evaluate(questions, engine.Assistant.load(*corpora), None if record else baseline)
    click.echo(report.table())
    for row in [row for row in report.rows if not all(row.values.values())][:failures]:
        missed = ", ".join(name for name, value in row.values.items() if not value)
        click.echo(f"- {row.question['id']} {row.question['question']}  [{missed}]")
    if record and baseline:
        engine.record_baseline(baseline, report.groups, reason.strip(), datetime.date.today())
    sys.exit(1 if report.worse else 0)


@main.command()
@click.option("--check", is_flag=True, help="Only say how well it does on writers that were left out; write nothing.")
@click.argument("folder", type=FOLDER, required=False)
@reports_errors
def fit(folder: Path | None, check: bool) -> None:
    """Fit the alert's opinion to the tables of example messages (needs the extra `fit`)."""
    click.echo(engine.fit_opinion(folder or engine.EMBEDDED, check))


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
