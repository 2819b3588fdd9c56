"""The index gives rank-bm25's scores, in a fixed order."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from assistant.content.lexicons import Lexicon
from assistant.index import Channel, Entry, Index, Weights
from assistant.index.matcher import Matcher, Wording
from assistant.language.analyzer import Analyzer, Options
from assistant.models import Query, QueryTerm

ANALYZER = Analyzer(Lexicon.empty())
WORDS = Analyzer(Lexicon.empty(), Options(grams=0))
TEXT = Weights((Channel("text", ("body",)),))


def entries(texts: Sequence[str], **more: str) -> list[Entry]:
    return [Entry(f"p{number:03}", {"body": text, **more}) for number, text in enumerate(texts)]


def query(weights: dict[str, float]) -> Query:
    return Query("", "nb", tuple(QueryTerm(term, weight, "word", (term,), 1.0) for term, weight in weights.items()))


def random_texts(seed: int, count: int = 60) -> list[str]:
    """Words of very different frequency; the first is in most texts, so that its idf is negative and the floor applies."""
    choose = random.Random(seed)  # noqa: S311 - a corpus that is the same each time
    words = [f"ord{chr(97 + number)}" for number in range(20)]
    return [
        " ".join(choose.choices(words, [1 / (n + 1) for n in range(20)], k=choose.randint(1, 30))) for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("analyzer", [ANALYZER, WORDS], ids=["grams", "words"])
def test_scores_are_those_of_rank_bm25(seed: int, analyzer: Analyzer) -> None:
    texts = random_texts(seed)
    index = Index.build(entries(texts), analyzer, TEXT)
    okapi = BM25Okapi(
        [index.analyzer.passage_terms(text) for text in texts], k1=TEXT.k1, b=TEXT.b, epsilon=TEXT.epsilon
    )
    negative = [term for term in okapi.idf if np.isclose(okapi.idf[term], okapi.epsilon * okapi.average_idf)]
    terms = [*negative[:2], *random.Random(seed).sample(sorted(okapi.idf), 8), "finnesikke"]  # noqa: S311
    assert negative, "the corpus must have a term at the epsilon floor"
    got = {hit.id: hit.score for hit in index.search(query(dict.fromkeys(terms, 1.0)), len(texts))}
    for entry, expected in zip(entries(texts), okapi.get_scores(list(dict.fromkeys(terms))), strict=True):
        assert got.get(entry.id, 0.0) == pytest.approx(expected, abs=1e-9)


def test_a_weight_counts_a_term_as_often() -> None:
    texts = random_texts(7)
    index = Index.build(entries(texts), WORDS, TEXT)
    okapi = BM25Okapi([index.analyzer.passage_terms(text) for text in texts], k1=TEXT.k1, b=TEXT.b)
    expected = okapi.get_scores(["ordd", "ordd", "orde"])
    best = index.search(query({"ordd": 2.0, "orde": 1.0}), 1)[0]
    assert best.score == pytest.approx(expected.max(), abs=1e-9)


def test_ties_break_by_id_whatever_the_order_of_entries() -> None:
    given = entries(["vold i hjemmet"] * 5 + ["annet"] * 20)
    for shuffled in (given, given[::-1]):
        hits = Index.build(shuffled, ANALYZER, TEXT).search(ANALYZER.query("vold"), 3)
        assert [hit.id for hit in hits] == ["p000", "p001", "p002"]


def test_the_best_line_of_questions_counts() -> None:
    weights = Weights((Channel("questions", ("questions",), 1.0, "line"),))
    given = [
        Entry("many", {"questions": "Hva er et krisesenter?\nHvem kan bo der?\nKan jeg ta med hund?"}),
        Entry("one", {"questions": "Kan barn bo der?"}),
        *[Entry(f"x{n}", {"questions": "Noe helt annet?"}) for n in range(9)],
    ]
    index = Index.build(given, ANALYZER, weights)
    assert index.search(ANALYZER.query("hva er et krisesenter"), 1)[0].id == "many"


def test_a_document_lends_its_score_to_its_passages() -> None:
    weights = Weights((Channel("text", ("body",)), Channel("document", ("body",), 1.0, "document")))
    given = [
        Entry("a1", {"body": "planen gjelder Bærum"}, "baerum"),
        Entry("a2", {"body": "kurs holdes hver høst"}, "baerum"),
        Entry("b1", {"body": "kurs holdes hver høst"}, "other"),
        *[Entry(f"x{n}", {"body": f"fyll tekst nummer {n}"}, f"x{n}") for n in range(9)],
    ]
    hits = Index.build(given, ANALYZER, weights).search(ANALYZER.query("kurs i Bærum"), 3)
    assert [hit.id for hit in hits if hit.id in ("a2", "b1")] == ["a2", "b1"]
    assert hits[0].parts.keys() == {"text", "document"}


class TestSearch:
    index = Index.build(entries(["vold mot barn", "vold mot voksne", "penger og lønn", *["annet"] * 9]), ANALYZER, TEXT)

    def ids(self, text: str, **more: object) -> list[str]:
        return [hit.id for hit in self.index.search(self.index.analyzer.query(text), **more)]  # type: ignore[arg-type]

    def test_weights_multiply_scores(self) -> None:
        assert self.ids("vold mot barn")[0] == "p000"
        assert self.ids("vold mot barn", weight={"p001": 5.0})[0] == "p001"
        assert self.ids("vold mot barn", weight=np.array([0.1, *[1.0] * 11]))[0] == "p001"

    def test_weight_zero_leaves_out(self) -> None:
        assert "p000" not in self.ids("vold mot barn", weight={"p000": 0.0})

    def test_only_what_is_allowed_is_found(self) -> None:
        assert self.ids("vold mot barn", allowed={"p001"}) == ["p001"]
        assert self.ids("vold mot barn", allowed=np.arange(12) == 1) == ["p001"]
        assert self.ids("vold mot barn", allowed=set()) == []

    def test_gives_no_more_than_asked_and_nothing_without_a_match(self) -> None:
        assert len(self.ids("vold mot barn", k=1)) == 1
        assert self.ids("xyz") == []
        assert self.ids("") == []

    def test_coverage_is_the_share_of_the_words(self) -> None:
        cover = {hit.id: hit.coverage for hit in self.index.search(self.index.analyzer.query("barn vold"))}
        assert cover["p000"] == pytest.approx(1.0)
        assert 0 < cover["p001"] < 0.5  # «barn» is the rarer of the two

    def test_a_word_that_no_passage_has_weighs_most(self) -> None:
        hit = self.index.search(self.index.analyzer.query("vold vaffelrøre"))[0]
        assert hit.coverage < 0.4

    def test_asking_changes_nothing(self) -> None:
        assert self.ids("vold") == self.ids("vold")


def test_a_misspelt_question_finds_its_passage() -> None:
    index = Index.build(entries(["krisesenter", "barnevern", *["annet"] * 5]), ANALYZER, TEXT)
    hit = index.search(index.analyzer.query("krisesentr"), 1)[0]
    assert (hit.id, hit.coverage) == ("p000", 1.0)


def test_ids_must_differ() -> None:
    with pytest.raises(ValueError, match="'a' occurs more than once"):
        Index.build([Entry("a", {"body": "x"}), Entry("a", {"body": "y"})], ANALYZER)


@pytest.mark.parametrize("given", [[], [Entry("a", {})], [Entry("a", {"body": ""})]])
def test_nothing_to_index_finds_nothing(given: list[Entry]) -> None:
    assert Index.build(given, ANALYZER).search(ANALYZER.query("vold")) == []


def test_channels_can_be_left_out() -> None:
    assert [channel.name for channel in Weights().with_weights(document=0, questions=2).channels] == [
        "text",
        "questions",
    ]


def test_importing_does_not_load_the_stemmer() -> None:
    """nltk costs 0.2 seconds to import; the command line must not pay for it before it is needed."""
    import subprocess
    import sys

    code = "import sys, assistant.index, assistant.rank; print('nltk' in sys.modules, 'rank_bm25' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False False\n"
    )


class TestMatcher:
    """What a question is most like, by the fit and by BM25 over what was said for each class."""

    WORDINGS = tuple(
        Wording(words, words, answer)
        for answer, said in {
            "lås": ["kan jeg bytte lås", "han har nøkkel til låsen", "ny lås i døra"],
            "pass": ["han tok passet mitt", "nytt pass til barnet", "passkontoret sier nei"],
        }.items()
        for words in (text.split() for text in said)
    )

    def test_a_word_that_was_said_for_one_class_alone_speaks_for_it(self) -> None:
        alone, both = Matcher.fit(self.WORDINGS), Matcher.fit(self.WORDINGS, with_said=True)
        asked = ["passkontoret"]
        lead = [float(np.diff(matcher.odds(asked, asked))[0]) for matcher in (alone, both)]
        assert lead[1] > lead[0] + 0.1

    def test_unknown_words_add_nothing(self) -> None:
        alone, both = Matcher.fit(self.WORDINGS), Matcher.fit(self.WORDINGS, with_said=True)
        asked = ["skiløype"]
        assert np.array_equal(alone.odds(asked, asked), both.odds(asked, asked))
        assert not both.odds([], []).any()
