"""The corpus is read whole or refused with every fault named: file, line, what was expected, what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import EMBEDDED
from assistant.content.corpus import Corpus, document_paths, read_corpus
from assistant.errors import CorpusError
from assistant.models import LegalRule, Measure

PLAN = "plans/lillevik-2025.md"


def broken(folder: Path, old: str, new: str, file: str = PLAN) -> str:
    """The error text after `old` became `new` in a file of the tiny corpus."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        read_corpus(folder)
    return str(error.value)


def test_a_passage_has_its_section_questions_and_record(tiny_folder: Path) -> None:
    corpus = read_corpus(tiny_folder)
    measure = corpus.measures[0]
    assert measure.section.path == ("2 Tiltak", "Tiltak 1")
    assert measure.questions == ("Hvem har ansvar for kurs?", "Når skal kurset være holdt?")
    assert isinstance(measure.record, Measure)
    assert measure.text.startswith("Tiltak 1: Kurs for ansatte")
    assert isinstance(corpus.rules["prove-1"].record, LegalRule)


def test_every_file_on_disk_is_loaded_and_there_are_some(corpus: Corpus) -> None:
    files = document_paths(EMBEDDED)
    assert len(files) > 10
    assert {document.id for document in corpus.documents} == {path.stem for path in files}
    assert {passage.section.document for passage in corpus.passages} == {path.stem for path in files}


def test_the_version_changes_with_any_file(folder: Path) -> None:
    before = read_corpus(folder).version
    path = folder / PLAN
    path.write_text(path.read_text(encoding="utf-8").replace("Rektor", "Lærer"), encoding="utf-8")
    assert read_corpus(folder).version != before


def test_passage_ids_are_unique_and_can_stand_in_an_address(corpus: Corpus) -> None:
    ids = [passage.id for passage in corpus.passages]
    assert len(set(ids)) == len(ids)
    assert all(id_.replace("/", "").replace("-", "").isalnum() for id_ in ids)


def test_a_missing_folder_is_named_with_the_setting_that_points_at_it(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"finnes ikke\n.*ASSISTANT_CORPUS"):
        read_corpus(tmp_path / "nei")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="ingen dokumenter"):
        read_corpus(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: plan", "kind: brosjyre", ":1: felt «kind»"),
        ("id: lillevik-2025", "id: storvik", "er ikke filens navn"),
        ("---\nid:", "id:", "opplysningene om dokumentet mangler"),
        ("```measure", "```tiltak", ":24: ukjent posttype «tiltak»"),
        ('number: "1"', "number: 1", ":25: felt «number»"),
        ("deadline: 2025-06-30", "deadline: snart", ":28: felt «deadline»"),
        ("responsible: [Rektor]", "responsible: [Rektor", "kan ikke leses som YAML"),
        ('number: "1"', 'number: "1"\nnumber: "2"', "står to ganger"),
        ("? Hva er", "@ svar: ja\n? Hva er", ":14: ukjent linje «@ svar: ja»"),
        ("? Hva er", "@ for: voksne\n? Hva er", "ukjent målgruppe «voksne»"),
        ("?\nPlanen", "?\n\nPlanen", "uten tekst under"),
        ('"30.6.2025"\n```', '"30.6.2025"', "mangler sluttlinje"),
    ],
)
def test_a_fault_in_a_document_is_named_with_its_line(folder: Path, old: str, new: str, expected: str) -> None:
    assert expected in broken(folder, old, new)


def test_faults_in_several_files_are_all_reported(folder: Path) -> None:
    (folder / "laws/proveloven.md").write_text("tom", encoding="utf-8")
    text = broken(folder, "kind: plan", "kind: brosjyre")
    assert "proveloven.md" in text
    assert "lillevik-2025.md" in text


@pytest.mark.parametrize(("old", "new"), [('phone: "112"', "phone: 112"), ("kind: emergency", "kind: nød")])
def test_a_fault_in_the_helplines_names_record_and_field(folder: Path, old: str, new: str) -> None:
    assert "helplines.yaml: nodnummer-politi-112: felt" in broken(folder, old, new, "helplines.yaml")


def test_a_message_without_nynorsk_is_refused(folder: Path) -> None:
    (folder / "messages.yaml").write_text("abstain: {nb: Nei, en: No}", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"messages.yaml: abstain: må ha nøyaktig nb, nn og en"):
        read_corpus(folder)


def test_an_original_carries_the_corrections_of_its_rendition(folder: Path) -> None:
    plan = folder / PLAN
    text = plan.read_text(encoding="utf-8").replace("Planen skal hjelpe", "@ corrected by: prove-1\nPlanen skal hjelpe")
    plan.write_text(text, encoding="utf-8")
    original = folder / "originals"
    original.mkdir()
    (original / "lillevik-2025.md").write_text(
        "---\nid: lillevik-2025\ntitle: Plan\nkind: plan\npublisher: Lillevik\nsource: Testen\ntext_kind: original\n---\n\n"
        "# 1 Hva planen er\n\nAlle har plikt til å melde fra om alt.\n",
        encoding="utf-8",
    )
    passage = next(p for p in read_corpus(folder).passages if p.text_kind == "original")
    assert passage.corrected_by == ("prove-1",)
