"""What the network sees of an answer: the same size whatever is in it.

A line on the way shows how many bytes come, and when. The first part, with or without an alert, is filled up to one size, and the whole to
steps that nearly every answer fits into one of. Spaces behind JSON and HTML mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

FIRST = 4_096
"""Bytes of the first part. The longest of 210 alerts and non-alerts was 1,259; a card in two languages takes about twice that."""
STEP = 24_576
"""Bytes of all parts together, and its multiples: the longest of 210 answers was 18,500."""


def padded(parts: Iterable[str]) -> Iterator[bytes]:
    """The first part, and the others as one, each filled up with spaces."""
    whole = iter(parts)
    first = filled(next(whole).encode(), FIRST)
    yield first
    rest = "".join(whole).encode()
    yield filled(rest, STEP, sent=len(first))


def filled(part: bytes, step: int, sent: int = 0) -> bytes:
    """The part with spaces behind it, so that with what was sent before it the size is a multiple of the step."""
    return part + b" " * (-(sent + len(part)) % step)
