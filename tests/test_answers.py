"""What a person is told: the answer first, each statement numbered, exceptions beside their rule, honesty about what is missing."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from assistant import Answer, Assessed, Assistant
from assistant.answers import entry
from assistant.answers.asked import Asked
from assistant.models import Draft
from assistant.question.decide import _others
from assistant.reading import read

NOW = datetime.datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))
HALLINGDAL = ("Flå", "Nesbyen", "Gol", "Hemsedal", "Ål", "Hol")


def ask(assistant: Assistant, question: str, municipality: str | None = None, *history: str) -> Answer:
    return assistant.ask(question, municipality, history, now=NOW)


class TestProcedure:
    def test_suspicion_about_a_child_gives_steps_duties_numbers_and_sources(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hva gjør jeg ved mistanke om at et barn blir slått?", "Gol")
        assert answer.kind == "procedure"
        assert len(answer.steps) >= 4
        assert "Barnevernsloven § 13-2" in answer.lead
        assert answer.citations[0].document == "hallingdal-2021"
        assert any(card.local for card in answer.helplines)

    def test_the_rule_about_guardians_always_comes_with_its_exception(self, assistant: Assistant) -> None:
        """«Ikke kontakt foresatte» alone would silence the one guardian who can protect."""
        for question in ("Skal jeg kontakte foreldrene?", "Hva gjør jeg ved mistanke om vold mot et barn?"):
            shown = ask(assistant, question, "Gol").text
            for line in shown.splitlines():
                if re.search(r"ikke (?:kontakt|ring).{0,20}foresatte|foresatte skal ikke", line, re.IGNORECASE):
                    assert "unntak" in line.lower() or "ikke er mistenkt" in line.lower()

    def test_who_is_meant_is_asked_back_with_buttons_when_it_is_not_said(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hva gjør jeg ved mistanke om vold?", "Gol")
        assert {choice.label for choice in answer.choices} >= {"Det gjelder et barn", "Det gjelder en voksen"}


class TestHelpline:
    @pytest.mark.parametrize("municipality", [None, "Hamar", "Bærum", "Oslo"])
    def test_a_local_number_reaches_only_its_own_municipality(
        self, assistant: Assistant, municipality: str | None
    ) -> None:
        answer = ask(assistant, "Hva er nummeret til krisesenteret?", municipality)
        local = {line.id: line for line in assistant.corpus.helplines if line.municipalities}
        for card in answer.helplines:
            assert card.id not in local or municipality in local[card.id].municipalities
        assert "32 07 52 50" not in answer.text

    def test_the_own_shelter_comes_first(self, assistant: Assistant) -> None:
        for municipality in HALLINGDAL:
            answer = ask(assistant, "Hva er nummeret til krisesenteret?", municipality)
            assert answer.helplines[0].id == "krisesenter-hallingdal"
            assert "32 07 52 50" in answer.lead

    def test_without_a_municipality_national_numbers_and_a_way_to_say_where(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hvor ringer jeg for å snakke med krisesenteret?")
        assert "116 006" in answer.text
        assert "kommune" in answer.lead

    def test_a_less_sure_number_says_that_it_may_have_changed(self, assistant: Assistant) -> None:
        card = next(
            c for c in ask(assistant, "nummer krisesenter", "Gol").helplines if c.id == "krisesenter-hallingdal"
        )
        assert "Kan være endret" in (card.caution or "")

    def test_02800_is_never_the_number_for_danger(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hvem ringer jeg når noen blir slått nå?", "Gol")
        numbers = [n.phone for n in answer.alert.numbers] if answer.alert else []
        assert "02800" not in numbers


class TestMeasure:
    def test_a_measure_by_number_gives_title_responsible_and_deadline(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hvem har ansvar for tiltak 7?", "Stange")
        assert answer.kind == "measure"
        assert answer.citations[0].section_path[-1] == "Tiltak 7"
        assert "Ansvarlig" in answer.lead

    def test_a_passed_deadline_says_so_and_never_that_it_was_done(self, assistant: Assistant) -> None:
        lead = ask(assistant, "Når er fristen for tiltak 6?", "Hamar").lead
        assert "Fristen var" in lead
        assert "står ikke i planen" in lead

    @pytest.mark.parametrize(
        ("question", "municipality", "said", "measures"),
        [
            ("Hvilke tiltak har ingen frist?", "Hamar", "3 av 15", ["13", "14", "15"]),
            ("Hvilke frister har gått ut?", "Hamar", "12 av 15", [str(number) for number in range(1, 13)]),
            ("List opp alle tiltakene med ansvarlig", "Bærum", "11 tiltak", [str(number) for number in range(1, 12)]),
            ("Hvilke frister har vi igjen?", "Hamar", "ingen av 15", []),
        ],
    )
    def test_a_list_of_measures_is_whole_and_counted(
        self, assistant: Assistant, question: str, municipality: str, said: str, measures: list[str]
    ) -> None:
        answer = ask(assistant, question, municipality)
        assert said in answer.lead
        assert re.findall(r"^Tiltak (\d+):", answer.lead, re.MULTILINE) == measures

    def test_a_list_is_of_one_plan_and_a_numbered_measure_is_no_list(self, assistant: Assistant) -> None:
        assert not ask(assistant, "Hvilke tiltak har ingen frist?", "Oslo").answered
        assert len(ask(assistant, "Er fristen for tiltak 4 og andre frister gått ut?", "Hamar").citations) == 1

    def test_the_own_plans_measure_is_meant(self, assistant: Assistant) -> None:
        assert ask(assistant, "Hva er tiltak 9?", "Bærum").citations[0].document == "baerum-2020"
        assert ask(assistant, "Hva er tiltak 9?", "Hamar").citations[0].document == "innlandet-2023"


class TestLaw:
    def test_a_neighbour_has_no_duty_to_report_but_may(self, assistant: Assistant) -> None:
        text = ask(assistant, "Har naboen meldeplikt til barnevernet?").text.lower()
        assert "ikke" in text
        assert "bør" in text

    def test_a_laws_citation_has_the_contracts_form(self, assistant: Assistant) -> None:
        citation = ask(assistant, "Hva sier straffeloven § 196 om avvergeplikt?").citations[0]
        assert (citation.kind, citation.document, citation.section_path[0]) == ("law", "straffeloven", "§ 196")


class TestFigure:
    def test_sources_that_disagree_are_shown_side_by_side(self, assistant: Assistant) -> None:
        lead = ask(assistant, "Hvor mange kvinner har opplevd alvorlig partnervold?").lead
        assert "ulike tall" in lead
        assert "[2]" in lead


class TestHonesty:
    @pytest.mark.parametrize(
        "question", ["Hva koster parkering i sentrum?", "Hvor lenge skal gjærdeig heve?", "Når åpner svømmehallen?"]
    )
    def test_an_off_topic_question_gets_an_honest_no_without_helplines(
        self, assistant: Assistant, question: str
    ) -> None:
        answer = ask(assistant, question)
        assert (answer.answered, answer.kind, answer.helplines, answer.citations) == (False, "abstain", (), ())

    def test_an_unsafe_request_is_refused_with_help_and_without_the_way(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hva er adressen til krisesenteret?", "Bærum")
        assert answer.kind == "refuse"
        assert not answer.answered
        assert answer.helplines

    def test_an_expired_plan_says_so(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hva er visjonen i planen?", "Gol")
        assert any("gjaldt til 31.12.2024" in (citation.notice or "") for citation in answer.citations)

    def test_a_rule_that_a_plan_states_too_widely_comes_with_the_correction(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Har jeg avvergeplikt når barnet blir hentet av en full pappa?", "Gol")
        assert any(citation.kind == "law" for citation in answer.citations)

    def test_every_statement_in_the_lead_has_a_citation(self, assistant: Assistant) -> None:
        for question in ("Hva er latent vold?", "Er det lov å slå barn?", "Hva er omvendt voldsalarm?"):
            answer = ask(assistant, question)
            marks = {int(number) for number in re.findall(r"\[(\d+)\]", answer.lead)}
            assert marks
            assert max(marks) <= len(answer.citations)


class TestConversation:
    def test_a_follow_up_rests_on_the_question_before(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hvem er det ment for?", None, "Hva er TryggEst?")
        assert "TryggEst" in answer.citations[0].quote

    def test_a_place_named_in_a_follow_up_counts(self, assistant: Assistant) -> None:
        answer = ask(assistant, "i Hamar?", None, "Hva er nummeret til krisesenteret?")
        assert "62 56 18 30" in answer.text

    def test_a_shared_name_asks_which_one_and_shows_no_local_number(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Hva er nummeret til krisesenteret?", "Våler")
        assert len(answer.choices) == 2
        assert not any(card.local for card in answer.helplines)

    def test_the_same_question_gives_the_same_answer(self, assistant: Assistant) -> None:
        assert ask(assistant, "Hva er vold?", "Gol") == ask(assistant, "Hva er vold?", "Gol")


class TestLanguage:
    def test_nynorsk_gets_nynorsk_fixed_text(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Kva er nummeret til krisesenteret?")
        assert answer.language == "nn"
        assert "Skriv kva kommune" in answer.lead

    def test_english_gets_english_fixed_text_and_is_told_that_quotes_are_norwegian(self, assistant: Assistant) -> None:
        answer = ask(assistant, "What is the number of the shelter?")
        assert answer.language == "en"
        assert "Say which municipality" in answer.lead


def test_no_question_that_the_corpus_answers_is_refused_as_unsafe(assistant: Assistant) -> None:
    """Thousands of honest questions stand in the corpus; those that a refusal rule touches are asked in full, and some others."""
    interpreter = assistant.understanding.interpreter
    questions = [question for passage in assistant.corpus.passages for question in passage.questions]
    assert len(questions) > 3000
    touched = [q for q in questions if interpreter.turn(read(q)).heard.refused]
    refused = [q for q in [*touched, *questions[::40]] if ask(assistant, q).kind == "refuse"]
    assert refused == []


def test_the_very_question_is_answered_in_any_case_and_with_any_end_mark(assistant: Assistant) -> None:
    """Every question of the corpus that a refusal rule touches, as people type it."""
    interpreter = assistant.understanding.interpreter
    questions = [question for passage in assistant.corpus.passages for question in passage.questions]
    touched = [q for q in questions if interpreter.turn(read(q)).heard.refused]
    assert touched
    for question in touched:
        for typed in (question.lower().rstrip("?"), f"  {question.upper()}!!", question.rstrip("?.") + " ?"):
            assert ask(assistant, typed).kind != "refuse", typed


def test_each_refusal_rules_own_examples_hold(assistant: Assistant) -> None:
    for rule in assistant.understanding.phrasebook.refusals:
        for example in rule.refused:
            assert ask(assistant, example).kind == "refuse", (rule.id, example)
        for example in rule.answered:
            assert ask(assistant, example).kind != "refuse", (rule.id, example)


class TestBelowAnAlert:
    @pytest.mark.parametrize("message", ["jeg vil dø", "Eg vil ikkje leve lenger"])
    def test_a_wish_to_die_is_followed_by_people_to_talk_with(self, assistant: Assistant, message: str) -> None:
        answer = ask(assistant, message)
        assert answer.alert is not None
        assert answer.entry is None
        assert answer.helplines

    def test_a_child_gets_a_childs_answer_and_no_law_notice(self, assistant: Assistant) -> None:
        answer = ask(assistant, "Faren min har kniv og truer mamma, jeg er 10 år")
        assert answer.alert is not None
        assert answer.alert.speaks_to == "child"
        assert answer.entry is None or "child" in assistant.corpus.entry[answer.entry].audience
        assert not [notice for notice in answer.notices if "§" in notice]


class TestWhichPlan:
    def test_a_place_that_a_plan_does_not_cover_is_said(self, assistant: Assistant) -> None:
        lead = ask(assistant, "Gjelder planen for Innlandet også Lillehammer?").lead
        assert "Lillehammer er ikke med" in lead

    def test_a_follow_up_about_another_plan_is_about_that_one(self, assistant: Assistant) -> None:
        answer = ask(assistant, "og i Innlandet?", "Bærum", "Hvor mye penger er satt av til handlingsplanen i Bærum?")
        assert answer.citations[0].document == "innlandet-2023"

    def test_staff_in_their_view_are_not_told_what_a_neighbour_may_do(self, assistant: Assistant) -> None:
        answer = assistant.ask("må jeg melde fra?", None, ("et barn forteller at far slår",), audience="staff", now=NOW)
        assert answer.entry is None or {"staff", "coordinator", "resident"} & set(
            assistant.corpus.entry[answer.entry].audience
        )

    def test_nor_below_an_alert_that_cannot_tell_who_writes(self, assistant: Assistant) -> None:
        answer = assistant.ask(
            "jenta på avdelinga gråter og sier at han slår henne nå, må jeg melde?", audience="staff", now=NOW
        )
        assert answer.alert is not None
        assert answer.entry is None or {"staff", "coordinator"} & set(assistant.corpus.entry[answer.entry].audience)


class TestOtherMeanings:
    """What is said when it is none too likely that it is meant."""

    @staticmethod
    def _answer(assistant: Assistant, likely: float, question: str = "Hva koster det å bo på krisesenteret?") -> Draft:
        assessed = Assessed.of(question)
        understood = assistant._understood(
            assessed.said,
            assessed.earlier,
            language="nb",
            alerted=assessed.alert.speaks_to if assessed.alert else None,
        )
        evidence, decision = assistant.understanding.of(understood)
        best = tuple(replace(found, likely=likely / at) for at, found in enumerate(evidence.entries, 1))
        decided = replace(
            decision,
            verdict="answer",
            entry=best[0],
            others=_others(understood, replace(evidence, entries=best), best[0]),
        )
        contacts = assistant.understanding.contacts
        asked = Asked(understood, evidence, decided, assistant.corpus, contacts["fitting"], contacts["instead"], NOW)
        found = entry.draft(asked)
        assert found is not None
        return found

    def test_a_likely_answer_is_said_alone(self, assistant: Assistant) -> None:
        said = self._answer(assistant, 0.95)
        assert said.choices == ()
        assert "ikke sikker" not in said.lead

    def test_a_less_likely_one_is_said_with_what_else_may_be_meant(self, assistant: Assistant) -> None:
        said = self._answer(assistant, 0.5)
        assert len(said.choices) == 2
        assert "ikke sikker" not in said.lead
        assert all(assistant.ask(choice.question).entry not in (None, said.entry) for choice in said.choices)

    def test_an_unlikely_one_says_that_it_is_not_sure(self, assistant: Assistant) -> None:
        assert self._answer(assistant, 0.2).lead.startswith("Jeg er ikke sikker")

    def test_in_danger_nobody_has_to_choose(self, assistant: Assistant) -> None:
        said = self._answer(assistant, 0.2, "Han står utenfor døra med kniv, hvor kan jeg dra?")
        assert said.choices == ()
        assert "ikke sikker" not in said.lead
