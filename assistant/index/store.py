"""What is built of the content, kept on disk under the content's own hash, mapped into memory and shared by all workers.

A file that is missing, damaged or of other content is built again; where nothing can be written, it is built in memory.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import logging
import mmap
import os
import pickle
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, TypeVar

import numpy as np

T = TypeVar("T")

VARIABLE = "ASSISTANT_CACHE"
"""Names the folder to keep it in; else `narvern-assistant` in the user's cache folder."""
KEPT = 512 * 2**20
"""Bytes that the folder may hold; the embedded content's take 70 MB. What was used longest ago goes first."""
ALIGNED = 64
"""Bytes; an array begins at a multiple."""
HEAD = struct.Struct("<II")
"""The sum that tells damage (CRC-32 of all that follows it), and how many parts there are: their lengths come next, then the parts."""
PLAIN = frozenset({"set", "frozenset", "dict", "list", "tuple", "bytearray", "getattr", "object", "slice", "range"})
TRUSTED = frozenset(
    {"assistant", "collections", "copyreg", "datetime", "decimal", "numpy", "pathlib", "pydantic", "re", "zoneinfo"}
)
"""Packages whose values may stand in a kept file: a file that names any other is built again."""
log = logging.getLogger("assistant.index")


def folder() -> Path:
    """Where what is built is kept."""
    if given := os.environ.get(VARIABLE):
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "narvern-assistant"


def kept(name: str, content: str, kind: type[T], build: Callable[[], T], code: Sequence[str] = ("**/*.py",)) -> T:
    """What is built of a content, which is named by what tells it from all others; from disk where it is there, else built now.

    `code`: the package's files that read and build it, as patterns; when one of them changes, it is built anew.
    """
    path = folder() / f"{name}-{_key(content, code)}.bin"
    with suppress(
        OSError,
        ValueError,
        TypeError,
        LookupError,
        EOFError,
        AttributeError,
        ImportError,
        struct.error,
        pickle.PickleError,
    ):
        found = _loaded(path)
        if isinstance(found, kind):
            return found
    built = build()
    try:
        _save(path, built)
    except OSError as error:
        log.warning(
            "what is built of the content cannot be kept in %s (%s): it is built at each start",
            path.parent,
            error.strerror,
        )
    return built


def _key(content: str, code: Sequence[str]) -> str:
    """Changes with the content, with the code, and with what the values are made of."""
    digest = hashlib.sha256(f"{content}\0{sys.version}\0{np.__version__}".encode())
    package = Path(__file__).resolve().parents[1]
    for path in sorted(path for pattern in code for path in package.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


def _pickler(file: IO[bytes], arrays: list[pickle.PickleBuffer]) -> pickle.Pickler:
    """Writes to the file all but the arrays."""
    pickler = pickle.Pickler(file, protocol=5, buffer_callback=arrays.append)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: lambda value: (_read_only, (dict(value),))}
    return pickler


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] in TRUSTED or (module == "builtins" and name in PLAIN):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _loaded(path: Path) -> object:
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    told, count = HEAD.unpack_from(whole)
    if told != zlib.crc32(whole[4:]):
        raise ValueError(f"{path}: damaged")
    with suppress(OSError):  # a folder that may only be read
        path.touch()
    at = _aligned(HEAD.size + 8 * count)
    parts = []
    for length in struct.unpack_from(f"<{count}Q", whole, HEAD.size):
        parts.append(whole[at : at + length])
        at = _aligned(at + length)
    return _Unpickler(io.BytesIO(parts[0]), buffers=parts[1:]).load()


def _save(path: Path, built: object) -> None:
    """The file whole or not at all: written beside, then moved."""
    told, arrays = io.BytesIO(), list[pickle.PickleBuffer]()
    _pickler(told, arrays).dump(built)
    parts = [told.getbuffer(), *(array.raw() for array in arrays)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        _write(file, parts)
    Path(file.name).replace(path)
    _tidy(path.parent)


def _write(file: IO[bytes], parts: Sequence[memoryview]) -> None:
    rest = struct.pack(f"<I{len(parts)}Q", len(parts), *(part.nbytes for part in parts))
    chunks: list[bytes | memoryview] = [rest, bytes(_aligned(4 + len(rest)) - 4 - len(rest))]
    for part in parts:
        chunks += [part, bytes(_aligned(part.nbytes) - part.nbytes)]
    sum_ = 0
    for chunk in chunks:
        sum_ = zlib.crc32(chunk, sum_)
    file.write(struct.pack("<I", sum_))
    file.writelines(chunks)


def _aligned(place: int) -> int:
    return -(-place // ALIGNED) * ALIGNED


def _tidy(where: Path) -> None:
    """Removes what was used longest ago while the folder holds more than KEPT. Another process may be removing too."""
    held = 0
    with suppress(OSError):
        for each in sorted(where.glob("*-*.*"), key=lambda each: -each.stat().st_mtime):
            held += each.stat().st_size
            if held > KEPT:
                each.unlink(missing_ok=True)
