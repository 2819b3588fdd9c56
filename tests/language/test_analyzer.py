"""Questions and passages become the same terms."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import EMBEDDED
from assistant.content.lexicons import Lexicon
from assistant.language.analyzer import Analyzer, Options

LEXICON = Lexicon.load(EMBEDDED)
TEXTS = [
    "Krisesenteret tilbyr samtaler og et trygt sted å bo.",
    "Bekymringsmelding sendes til barnevernet.",
    "Fysisk vold er straffbart.",
]
BARE = Analyzer(LEXICON)
KNOWING = BARE.knowing(BARE.vocabulary(TEXTS))


def terms(text: str, history: Sequence[str] = ()) -> dict[str, float]:
    return {term.term: term.weight for term in KNOWING.query(text, history).terms}


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Kva er vald?", "Hva er vold?"),
        ("valdsutsett", "voldsutsatt"),
        ("heimen", "hjem"),
        ("krisesenterlova", "krisesenterloven"),
        ("avvergingsplikten", "avvergeplikten"),
        ("helsesøster", "helsesykepleier"),
        ("han slo", "han slår"),
        ("§ 282", "paragraf 282"),
        ("116 006", "116006"),
    ],
)
def test_the_same_terms(asked: str, written: str) -> None:
    one = {term for term in BARE.passage_terms(asked) if not term.startswith("#")}
    assert one == {term for term in BARE.passage_terms(written) if not term.startswith("#")}


def test_a_question_meets_its_passage() -> None:
    for text in TEXTS:
        assert set(KNOWING.passage_terms(text)) <= {term.term for term in KNOWING.query(text).terms}


def test_dialect_is_read_as_bokmaal() -> None:
    assert BARE.words("Æ veit itj ka æ ska gjør") == ["jeg", "vet", "ikke", "hva", "jeg", "skal", "gjør"]


def test_a_misspelling_is_put_right_once_the_words_are_known() -> None:
    assert KNOWING.words("barnevrenet") == ["barnevernet"]
    assert Analyzer(Lexicon.empty()).words("barnevrenet") == ["barnevrenet"]
    term = next(term for term in KNOWING.query("barnevrenet").terms if term.why.startswith("spelling"))
    assert term.words == ("barnevrenet",)


def test_passages_are_never_corrected() -> None:
    assert "barnevrenet" in KNOWING.vocabulary(["barnevrenet"])


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("Jeg fikk juling", "fysisk"),
        ("Han sjekker alltid telefonen min", "digital"),
        ("Vil sladre på naboen", "bekymringsmelding"),
        ("Purken kom", "politi"),
        ("My husband beats me", "slå"),
        ("Is the shelter free?", "gratis"),
        ("Kjerringa sleng meg i veggen og eg får bank", "fysisk"),
    ],
)
def test_everyday_words_look_for_the_fields_words(asked: str, term: str) -> None:
    assert term in terms(asked)


def test_an_expansion_counts_less_than_the_word_itself() -> None:
    found = terms("juling")
    assert found["fysisk"] < found["juling"]


def test_a_stop_word_is_no_synonym_of_a_word_with_its_stem() -> None:
    """`dem` and `demens` have one stem; «dem» must not ask about dementia."""
    assert "risikoutsatt" not in terms("Hvem hjelper dem?")
    assert "risikoutsatt" in terms("Hun har demens")


def test_a_gap_in_a_phrase_is_short() -> None:
    """«gi … bank» is violence, a bank that somebody gives something is not."""
    assert "fysisk" in terms("Han skal gi meg bank")
    assert "fysisk" not in terms("Vi kan gi alle som vil ha det en bank")


def test_earlier_questions_lend_their_words_at_a_lower_weight() -> None:
    alone, after = terms("Hva koster det?"), terms("Hva koster det?", ["Hva er et krisesenter?"])
    assert set(alone) < set(after)
    assert 0 < after["krisesenter"] < alone["kost"]


def test_history_never_covers_words_of_the_question() -> None:
    assert all(
        not term.words for term in KNOWING.query("Hva koster det?", ["krisesenter"]).terms if term.why == "history"
    )


def test_stop_words_have_no_grams_and_cover_nothing() -> None:
    query = BARE.query("hva er det")
    assert {term.why for term in query.terms} <= {"stop word"} | {
        t.why for t in query.terms if t.why.startswith("synonym")
    }
    assert not any(term.words for term in query.terms if term.why == "stop word")


SWITCHES = ("stems", "stop", "inflection", "nynorsk", "dialect", "written", "synonyms", "english", "bare_grams")
SAMPLES = ["Kva gjer eg når ho slo ungan på skulen", "My husband hits me", "fikk juling av mannene på barnehagen bv"]


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_step_can_be_switched_off(switch: str) -> None:
    without = Analyzer(LEXICON, Options(**{switch: False}))
    assert any(without.query(text).terms != BARE.query(text).terms for text in SAMPLES)


def test_an_analyzer_without_lexicon_knows_only_letters() -> None:
    assert Analyzer(Lexicon.empty()).words("Kva gjer eg?") == ["kva", "gjer", "eg"]


@given(st.text(), st.lists(st.text(), max_size=2))
def test_any_text_is_a_question(text: str, history: list[str]) -> None:
    query = KNOWING.query(text, history)
    assert query.text == text
    assert all(term.weight > 0 for term in query.terms)
    assert query == KNOWING.query(text, history)


def test_long_texts_take_linear_time() -> None:
    """A pasted page must not stop the service: ten times the text may take at most thirty times as long."""
    import time

    def seconds(text: str) -> float:
        start = time.perf_counter()
        KNOWING.query(text)
        return time.perf_counter() - start

    seconds("mannen slår ungen " * 100)
    short = min(seconds("mannen slår ungen gi " * 200) for _ in range(3))
    assert min(seconds("mannen slår ungen gi " * 2000) for _ in range(3)) < 30 * short + 0.05
