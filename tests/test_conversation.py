"""A second turn, a message with two questions, and whose plan answers."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant, ingest_files
from assistant.content.corpus import Corpus
from assistant.question.next_need import NextNeed

PLAN = """# Handlingsplan mot vold i Vik

## Tiltak

| Nr | Tiltak | Ansvarlig | Frist |
|---|---|---|---|
| 3.1 | Innføre drøftingsteam for alle tjenester | Helsesjefen | 1. juni 2027 |
| 3.2 | Dele ut handlingskort om meldeplikt | Rektor | løpende |
"""


@pytest.fixture(scope="module")
def vik(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The embedded content with a plan for Vik, word for word."""
    folder = tmp_path_factory.mktemp("vik")
    (folder / "vik-plan.md").write_text(PLAN, encoding="utf-8")
    period = {"valid_from": datetime.date(2025, 1, 1), "valid_to": datetime.date(2032, 12, 31)}
    ingest_files([folder / "vik-plan.md"], folder / "into", facts={"municipalities": ("Vik",), **period})
    return Assistant.load(folder / "into")


def test_what_leads_on_is_likelier_than_what_has_nothing_to_do_with_it(corpus: Corpus) -> None:
    after = NextNeed(corpus.entries)
    first = next(entry for entry in corpus.entries if entry.leads_on)
    before = np.array([float(entry is first) for entry in corpus.entries])
    odds = dict(zip([entry.id for entry in corpus.entries], after.odds(before), strict=True))
    strange = [e.id for e in corpus.entries if e.theme != first.theme and not {*e.audience} & {*first.audience}]
    assert odds[first.leads_on[0]] > 0 > max(odds[id_] for id_ in strange if id_ not in first.leads_on)


def test_the_odds_after_a_turn_sum_to_what_they_were(corpus: Corpus) -> None:
    """Nothing is lost: some answers become likelier, others less so."""
    count = len(corpus.entries)
    odds = NextNeed(corpus.entries).odds(np.full(count, 1 / count))
    assert 0.9 < np.exp(odds).mean() <= 1.0001


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Når skal vi innføre drøftingsteam for tjenestene?", "1. juni 2027"),
        ("Hvem har ansvar for tiltak 3.1?", "Helsesjefen"),
        ("Hvem skal dele ut handlingskort om meldeplikt?", "Rektor"),
        ("Hvem har ansvar for tiltak 3.9?", "ikke noe tiltak 3.9"),
        ("Hvem har ansvar for tiltak K?", "ikke noe tiltak K"),
        ("Hvor lenge gjelder handlingsplanen?", "31.12.2032"),
        ("Hvilken periode gjelder planen for?", "31.12.2032"),
    ],
)
def test_the_own_plan_answers_for_its_measures_and_its_period(vik: Assistant, question: str, says: str) -> None:
    answer = vik.ask(question, "Vik")
    assert says in answer.text
    assert answer.citations[0].document == "vik-plan"


@pytest.mark.parametrize(
    "question", ["Hvem har ansvar for tiltak 7?", "Hvilke tiltak gjelder eldre?", "Har planen tiltak mot rus?"]
)
def test_no_strangers_measure_speaks_for_the_askers_plan(vik: Assistant, question: str) -> None:
    strangers = {d.id for d in vik.corpus.documents if d.municipalities and "Vik" not in d.municipalities}
    answer = vik.ask(question, "Vik")
    said = [citation.document for citation in answer.citations if answer.kind == "measure"]
    assert not strangers & {*said}
    assert not any(name in answer.lead for name in ("Innlandet-planen", "Bærum-planen", "Hallingdal-planen"))


def test_two_questions_in_one_message_get_two_answers(assistant: Assistant) -> None:
    """Each with a source of its own, the contacts of both beside."""
    both = assistant.ask("Hvor lenge kan jeg bo på krisesenteret, og hva koster det? Kan jeg ta med hunden min dit?")
    first = assistant.corpus.entry[both.entry or ""]
    said = [entry for entry in assistant.corpus.entries if entry.nb in both.lead]
    assert first in said
    assert len(said) == 2
    assert all(f"[{number}]" in both.lead for number in range(1, len(both.citations) + 1))


def test_below_an_alert_there_is_one_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Han står utenfor døra med kniv. Hva koster krisesenteret? Hvordan får jeg voldsalarm?")
    assert answer.alert
    openings = [entry.nb[:60] for entry in assistant.corpus.entries]
    assert sum(opening in answer.lead for opening in openings) <= 1


@pytest.mark.parametrize(("language", "hours"), [("nn", "heile døgnet"), ("en", "day and night")])
def test_contact_cards_speak_the_askers_language(assistant: Assistant, language: str, hours: str) -> None:
    answer = assistant.ask("Kven kan eg ringje?", language=language)  # type: ignore[arg-type]
    cards = answer.helplines
    assert any(hours in (card.hours or "") for card in cards)
    assert not any("hele døgnet" in (card.hours or "") for card in cards)


def test_what_leads_on_is_asked_in_the_askers_language(assistant: Assistant) -> None:
    answer = assistant.ask("I want to leave my husband. What should I bring?", language="en")
    english = {entry.ask_en for entry in assistant.corpus.entries}
    assert answer.suggestions
    assert {*answer.suggestions} <= english


def test_a_document_names_a_helpline_by_its_id_and_shows_its_digits(assistant: Assistant, tmp_path: Path) -> None:
    said = [p for p in assistant.corpus.passages if p.answer and "politiets nødnummer" in p.answer.casefold()]
    assert said
    assert all("nødnummer 112" in (p.answer or "") for p in said)
