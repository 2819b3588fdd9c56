"""A message that is found stays found however it is written."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from safety_messages import messages
from safety_variants import VARIANTS

from assistant.safety import Safety

ONE_IN = 8
LEAST = {"slip": 0.965, "buried": 0.92, "buried_in_one_line": 0.86, "polite": 0.97}
"""The state reached; a cry among two thousand words of other things is what still hides."""


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.__name__)
def test_a_variant_is_found_as_its_message(safety: Safety, variant: Callable[[str, random.Random], str]) -> None:
    every = [message.text for message in messages() if message.acute and not message.history][::ONE_IN]
    if variant.__name__.startswith("buried"):
        every = every[::3]
    found = [(place, text) for place, text in enumerate(every) if safety.assess(text)]
    missed = [text for place, text in found if not safety.assess(variant(text, random.Random(place)))]  # noqa: S311
    assert len(found) > 50
    assert 1 - len(missed) / len(found) >= LEAST.get(variant.__name__, 0.99), missed


@pytest.mark.parametrize(
    "text",
    [
        "hanslårmegnå", "mannenminslårmeg", "jegvilikkelevelenger", "h a n  s l å r  m e g", "h.a.n.s.l.å.r.m.e.g",
        "han dr3p3r meg", "ble v0ldt*tt i natt", "HAN SLÅR MEG", "hаn slår mеg", "ha\u200bn sl\u00adår me\u200dg",
        "hjeeeelp han slåååår", "🔪 han står her", "meg slår han", "kniv har han",
    ],
)  # fmt: skip
def test_disguised_and_turned_round(safety: Safety, text: str) -> None:
    assert safety.assess(text)


@pytest.mark.parametrize(
    "text", ["minstestraff", "hovedansvaret", "samordner", "veterinærhøgskolen", "hankatten", "kommunestyrepolitikere"]
)
def test_compounds_are_not_taken_apart(safety: Safety, text: str) -> None:
    assert [token.text for token in safety.read(text).tokens] == [text]
