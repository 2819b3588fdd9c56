"""Fit the weights of `assistant/question/decide.py` and print the curve of answered against refused, on both halves.

    python tests/bench/calibrate.py [SET.jsonl …]        # the project's own question sets if none is named

Fitted (logistic regression, small L2) on the development half of the sets; the held-out half is only measured, and so is how many
lines of the table of wordings would be answered, with a matcher that their writers had no part in. Unsafe questions are left out: they are refused
otherwise, whatever the confidence.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant import Assistant, UsageError
from assistant.content.examples import read_wordings
from assistant.index.matcher import Matcher
from assistant.owners.evaluation import read_questions
from assistant.question.decide import BIAS, WEIGHTS, features
from assistant.question.declined import Declined
from assistant.question.finder import Finder
from assistant.question.understanding import known_wordings
from assistant.reading import read

SETS = sorted((Path(__file__).parents[1] / "eval").glob("questions*.jsonl"))
STRANGERS = 150  # lines of writers that the matcher does not know
STEPS, RATE, RIDGE = 6000, 0.4, 0.01


def row(assistant: Assistant, item: dict[str, Any], finder: Finder) -> list[float]:
    """The features of one question, in the order of WEIGHTS."""
    said = read(item["question"])
    earlier = [read(turn) for turn in item.get("history") or ()]
    question = assistant.understanding.interpreter.question(
        said, earlier, language=said.language, municipality=item.get("municipality")
    )
    values = features(question, finder.evidence(question))
    return [values[name] for name in WEIGHTS]


def strangers(assistant: Assistant, count: int) -> tuple[list[dict[str, Any]], Finder]:
    """Every n-th line of the second half of the writers, and a finder whose matcher knows the first half alone."""
    corpus, index = assistant.corpus, assistant.understanding.index
    asked = read_wordings(corpus.folder)
    writers = sorted({wording.writer for wording in asked if wording.entry in corpus.entry})
    known = set(writers[::2])
    answers = corpus.lexicon_folder / "lexicon" / "answers"
    declined = Declined.load(answers).with_honest(
        {r.id: r.answered for r in assistant.understanding.phrasebook.refusals}
    )
    first = [wording for wording in asked if wording.writer in known]
    wordings = list(known_wordings(corpus, declined.with_asked(asked), first, index.analyzer))
    finder = Finder(corpus, index, Matcher.fit(wordings), assistant.understanding.finder.contacts_index,
                    declined.with_asked(asked), assistant.understanding.contacts)  # fmt: skip
    rest = [w for w in asked if w.writer not in known and w.entry in corpus.entry]
    lines = rest[:: max(len(rest) // count, 1)]
    return [{"question": wording.text, "answerable": True} for wording in lines], finder


def fit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias on the features as they are; the rarer class counts as much as the other."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    importance = np.where(y == 1, 0.5 / max(y.sum(), 1), 0.5 / max((1 - y).sum(), 1)) * len(y)
    w = np.zeros(z.shape[1])
    for _ in range(STEPS):
        error = (1 / (1 + np.exp(-z @ w)) - y) * importance
        w -= RATE * (z.T @ error / len(y) + RIDGE * np.r_[w[:-1], 0.0])
    return w[:-1] / spread, float(w[-1] - (w[:-1] * mean / spread).sum())


def curve(name: str, score: np.ndarray, y: np.ndarray) -> None:
    """Answered share of the answerable against refused share of the rest, at thresholds that keep 90–99 % answered."""
    for keep in (0.99, 0.97, 0.95, 0.93, 0.90):
        threshold = np.quantile(score[y == 1], 1 - keep)
        refused = (score[y == 0] < threshold).mean()
        print(
            f"{name:<9} threshold {threshold:6.2f}  answered {(score[y == 1] >= threshold).mean():.3f}  refused {refused:.3f}"
        )


def main() -> None:
    assistant = Assistant.load()
    items = [item for path in (map(Path, sys.argv[1:]) if sys.argv[1:] else SETS) for item in read_questions(path)]
    items = [item for item in items if item.get("note") != "unsafe"]
    if not items:
        raise UsageError("no questions")
    more, stranger = strangers(assistant, STRANGERS)
    own = assistant.understanding.finder
    x = np.array([row(assistant, item, own) for item in items] + [row(assistant, item, stranger) for item in more])
    y = np.array([float(item["answerable"]) for item in [*items, *more]])
    dev = np.array([item.get("half", "dev") == "dev" for item in [*items, *more]])
    of_strangers = np.arange(len(y)) >= len(items)
    weights, bias = fit(x[dev & ~of_strangers], y[dev & ~of_strangers])
    print(
        "fitted:",
        {name: round(float(value), 3) for name, value in zip(WEIGHTS, weights, strict=True)},
        f"bias {bias:.3f}",
    )
    for name, w, b in (("fitted", weights, bias), ("in use", np.array(list(WEIGHTS.values())), BIAS)):
        score = x @ w + b
        for threshold in (-1.5, -1.0, -0.5, 0.0):
            print(
                f"-- {name}: {(score[of_strangers] >= threshold).mean():.3f} of strangers' lines answered at {threshold}"
            )
        for half, chosen in (("dev", dev & ~of_strangers), ("held out", ~dev)):
            if chosen.any() and 0 < y[chosen].mean() < 1:
                print(f"-- {name}, {half}: {int(y[chosen].sum())} answerable, {int((1 - y[chosen]).sum())} not")
                curve(half, score[chosen], y[chosen])


if __name__ == "__main__":
    main()
