"""A corpus of three passages for tests that need one sentence each, and the real one for tests of content."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import EMBEDDED
from assistant.content.corpus import Corpus, read_corpus

if TYPE_CHECKING:
    from assistant import Assistant

TINY = Path(__file__).parent / "tiny_corpus"


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three passages with the real messages, helplines and municipalities."""
    folder = tmp_path_factory.mktemp("corpus")
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    for name in ("messages.yaml", "helplines.yaml", "municipalities.yaml"):
        shutil.copy(EMBEDDED / name, folder / name)
    return folder


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny corpus that a test may break."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "corpus"))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The embedded corpus."""
    return read_corpus(EMBEDDED)


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    """The assistant on its embedded corpus."""
    from assistant import Assistant

    return Assistant.load()
