"""No text that anyone can send makes a step slow: twice the length takes about twice the time, in every step of the way."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant import Assistant
from assistant.question.place import place_of
from assistant.reading import read

PIECES = (
    "a", "§", "§ 1 ", "§1,1", "1 1", "1.", "116 006 ", "§ 13-2 og ", "a ", "Nes ", "i Nes i ", "slårr ", "xkcdq ", "krisesenterr",
    "dr*p ", "*", "@", "«", "hva er ", "kan jeg ", "❶", "٣ ", "hits me ", "valdsutsett ", "a\n", "🔪", "ikkje ",
)  # fmt: skip
SHORT, LONG = 6_000, 24_000
QUICK = 0.05
"""Seconds of CPU within which a step may do as it likes."""


def taken(step: Callable[[str], object], text: str) -> float:
    """Seconds of CPU, the least of three: the collector's pauses are not the step's."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        step(text)
        seconds.append(time.process_time() - start)
    return min(seconds)


@pytest.mark.parametrize("piece", PIECES)
def test_every_step_takes_linear_time(assistant: Assistant, piece: str) -> None:
    interpreter, finder = assistant.understanding.interpreter, assistant.understanding.finder
    steps: dict[str, Callable[[str], object]] = {
        "read": read,
        "place": lambda text: place_of(text, None, (), assistant.corpus.municipalities),
        "turn": lambda text: interpreter.turn(read(text)),
        "evidence": lambda text: finder.evidence(interpreter.question(read(text))),
        "ask": assistant.ask,
    }
    for name, step in steps.items():
        long, short = (taken(step, (piece * length)[:length]) for length in (LONG, SHORT))
        assert long < QUICK or long < 12 * short, f"{name}: {short:.3f} s, four times as long: {long:.3f} s"
