"""`assistant rank`: any passages, any queries, the same analysis and index, as a TREC run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.content.files import folders_from_environment, lexicon_folder
from assistant.content.json_lines import json_lines
from assistant.content.lexicons import Lexicon
from assistant.errors import UsageError
from assistant.index import Channel, Entry, Index, Weights
from assistant.language.analyzer import Analyzer

TAG = "assistant"
PASSAGE_WEIGHTS = Weights((Channel("text", ("title", "text")), Channel("document", ("title", "text"), 0.8, "document")))
WITHOUT_DOCUMENTS = PASSAGE_WEIGHTS.with_weights(document=0)


def rank(passages: Path, queries: Path, k: int, analyzer: Analyzer | None = None) -> Iterator[str]:
    """Lines `query Q0 passage rank score tag`, queries in their order, passages best first.

    `passages` is JSONL with `id`, `text`, and if known `title` and `document` (passages of one text share it; then the whole text
    lends its passages a score). `queries` is JSONL with `id` and `text`. Raises UsageError for lines that are not so.
    """
    entries = [_entry(item) for item in _read(passages)]
    asked = list(_read(queries))
    if not entries:
        raise UsageError(f"{passages}: no passages. Each line needs an object with «id» and «text».")
    weights = PASSAGE_WEIGHTS if any(entry.document for entry in entries) else WITHOUT_DOCUMENTS
    return _run(
        _index(
            passages, entries, analyzer or Analyzer(Lexicon.load(lexicon_folder(folders_from_environment()))), weights
        ),
        asked,
        k,
    )


def _index(path: Path, entries: list[Entry], analyzer: Analyzer, weights: Weights) -> Index:
    try:
        return Index.build(entries, analyzer, weights)
    except ValueError as error:
        raise UsageError(f"{path}: {error}. Give each passage an id of its own.") from None


def _run(index: Index, queries: list[dict[str, Any]], k: int) -> Iterator[str]:
    for item in queries:
        for position, hit in enumerate(index.search(index.analyzer.query(item["text"]), k), 1):
            yield f"{item['id']} Q0 {hit.id} {position} {hit.score:.6f} {TAG}"


def _entry(item: dict[str, Any]) -> Entry:
    fields = {"title": item.get("title") or "", "text": item["text"]}
    return Entry(item["id"], fields, item.get("document") or "")


def _read(path: Path) -> Iterator[dict[str, Any]]:
    for where, item in json_lines(path):
        if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in ("id", "text")):
            raise UsageError(f"{where}: «id» and «text» must be text. Each line needs both.")
        if not all(isinstance(item.get(key) or "", str) for key in ("title", "document")):
            raise UsageError(f"{where}: «title» and «document» must be text or left out.")
        yield item
