"""Where ingested documents are written: never outside the folder, never over an editor's work, and whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from assistant.content import files
from assistant.content.files import EMBEDDED
from assistant.errors import CorpusError
from assistant.ingest.limits import refused

_LONGEST_NAME = 255  # bytes; no common file system has longer ones
_CURE = "Choose another folder."


def check_folder(into: Path) -> None:
    """Originals never go into the embedded corpus: what stands there is written for it, and would be published with it.

    Raises UsageError for that folder and all in it, for a file, and for a name that the system does not allow.
    """
    try:
        embedded = into.resolve().is_relative_to(EMBEDDED.resolve())
        file = into.exists() and not into.is_dir()
    except (OSError, ValueError) as error:
        raise refused(into, f"is no name of a folder ({_reason(error)})", _CURE) from None
    if embedded:
        raise refused(into, "is the embedded corpus", "Choose another folder, and use it with --corpus.")
    if file:
        raise refused(into, "is a file", "Choose a folder.")


def check_target(target: Path) -> None:
    """A file may be replaced only when ingest made it: an editor's work is never overwritten.

    Raises UsageError for any other file, a folder, a pipe, and a name that the system does not allow.
    """
    if len(os.fsencode(target.name)) > _LONGEST_NAME:
        raise refused(target, "is too long for the name of a file", "Choose a shorter --id.")
    try:
        free = not os.path.lexists(target)
        made = free or (target.is_file() and _made_by_ingest(target))
    except (OSError, ValueError) as error:
        raise refused(target, f"cannot be written ({_reason(error)})", _CURE) from None
    if not made:
        cure = "Choose another folder, or another --id."
        raise refused(target, "is there already and was not made by ingest", cure)


def write(texts: Mapping[Path, str], into: Path) -> None:
    """Write each text to its file in the folder, which is made where it is missing. A reader sees the old file or the new one whole.

    Raises UsageError where the folder cannot be written to.
    """
    try:
        for target, text in texts.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(
                target, text.encode("utf-8", "replace")
            )  # half a surrogate, from a faulty PDF, becomes a question mark
    except OSError as error:
        raise refused(into, f"cannot be written ({_reason(error)})", _CURE) from None


def _replace(target: Path, data: bytes) -> None:
    """Beside the target first, and on the disk before it takes its place: a full disk or a power cut leaves no half document."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """What the user's files may not be; mkstemp makes them private, and a web server may have to read these. Asking sets it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _made_by_ingest(target: Path) -> bool:
    return facts_of(target).get("text_kind") == "original"


def facts_of(target: Path) -> Mapping[str, object]:
    """What stands at the top of a document that is there already; nothing where there is none, or none that can be read."""
    try:
        front = files.read_text(target).split("\n---\n")[0]
        found = files.parse(front.removeprefix("---\n"), str(target)).value
    except CorpusError:
        return {}
    return found if isinstance(found, dict) else {}


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
