"""How long a whole answer takes beside the bare BM25 search with the same query terms, in one run; and what a cold start costs.

    python tests/bench/ask_speed.py

Ratios, not absolute times, are what to compare between machines.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Okapi

from assistant import Assistant
from assistant.owners.evaluation import read_questions

QUESTIONS = Path(__file__).parents[1] / "eval" / "questions-a.jsonl"
COLD = {
    "python -c pass": "pass",
    "import assistant": "import assistant",
    "alert (rules loaded)": "from assistant import assess; assess('Han har kniv')",
    "nltk's Snowball alone": "from nltk.stem.snowball import SnowballStemmer; SnowballStemmer('norwegian')",
    "corpus read": "from assistant import EMBEDDED, read_corpus; read_corpus(EMBEDDED)",
    "Assistant.load()": "from assistant import Assistant; Assistant.load()",
    "assistant ask (whole)": "from assistant.cli import main; main(['ask', 'Hva er latent vold?'])",
}


def median_ms(calls: list[Callable[[], object]]) -> float:
    """The median of one timed run of each call."""
    times = []
    for call in calls:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def warm(assistant: Assistant, questions: list[str]) -> None:
    understanding = assistant.understanding
    bags = [understanding.analyzer.passage_terms(passage.text) for passage in assistant.corpus.passages]
    okapi = BM25Okapi(bags)
    queries = [understanding.analyzer.query(question) for question in questions]
    terms = [[term.term for term in query.terms] for query in queries]
    for question in questions[:20]:
        assistant.ask(question)
    bare = median_ms([lambda t=t: np.argsort(okapi.get_scores(t))[::-1][:8] for t in terms])  # type: ignore[misc]
    index = median_ms([lambda q=q: understanding.index.search(q, 8) for q in queries])  # type: ignore[misc]
    ask = median_ms([lambda q=q: assistant.ask(q) for q in questions])  # type: ignore[misc]
    print(f"{'rank-bm25, passage texts only':<36}{bare:8.2f} ms   1.00")
    print(f"{'our index, all channels':<36}{index:8.2f} ms  {index / bare:5.2f}")
    print(f"{'assistant.ask, alert to answer':<36}{ask:8.2f} ms  {ask / bare:5.2f}   {ask / index:5.1f} x our index")


def cold() -> None:
    for name, code in COLD.items():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - start)
        print(f"{name:<36}{statistics.median(times) * 1000:8.0f} ms")


def main() -> None:
    questions = [item["question"] for item in read_questions(QUESTIONS)]
    assistant = Assistant.load()
    print(f"{len(assistant.corpus.passages)} passages, {len(questions)} questions, medians")
    warm(assistant, questions)
    print("\ncold start, whole processes, median of 3")
    cold()


if __name__ == "__main__":
    main()
