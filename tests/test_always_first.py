"""The alert is the first thing, in JSON, text and terminal, over generated questions and with everything behind it broken."""

from __future__ import annotations

import json
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import LAST_RESORT, Answer, Assistant, assess, out_of_order, render_answer
from assistant.models import Draft

ACUTE = (
    "Han står utenfor døra med kniv",
    "han holder rundt halsen min nå",
    "pappa slår mamma nå, hun blør",
    "Ho ligg på golvet og svarar ikkje",
    "he is going to kill me tonight",
)
words = st.text(max_size=60)
places = st.sampled_from([None, "Gol", "Hamar", "Bærum", "Våler", "Ingensted"])
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(answer: Answer, assistant: Assistant) -> None:
    """The numbers open every rendering."""
    assert answer.alert is not None
    first = answer.alert.numbers[0].phone
    assert answer.text.startswith(first)
    assert render_answer(answer, assistant.corpus.messages).startswith(first)
    assert next(iter(json.loads(answer.model_dump_json()))) == "alert"


@quick
@given(before=words, danger=st.sampled_from(ACUTE), after=words, place=places)
def test_over_generated_questions(
    assistant: Assistant, before: str, danger: str, after: str, place: str | None
) -> None:
    """Whatever stands around the danger, an alert that is raised opens the answer; nothing later takes it away."""
    question = f"{before}. {danger}. {after}"
    answer = assistant.ask(question, place)
    alert = assess(question, (), answer.language)
    assert (answer.alert is None) == (alert is None)
    if answer.alert:
        check(answer, assistant)


@quick
@given(question=st.text(max_size=200), history=st.lists(st.text(max_size=40), max_size=3))
def test_any_text_gets_an_answer(assistant: Assistant, question: str, history: list[str]) -> None:
    answer = assistant.ask(question, None, history)
    assert answer.text


@pytest.mark.parametrize("part", ["of", "search"])
@pytest.mark.parametrize("danger", ACUTE)
def test_with_a_broken_engine_the_person_still_gets_the_alert(assistant: Assistant, part: str, danger: str) -> None:
    target = "assistant.question.understanding.Understanding.of" if part == "of" else "assistant.index.Index.search"
    with patch(target, side_effect=RuntimeError("ødelagt")):
        check(assistant.ask(danger), assistant)


def test_a_broken_engine_gives_numbers_to_everyone_and_logs_no_word_of_the_question(
    assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    with patch("assistant.question.understanding.Understanding.of", side_effect=ValueError("kanarifugl")):
        answer = assistant.ask("kanarifugl i buret")
    assert answer.kind == "unavailable"
    assert answer.alert == LAST_RESORT
    assert "kanarifugl" not in caplog.text


def test_an_answer_cannot_be_made_without_an_assessed_alert() -> None:
    draft = Draft(answered=False, kind="abstain", lead="Nei.")
    with pytest.raises(TypeError):
        Answer.of(draft)  # type: ignore[call-arg]
    assert Answer.of(LAST_RESORT, draft).text.startswith(LAST_RESORT.numbers[0].phone)
    assert out_of_order(None).alert == LAST_RESORT
