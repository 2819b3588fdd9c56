"""What is indexed: entries, the channels that their fields make, and the bags of terms in each channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Unit = Literal["passage", "line", "document"]


@dataclass(frozen=True)
class Entry:
    """A passage as the index sees it: its texts by field, and the document that it belongs to (empty: none)."""

    id: str
    fields: Mapping[str, str]
    document: str = ""


@dataclass(frozen=True)
class Channel:
    """One BM25 index: which fields, over what, how much it counts.

    `passage`: the fields of a passage are one text. `line`: each line is a text of its own and the best one counts, for the
    questions that a passage answers. `document`: all passages of a document are one text, and each gets its document's score.
    `grams` weighs the character grams against the words: where texts are short questions, whole words tell more.
    """

    name: str
    fields: tuple[str, ...]
    weight: float = 1.0
    unit: Unit = "passage"
    grams: float = 1.0


@dataclass(frozen=True)
class Weights:
    """The channels, and rank-bm25's parameters; k1 and b are measured (`tests/bench/ablation.py`), epsilon is its default."""

    channels: tuple[Channel, ...] = (
        Channel("text", ("heading", "body", "record"), 1.0, "passage", grams=0.25),
        Channel("questions", ("questions",), 1.2, "line", grams=0.1),
        Channel("document", ("heading", "body", "record"), 0.3, "document", grams=0.25),
    )
    k1: float = 0.9
    b: float = 0.6
    epsilon: float = 0.25

    def with_weights(self, **weights: float) -> Weights:
        """The same channels with other weights, by channel name; a weight of 0 leaves the channel out."""
        channels = (replace(channel, weight=weights.get(channel.name, channel.weight)) for channel in self.channels)
        return replace(self, channels=tuple(channel for channel in channels if channel.weight))


@dataclass(frozen=True)
class Rows:
    """The texts of one channel, and which passages each row's score goes to."""

    channel: Channel
    bags: list[list[str]]
    passages: Ints  # document: the row of each passage; line: the passage of each row


def rows_of(channel: Channel, entries: Sequence[Entry], terms: Callable[[str], list[str]]) -> Rows:
    """The bags of a channel: one for each passage, line or document."""
    texts = [[text for field in channel.fields if (text := entry.fields.get(field, ""))] for entry in entries]
    places = list(range(len(entries)))
    if channel.unit == "line":
        lines = [
            (place, line) for place in places for text in texts[place] for line in text.splitlines() if line.strip()
        ]
        places, texts = [place for place, _ in lines], [[line] for _, line in lines]
    elif channel.unit == "document":
        places, texts = _documents(entries, texts)
    bags = [[term for text in found for term in terms(text)] for found in texts]
    return Rows(channel, bags, np.array(places, dtype=np.int64))


def _documents(entries: Sequence[Entry], texts: Sequence[Sequence[str]]) -> tuple[list[int], list[list[str]]]:
    """Each passage's document, and each document's texts; one that its passages share (a title) counts once.

    A passage of no document is one of its own.
    """
    names = [entry.document or f"\0{entry.id}" for entry in entries]
    row_of = {name: row for row, name in enumerate(dict.fromkeys(names))}
    whole: list[dict[str, None]] = [{} for _ in row_of]
    for name, found in zip(names, texts, strict=True):
        whole[row_of[name]].update(dict.fromkeys(found))
    return [row_of[name] for name in names], [list(found) for found in whole]


def to_passages(unit: Unit, scores: Floats, passages: Ints, count: int) -> Floats:
    if unit == "passage":
        return scores
    if unit == "document":
        return scores[passages]
    best = np.zeros(count)
    np.maximum.at(best, passages, scores)
    return best
