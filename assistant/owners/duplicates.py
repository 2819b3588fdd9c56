"""Lines of the tables of examples that are nearly the same, and lines that stand in another set.

Near: the sets of their character 4-grams have a Jaccard likeness over NEAR. Two such lines teach the fit nothing new, and make a
figure on left-out writers look better than it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.reading import words

NEAR = 0.7
GRAM = 4


def near_duplicates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The later and the earlier place of every pair of nearly the same texts; each later text once, with the first it is like.

    Only pairs that share one of their rarest grams are compared: two sets of which 70 in 100 are the same must (prefix filtering;
    Chaudhuri et al. 2006).
    """
    grams = [_grams(text) for text in texts]
    count = Counter(gram for found in grams for gram in found)
    by_gram: dict[str, list[int]] = {}
    for place, found in enumerate(grams):
        rarest = sorted(found, key=lambda gram: (count[gram], gram))[: len(found) - math.ceil(NEAR * len(found)) + 1]
        earlier = sorted({other for gram in rarest for other in by_gram.get(gram, ())})
        like = next((other for other in earlier if _likeness(found, grams[other]) > NEAR), None)
        if like is not None:
            yield place, like
            continue
        for gram in rarest:
            by_gram.setdefault(gram, []).append(place)


def _grams(text: str) -> frozenset[str]:
    plain = f" {' '.join(words(text))} "
    return frozenset(plain[at : at + GRAM] for at in range(max(len(plain) - GRAM + 1, 1)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
