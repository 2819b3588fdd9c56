"""Fit the two models of `assistant/question/decide.py`, and print what they decide on questions that they were not fitted on.

    python tests/bench/calibrate.py

Fitted (logistic regression) on wordings of the question bank, each scored by a matcher that its writer had no part in, and on the
development half of the project's own question sets. Measured on the writers' other lines and on the held-out half of the sets. A row
counts as right with the entry when that is the one its writer was given, or rests on the passage that the set names; with the passage
when that is among the first three found. Unsafe questions are left out: they are refused otherwise.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant import Assistant
from assistant.content.examples import Wording, read_wordings
from assistant.models import Evidence
from assistant.owners.evaluation import is_place, read_questions
from assistant.question.decide import ANSWER, BIAS, WEIGHTS, features
from assistant.question.declined import LABELS, Declined
from assistant.question.finder import Finder
from assistant.question.understanding import of_needs
from assistant.reading import read

SETS = sorted((Path(__file__).parents[1] / "eval").glob("questions-*.jsonl"))
GROUPS = 5  # of writers: each is left out once
LINES = 700  # of each group of writers
OF_SETS = 6.0  # what a line of the sets counts beside one of the bank: there are fewer, and each was written with its answer in view
C = 0.3


@dataclass(frozen=True)
class Row:
    """One question's features, whether it is answerable, and whether the entry and the passage that were found are right."""

    source: str
    fitted: bool
    values: Sequence[float]
    answerable: bool
    entry: bool
    passage: bool


def of_bank(assistant: Assistant) -> Iterator[Row]:
    """Lines of each group of writers, found with a matcher of all other writers."""
    corpus, understanding = assistant.corpus, assistant.understanding
    asked = read_wordings(corpus.folder)
    declined = Declined.load(corpus.lexicon_folder / "lexicon" / "answers").with_rules(
        understanding.phrasebook.refusals
    )
    writers = sorted({wording.writer for wording in asked})
    draw = random.Random(1)  # noqa: S311 - a sample, not a secret
    for start in range(GROUPS):
        out = set(writers[start::GROUPS])
        others = [wording for wording in asked if wording.writer not in out]
        finder = understanding.finder.with_needs(of_needs(corpus, declined, others, understanding.index.analyzer))
        answered = {*corpus.entry, *LABELS} - {"unsafe", "honest"}  # passages' own lines stand in the index itself
        lines = [wording for wording in asked if wording.writer in out and wording.entry in answered]
        for number, wording in enumerate(draw.sample(lines, min(LINES, len(lines)))):
            yield _of_line(assistant, finder, wording, fitted=number % 4 > 0)


def _of_line(assistant: Assistant, finder: Finder, wording: Wording, fitted: bool) -> Row:
    found = _evidence(assistant, finder, {"question": wording.text})
    entry = assistant.corpus.entry.get(wording.entry)
    rests = set(entry.rests_on) if entry else set()
    return Row(
        f"bank, {'other lines' if not fitted else 'fitted'}",
        fitted,
        found[1],
        wording.entry not in LABELS,
        bool(found[0].entries) and found[0].entries[0].entry.id == wording.entry,
        any(item.passage.id in rests for item in found[0].found[:2]),
    )


def of_sets(assistant: Assistant) -> Iterator[Row]:
    """The project's own question sets."""
    for path in SETS:
        for item in read_questions(path):
            if item.get("note") == "unsafe":
                continue
            evidence, values = _evidence(assistant, assistant.understanding.finder, item)
            gold = [each for each in item.get("gold", ()) if each["document"] != "helpline"]
            if item["answerable"] and not gold:
                continue
            rests = evidence.entries[0].entry.rests_on if evidence.entries else ()
            places = [assistant.corpus.passage[id_].section for id_ in rests if id_ in assistant.corpus.passage]
            shown = [found.passage.section for found in evidence.found[:3]]
            right = [
                any(is_place(each, section.document, section.path) for each in gold for section in sections)
                for sections in (places, shown)
            ]
            fitted = item.get("half") == "dev"
            name = f"{path.stem}, {'dev' if fitted else 'held out'}"
            yield Row(name, fitted, values, bool(item["answerable"]), *right)


def _evidence(assistant: Assistant, finder: Finder, item: dict[str, Any]) -> tuple[Evidence, list[float]]:
    said, earlier = read(item["question"]), [read(turn) for turn in item.get("history") or ()]
    question = assistant.understanding.interpreter.question(
        said, earlier, language=said.language, municipality=item.get("municipality")
    )
    evidence = finder.evidence(question)
    return evidence, list(features(question, evidence).values())


def fit(rows: Sequence[Row], labels: Sequence[bool], even: bool) -> tuple[np.ndarray, float]:
    """Weights and bias on the features as they are; `even`: both labels count the same."""
    x, y = np.array([row.values for row in rows]), np.array(labels)
    importance = np.array([1.0 if row.source.startswith("bank") else OF_SETS for row in rows])
    if even:
        importance *= np.where(y, importance[~y].sum() / importance[y].sum(), 1.0)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=C, max_iter=5000))
    model.fit(x, y, logisticregression__sample_weight=importance)
    weights = model[-1].coef_[0] / model[0].scale_
    return weights, float(model[-1].intercept_[0] - weights @ model[0].mean_)


def table(name: str, rows: Sequence[Row], weights: np.ndarray, bias: np.ndarray) -> None:
    """For each source what is right at several thresholds, and what is declined of what cannot be answered."""
    odds = np.array([row.values for row in rows]) @ weights + bias
    for source in sorted({row.source for row in rows}):
        print(f"-- {name}: {source}")
        for threshold in (-1.5, -1.0, -0.5, 0.0, 0.5):
            of = [(row, a >= threshold, e > 0) for row, (a, e) in zip(rows, odds, strict=True) if row.source == source]
            right = [said and (row.entry if entry else row.passage) for row, said, entry in of if row.answerable]
            said = [each for row, each, _ in of if row.answerable]
            no = [not each for row, each, _ in of if not row.answerable]
            cells = [f"{title} {np.mean(values):.3f} of {len(values)}" for title, values in
                     (("answered", said), ("right", right), ("declined", no)) if values]  # fmt: skip
            print(f"   {threshold:5.1f}  {'  '.join(cells)}")


def main() -> None:
    assistant = Assistant.load()
    rows = [*of_bank(assistant), *of_sets(assistant)]
    names = list(features(assistant.understanding.interpreter.question(read("vold")), Evidence()))
    fitted = [row for row in rows if row.fitted]
    differ = [row for row in fitted if row.answerable and row.entry != row.passage]
    answer = fit(fitted, [row.answerable for row in fitted], even=True)
    entry = fit(differ, [row.entry for row in differ], even=False)
    print("WEIGHTS = {")
    for name, one, other in zip(names, answer[0], entry[0], strict=True):
        print(f'    "{name}": ({one:.2f}, {other:.2f}),')
    print(f"}}\nBIAS = ({answer[1]:.2f}, {entry[1]:.2f})")
    table("fitted now", rows, np.array([answer[0], entry[0]]).T, np.array([answer[1], entry[1]]))
    if set(WEIGHTS) == set(names):
        table(f"in use at {ANSWER}", rows, np.array([WEIGHTS[name] for name in names]), np.array(BIAS))


if __name__ == "__main__":
    main()
