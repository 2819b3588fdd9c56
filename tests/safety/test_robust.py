"""Nothing that anyone can type makes the layer raise or slow down."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.safety import LAST_RESORT, Safety, assess

ANYTHING = st.one_of(
    st.none(), st.text(), st.binary(), st.integers(), st.lists(st.text()), st.floats(),
    st.text(alphabet="handreplsåøæ *@$.-'’\u200b\ud800🔪#0134", max_size=300),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(text=ANYTHING, history=st.lists(ANYTHING, max_size=5), language=st.sampled_from(["nb", "nn", "en", "xx", ""]))
def test_assess_never_raises(safety: Safety, text: object, history: list[object], language: str) -> None:
    alert = safety.assess(text, history, language)
    assert alert is None or alert.numbers
    assert alert is not LAST_RESORT


@settings(max_examples=100, deadline=None)
@given(text=ANYTHING)
def test_explain_agrees_with_assess(safety: Safety, text: object) -> None:
    assert safety.explain(text).alert == safety.assess(text)


class Hostile:
    """An object whose text cannot be had."""

    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize("history", [None, (), "han slår meg", [None, b"\xff", Hostile()]])
def test_a_hostile_object_gets_the_numbers_of_last_resort(safety: Safety, history: object) -> None:
    assert safety.assess(Hostile(), history or ()) == LAST_RESORT  # type: ignore[arg-type]
    assert assess(Hostile()) == LAST_RESORT


LONG = [
    "a", "*", "@", "_", "'", ".", "( ", "ha", "a*", "dr*p ", "slår ", "ikke slår, ", "han slår ", "h j e l p ", "🔪", "\u200b",
    "é", "ﷺ", "for 5 år siden ", "drepee slaaar ", "nå. ", "jegharkniv", "tok ~ ", "0", "han sa at ", "kniv hals rundt ",
]  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
def test_a_hundred_thousand_letters_take_linear_time(safety: Safety, piece: str) -> None:
    """Twice the length takes about twice the time; the bound is wide because other programs run beside the tests."""
    taken = _seconds(safety, piece, 100_000)
    assert taken < 1.0 or taken < 6 * _seconds(safety, piece, 50_000)


def test_ten_million_letters(safety: Safety) -> None:
    assert safety.assess("Det er en fin dag. " * 520_000 + "Han slår meg.")


def _seconds(safety: Safety, piece: str, length: int) -> float:
    text = (piece * (length // len(piece) + 1))[:length]
    start = time.process_time()
    safety.assess(text)
    return time.process_time() - start
