"""The empty plan for a new municipality: filled in it is read and answers; unfilled it is refused with the line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.cli import main

FILLED = {
    "{{ planens tittel, slik den står på forsiden }}": "Plan mot vold i Vik",
    '"{{ ÅÅÅÅ-MM-DD }}"   # første': "2027-01-01   # første",
    '"{{ ÅÅÅÅ-MM-DD }}"     # siste': "2030-12-31     # siste",
    "{{ tiltaket slik planen kaller det }}": "Kurs i å se vold",
    "{{ den som har ansvaret }}": "Rektor ved Vik skule",
    "{{ fristen slik den står i planen }}": "innen 2028",
}


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, arguments)
    return done.exit_code, done.output


def test_filled_in_it_passes_the_checks_and_answers(tmp_path: Path) -> None:
    assert run("template", str(tmp_path / "vik"), "-m", "vik")[0] == 0
    plan = tmp_path / "vik" / "vik-plan.md"
    text = plan.read_text(encoding="utf-8")
    for place, value in FILLED.items():
        assert place in text
        text = text.replace(place, value)
    plan.write_text(re.sub(r"\{\{ (.+?) \}\}", r"Noe om \1.", text), encoding="utf-8")
    (tmp_path / "vik" / "README.md").unlink()
    code, said = run("lint", str(tmp_path / "vik"))
    assert code == 0, said
    answer = Assistant.load(tmp_path / "vik").ask("Hvem har ansvar for tiltak 1?", "Vik")
    assert "Rektor ved Vik skule" in answer.text


def test_unfilled_each_place_is_named_with_its_line(tmp_path: Path) -> None:
    run("template", str(tmp_path / "vik"), "-m", "vik")
    code, said = run("lint", str(tmp_path / "vik"))
    assert code != 0
    assert "vik-plan.md:4" in said
    assert "en mal" in said


def test_the_guide_beside_the_plan_is_no_document(tmp_path: Path) -> None:
    """README.md is read by people alone."""
    run("template", str(tmp_path / "vik"), "-m", "vik")
    (tmp_path / "vik" / "vik-plan.md").unlink()
    code, said = run("lint", str(tmp_path / "vik"))
    assert "README" not in said
    assert code != 0


@pytest.mark.parametrize("name", ["README.md", "vik-plan.md"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mitt", encoding="utf-8")
    code, said = run("template", str(tmp_path), "-m", "vik")
    assert code == 2
    assert "is there already" in said
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mitt"
