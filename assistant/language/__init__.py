"""Norwegian text analysis: what a question's words are, and which terms stand for them in the index.

`detect_language` is imported at once and needs nothing but the standard library, because an alert is worded with it. The rest
is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from assistant.language.detect import detect_language

if TYPE_CHECKING:
    from assistant.language.analyzer import Analyzer, Options, Query, QueryTerm
    from assistant.language.lexicon import Lexicon

__all__ = ["Analyzer", "Lexicon", "Options", "Query", "QueryTerm", "detect_language"]

_HOME = {
    "Analyzer": "analyzer",
    "Lexicon": "lexicon",
    "Options": "analyzer",
    "Query": "analyzer",
    "QueryTerm": "analyzer",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'assistant.language' has no attribute {name!r}")
    value = getattr(import_module(f"assistant.language.{_HOME[name]}"), name)
    globals()[name] = value
    return value
