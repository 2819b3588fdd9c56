"""Fits the alert's opinion to the tables of example messages, and says how well it does on writers that were left out.

    assistant fit            # writes lexicon/risk/opinion.bin of the embedded corpus
    assistant fit --check    # only the table of left-out writers

Logistic regression whose features are scaled by their naive Bayes log-count ratios (Wang and Manning 2012, «Baselines and bigrams»),
one for danger and one for each category and writer. Deterministic: the same tables give the same file on the same machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.content.corpus import read_corpus
from assistant.content.examples import Message, read_messages, read_wordings
from assistant.errors import UsageError
from assistant.safety import Safety
from assistant.safety.opinion import DANGER, ELSEWHERE, FOREIGN, SIZE, Opinion, features, place_of, written

GROUPS = 5
"""Groups of writers; each is left out once."""
STRENGTH = 20.0
"""Inverse of the ridge penalty for danger: chosen with writers left out among 1, 5 and 20."""
STRENGTH_OF_KINDS = 5.0
OWN_EXAMPLES = 16.0
"""What each of the rules' own examples counts: an editor who writes one expects it to hold."""
ONE_IN = 3
"""Of so many messages one is also learnt with everyday talk around it."""
ROUNDS = 300
LARGEST = 32_767  # of a 16-bit number
READ = frozenset({"nb", "nn", "dialect", "en", "sv", "da"})
"""Languages that the rules read; the messages of others have a table of their own."""
OTHER_MATTERS = "off_topic"
"""What questions on other matters are labelled by in the table of wordings."""
CALM = frozenset({"right", "law_penalty", "definition", "what_happens_next", "price", "figure", "measure", "comparison", "validity", "duty",
                  "what_to_say", "whom_to_contact"})  # fmt: skip
"""Wants of approved answers: who asks for these is hardly in danger now, whatever words stand in it: «kan han kreve halve huset?»"""
QUESTION, ONE_IN_QUESTIONS = 0.3, 3
"""What such a question counts beside a message that someone has judged, and of how many one is learnt."""
AS_MUCH_FOUND = 1.1
"""What each acute message counts more, so that with the questions no less is found: of writers who were left out .846 (.844 without),
.102 of their calm messages alarm (.100), and of the questions .090 (.112)."""
OPINION = Path("lexicon") / "risk" / "opinion.bin"

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Examples:
    """Messages with what can be seen in them, as places of the tables."""

    messages: Sequence[Message]
    places: Sequence[frozenset[int]]
    weights: Floats
    """How much each example counts."""

    def only(self, chosen: Flags) -> Examples:
        """The examples that are chosen."""
        return Examples(
            [message for message, keep in zip(self.messages, chosen, strict=True) if keep],
            [places for places, keep in zip(self.places, chosen, strict=True) if keep],
            self.weights[chosen],
        )

    @property
    def acute(self) -> Flags:
        return np.array([message.acute for message in self.messages])


def examples(folder: Path, safety: Safety) -> Examples:
    """The sure messages of the tables and the rules' own examples, each as the layer sees it; and questions that are calm, on other matters
    («når kommer bossbilen») and on ours. Whether a turn before alarms is told by an opinion on the messages that have none before them."""
    messages = [message for message in read_messages(folder) if message.sure and message.language in READ]
    if not messages:
        raise UsageError(f"{folder}: no example messages. They belong in {folder / 'risk-messages'}.")
    other = [asked for asked in read_wordings(folder) if asked.entry == OTHER_MATTERS]
    messages += [*_wrapped(messages, [asked.text for asked in other])]
    messages += [Message(text=asked.text, acute=False, writer=asked.writer) for asked in other]
    for rule in safety.rules:
        if not rule.after_alert:
            messages += [Message(text=t, acute=True, category=rule.category, writer="rules") for t in rule.fires]
            messages += [Message(text=t, acute=False, writer="rules") for t in rule.silent]
    questions = _calm_questions(folder)
    first = [message for message in messages if not message.history]
    alone = _seen_all(first, questions, safety)
    safety = safety.with_opinion(Opinion(*_parts({DANGER: _danger(alone)})))
    return _seen_all(messages, questions, safety)


def _calm_questions(folder: Path) -> list[Message]:
    """Every third way of asking for what is asked for in calm."""
    entries = read_corpus(folder).entry
    asked = [each for each in read_wordings(folder) if each.entry in entries and entries[each.entry].wants in CALM]
    return [Message(text=each.text, acute=False, writer=each.writer) for each in asked[::ONE_IN_QUESTIONS]]


def _seen_all(messages: Sequence[Message], questions: Sequence[Message], safety: Safety) -> Examples:
    """Messages and calm questions as examples; the acute ones count as much more as the calm ones become heavier, so that the sum of both
    halves stands as it was."""
    calm = sum(not message.acute for message in messages)
    even = (calm + QUESTION * len(questions)) / max(calm, 1)
    acute = AS_MUCH_FOUND * even if questions else 1.0
    counts = [OWN_EXAMPLES if m.writer == "rules" else acute if m.acute else 1.0 for m in messages]
    every = [*messages, *questions]
    return Examples(every, [_seen(each, safety) for each in every], np.array(counts + [QUESTION] * len(questions)))


def _wrapped(messages: Sequence[Message], other: Sequence[str]) -> Iterator[Message]:
    """Every third message once more with talk of other matters around it: that takes no danger away, and adds none."""
    if not other:
        return
    for place, message in enumerate(messages[::ONE_IN]):
        before, after = (other[(place * step) % len(other)] for step in (1, 7))
        around = (f"{before} {message.text}", f"{message.text} {after}", f"{before} {message.text} {after}")
        yield message.model_copy(update={"text": around[place % len(around)]})


def _seen(message: Message, safety: Safety) -> frozenset[int]:
    signs = safety.read(message.text)
    return frozenset(map(place_of, features(signs, safety.rules_met(message.text), safety.before(message.history))))


def elsewhere(folder: Path, safety: Safety) -> Examples:
    """The messages in languages that the rules do not read."""
    messages = [message for message in read_messages(folder) if message.sure and message.language not in READ]
    return Examples(messages, [_seen_elsewhere(message, safety) for message in messages], np.ones(len(messages)))


def _seen_elsewhere(message: Message, safety: Safety) -> frozenset[int]:
    before = safety.before(message.history)
    found = safety.seen_elsewhere(safety.read(message.text), safety.hear(message.text), before)
    return frozenset(map(place_of, found))


def fitted(found: Examples) -> Opinion:
    """The opinion that fits the examples."""
    return Opinion(*_parts(_tables(found)))


def _danger(found: Examples) -> tuple[list[int], float, float]:
    return _table(_matrix(found.places), found.acute, found.weights, STRENGTH)


def _tables(found: Examples) -> dict[str, tuple[list[int], float, float]]:
    tables = {DANGER: _danger(found)}
    acute = found.only(found.acute)
    matrix = _matrix(acute.places)
    for kind, told in (("category", [m.category for m in acute.messages]), ("writer", [m.who for m in acute.messages])):
        chosen = np.array([value is not None for value in told])
        for name in sorted({value for value in told if value}):
            is_it = np.array([value == name for value in told])
            tables[f"{kind}:{name}"] = _table(matrix[chosen], is_it[chosen], acute.weights[chosen], STRENGTH_OF_KINDS)
    return tables


def _of_language(here: Examples, elsewhere: Sequence[frozenset[int]]) -> tuple[list[int], float, float]:
    """Tells the languages that the rules read from all others, by the same words and letters."""
    rows = [*here.places, *elsewhere]
    return _table(_matrix(rows), np.arange(len(rows)) >= len(here.places), np.ones(len(rows)), STRENGTH)


def _parts(
    tables: Mapping[str, tuple[list[int], float, float]],
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    return tuple({name: table[part] for name, table in tables.items()} for part in range(3))  # type: ignore[return-value]


def _matrix(rows: Sequence[frozenset[int]]) -> Any:
    """Each row of length one, whatever the number of features in it."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *[len(row) for row in rows]])
    columns = np.array([place for row in rows for place in sorted(row)], dtype=np.int64)
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(len(row), 1))) for row in rows])
    return csr_matrix((values, columns, ends), shape=(len(rows), SIZE))


def _table(matrix: Any, truth: Flags, counts: Floats, strength: float) -> tuple[list[int], float, float]:
    """The weights as whole numbers, their scale and the bias."""
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression

    seen = (matrix > 0).astype(np.float64)
    ratio = _log_ratio(np.asarray(seen[truth].sum(axis=0)).ravel(), np.asarray(seen[~truth].sum(axis=0)).ravel())
    model = LogisticRegression(C=strength, max_iter=ROUNDS).fit(matrix @ diags(ratio), truth, counts)
    weights = model.coef_[0] * ratio
    scale = float(np.abs(weights).max() / LARGEST) or 1.0
    return [int(value) for value in np.rint(weights / scale)], scale, float(model.intercept_[0])


def _log_ratio(yes: Floats, no: Floats) -> Floats:
    ratio: Floats = np.log(((1 + yes) / (1 + yes).sum()) / ((1 + no) / (1 + no).sum()))
    return ratio


def fit_opinion(folder: Path, check: bool) -> str:
    """Fits all examples and writes the file, unless only the table of left-out writers is wanted; returns what to tell.

    The layer is read with whatever opinion is there; what the examples are seen as does not depend on it.
    """
    path = folder / OPINION
    if not path.exists():
        path.write_bytes(written({DANGER: ([0] * SIZE, 1.0, 0.0)}))
    found = examples(folder, Safety.load(folder))
    if check:
        return table(left_out(found))
    layer = Safety.load(folder)
    other = elsewhere(folder, layer)
    tables = _tables(found)
    if other.acute.any() and not other.acute.all():
        tables[ELSEWHERE] = _table(_matrix(other.places), other.acute, other.weights, STRENGTH)
        tables[FOREIGN] = _of_language(found, [_seen(message, layer) for message in other.messages])
    path.write_bytes(written(tables))
    return f"{path.name}: fitted to {len(found.messages)} examples, {path.stat().st_size:,} bytes"


# --- how well it does on writers that were left out --------------------------------------------------------------------


@dataclass(frozen=True)
class LeftOut:
    """A message judged by an opinion that its writer had no part in."""

    message: Message
    danger: float
    category: str
    writer: tuple[str, float]


def left_out(found: Examples) -> list[LeftOut]:
    """Every message of a writer judged by an opinion fitted to the other groups of writers and the rules' examples."""
    writers = sorted({message.writer for message in found.messages} - {"rules"})
    group = {writer: place % GROUPS for place, writer in enumerate(writers)} | {"rules": -1}
    groups = np.array([group[message.writer] for message in found.messages])
    judged: list[LeftOut] = []
    for number in range(min(GROUPS, len(writers))):
        opinion = fitted(found.only(groups != number))
        judged += [
            _judged(opinion, m, p) for m, p, g in zip(found.messages, found.places, groups, strict=True) if g == number
        ]
    return judged


def _judged(opinion: Opinion, message: Message, places: frozenset[int]) -> LeftOut:
    sums = opinion.sums(places)
    return LeftOut(message, sums[DANGER], opinion.ranked("category", sums)[0][0], opinion.ranked("writer", sums)[0])


def table(judged: Iterable[LeftOut]) -> str:
    """Found and false by writer, and over all: the mean and the worst writer."""
    rows: dict[str, list[LeftOut]] = defaultdict(list)
    for item in judged:
        rows[item.message.writer].append(item)
    lines = [f"{'writer':<10}{'acute':>7}{'found':>8}{'category':>10}{'calm':>7}{'false':>8}"]
    lines += [_line(writer, items) for writer, items in sorted(rows.items())]
    every = [item for items in rows.values() for item in items]
    return "\n".join([*lines, _line("all", every), *_of_writers(every)])


def _line(name: str, items: Sequence[LeftOut]) -> str:
    acute, calm = ([item for item in items if item.message.acute == told] for told in (True, False))
    right = _share(item.category == item.message.category for item in acute)
    found, false = (_share(item.danger >= 0 for item in part) for part in (acute, calm))
    return f"{name:<10}{len(acute):>7}{found:>8.3f}{right:>10.3f}{len(calm):>7}{false:>8.3f}"


def _of_writers(items: Sequence[LeftOut]) -> list[str]:
    """How often who writes is told right, and how often plainly wrong, by how sure it must be."""
    acute = [item for item in items if item.message.acute and item.message.who not in (None, "unknown")]
    lines = [f"{'sure':<10}{'told':>7}{'right':>8}{'wrong':>10}"]
    for sure in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        told = [item for item in acute if item.writer[1] >= sure and item.writer[0] != "unknown"]
        right = sum(item.writer[0] == item.message.who for item in told) / max(len(acute), 1)
        wrong = sum(item.writer[0] != item.message.who for item in told) / max(len(acute), 1)
        lines.append(f"{sure:<10}{len(told) / max(len(acute), 1):>7.3f}{right:>8.3f}{wrong:>10.3f}")
    return lines


def _share(values: Iterable[bool]) -> float:
    told = list(values)
    return sum(told) / max(len(told), 1)
