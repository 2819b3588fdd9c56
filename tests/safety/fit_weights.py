"""Fits the weights of the second opinion and writes them to corpus/lexicon/risk/weights.tsv.

    python tests/safety/fit_weights.py

Examples: the rules' own (`fires`, `silent`), the messages of sets/*.jsonl that are not held out, and, with little
weight, the questions of the corpus on which no rule fires. Logistic regression with a ridge penalty; the same
examples give the same weights. Run it after changing rules, word lists or sets, and read what the gates say.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from assistant.content import files
from assistant.content.files import EMBEDDED
from assistant.safety import Safety
from assistant.safety.likeness import features

SETS = Path(__file__).with_name("sets")
TARGET = EMBEDDED / "lexicon" / "risk" / "weights.tsv"
QUESTION_WEIGHT, DECLINED_WEIGHT = 0.12, 0.3
PENALTY, CATEGORY_PENALTY = 0.5, 0.5
ROUNDS, STEP = 250, 0.05
SEEN_AT_LEAST = 2.0
SMALLEST = 0.04
SMALLEST_SHARE = 0.25
HEAD = (
    "# Vekter for den andre vurderingen: over null taler for fare, under null mot. Tegn: c: begrep, d: nektet begrep,\n"
    "# w: ord, b: ordpar, f: første ord i en setning, t: begrep i fortid, r: regel som er oppfylt, ?: spørsmålstegn.\n"
    "# Siste felt: hvilken kategori tegnet taler for. Laget av tests/safety/fit_weights.py.\n"
)

Numbers = NDArray[np.float64]
Example = tuple[str, float, float, str]  # text, 1.0 acute or 0.0, weight, category


def examples(safety: Safety) -> list[Example]:
    """All examples, in a fixed order."""
    found: list[Example] = []
    for rule in safety.rules:
        if not rule.after_alert:
            found += [(text, 1.0, 1.0, rule.category) for text in rule.fires]
            found += [(text, 0.0, 1.0, "") for text in rule.silent]
    for path in sorted(SETS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            message = json.loads(line)
            if not message.get("held_out", True) and not message.get("history"):
                found.append(
                    (message["text"], float(message["acute"]), 1.0, message["category"] if message["acute"] else "")
                )
    return found


def questions(safety: Safety) -> list[Example]:
    """The questions of the corpus on which no rule fires, and every second of those that it declines as off its topic."""
    texts = sorted(
        {
            line[2:].strip()
            for path in sorted(EMBEDDED.glob("*/*.md"))
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith("? ")
        }
    )
    found = [(text, QUESTION_WEIGHT) for text in texts] + [(text, DECLINED_WEIGHT) for text in declined(0)]
    return [(text, 0.0, weight, "") for text, weight in found if not safety.rules_met(text)]


def declined(half: int) -> list[str]:
    """Questions on other matters, harmless by construction; half 0 is for fitting, half 1 for measuring."""
    entries = files.read(EMBEDDED / "lexicon" / "answers" / "declined.yaml").value
    harmless = [
        entry for entry in cast("list[dict[str, Any]]", entries) if entry["reason"] in {"off_topic", "near_topic"}
    ]
    return [str(question) for entry in harmless[half::2] for question in entry["questions"]]


def matrix(texts: list[str], weights: list[float], safety: Safety) -> tuple[list[str], Numbers, Numbers]:
    """The features kept, and for every mark of a feature in an example its row and column."""
    seen = [sorted(features(safety.read(text), safety.rules_met(text))) for text in texts]
    counts: dict[str, float] = defaultdict(float)
    for found, weight in zip(seen, weights, strict=True):
        for feature in found:
            counts[feature] += weight
    kept = sorted(feature for feature, count in counts.items() if count >= SEEN_AT_LEAST)
    column = {feature: place for place, feature in enumerate(kept)}
    marks = [(row, column[feature]) for row, found in enumerate(seen) for feature in found if feature in column]
    return kept, np.array([row for row, _ in marks]), np.array([place for _, place in marks])


def fitted(rows: Numbers, columns: Numbers, width: int, truth: Numbers, weight: Numbers, penalty: float) -> Numbers:
    """The weights that minimise the penalised logistic loss; Adam with a fixed number of rounds."""
    w, mean, square, total = np.zeros(width), np.zeros(width), np.zeros(width), weight.sum()
    for turn in range(1, ROUNDS + 1):
        sums = np.bincount(rows, weights=w[columns], minlength=len(truth))
        error = (1 / (1 + np.exp(-sums)) - truth) * weight
        slope = np.bincount(columns, weights=error[rows], minlength=width) / total + penalty * w / total
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        w = w - STEP * (mean / (1 - 0.9**turn)) / (np.sqrt(square / (1 - 0.999**turn)) + 1e-8)
    return w


def fit(safety: Safety) -> str:
    """The content of the weights file."""
    told = examples(safety)
    everything = told + questions(safety)
    weight = [example[2] for example in everything]
    kept, rows, columns = matrix([example[0] for example in everything], weight, safety)
    truth = np.array([example[1] for example in everything])
    danger = fitted(rows, columns, len(kept), truth, np.array(weight), PENALTY)
    shares = category_shares([example for example in told if example[1]], kept, safety)
    lines = []
    for feature, value in sorted(zip(kept, danger, strict=True), key=lambda pair: (-round(pair[1], 2), pair[0])):
        if abs(value) >= SMALLEST or shares.get(feature):
            lines.append("\t".join([f"{value:.2f}", feature, *([shares[feature]] if shares.get(feature) else [])]))
    return HEAD + "\n".join(lines) + "\n"


def category_shares(acute: list[Example], kept: list[str], safety: Safety) -> dict[str, str]:
    """For each feature the categories it speaks for or against, one against the rest, fitted on the acute examples."""
    names, rows, columns = matrix([example[0] for example in acute], [1.0] * len(acute), safety)
    shares: dict[str, list[str]] = {feature: [] for feature in kept}
    for category in sorted({example[3] for example in acute}):
        truth = np.array([float(example[3] == category) for example in acute])
        for feature, value in zip(
            names, fitted(rows, columns, len(names), truth, np.ones(len(acute)), CATEGORY_PENALTY), strict=True
        ):
            if abs(value) >= SMALLEST_SHARE and feature in shares:
                shares[feature].append(f"{category}:{value:.2f}")
    return {feature: " ".join(found) for feature, found in shares.items()}


def main() -> int:
    """Fits and writes. The layer is loaded with whatever weights are there; the rules alone do not use them."""
    if not TARGET.exists():
        TARGET.write_text(HEAD, encoding="utf-8")
    safety = Safety.load(EMBEDDED)
    TARGET.write_text(fit(safety), encoding="utf-8")
    print(f"{TARGET}: {len(TARGET.read_text(encoding='utf-8').splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
