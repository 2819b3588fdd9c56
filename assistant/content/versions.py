"""Which documents are retired by a newer version of themselves, so that an old deadline never answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import permutations

from assistant.models import Document

_NO_NAME = re.compile(r"[\d\W_]+|\b(?:revidert|rullert|ny|oppdatert|vedtatt|versjon|utkast)\b")


def retired(documents: Sequence[Document]) -> Mapping[str, str]:
    """The ids of retired documents, each with the id of the one that stands in its place.

    A document is retired by one that says so (`replaces`), and a plan by one of the same municipalities and title whose period begins
    later: «Plan mot vold 2021–2024» by «Plan mot vold 2025–2028».
    """
    there = {document.id for document in documents}
    said = {old: new.id for new in documents for old in new.replaces if old in there and old != new.id}
    newest = {old.id: new.id for old, new in permutations(_by_start(documents), 2) if _is_newer(new, old)}
    return {**newest, **said}


def _by_start(documents: Sequence[Document]) -> list[Document]:
    """Plans with municipality and period, the oldest first: so the last word is the newest's."""
    plans = [d for d in documents if d.kind == "plan" and d.municipalities and d.valid_from]
    return sorted(plans, key=lambda document: (str(document.valid_from), document.id))


def _is_newer(new: Document, old: Document) -> bool:
    same = set(new.municipalities) == set(old.municipalities) and _name(new.title) == _name(old.title)
    return same and new.id != old.id and str(new.valid_from) > str(old.valid_from)


def _name(title: str) -> str:
    """A title without its years, figures and signs."""
    return " ".join(_NO_NAME.sub(" ", title.casefold()).split())
