"""The safety layer: emergency numbers first, before and independent of search and answers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache

from assistant.content.files import EMBEDDED, folders_from_environment, lexicon_folder
from assistant.errors import CorpusError
from assistant.models import Alert
from assistant.safety.alerts import LAST_RESORT
from assistant.safety.assessor import Considered, Explanation, Report, Safety, check_folder

__all__ = ["LAST_RESORT", "Considered", "Explanation", "Report", "Safety", "assess", "check_folder", "current"]

log = logging.getLogger("assistant")


@lru_cache(maxsize=1)
def current() -> Safety | None:
    """The rules of the first folder in ASSISTANT_CORPUS that has its own, else the embedded ones, read once.

    Own rules that cannot be read are told of in the log, and the embedded ones stand in for them. None: nor can those be read.
    """
    for folder in dict.fromkeys((lexicon_folder(folders_from_environment(), "risk"), EMBEDDED)):
        try:
            return Safety.load(folder)
        except CorpusError as error:
            log.error("Reglene for akutt fare i %s kan ikke brukes:\n%s", folder, error)
        except Exception as error:
            log.error("Reglene for akutt fare i %s kan ikke brukes: %s", folder, type(error).__name__)
    return None


def assess(text: object, history: Sequence[object] = (), language: str = "nb") -> Alert | None:
    """As `Safety.assess`, on the current rules, read once at the first call.

    If they cannot be read, every message gets LAST_RESORT: better a number too many than none when we cannot tell.
    """
    safety = current()
    return LAST_RESORT if safety is None else safety.assess(text, history, language)
