"""The corpus is read whole or refused with every fault named: file, line, what was expected, what to write."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant import EMBEDDED, Assistant, assess, safety
from assistant.content.corpus import Corpus, document_paths, read_corpus
from assistant.errors import CorpusError
from assistant.models import LegalRule, Measure
from assistant.safety import Layer, current_folders

PLAN = "plans/lillevik-2025.md"


def broken(folder: Path, old: str, new: str, file: str = PLAN) -> str:
    """The error text after `old` became `new` in a file of the tiny corpus."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        read_corpus(folder, strict=True)
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
        ("kind: plan", "kind: brosjyre", ":4: felt «kind» er ikke et av ordene"),
        ("id: lillevik-2025", "id: storvik", "er ikke filens navn"),
        ("---\nid:", "id:", "opplysningene om dokumentet mangler"),
        ("```measure", "```tiltak", ":24: ukjent posttype «tiltak»"),
        ("```measure", "```mesure", "Mente du «measure»?"),
        ("# 2 Tiltak", "# 2 Tiltak {page=" + "9" * 5000 + "}", "er ikke et sidetall"),
        ("# 2 Tiltak", "# 2 Tiltak {page=²}", "«²» er ikke et sidetall"),
        ("deadline: 2025-06-30", "deadline: 2025-06-31", ":28: «2025-06-31» er ikke et tall eller en dato"),
        ("deadline: 2025-06-30", "deadlin: 2025-06-30", "Mente du «deadline»?"),
        ("? Hva er", "@ anser: ja\n? Hva er", "Mente du «answer»?"),
        ("Planen skal", "Planen i {{ kommune }} skal", ":16: et sted i en mal som ikke er fylt ut"),
        ("Planen skal", "<<<<<<< HEAD\nPlanen skal", ":16: rester etter en sammenslåing"),
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
    assert "«nodnummer-politi-112»: felt «" in broken(folder, old, new, "helplines.yaml")


def test_a_message_without_nynorsk_is_refused(folder: Path) -> None:
    (folder / "messages.yaml").write_text("abstain: {nb: Nei, en: No}", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"messages.yaml:1: «abstain»: felt «nn» mangler"):
        read_corpus(folder)


def test_a_bad_document_is_left_out_and_named_and_the_rest_is_there(folder: Path) -> None:
    (folder / "plans/aa.md").write_bytes(b"\xff\xfe\x00")
    corpus = read_corpus(folder)
    assert {document.id for document in corpus.documents} == {"lillevik-2025", "proveloven"}
    assert [fault.where for fault in corpus.left_out] == [f"{folder}/plans/aa.md:1"]


def test_a_corpus_without_any_usable_document_is_refused(folder: Path) -> None:
    for path in document_paths(folder):
        path.write_text("tom", encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        read_corpus(folder)
    assert len(error.value.faults) == 2


def test_a_folder_or_a_lock_in_a_documents_place_changes_nothing_else(folder: Path) -> None:
    (folder / "plans/mappe.md").mkdir()
    (folder / "plans/.#lillevik-2025.md").symlink_to("noen@maskin.1")
    (folder / "plans/~$lillevik-2025.md").write_bytes(b"\x00")
    corpus = read_corpus(folder)
    assert len(corpus.documents) == 2
    assert [fault.problem for fault in corpus.left_out] == ["er en mappe, ikke en fil"]


def test_the_assistant_says_in_its_log_what_was_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "plans/aa.md").write_text("tom", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_CORPUS", str(folder))
    Assistant.load()
    assert [f"{folder}/plans/aa.md:1" in record.getMessage() for record in caplog.records] == [True]


class TestOwnLexicon:
    """A folder that is named in ASSISTANT_CORPUS and has its own lexicon/ is asked before the embedded one."""

    @pytest.fixture
    def own(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        shutil.copytree(EMBEDDED / "lexicon", folder / "lexicon")
        monkeypatch.setenv("ASSISTANT_CORPUS", str(folder))
        monkeypatch.setattr(safety, "_current", Layer(*current_folders()))  # as at the start of a process
        return folder

    def test_the_answers_use_it(self, own: Path) -> None:
        (own / "lexicon/dialect.yaml").write_text("- {says: [kursjabilei], nb: kurs}\n", encoding="utf-8")
        terms = Assistant.load().understanding.index.analyzer.query("kursjabilei").terms
        assert "kur" in {term.term for term in terms}  # the stem

    def test_the_alert_uses_it(self, own: Path) -> None:
        text = (own / "lexicon/risk/messages.yaml").read_text(encoding="utf-8")
        assert "Ring nå hvis" in text
        (own / "lexicon/risk/messages.yaml").write_text(
            text.replace("Ring nå hvis", "Ring straks hvis"), encoding="utf-8"
        )
        alert = assess("han står her med kniv og vil drepe meg")
        assert alert is not None
        assert "Ring straks hvis" in alert.message

    def test_a_broken_one_is_told_and_the_embedded_rules_stand_in(
        self, own: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (own / "lexicon/risk/frames.yaml").write_text("tom", encoding="utf-8")
        assert assess("når åpner svømmehallen i dag") is None
        assert "frames.yaml:1" in caplog.text

    def test_a_broken_one_is_refused_with_file_and_line(self, own: Path) -> None:
        (own / "lexicon/dialect.yaml").write_text("- {sier: [ka], nb: hva}\n", encoding="utf-8")
        with pytest.raises(CorpusError, match=r"dialect\.yaml:1"):
            Assistant.load()


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
