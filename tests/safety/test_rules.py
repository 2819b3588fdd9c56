"""Every rule keeps what its own examples promise, and a broken rule file is refused with file, place and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.safety import Safety, check, check_folder


def test_every_rule_fires_on_its_examples_and_no_rule_on_its_lookalikes(safety: Safety) -> None:
    assert [str(fault) for fault in check(safety)] == []


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("rules/weapon.yaml", "    - våpen\n", "    - vaapen\n", ("weapon.yaml:", "begrepet «vaapen» finnes ikke", "Mente du «våpen»?")),
        ("rules/weapon.yaml", "  category: weapon\n", "  category: weapons\n", ("weapons", "Mente du «weapon»?")),
        ("rules/weapon.yaml", "  reason: ", "  resaon: ", ("weapon.yaml:", "«resaon» er ukjent", "Mente du «reason»?")),
        ("rules/fire.yaml", '    - "det brenner i stua"\n', "", ("fire.yaml:", "brenner.fires", "for få eksempler: 2")),
        ("rules/fire.yaml", "- id: brenner\n", "- id: brenner\n  : [\n", ("fire.yaml:", "kan ikke leses som YAML")),
        ("frames.yaml", "opened_by: [fagord]", "opened_by: [fagordd]", ("frames.yaml", "fagordd")),
        ("categories.yaml", "numbers: [nodnummer-brann-110", "numbers: [brann", ("categories.yaml:5", "brann")),
        ("messages.yaml", "  en: Get out, close", "  eng: Get out, close", ("messages.yaml:", "«brann»: felt «en» mangler", "Mente du «en»?")),
        ("words/vold.yaml", "  means: å slå, sparke", "  meens: å slå, sparke", ("vold.yaml:", "«slag»: felt «means» mangler")),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_and_place(
    copied: Path, file: str, old: str, new: str, expected: tuple[str, ...]
) -> None:
    _replace(copied / "lexicon" / "risk" / file, old, new)
    with pytest.raises(CorpusError) as caught:
        Safety.load(copied)
    for part in expected:
        assert part in str(caught.value)
    assert all(fault.cure for fault in caught.value.faults)


def test_a_number_without_quotes_is_refused(copied: Path) -> None:
    _replace(copied / "helplines.yaml", 'phone: "112"', "phone: 112")
    with pytest.raises(CorpusError, match="anførselstegn"):
        Safety.load(copied)


@pytest.mark.parametrize("broken", [b"", b"{}\n", b"not json\n", None])
def test_a_damaged_opinion_is_named_with_its_cure(copied: Path, broken: bytes | None) -> None:
    path = copied / "lexicon" / "risk" / "opinion.bin"
    path.write_bytes(path.read_bytes()[:-2] if broken is None else broken)
    with pytest.raises(CorpusError, match=r"opinion\.bin.*\n.*assistant fit"):
        Safety.load(copied)


@pytest.mark.parametrize(
    "missing",
    ["rules", "words", "frames.yaml", "categories.yaml", "messages.yaml", "opinion.bin"],
)
def test_a_missing_part_is_named(copied: Path, missing: str) -> None:
    (copied / "lexicon" / "risk" / missing).rename(copied / "away")
    with pytest.raises(CorpusError, match=missing.split(".", maxsplit=1)[0]):
        Safety.load(copied)


def test_the_faults_of_all_files_are_listed_not_only_of_the_first(copied: Path) -> None:
    risk = copied / "lexicon" / "risk"
    _replace(risk / "words" / "vold.yaml", "  means: å slå", "  meens: å slå")
    _replace(risk / "rules" / "fire.yaml", "  reason: ", "  resaon: ")
    _replace(risk / "messages.yaml", "  en: Get out, close", "  eng: Get out, close")
    with pytest.raises(CorpusError) as caught:
        Safety.load(copied)
    text = str(caught.value)
    assert all(name in text for name in ("vold.yaml", "fire.yaml", "messages.yaml"))
    assert "finnes ikke" not in text  # what stands in an unreadable file is not called unknown


def test_check_folder_lists_the_faults_of_reading_and_of_examples(copied: Path) -> None:
    assert check_folder(copied) == []
    _replace(copied / "lexicon" / "risk" / "rules" / "fire.yaml", "det brenner i stua", "det er varmt i stua")
    faults = check_folder(copied)
    assert [fault.where for fault in faults] == [f"{copied}/lexicon/risk/rules/fire.yaml:4"]
    assert "«brenner» oppfylles ikke av sitt eget eksempel" in faults[0].problem
    (copied / "helplines.yaml").unlink()
    assert "helplines.yaml" in check_folder(copied)[0].where
