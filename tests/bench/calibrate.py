"""Fit the weights of `assistant/question/decide.py` and print the curve of answered against refused, on both halves.

    python tests/bench/calibrate.py [SET.jsonl …]        # the project's own question sets if none is named

The development half is fitted (logistic regression, small L2), the held-out half only measured. Unsafe questions are left out: they
are refused by rules, whatever the confidence.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant import Assistant, UsageError
from assistant.owners.evaluation import read_questions
from assistant.question.decide import BIAS, WEIGHTS, features
from assistant.reading import read

SETS = sorted((Path(__file__).parents[1] / "eval").glob("questions*.jsonl"))
STEPS, RATE, RIDGE = 6000, 0.4, 0.01


def row(assistant: Assistant, item: dict[str, Any]) -> list[float]:
    """The features of one question, in the order of WEIGHTS."""
    said = read(item["question"])
    earlier = [read(turn) for turn in item.get("history") or ()]
    question = assistant.understanding.interpreter.question(
        said, earlier, language=said.language, municipality=item.get("municipality")
    )
    values = features(question, assistant.understanding.finder.evidence(question))
    return [values[name] for name in WEIGHTS]


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
    x = np.array([row(assistant, item) for item in items])
    y = np.array([float(item["answerable"]) for item in items])
    dev = np.array([item.get("half", "dev") == "dev" for item in items])
    weights, bias = fit(x[dev], y[dev])
    print(
        "fitted:",
        {name: round(float(value), 3) for name, value in zip(WEIGHTS, weights, strict=True)},
        f"bias {bias:.3f}",
    )
    for name, w, b in (("fitted", weights, bias), ("in use", np.array(list(WEIGHTS.values())), BIAS)):
        score = x @ w + b
        for half, chosen in (("dev", dev), ("held out", ~dev)):
            if chosen.any() and 0 < y[chosen].mean() < 1:
                print(f"-- {name}, {half}: {int(y[chosen].sum())} answerable, {int((1 - y[chosen]).sum())} not")
                curve(half, score[chosen], y[chosen])


if __name__ == "__main__":
    main()
