"""Which language a question is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvordan melder jeg fra til barnevernet?", "nb"),
        ("Korleis melder eg frå til barnevernet?", "nn"),
        ("Kva er økonomisk vald?", "nn"),
        ("How do I report to child welfare?", "en"),
        ("shelter", "en"),
        ("krisesenter", "nb"),
        ("er ho der", "nb"),
        ("", "nb"),
        ("112", "nb"),
        ("Kven har ansvar for tiltaket?", "nn"),
        ("Is krisesenter free?", "en"),
        ("partner", "nb"),
    ],
)
def test_names_the_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text", ["Kor kan æ reis i natt?", "Æ tør itj gå hjæm", "ka ska æ gjør no", "hainn e så sint på mæ"]
)
def test_dialect_is_bokmaal(text: str) -> None:
    assert detect_language(text) == "nb"


@given(st.text())
def test_never_raises(text: str) -> None:
    assert detect_language(text) in {"nb", "nn", "en"}


def test_needs_no_content_and_no_engine() -> None:
    """An alert is worded in the asker's language, so this must work when everything else is broken."""
    import subprocess
    import sys

    code = "import sys; from assistant.reading import detect_language; detect_language('hei'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"yaml", "numpy", "nltk", "rank_bm25", "assistant.language.analyzer"} & set(loaded)
