"""The commands for those who own the content: ingest, outline, diff, verify, report, lint, eval, fit, template."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import assistant as engine
from assistant.cli.options import DATE, FILE, FOLDER, Command, corpus_option, reports_errors

if TYPE_CHECKING:
    from assistant import Corpus, Municipality


Facts = Mapping[str, object]


def facts_options(command: Command) -> Command:
    """What is known of a document that its file may not say."""
    for option in (
        click.option("--valid-to", type=DATE, help="The last day of its period."),
        click.option("--valid-from", type=DATE, help="The first day of its period."),
        click.option(
            "--municipality", "-m", "municipalities", multiple=True, help="Where it applies; may be repeated."
        ),
        click.option("--publisher", help="Who has published it."),
        click.option("--kind", type=click.Choice(["plan", "guidance", "law"]), help="What it is; a plan if left out."),
        click.option("--title", help="The document's title; the one on its first page if left out."),
        click.option("--id", "document_id", help="The document's id; the file's name if left out."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path), help="The folder to write to; use it with --corpus afterwards."
)
@facts_options
@click.option("--replaces", multiple=True, help="The id of an older version, which then no longer answers.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be read, as `assistant outline` does.")
@reports_errors
def ingest(
    files: tuple[Path, ...],
    into: Path | None,
    document_id: str | None,
    title: str | None,
    dry_run: bool,
    **facts: Any,
) -> None:
    """Turn PDF, DOCX, HTML, Markdown or text into documents in corpus format, word for word.

    A document that the embedded corpus retells, by the same id, gets its title, publisher, municipalities and period. What you have
    changed in a document since stays; where the file has changed there too, the place is named and the exit code is 1.
    """
    corpus, given = _given(**facts)
    if dry_run:
        return _print_outlines(files, document_id, {**({"title": title} if title else {}), **given}, as_json=False)
    if into is None:
        raise engine.UsageError("--into is missing.\nName the folder to write to, or --dry-run to look first.")
    conflicts: list[engine.Fault] = []
    for path in engine.ingest_files(files, into, document_id, title, given, corpus.document, conflicts):
        click.echo(click.format_filename(path))
    for fault in conflicts:
        click.echo(str(fault), err=True)
    sys.exit(1 if conflicts else 0)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@facts_options
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of lines.")
@reports_errors
def outline(files: tuple[Path, ...], document_id: str | None, title: str | None, as_json: bool, **facts: Any) -> None:
    """What ingest reads in a file: headings, measures, tables, contacts, and what is doubtful. Nothing is written."""
    _print_outlines(files, document_id, {**({"title": title} if title else {}), **_given(**facts)[1]}, as_json)


def _given(**facts: Any) -> tuple[Corpus, Facts]:
    """The embedded corpus, and the facts that were given, by the names of a document's fields."""
    corpus = engine.read_corpus(engine.EMBEDDED)
    places = tuple(_official_name(name, corpus.municipalities) for name in facts.pop("municipalities"))
    dates = {name: facts.pop(name) for name in ("valid_from", "valid_to")}
    found = {**facts, "municipalities": places, **{name: day and day.date() for name, day in dates.items()}}
    return corpus, {name: value for name, value in found.items() if value}


def _print_outlines(files: Sequence[Path], document_id: str | None, facts: Facts, as_json: bool) -> None:
    known = engine.read_corpus(engine.EMBEDDED).document
    found = [engine.Outline(engine.ingested(path, document_id, facts, known)) for path in files]
    if as_json:
        click.echo(json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=2))
    for each in found if not as_json else ():
        click.echo("\n".join(each.lines()))


def _official_name(text: str, municipalities: Sequence[Municipality]) -> str:
    """The municipality that is meant. Raises UsageError for none or several."""
    found = engine.meant_municipalities(text, municipalities)
    if len(found) > 1:
        which = ", ".join(f"{each.name} ({each.number})" for each in found)
        raise engine.UsageError(f"--municipality {text}: several municipalities are called that.\nWhich one: {which}?")
    return found[0].name


@click.command()
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


@click.command(name="eval")
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


@click.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--questions", type=FILE, multiple=True, help="Your own questions: JSONL with question, municipality.")
@click.option(
    "--wordings", default=1, show_default=True, type=click.IntRange(0), help="Ways of asking for each answer."
)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of lines.")
@reports_errors
def diff(old: Path, new: Path, questions: tuple[Path, ...], wordings: int, as_json: bool) -> None:
    """What changes from one folder of content to another: documents, measures, and answers. Exit code 1: some answer is lost.

    A folder without helplines of its own is read beside the embedded corpus.
    """
    own = [asked for path in questions for asked in engine.own_questions(path)]
    before, after = (engine.Assistant(engine.content_of(folder)) for folder in (old, new))
    found = engine.difference(before, after, own, wordings)
    click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2) if as_json else "\n".join(found.lines()))
    sys.exit(1 if found.lost else 0)


@click.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option("--days", default=180, show_default=True, type=click.IntRange(0), help="How old a check may be.")
@click.option("--all", "everything", is_flag=True, help="Also what is not due yet.")
@click.option("--confirm", "confirmed", multiple=True, help="The id of what you have checked; may be repeated.")
@click.option("--source", help="What you read it in, where that is another source than before.")
@click.option("--today", type=DATE, help="The date that is judged by and written.")
@reports_errors
def verify(
    folder: Path | None,
    days: int,
    everything: bool,
    confirmed: tuple[str, ...],
    source: str | None,
    today: datetime.datetime | None,
) -> None:
    """Contacts and legal rules that must be read again, and what was checked written back. Exit code 1: some are due."""
    date = (today or datetime.datetime.now()).date()
    ledger = engine.Ledger.read(folder or engine.EMBEDDED, date)
    for id_ in confirmed:
        click.echo(f"{id_}: kontrollert {date}, skrevet i {click.format_filename(ledger.confirm(id_, source))}")
    if confirmed:
        return
    due = ledger.due(datetime.timedelta(days))
    for item in ledger.items if everything else due:
        click.echo("\n".join(item.lines()))
    click.echo(f"{len(due)} av {len(ledger.items)} skal kontrolleres (eldre enn {days} dager den {date})")
    if due:
        click.echo("Skriv tilbake med: assistant verify --confirm ID [--source KILDE]")
    sys.exit(1 if due else 0)


@click.command()
@click.option("--municipality", "-m", help="Whose plans; all if left out.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write it as a page.")
@click.option("--csv", "table", type=click.Path(dir_okay=False, path_type=Path), help="Write it as a table.")
@click.option("--questions", type=FILE, multiple=True, help="Questions that the plan should answer: JSONL.")
@click.option("--today", type=DATE, help="The date that deadlines and periods are judged by.")
@corpus_option
@reports_errors
def report(
    municipality: str | None,
    html: Path | None,
    table: Path | None,
    questions: tuple[Path, ...],
    today: datetime.datetime | None,
    corpora: tuple[Path, ...],
) -> None:
    """What in the plans is missing, passed or expired, what other plans have, and what they cannot answer."""
    assistant = engine.Assistant.load(*corpora)
    place = _official_name(municipality, assistant.corpus.municipalities) if municipality else None
    own = [asked.question for path in questions for asked in engine.own_questions(path)]
    found = engine.plan_report(assistant, (today or datetime.datetime.now()).date(), place, own)
    if place and not found.plans:
        raise engine.UsageError(f"No plan here is for {place}.\nIngest it, and add its folder with --corpus.")
    for path, text in ((html, engine.report_page(found)), (table, f"\ufeff{found.csv()}")):
        if path:
            _written(path, text)
    if not html and not table:
        click.echo("\n".join(found.lines()))


def _written(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise engine.UsageError(f"{path}: cannot be written ({error.strerror}).\nChoose another place.") from None
    click.echo(click.format_filename(path))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--municipality", "-m", required=True, help="Whose plan it is.")
@reports_errors
def template(folder: Path, municipality: str) -> None:
    """An empty plan for a municipality, with every field explained, and a guide from PDF to answers."""
    name = _official_name(municipality, engine.read_corpus(engine.EMBEDDED).municipalities)
    for path in engine.write_template(folder, name):
        click.echo(click.format_filename(path))


@click.command()
@click.option("--check", is_flag=True, help="Only say how well it does on writers that were left out; write nothing.")
@click.argument("folder", type=FOLDER, required=False)
@reports_errors
def fit(folder: Path | None, check: bool) -> None:
    """Fit the alert's opinion to the tables of example messages (needs the extra `fit`)."""
    click.echo(engine.fit_opinion(folder or engine.EMBEDDED, check))


COMMANDS = (ingest, outline, template, lint, evaluate, diff, verify, report, fit)
