"""A corpus of three passages for tests that need one sentence each, and the real one for tests of content."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant import EMBEDDED
from assistant.content.corpus import Corpus, read_corpus

if TYPE_CHECKING:
    from assistant import Assistant

TINY = Path(__file__).parent / "tiny_corpus"
ORIGINALS = Path(__file__).parents[2] / "shared" / "documents"
LEFT_OUT = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "originals: reads the publishers' own documents, which lie beside the checkout")
    config.stash[LEFT_OUT] = 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A plain clone has no originals and leaves their tests out; where CI is set they run, and fail without them."""
    if ORIGINALS.is_dir() or os.environ.get("CI"):
        return
    left_out = [item for item in items if item.get_closest_marker("originals")]
    items[:] = [item for item in items if not item.get_closest_marker("originals")]
    config.hook.pytest_deselected(items=left_out)
    config.stash[LEFT_OUT] = len(left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of xdist tells the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash[LEFT_OUT]:
        terminalreporter.write_line(
            f"{count} tests left out: the originals do not lie in {ORIGINALS}. CI=1 demands them."
        )


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
