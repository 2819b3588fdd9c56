"""What is fitted to the content, kept on disk under the content's own hash, mapped into memory and shared by all workers.

A file that is missing, damaged or of other content is fitted again; where nothing can be written, it is fitted in memory.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from assistant.index.matcher import Matcher

VARIABLE = "ASSISTANT_CACHE"
"""Names the folder to keep it in; else `narvern-assistant` in the user's cache folder."""
KEPT = 128 * 2**20
"""Bytes that the folder may hold; the embedded content's take 24 MB. What was used longest ago goes first."""
log = logging.getLogger("assistant.index")


def folder() -> Path:
    """Where fitted matchers are kept."""
    if given := os.environ.get(VARIABLE):
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "narvern-assistant"


def matcher(name: str, content: str, fit: Callable[[], Matcher]) -> Matcher:
    """The matcher of a content, named by what it is made of; from disk where it is there, else fitted now."""
    path = folder() / f"{name}-{_key(content)}.npy"
    with suppress(OSError, ValueError, KeyError, TypeError, EOFError):
        return _loaded(path)
    fitted = fit()
    try:
        _save(path, fitted)
    except OSError as error:
        log.warning(
            "the fitted matcher cannot be kept in %s (%s): it is fitted at each start", path.parent, error.strerror
        )
    return fitted


def _key(content: str) -> str:
    """Changes with the content, and with the code that reads and fits it."""
    digest = hashlib.sha256(content.encode())
    package = Path(__file__).resolve().parents[1]
    made = [
        package / "index" / "matcher.py",
        *(package / "question" / name for name in ("understanding.py", "declined.py")),
    ]
    for path in (*made, *sorted((package / "language").glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _loaded(path: Path) -> Matcher:
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    weights = np.load(path, mmap_mode="r")
    if weights.ndim != 2 or weights.shape[1] != len(told["names"]) + 1:
        raise ValueError(f"{path}: {weights.shape}")
    with suppress(OSError):  # a folder that may only be read
        path.touch()
    return Matcher(told["names"], weights, told["known"])


def _save(path: Path, fitted: Matcher) -> None:
    """Both files whole or not at all: written beside, then moved; the names last, since loading begins with them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = json.dumps({"names": fitted.names, "known": sorted(fitted.known)})
    for target, write in (
        (path, lambda file: np.save(file, fitted.weights)),
        (path.with_suffix(".json"), lambda file: file.write(told.encode())),
    ):
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            write(file)
        Path(file.name).replace(target)
    _tidy(path.parent)


def _tidy(kept: Path) -> None:
    """Removes what was used longest ago while the folder holds more than KEPT. Another process may be removing too."""
    held = 0
    with suppress(OSError):
        for each in sorted(kept.glob("*.npy"), key=lambda each: -each.stat().st_mtime):
            held += each.stat().st_size
            if held > KEPT:
                each.with_suffix(".json").unlink(missing_ok=True)
                each.unlink(missing_ok=True)
