"""What is built of the content and kept on disk: found again, and built anew whenever it cannot be trusted."""

from __future__ import annotations

import logging
import os
import pickle
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from assistant.index import store


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(store.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


class Built:
    """Counts how often something is built."""

    def __init__(self, value: object) -> None:
        self.value, self.times = value, 0

    def __call__(self) -> Any:
        self.times += 1
        return self.value


def test_it_is_built_once_and_its_arrays_are_mapped(kept: Path) -> None:
    build = Built({"names": MappingProxyType({"a": 1}), "weights": np.arange(10_000.0).reshape(100, 100)})
    store.kept("thing", "content", dict, build)
    found = store.kept("thing", "content", dict, build)
    assert build.times == 1
    assert found["names"]["a"] == 1
    assert (found["weights"] == build.value["weights"]).all()  # type: ignore[index]
    assert not found["weights"].flags.owndata
    assert not found["weights"].flags.writeable


@pytest.mark.parametrize("place", [0, 5, 40, 200, -1])
def test_a_damaged_file_is_built_anew(kept: Path, place: int) -> None:
    build = Built({"weights": np.arange(1_000.0)})
    store.kept("thing", "content", dict, build)
    (path,) = kept.iterdir()
    damaged = bytearray(path.read_bytes())
    damaged[place] ^= 255
    path.write_bytes(bytes(damaged))
    assert (store.kept("thing", "content", dict, build)["weights"] == np.arange(1_000.0)).all()
    assert build.times == 2


@pytest.mark.parametrize("length", [0, 3, 8, 100])
def test_a_file_that_was_cut_short_is_built_anew(kept: Path, length: int) -> None:
    build = Built({"a": 1})
    store.kept("thing", "content", dict, build)
    (path,) = kept.iterdir()
    path.write_bytes(path.read_bytes()[:length])
    assert store.kept("thing", "content", dict, build) == {"a": 1}
    assert build.times == 2


def test_other_content_and_another_kind_are_built_anew(kept: Path) -> None:
    build = Built({"a": 1})
    store.kept("thing", "content", dict, build)
    store.kept("thing", "other content", dict, build)
    assert build.times == 2
    assert store.kept("thing", "content", list, Built([1])) == [1]


class Runs:
    """Runs a command when it is read, as a file that someone has put there could."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch it-ran",)


def test_a_file_that_would_run_something_is_not_read(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build = Built({"a": 1})
    store.kept("thing", "content", dict, build)
    (path,) = kept.iterdir()
    told = pickle.dumps(Runs())
    with path.open("wb") as file:
        store._write(file, [memoryview(told)])
    assert store.kept("thing", "content", dict, build) == {"a": 1}
    assert build.times == 2
    assert not (tmp_path / "it-ran").exists()


def test_a_folder_that_cannot_be_written_to_is_said_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(store.VARIABLE, str(tmp_path / "file" / "below"))
    with caplog.at_level(logging.WARNING):
        assert store.kept("thing", "content", dict, Built({"a": 1})) == {"a": 1}
    assert "cannot be kept" in caplog.text


def test_what_was_used_longest_ago_goes_first(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "KEPT", 20_000)
    for name in ("one", "two", "three"):
        store.kept(name, "content", dict, Built({"weights": np.zeros(1_000)}))
        os.utime(next(kept.glob(f"{name}-*")), (1_000 + len(name), 1_000 + len(name)))
    store.kept("four", "content", dict, Built({"weights": np.zeros(1_000)}))
    assert {path.name.partition("-")[0] for path in kept.iterdir()} == {"three", "four"}
