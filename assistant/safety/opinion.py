"""A second opinion: how much a message is like the example messages that must alarm, whom it is written by, and what about.

Linear models over what can be seen in a message: its words, pairs of words and letters, the concepts of the word lists, the rules
that are met, and the turn before. The weights are fitted to `corpus/risk-messages/` by `assistant fit` and stored in
`lexicon/risk/opinion.bin`; which features spoke most in a message can be shown for each, see `strongest`.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CorpusError, Fault
from assistant.reading.normalise import bare
from assistant.safety.signs import Signs

SIZE = 1 << 16
"""Places of a table that features are hashed to; 2^18 finds no more on writers that are left out."""
DANGER, ELSEWHERE = "danger", "danger-elsewhere"
"""The tables of danger: in the languages that the rules read, and in all others together."""
FOREIGN = "foreign"
"""The table that tells whether a message is in one of the others."""
GRAM = 4
"""Letters of the pieces of words; 3 and 5 beside them find no more."""
LONGEST_WORD = 24
COURTESY = "høflighet"
"""The concept whose words are not weighed one by one: who greets and thanks is in no less danger."""
_WORD, _PAIR = 8, 6  # letters of a word's beginning that stand for its inflections
_AFTER_ALARM = ("w:", "s:", "c:", "?")
_NAME = "opinion.bin"


@dataclass(frozen=True)
class Before:
    """The last turn before a message, and which of the turns before it alarm by themselves, the last one's answer last."""

    last: Signs
    alarmed: tuple[bool, ...]


def features(
    signs: Signs, rules: Iterable[str], before: Before | None = None, start: int = 0, end: int | None = None
) -> set[str]:
    """All that is weighed in the words from `start` up to `end`: words (`w:`), pairs (`b:`), letters (`g:`), beginnings of words as the
    lists spell them (`s:`, `p:`), concepts (`c:`), denied (`d:`) and past (`t:`) ones, first words of sentences (`f:`), a question mark,
    rules that are met (`r:`), the words and concepts of the turn before (`h…`), whether it or an earlier one alarms (`hA`, `hB`), and the
    message's own words once more where one does (`a…`): «politiet er her» means another thing then."""
    end = len(signs.tokens) if end is None else end
    found = {f"r:{rule}" for rule in rules}
    found.update(_of_words(signs, start, end), _of_concepts(signs, start, end))
    if before is not None:
        found.update(_of_turns(before))
    if before is not None and any(before.alarmed):
        found.update([f"a{feature}" for feature in found if feature[:2] in _AFTER_ALARM])
    return found


def _of_turns(before: Before) -> Iterator[str]:
    yield "h"
    yield from (f"h{feature}" for feature in _of_concepts(before.last, 0, len(before.last.tokens)))
    yield from (f"hw:{token.text[:LONGEST_WORD]}" for token in before.last.tokens)
    if before.alarmed[-1]:
        yield "hA"
    if any(before.alarmed):
        yield "hB"


def _of_words(signs: Signs, start: int, end: int) -> Iterator[str]:
    last = spelt_last = ""
    polite = {at for seen in signs.between(COURTESY, start, end - 1) for at in range(seen.start, seen.end)}
    for place in range(start, end):
        if place in polite:
            continue
        token = signs.tokens[place]
        word, spelt = token.text[:LONGEST_WORD], _spelt(signs, place)
        yield f"w:{word}"
        yield f"s:{spelt[:_WORD]}"
        if last:
            yield f"b:{last} {word}"
            yield f"p:{spelt_last[:_PAIR]} {spelt[:_PAIR]}"
        if place == start or token.sentence != signs.tokens[place - 1].sentence:
            yield f"f:{spelt[:_WORD]}"
        if place in signs.asked:
            yield "?"
        edged = f"_{word}_"
        for at in range(max(len(edged) - GRAM + 1, 1)):
            yield f"g:{edged[at : at + GRAM]}"
        last, spelt_last = word, spelt


def _of_concepts(signs: Signs, start: int, end: int) -> Iterator[str]:
    for concept in signs.by_concept:
        for sighting in signs.between(concept, start, end - 1):
            yield f"{'d' if sighting.denied else 'c'}:{concept}"
            if sighting.tense:
                yield f"t:{concept}"


def _spelt(signs: Signs, place: int) -> str:
    """The word as the lists spell it, so that a typing error weighs as the word that was meant."""
    token = signs.tokens[place]
    return bare(token.forms[0]) if token.forms and token.forms[0].isalpha() else bare(token.text[:LONGEST_WORD])


def place_of(feature: str) -> int:
    """The feature's place in the tables."""
    return zlib.crc32(feature.encode("utf-8", "replace")) % SIZE


@dataclass(frozen=True)
class Opinion:
    """The fitted tables by name: `danger`, `category:…`, `writer:…`; read-only."""

    tables: Mapping[str, Sequence[int]]
    scales: Mapping[str, float]
    biases: Mapping[str, float]

    def danger(self, found: Iterable[str]) -> float:
        """Log-odds that the message must alarm."""
        return self._sum(DANGER, {place_of(feature) for feature in found})

    def danger_elsewhere(self, found: Iterable[str]) -> float:
        """The same for a message in a language that the rules do not read; as sure as can be that it must not, where nothing is fitted."""
        return self._sum(ELSEWHERE, {place_of(feature) for feature in found}) if ELSEWHERE in self.tables else -math.inf

    def foreign(self, found: Iterable[str]) -> bool:
        """Whether the message is likelier in a language that the rules do not read than in one that they do."""
        return FOREIGN in self.tables and self._sum(FOREIGN, {place_of(feature) for feature in found}) > 0

    def likeliest(self, kind: str, found: Iterable[str]) -> list[tuple[str, float]]:
        """The names of a kind (`category`, `writer`) with their probabilities, the likeliest first."""
        places = {place_of(feature) for feature in found}
        names = [name for name in self.tables if name.startswith(f"{kind}:")]
        return self.ranked(kind, {name: self._sum(name, places) for name in names})

    def sums(self, places: Collection[int]) -> dict[str, float]:
        """The log-odds of every table for features at these places."""
        return {name: self._sum(name, places) for name in self.tables}

    def ranked(self, kind: str, sums: Mapping[str, float]) -> list[tuple[str, float]]:
        """The names of a kind by their log-odds, as probabilities that sum to one."""
        own = {name: value for name, value in sums.items() if name.startswith(f"{kind}:")}
        highest = max(own.values(), default=0.0)
        shares = {name: math.exp(value - highest) for name, value in own.items()}
        whole = sum(shares.values())
        ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(name.partition(":")[2], share / whole) for name, share in ordered]

    def _sum(self, name: str, places: Collection[int]) -> float:
        shrink = self.scales[name] / math.sqrt(max(len(places), 1))
        return self.biases[name] + shrink * sum(map(self.tables[name].__getitem__, places))

    def strongest(self, found: Iterable[str], count: int = 8) -> list[tuple[str, float]]:
        """The features that spoke most for or against danger, with their share of the sum."""
        found = set(found)
        shrink = self.scales[DANGER] / math.sqrt(max(len(found), 1))
        shares = [(feature, shrink * self.tables[DANGER][place_of(feature)]) for feature in found]
        return sorted(shares, key=lambda pair: (-abs(pair[1]), pair[0]))[:count]


def read_opinion(folder: Path, root: Path) -> Opinion:
    """The tables of `opinion.bin`: a line of JSON (name, scale, bias of each), then for each as many 16-bit numbers as SIZE.

    Raises CorpusError where the file is missing or is no such file.
    """
    path = folder / _NAME
    where = str(path.relative_to(root))
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        described = json.loads(head)
        numbers = memoryview(body).cast("h")
        if described["size"] != SIZE or len(numbers) != SIZE * len(described["tables"]):
            raise ValueError(f"{len(numbers)} numbers")
        names = [table["name"] for table in described["tables"]]
        return Opinion(
            tables={name: numbers[SIZE * at : SIZE * (at + 1)] for at, name in enumerate(names)},
            scales={table["name"]: float(table["scale"]) for table in described["tables"]},
            biases={table["name"]: float(table["bias"]) for table in described["tables"]},
        )
    except (OSError, ValueError, KeyError, TypeError):
        fault = Fault(where, "filen mangler eller er skadet", "Lag den på nytt med «assistant fit».", "opinion")
        raise CorpusError(root, [fault]) from None


def written(tables: Mapping[str, tuple[Sequence[int], float, float]]) -> bytes:
    """The file that `read_opinion` reads; each table is its numbers, their scale and its bias."""
    head = {
        "size": SIZE,
        "tables": [{"name": name, "scale": scale, "bias": bias} for name, (_, scale, bias) in tables.items()],
    }
    body = b"".join(
        number.to_bytes(2, "little", signed=True) for numbers, _, _ in tables.values() for number in numbers
    )
    return json.dumps(head, ensure_ascii=False).encode() + b"\n" + body
