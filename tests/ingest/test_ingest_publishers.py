"""What is odd in publishers' files is data that anyone can add to: read strictly, and every entry does something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ingest_help import PARAGRAPH, from_text

from assistant import AssistantError
from assistant.ingest import publishers

CODE = Path(publishers.__file__).parent


def test_the_file_is_right_and_beside_the_code_in_a_wheel_too() -> None:
    assert publishers.FILE.parent == CODE
    assert publishers.read() == publishers.known()
    assert len(publishers.known().publishers) >= 4


def test_no_publisher_is_named_in_the_code() -> None:
    """Neither by name nor by one of its headings."""
    known = publishers.known()
    names = [one.publisher.removesuffix(" kommune") for one in known.publishers] + list(known.headings)
    for path in CODE.glob("*.py"):
        found = re.search("|".join(map(re.escape, names)), path.read_text(encoding="utf-8"))
        assert not found, f"{path.name}: {found}"


@pytest.mark.parametrize("text", publishers.known().headings)
def test_every_known_heading_is_one(text: str, tmp_path: Path) -> None:
    result = from_text(f"1.1 Mål\n\n{PARAGRAPH}\n\n{text}\n- et punkt\n- et til\n", tmp_path)
    assert text in [heading for _, heading in result.headings]


@pytest.mark.parametrize("text", publishers.known().furniture)
def test_all_furniture_is_left_out(text: str, tmp_path: Path) -> None:
    shown = text.replace("0", "7")
    assert shown not in from_text(f"1.1 Mål\n\n{PARAGRAPH}\n\n{shown}\n\n{PARAGRAPH}\n", tmp_path).body


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("AVVERGEPLIKT: 3", "AVVERGEPLIKT: 7", "headings.AVVERGEPLIKT"),
        ("furniture: [Bufdir", "furnitur: [Bufdir", "furnitur"),
        ("      width: 36\n", "", "width"),
        ("measure: [Tiltak]", "measure: []", "words.measure"),
        ("publishers:\n", "publishers: [\n", "kan ikke leses som YAML"),
        ("AVVERGEPLIKT: 3", "AVVERGEPLIKT: 3\n      AVVERGEPLIKT: 2", "står to ganger"),
    ],
)
def test_a_wrong_entry_is_named(old: str, new: str, fault: str, tmp_path: Path) -> None:
    text = publishers.FILE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "publishers.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AssistantError, match=re.escape(fault)):
        publishers.read(tmp_path / "publishers.yaml")
