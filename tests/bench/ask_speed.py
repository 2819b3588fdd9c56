"""A whole answer beside rank-bm25's bare search, and `assistant ask` as a process beside importing what it stands on, in one run.

    python tests/bench/ask_speed.py

Compare the ratios, never the times: they hold on another machine, and on a busy one.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from nltk.stem.snowball import SnowballStemmer
from rank_bm25 import BM25Okapi

from assistant import Assistant, Passage
from assistant.owners.evaluation import read_questions

QUESTIONS = Path(__file__).parents[1] / "eval" / "questions-a.jsonl"
TOP = 10  # passages that a search has to hand over
ROUNDS = 5  # processes of each kind, taken by turns: what else the machine does then falls on all of them
PROCESSES = {
    'python -c "import numpy, nltk"': ["-c", "import numpy, nltk"],
    "assistant ask": ["-m", "assistant", "ask", "Hva er latent vold?"],
    "assistant ask, with an alert": ["-m", "assistant", "ask", "Han står utenfor døra med kniv"],
    "the alert alone": ["-c", "from assistant import assess; assess('Han står utenfor døra med kniv')"],
    'python -c "pass"': ["-c", "pass"],
}


def by_turns(works: Mapping[str, Callable[[], object]], taken: dict[str, list[float]]) -> None:
    """Each once, its seconds added to `taken`."""
    for name, work in works.items():
        start = time.perf_counter()
        work()
        taken.setdefault(name, []).append(time.perf_counter() - start)


def bare_search(passages: Sequence[Passage]) -> Callable[[str], object]:
    """rank-bm25 over the passages' texts as anyone would begin: lower-case words, Norwegian Snowball."""
    stem = SnowballStemmer("norwegian").stem

    def terms(text: str) -> list[str]:
        return [stem(word) for word in re.findall(r"\w+", text.lower())]

    okapi: Any = BM25Okapi([terms(passage.text) for passage in passages])
    return lambda question: okapi.get_top_n(terms(question), passages, TOP)


def table(taken: dict[str, list[float]]) -> None:
    """Medians, and each as a multiple of the first."""
    medians = {name: statistics.median(times) for name, times in taken.items()}
    first = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"{name:<36}{median * 1000:9.2f} ms {median / first:8.2f}")


def answers() -> None:
    assistant = Assistant.load()
    questions = [item["question"] for item in read_questions(QUESTIONS)]
    bare = bare_search(assistant.corpus.passages)
    taken: dict[str, list[float]] = {}
    for question in questions[:20]:  # what is made at the first use is made
        assistant.ask(question)
    for question in questions:
        ours = partial(assistant.ask, question)
        by_turns({"rank-bm25, passage texts": partial(bare, question), "assistant.ask, alert to answer": ours}, taken)
    print(f"{len(assistant.corpus.passages)} passages, {len(questions)} questions; median and ratio")
    table(taken)


def processes() -> None:
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        runs = {
            name: partial(subprocess.run, [sys.executable, *arguments], check=True, capture_output=True)
            for name, arguments in PROCESSES.items()
        }
        by_turns(runs, taken)
    print(f"\nwhole processes, median of {ROUNDS}")
    table(taken)


def main() -> None:
    answers()
    processes()


if __name__ == "__main__":
    main()
