"""A file ingested a second time: an editor's changes stay, another municipality's file stays apart, a newer plan retires the older."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import EMBEDDED, Fault, UsageError, ingest_files
from assistant.cli import main
from assistant.content.corpus import read_corpus
from assistant.content.documents import read_document
from assistant.content.versions import retired
from assistant.ingest.merging import base_of
from assistant.models import Document

FIRST = """# Plan mot vold i Vik

## Varsling

Den som ser noe, skal si fra til lederen sin samme dag, og skrive ned det som ble sagt.

## Oppfølging

Lederen følger opp saken videre, og sørger for at den som meldte, får vite hva som skjer.
"""


def write(folder: Path, text: str, name: str = "plan.md") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def ingested(source: Path, into: Path, conflicts: list[Fault] | None = None, **facts: object) -> Path:
    (target,) = ingest_files([source], into, facts=facts, conflicts=conflicts)
    return target


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_the_editor_has_changed_stays_and_what_the_file_has_changed_comes_in(tmp_path: Path) -> None:
    target = ingested(write(tmp_path, FIRST), tmp_path / "into")
    edit(target, "samme dag", "innen en time")
    conflicts: list[Fault] = []
    ingested(write(tmp_path, FIRST.replace("følger opp saken", "følger opp")), tmp_path / "into", conflicts)
    text = target.read_text(encoding="utf-8")
    assert "innen en time" in text
    assert "Lederen følger opp videre" in text
    assert not conflicts
    read_document(target, {})


def test_where_both_have_changed_the_same_line_the_editors_stands_and_the_place_is_named(tmp_path: Path) -> None:
    target = ingested(write(tmp_path, FIRST), tmp_path / "into")
    edit(target, "samme dag", "innen en time")
    conflicts: list[Fault] = []
    ingested(write(tmp_path, FIRST.replace("samme dag", "neste dag")), tmp_path / "into", conflicts)
    lines = target.read_text(encoding="utf-8").split("\n")
    (fault,) = conflicts
    line = int(str(fault.where).rsplit(":", 1)[1])
    assert "innen en time" in lines[line - 1]
    assert "neste dag" in fault.cure
    assert fault.level == "notice"


def test_what_was_ingested_without_its_base_is_never_replaced_by_another_text(tmp_path: Path) -> None:
    target = ingested(write(tmp_path, FIRST), tmp_path / "into")
    base_of(target).unlink()
    ingested(tmp_path / "plan.md", tmp_path / "into")  # the same text: nothing would be lost
    before = target.read_text(encoding="utf-8")
    base_of(target).unlink(missing_ok=True)
    with pytest.raises(UsageError, match="not kept beside it"):
        ingested(write(tmp_path, FIRST.replace("samme dag", "neste dag")), tmp_path / "into")
    assert target.read_text(encoding="utf-8") == before


def test_a_conflict_is_printed_and_the_exit_code_tells_it(tmp_path: Path) -> None:
    target = ingested(write(tmp_path, FIRST), tmp_path / "into")
    edit(target, "samme dag", "innen en time")
    source = write(tmp_path, FIRST.replace("samme dag", "neste dag"))
    done = CliRunner().invoke(main, ["ingest", str(source), "--into", str(tmp_path / "into")])
    assert done.exit_code == 1
    assert "din tekst står" in done.stderr
    assert str(target) in done.stdout


def test_the_same_file_name_of_another_municipality_becomes_a_document_of_its_own(tmp_path: Path) -> None:
    first = ingested(write(tmp_path, FIRST), tmp_path / "into", municipalities=("Gol",))
    other = ingested(write(tmp_path, FIRST.replace("Vik", "Ål")), tmp_path / "into", municipalities=("Ål",))
    assert (first.name, other.name) == ("plan.md", "plan-ål.md")
    assert "Vik" in first.read_text(encoding="utf-8")


def test_looking_first_writes_nothing(tmp_path: Path) -> None:
    source = write(tmp_path, FIRST)
    done = CliRunner().invoke(main, ["ingest", str(source), "--dry-run", "--into", str(tmp_path / "into")])
    assert done.exit_code == 0, done.stderr
    assert "Varsling" in done.stdout
    assert not (tmp_path / "into").exists()


def plan(id_: str, title: str, start: int | None, *municipalities: str, replaces: tuple[str, ...] = ()) -> Document:
    period = {"valid_from": datetime.date(start, 1, 1), "valid_to": datetime.date(start + 3, 12, 31)} if start else {}
    facts = {"kind": "plan", "publisher": "Vik", "source": "test", **period}
    return Document(id=id_, title=title, municipalities=municipalities or ("Gol",), replaces=replaces, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (plan("a", "Plan mot vold 2021–2024", 2021), plan("b", "Revidert plan mot vold 2025–2028", 2025), {"a": "b"}),
        (plan("a", "Plan mot vold", 2021), plan("b", "Plan mot vold", 2025, "Ål"), {}),
        (plan("a", "Plan mot vold", 2021), plan("b", "Plan mot rus", 2025), {}),
        (plan("a", "Plan mot vold", None), plan("b", "Plan mot vold", 2025), {}),
        (plan("a", "Plan mot vold", 2025), plan("b", "Plan mot vold", 2025), {}),
        (plan("a", "Plan mot vold", None), plan("b", "Den nye planen", 2025, replaces=("a",)), {"a": "b"}),
        (plan("a", "Plan mot vold", None), plan("b", "Den nye planen", 2025, replaces=("b", "c")), {}),
    ],
)
def test_which_document_is_retired_by_which(old: Document, new: Document, expected: dict[str, str]) -> None:
    assert retired([old, new]) == expected
    assert retired([new, old]) == expected


def test_of_three_versions_the_newest_stands_for_both_others() -> None:
    versions = [plan(f"v{start}", f"Plan mot vold {start}", start) for start in (2013, 2017, 2021)]
    assert retired(versions) == {"v2013": "v2021", "v2017": "v2021"}


def test_a_retired_document_is_not_read_into_the_content(tmp_path: Path) -> None:
    for start in (2021, 2025):
        text = FIRST.replace("Plan mot vold i Vik", f"Plan mot vold i Vik {start}–{start + 3}")
        ingested(write(tmp_path, text, f"vik-{start}.md"), tmp_path / "into", municipalities=("Vik",))
    corpus = read_corpus(EMBEDDED, tmp_path / "into")
    assert corpus.retired == {"vik-2021": "vik-2025"}
    assert "vik-2021" not in corpus.document
    assert not [passage for passage in corpus.passages if passage.section.document == "vik-2021"]
