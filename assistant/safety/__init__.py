"""The safety layer: emergency numbers first, before and independent of search and answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.content.files import EMBEDDED
from assistant.models import Alert
from assistant.safety.alerts import LAST_RESORT
from assistant.safety.assessor import Considered, Explanation, Report, Safety, check_folder

__all__ = ["LAST_RESORT", "Considered", "Explanation", "Report", "Safety", "assess", "check_folder"]


@lru_cache(maxsize=1)
def _embedded() -> Safety | None:
    try:
        return Safety.load(EMBEDDED)
    except Exception:
        return None


def assess(text: object, history: Sequence[object] = (), language: str = "nb") -> Alert | None:
    """As `Safety.assess`, on the embedded rules, read once at the first call.

    If they cannot be read, every message gets LAST_RESORT: better a number too many than none when we cannot tell.
    """
    safety = _embedded()
    return LAST_RESORT if safety is None else safety.assess(text, history, language)
