"""K7: every point of the checklist has a test that carries its identifier."""

from __future__ import annotations

import re
from pathlib import Path

POINTS = {"A": 4, "B": 7, "C": 7, "D": 9, "E": 6, "F": 6, "G": 7, "H": 7, "I": 4, "J": 5, "K": 7}
TESTS = Path(__file__).resolve().parent.parent


def identifiers() -> dict[str, list[str]]:
    """Identifier -> names of the tests that carry it."""
    found: dict[str, list[str]] = {}
    for folder in ("web", "browser"):
        for path in sorted((TESTS / folder).glob("test_*.py")):
            for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M):
                for identifier in re.findall(r"(?<=_)([A-K]\d)(?=_|$)", name):
                    found.setdefault(identifier, []).append(name)
    return found


def test_K7_every_identifier_has_a_test() -> None:
    wanted = [f"{letter}{number}" for letter, count in POINTS.items() for number in range(1, count + 1)]
    assert [identifier for identifier in wanted if identifier not in identifiers()] == []
