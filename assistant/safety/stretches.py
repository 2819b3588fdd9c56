"""The stretches of a long message that are judged by themselves, so that danger in the middle of a story is seen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from assistant.safety.signs import Signs

WHOLE = 80
"""Words. A longer message is also judged in stretches."""
STRETCH = 50
"""Words of such a stretch; the next begins in its middle."""
LETTER = 300
"""Words. A message longer than that is also judged sentence by sentence, since one cry in it weighs little in any stretch."""
SENTENCE = 12
"""Words of the pieces that are judged where someone writes without full stops."""


def spans(signs: Signs) -> list[tuple[int, int]]:
    """The whole message, the stretches of a long one and the sentences of a letter: each from its first word up to the one after."""
    length = len(signs.tokens)
    found = [(0, length)]
    if length > WHOLE:
        found += _windows(0, length, STRETCH)
    if length > LETTER:
        found += _sentences(signs)
    return found


def _sentences(signs: Signs) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; one that never ends is taken in pieces."""
    starts = [at for at, token in enumerate(signs.tokens) if not at or token.sentence != signs.tokens[at - 1].sentence]
    for start, end in itertools.pairwise([*starts, len(signs.tokens)]):
        yield from [(start, end)] if end - start <= STRETCH else _windows(start, end, SENTENCE)


def _windows(start: int, end: int, size: int) -> list[tuple[int, int]]:
    return [(at, min(at + size, end)) for at in range(start, end - size // 2, size // 2)]
