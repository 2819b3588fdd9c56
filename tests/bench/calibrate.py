"""Fit the weights of `assistant/confidence.py` and print the curve of answered against refused, on both halves.

    python tests/bench/calibrate.py [SET.jsonl …]        # the project's own question sets if none is named

The development half is fitted (logistic regression, small L2), the held-out half only measured. Unsafe questions are left out: they
are refused by rules, whatever the confidence.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import numpy as np
from assistant.question.asked import Found
from assistant.question.confidence import BIAS, WEIGHTS

from assistant import Assistant
from assistant.owners.evaluation import read_questions
from assistant.question.understanding import LOOKED_AT
from assistant.reading import detect_language
from assistant.reading.normalise import tokens

SETS = sorted((Path(__file__).parents[1] / "eval").glob("questions*.jsonl"))
STEPS, RATE, RIDGE = 6000, 0.4, 0.01


def features(assistant: Assistant, item: dict[str, Any]) -> list[float]:
    """The features of one question, in the order of WEIGHTS."""
    understanding = assistant.understanding
    question, history = item["question"], item.get("history") or ()
    asked = understanding.of(
        question,
        item.get("municipality"),
        history,
        detect_language(question),
        None,
        datetime.datetime.now(datetime.UTC),
    )
    found: tuple[Found, ...] = asked.found
    earlier = [word for turn in history[-2:] for word in tokens(turn)]
    weights = understanding.relevance.weights(asked.candidates, asked.cues, asked.audience)
    hits = understanding.index.search(asked.query, LOOKED_AT, weight=weights)
    likest = understanding.declined.likest([(hit.id, hit.parts.get("questions", 0.0), hit.coverage) for hit in hits])[
        "beyond"
    ]
    readings = (tokens(asked.resolved), asked.words)
    values = understanding.confidence.features(readings, earlier, found, bool(asked.helplines), likest.ratio)
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
    x = np.array([features(assistant, item) for item in items])
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
