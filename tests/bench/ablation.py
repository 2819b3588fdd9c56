"""What each step of the analysis and each channel of the index gives, alone and with the others.

    python tests/bench/ablation.py [--norquad norquad-retrieval.jsonl.gz]

Field: the development half of tests/eval on the embedded corpus: a right passage first, among the first three, mean reciprocal rank.
NorQuAD (Ivanova et al. 2023, CC0; one JSON object a line: contexts, passages, queries with `split`): nDCG@10 on its dev part.
`alone` is the step added to plain lower-case words in the text channel, `without` is everything but the step.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.content.corpus import Corpus, read_corpus
from assistant.content.files import EMBEDDED
from assistant.content.lexicons import Lexicon
from assistant.index import Entry, Index, Weights
from assistant.language.analyzer import Analyzer, Options
from assistant.question.understanding import index_entries
from assistant.rank import PASSAGE_WEIGHTS

SETS = sorted((Path(__file__).parents[1] / "eval").glob("questions*.jsonl"))
NOTHING = Options(
    stems=False,
    stop=False,
    grams=0,
    bare_grams=False,
    inflection=False,
    nynorsk=False,
    dialect=False,
    written=False,
    correct=False,
    synonyms=False,
    english=False,
    history_weight=0.0,
)
STEPS: dict[str, dict[str, Any]] = {
    "stems": {"stems": True},
    "inflection": {"stems": True, "inflection": True},
    "grams": {"grams": 4},
    "bare grams": {"grams": 4, "bare_grams": True},
    "stop words": {"grams": 4, "stop": True},
    "nynorsk": {"nynorsk": True},
    "dialect": {"dialect": True},
    "written forms": {"written": True},
    "spelling": {"correct": True},
    "synonyms": {"stems": True, "synonyms": True},
    "english": {"english": True},
    "history": {"history_weight": Options().history_weight},
}
OWN = {
    "grams": "grams",
    "bare grams": "bare_grams",
    "stop words": "stop",
    "written forms": "written",
    "spelling": "correct",
}
OWN |= {name: name for name in ("stems", "inflection", "nynorsk", "dialect", "synonyms", "english")}
OWN["history"] = "history_weight"
CHANNELS = ("questions", "document")

Measure = Callable[[Options, Weights], str]


@dataclass(frozen=True)
class Query:
    text: str
    history: tuple[str, ...]
    right: Callable[[str], bool]
    count: int


@dataclass(frozen=True)
class Bench:
    """A collection with its questions; a run is one line of figures."""

    entries: Sequence[Entry]
    queries: Sequence[Query]
    weights: Weights

    def ranks(self, options: Options, weights: Weights) -> list[list[int]]:
        """For each query the places, from 0, of the right passages among the first ten."""
        index = Index.build(self.entries, Analyzer(Lexicon.load(EMBEDDED), options), weights)
        found = []
        for query in self.queries:
            hits = index.search(index.analyzer.query(query.text, query.history), 10)
            found.append([place for place, hit in enumerate(hits) if query.right(hit.id)])
        return found

    def field_line(self, options: Options, weights: Weights) -> str:
        first = [places[0] if places else 99 for places in self.ranks(options, weights)]
        share = [sum(place < k for place in first) / len(first) for k in (1, 3)]
        reciprocal = sum(1 / (place + 1) for place in first if place < 99) / len(first)
        return f"{share[0]:8.3f}{share[1]:8.3f}{reciprocal:8.3f}"

    def ndcg_line(self, options: Options, weights: Weights) -> str:
        gains = [
            sum(1 / math.log2(place + 2) for place in places)
            / sum(1 / math.log2(place + 2) for place in range(min(10, query.count)))
            for places, query in zip(self.ranks(options, weights), self.queries, strict=True)
        ]
        return f"{sum(gains) / len(gains):10.4f}"


def field_bench(corpus: Corpus) -> Bench:
    entries = list(index_entries(corpus))
    items = [json.loads(line) for path in SETS for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = [
        i
        for i in items
        if i["answerable"] and i["half"] == "dev" and any(g["document"] != "helpline" for g in i["gold"])
    ]
    queries = [Query(i["question"], tuple(i.get("history") or ()), _gold(i["gold"], corpus), 1) for i in wanted]
    return Bench(entries, queries, Weights())


def _gold(gold: Sequence[dict[str, Any]], corpus: Corpus) -> Callable[[str], bool]:
    places = {(item["document"], _heading(name)) for item in gold for name in (item["section"], *item.get("also", ()))}

    def right(id_: str) -> bool:
        section = corpus.passage[id_].section
        return any((section.document, _heading(heading)) in places for heading in section.path)

    return right


def _heading(text: str) -> str:
    return re.sub(r"^[\d. ]+(?=\D)", "", " ".join(text.lower().split()))


def norquad_bench(path: Path) -> Bench:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    entries = [
        Entry(row["id"], {"title": row["title"], "text": row["text"]}, row["context"])
        for row in rows
        if row["type"] == "passage"
    ]
    asked = [row for row in rows if row["type"] == "query" and row["split"] == "dev"]
    queries = [Query(row["text"], (), frozenset(row["passages"]).__contains__, len(row["passages"])) for row in asked]
    return Bench(entries, queries, PASSAGE_WEIGHTS)


def variants(weights: Weights) -> Iterator[tuple[str, Options, Weights]]:
    text_only = weights.with_weights(**dict.fromkeys(CHANNELS, 0.0))
    yield "everything", Options(), weights
    yield "plain words, text only", NOTHING, text_only
    for name, switches in STEPS.items():
        yield f"alone: {name}", replace(NOTHING, **switches), text_only
    for name, switch in OWN.items():
        yield f"without: {name}", replace(Options(), **{switch: getattr(NOTHING, switch)}), weights
    for name in CHANNELS:
        yield f"without: {name} channel", Options(), weights.with_weights(**{name: 0.0})
    yield "without: heading", Options(), _without_fields(weights, "heading", "title")


def _without_fields(weights: Weights, *names: str) -> Weights:
    channels = (replace(c, fields=tuple(field for field in c.fields if field not in names)) for c in weights.channels)
    return replace(weights, channels=tuple(channels))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--norquad", type=Path, help="the collection; its column is left out without it")
    norquad_path = parser.parse_args().norquad
    field = field_bench(read_corpus(EMBEDDED))
    norquad = norquad_bench(norquad_path) if norquad_path else None
    print(f"field: {len(field.queries)} questions, {len(field.entries)} passages")
    print(f"{'':<28}{'first':>8}{'3':>8}{'MRR':>8}" + (f"{'nDCG@10':>10}" if norquad else ""))
    others = variants(norquad.weights) if norquad else iter(())
    for name, options, weights in variants(field.weights):
        line = f"{name:<28}{field.field_line(options, weights)}"
        if norquad:
            line += norquad.ndcg_line(*next(others)[1:])
        print(line, flush=True)


if __name__ == "__main__":
    main()
