"""Where the content that ships with the program lies. The only place that knows it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PACKAGED = _PACKAGE / "_corpus"

EMBEDDED: Path = _PACKAGED if _PACKAGED.is_dir() else _PACKAGE.parent / "corpus"
"""The embedded corpus: inside the package in an installed wheel, beside it in a checkout. It may be missing or broken."""
