"""The safety layer on the embedded rules, loaded once, and a copy of them that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.content.files import EMBEDDED
from assistant.safety import Safety


@pytest.fixture(scope="session")
def safety() -> Safety:
    return Safety.load(EMBEDDED)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with the risk lexicon and the helplines, free to be broken."""
    shutil.copytree(EMBEDDED / "lexicon", tmp_path / "lexicon")
    shutil.copy(EMBEDDED / "helplines.yaml", tmp_path / "helplines.yaml")
    return tmp_path
