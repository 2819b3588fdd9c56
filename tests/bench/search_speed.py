"""Search time beside rank-bm25 itself, build time and the cost of imports, on the embedded corpus.

    python tests/bench/search_speed.py

Both search with the same terms in the same run: rank-bm25 over the bags of the text channel, and the index over all its channels.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rank_bm25 import BM25Okapi

from assistant.content.corpus import read_corpus
from assistant.content.files import EMBEDDED
from assistant.content.lexicons import Lexicon
from assistant.index import Entry, Index
from assistant.language.analyzer import Analyzer
from assistant.question.understanding import index_entries

SETS = sorted((Path(__file__).parents[1] / "eval").glob("questions*.jsonl"))
PASSAGES = 1500
IMPORTS = (
    "pass",
    "from assistant.reading import detect_language",
    "import assistant.index",
    "from assistant.language.stem import stem; stem('vold')",
)


def milliseconds(work: Callable[[Any], object], items: Sequence[Any]) -> tuple[float, float]:
    """Median and 99th percentile; each item three times, the best counts."""
    taken = []
    for item in items:
        runs = []
        for _ in range(3):
            start = time.perf_counter()
            work(item)
            runs.append(time.perf_counter() - start)
        taken.append(min(runs) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def import_cost(code: str) -> float:
    def once() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return (time.perf_counter() - start) * 1000

    return min(once() for _ in range(3))


def grown(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, repeated under other ids until there are PASSAGES."""
    rounds = range(PASSAGES // len(entries) + 1)
    return [Entry(f"{e.id}+{n}", e.fields, f"{e.document}+{n}") for n in rounds for e in entries][:PASSAGES]


def main() -> None:
    corpus = read_corpus(EMBEDDED)
    entries = list(index_entries(corpus))
    analyzer = Analyzer(Lexicon.load(EMBEDDED))
    start = time.perf_counter()
    Index.build(grown(entries), analyzer)
    print(f"build, {PASSAGES} passages: {time.perf_counter() - start:.2f} s")
    index = Index.build(entries, analyzer)
    questions = [
        json.loads(line)["question"] for path in SETS for line in path.read_text(encoding="utf-8").splitlines()
    ]
    queries = [index.analyzer.query(question) for question in questions]
    bags = [
        [term for field in ("heading", "body", "record") for term in index.analyzer.passage_terms(entry.fields[field])]
        for entry in entries
    ]
    okapi: Any = BM25Okapi(bags, k1=index.weights.k1, b=index.weights.b)
    bare = milliseconds(lambda query: okapi.get_scores([term.term for term in query.terms]), queries)
    ours = milliseconds(index.search, queries)
    analysis = milliseconds(index.analyzer.query, questions)
    terms = statistics.mean(len(query.terms) for query in queries)
    print(f"{len(queries)} questions, {terms:.0f} terms each, {len(entries)} passages; median / 99th percentile in ms")
    for name, (median, high) in (("rank-bm25", bare), ("index", ours), ("analysis", analysis)):
        print(f"{name:<12}{median:8.3f}{high:8.3f}")
    print(f"analysis and search together: {(ours[0] + analysis[0]) / bare[0]:.2f} times the bare search")
    nothing = import_cost(IMPORTS[0])
    for code in IMPORTS[1:]:
        print(f"{import_cost(code) - nothing:6.0f} ms  {code}")


if __name__ == "__main__":
    main()
