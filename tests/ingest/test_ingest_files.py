"""Which files are read and written, what a document is called, and the command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from ingest_help import PARAGRAPH, from_text, made

from assistant import EMBEDDED, Assistant, UsageError, ingest_files, read_corpus
from assistant.cli import main
from assistant.models import Document

KNOWN = Document(
    id="lillevik",
    title="Planen for Lillevik",
    kind="guidance",
    publisher="Lillevik kommune",
    municipalities=("Gol", "Ål"),
    valid_from="2024-01-01",
    valid_to="2027-12-31",
    source="Gjenfortalt",
    weak=True,
)


def _file(folder: Path, name: str = "lillevik.txt", text: str = f"1.1 Mål\n\n{PARAGRAPH}\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- what is said of a document ----------------------------------------------------------------------------------------


def test_an_unknown_document_is_a_plan_named_by_its_first_page(tmp_path: Path) -> None:
    document = from_text(f"Trygg i Lillevik\n\nHandlingsplan mot vold\n\n1.1 Mål\n\n{PARAGRAPH}\n", tmp_path).document
    assert (document.id, document.title, document.kind, document.publisher) == (
        "plan",
        "Handlingsplan mot vold",
        "plan",
        "ukjent",
    )
    assert (document.source, document.text_kind) == ("plan.txt", "original")


@pytest.mark.parametrize("text", [f"1.1 Mål\n\n{PARAGRAPH}\n", f"Forord\n\n{PARAGRAPH}\n", f"{PARAGRAPH}\n"])
def test_a_document_without_a_title_is_called_by_its_id(text: str, tmp_path: Path) -> None:
    assert from_text(text, tmp_path).document.title == "plan"


def test_what_is_given_goes_before_what_is_known(tmp_path: Path) -> None:
    facts = {"kind": "law", "municipalities": ("Hol",)}
    result = made(_file(tmp_path), tmp_path / "into", title="Gitt", facts=facts, known={"lillevik": KNOWN})
    assert (result.document.title, result.document.kind, result.document.municipalities) == ("Gitt", "law", ("Hol",))
    assert result.document.publisher == "Lillevik kommune"


def test_a_document_is_called_as_its_rendition_is(tmp_path: Path) -> None:
    document = made(_file(tmp_path), tmp_path / "into", known={"lillevik": KNOWN}).document
    same = {"text_kind": "original", "source": "lillevik.txt"}
    assert document == KNOWN.model_copy(update=same)


def test_another_document_is_not(tmp_path: Path) -> None:
    assert (
        made(_file(tmp_path, "annet.txt"), tmp_path / "into", known={"lillevik": KNOWN}).document.publisher == "ukjent"
    )


def test_a_title_that_yaml_would_misread_is_kept(tmp_path: Path) -> None:
    title = 'Planen: «nei» - no, "116006" # 1'
    assert made(_file(tmp_path), tmp_path / "into", title=title).document.title == title


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"document_id": "Stor Bokstav"}, "id: "),
        ({"facts": {"kind": "roman"}}, "kind: "),
        ({"facts": {"valid_from": "i fjor"}}, "valid_from: "),
        ({"facts": {"valid_from": "2025-01-01", "valid_to": "2024-01-01"}}, "period ends before it begins"),
    ],
)
def test_a_fact_that_the_format_does_not_allow_is_refused(
    options: dict[str, object], message: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=message):
        made(_file(tmp_path), tmp_path / "into", **options)
    assert not (tmp_path / "into").exists()


# --- which files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("plan.odt", r"\.odt is not known\n    Known: \.txt, "),
        ("plan", "a file without an ending is not known"),
        ("mappe", "is a folder"),
        ("borte.txt", "cannot be opened"),
        ("tom.txt", "no text found"),
        ("bare-overskrift.md", "no text found"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_cure(name: str, message: str, tmp_path: Path) -> None:
    _file(tmp_path, "plan.odt")
    _file(tmp_path, "plan")
    _file(tmp_path, "tom.txt", " \n\n")
    _file(tmp_path, "bare-overskrift.md", "# Overskrift\n")
    (tmp_path / "mappe").mkdir()
    with pytest.raises(UsageError, match=message) as error:
        ingest_files([tmp_path / name], tmp_path / "into")
    assert str(tmp_path / name) in str(error.value)


def test_nothing_is_written_unless_all_files_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        ingest_files([_file(tmp_path), tmp_path / "borte.txt"], tmp_path / "into")
    assert not (tmp_path / "into").exists()


def test_several_files_become_several_documents(tmp_path: Path) -> None:
    files = [_file(tmp_path, "Plan for Gol (2024).txt"), _file(tmp_path, "ål.md")]
    assert [path.name for path in ingest_files(files, tmp_path / "into")] == ["plan-for-gol-2024.md", "ål.md"]


def test_two_files_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"another of the files gives lillevik\.md too"):
        ingest_files([_file(tmp_path), _file(tmp_path, "b/lillevik.md")], tmp_path / "into")


def test_one_id_goes_with_one_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--id: goes with one file"):
        ingest_files([_file(tmp_path), _file(tmp_path, "b.txt")], tmp_path / "into", document_id="a")


def test_what_ingest_made_is_replaced(tmp_path: Path) -> None:
    made(_file(tmp_path), tmp_path / "into")
    result = made(_file(tmp_path, text="1.1 Nytt\n\nNy tekst her.\n"), tmp_path / "into")
    assert result.headings == [(1, "1.1 Nytt")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "noe annet",
        "---\nid: lillevik\ntitle: Plan\n---\n\n# Mål\n",
        "---\ntext_kind: rendition\n---\n",
        "---\n: [\n---\n",
    ],
)
def test_what_an_editor_wrote_is_never_replaced(text: str, tmp_path: Path) -> None:
    target = _file(tmp_path / "into", "lillevik.md", text)
    with pytest.raises(UsageError, match=r"was not made by ingest\n    Choose another folder, or another --id"):
        ingest_files([_file(tmp_path)], tmp_path / "into")
    assert target.read_text(encoding="utf-8") == text


def test_originals_do_not_go_into_the_embedded_corpus(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is the embedded corpus"):
        ingest_files([_file(tmp_path)], EMBEDDED / "plans")


def test_a_file_is_no_folder_to_write_to(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a file"):
        ingest_files([_file(tmp_path)], _file(tmp_path, "into"))


# --- the command -------------------------------------------------------------------------------------------------------


def _run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["ingest", *map(str, arguments)])
    return result.exit_code, result.output


def test_the_command_takes_facts_and_prints_what_it_wrote(tmp_path: Path) -> None:
    options = (
        "--publisher",
        "Gol kommune",
        "-m",
        "gol kommune",
        "-m",
        "Ål",
        "--valid-from",
        "2024-01-01",
        "--valid-to",
        "2027-12-31",
    )
    code, out = _run(_file(tmp_path), "--into", tmp_path / "into", "--kind", "guidance", "--title", "Tittel", *options)
    assert (code, out.strip()) == (0, str(tmp_path / "into/lillevik.md"))
    front = (tmp_path / "into/lillevik.md").read_text(encoding="utf-8").split("---")[1]
    assert [json.loads(line.split(": ", 1)[1]) for line in front.strip().split("\n")] == [
        "lillevik", "Tittel", "guidance", "Gol kommune", ["Gol", "Ål"], "2024-01-01", "2027-12-31", "lillevik.txt", "original",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "message"), [("Gotham", "no municipalities are called that"), ("Våler", "(?s)several.*Which one: ")]
)
def test_a_municipality_must_be_one(name: str, message: str, tmp_path: Path) -> None:
    code, out = _run(_file(tmp_path), "--into", tmp_path / "into", "-m", name)
    assert code == 2
    assert re.search(message, out), out


def test_an_error_is_one_message_and_exit_code_2(tmp_path: Path) -> None:
    code, out = _run(_file(tmp_path, "plan.odt"), "--into", tmp_path / "into")
    assert code == 2
    assert out.startswith("assistant: ")
    assert _run(tmp_path, "--into", tmp_path / "into")[0] == 2


def test_a_plan_that_is_retold_is_cited_as_its_rendition(tmp_path: Path) -> None:
    """The original goes beside its rendition: the same title and period, other passages."""
    rendition = read_corpus(EMBEDDED).document["hallingdal-2021"]
    code, _ = _run(_file(tmp_path, "hallingdal-2021.txt"), "--into", tmp_path / "into")
    corpus = read_corpus(EMBEDDED, tmp_path / "into")
    assert code == 0
    (original,) = [document for document in corpus.documents if document.text_kind == "original"]
    assert original == rendition.model_copy(update={"text_kind": "original", "source": "hallingdal-2021.txt"})
    assert len({passage.id for passage in corpus.passages}) == len(corpus.passages)


def test_questions_are_answered_from_what_was_ingested(tmp_path: Path) -> None:
    text = f"1.1 Mål\n\n{PARAGRAPH}\n\n1.2 Kornblåsten\n\nKornblåsten er en samtalegruppe for foreldre i Lillevik som møtes hver onsdag.\n"
    ingest_files([_file(tmp_path, text=text)], tmp_path / "into")
    answer = Assistant.load(tmp_path / "into").ask("Hva er Kornblåsten?")
    assert (answer.citations[0].text_kind, answer.citations[0].section_path) == ("original", ("1.2 Kornblåsten",))
