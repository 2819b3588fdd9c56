"""The way from readings to a decided question, and why: interpret, find, decide."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from assistant.content.corpus import Corpus
from assistant.content.examples import Wording as Asking
from assistant.content.examples import read_wordings
from assistant.content.lexicons import Lexicon
from assistant.content.records import record_text
from assistant.content.schema import read_model
from assistant.index import Entry, Index, Weights, store
from assistant.index.matcher import FEWER, Matcher, Wording
from assistant.language.analyzer import Analyzer
from assistant.models import Decision, Evidence, Question
from assistant.question.contacts import Contacts
from assistant.question.decide import DECLINED, PASSAGE, Decider
from assistant.question.declined import Declined
from assistant.question.finder import NEEDS, TEXTS, Finder, contact_entry, passage_entry
from assistant.question.interpreter import Interpreter
from assistant.question.phrasebook import Phrasebook

WEIGHTS = Weights().with_weights(questions=1.0, document=0.1)
FEW, TIMES = 40, 6
"""Ways of asking that an entry should have, and how often one is met in the fit at most. Of 285 questions by a writer unknown to it,
for entries with eight ways each, .16 are found first instead of .13; of 2,500 for all entries .83 as before."""
FITTED_BY = ("index/matcher.py", "language/*.py", "reading/*.py", "question/understanding.py", "question/declined.py")
"""The code that decides what a matcher is fitted to, and how."""


@dataclass(frozen=True)
class Understanding:
    """Everything that is built once from a corpus; asking changes nothing in it."""

    interpreter: Interpreter
    finder: Finder
    decider: Decider
    index: Index
    phrasebook: Phrasebook
    contacts: Mapping[str, Mapping[str, Sequence[str]]]

    @classmethod
    def build(cls, corpus: Corpus) -> Understanding:
        """The understanding of a corpus. Raises CorpusError for a lexicon that cannot be read."""
        answers = corpus.lexicon_folder / "lexicon" / "answers"
        phrasebook = Phrasebook.load(answers)
        asked = read_wordings(corpus.folder) if corpus.entries else []
        corpus = with_asked(corpus, asked)
        declined = Declined.load(answers).with_rules(phrasebook.refusals)
        contacts = read_model(Contacts, answers / "contacts.yaml").model_dump()
        analyzer = Analyzer(Lexicon.load(corpus.lexicon_folder))
        index = Index.build(list(index_entries(corpus)), analyzer, WEIGHTS)
        matchers = _matchers(corpus, declined, asked, index.analyzer)
        contacts_index = Index.build([contact_entry(line) for line in corpus.helplines], analyzer)
        finder = Finder(corpus, index, matchers, contacts_index, contacts)
        return cls(
            interpreter=Interpreter(index.analyzer, phrasebook, corpus.municipalities, corpus.documents),
            finder=finder,
            decider=Decider(phrasebook, finder.relevance.planned),
            index=index,
            phrasebook=phrasebook,
            contacts=contacts,
        )

    def of(self, question: Question) -> tuple[Evidence, Decision]:
        """What was found for a question, and what is decided."""
        evidence = self.finder.evidence(question)
        return evidence, self.decider.decide(question, evidence)

    def explain(self, question: Question) -> str:
        """The terms with their reasons, what the wording says, the hits with the parts of their scores, and the decision."""
        evidence, decision = self.of(question)
        return "\n".join([*_of_question(question), *_of_decision(decision, evidence), *self._of_hits(question)])

    def _of_hits(self, question: Question) -> Iterator[str]:
        yield "hits:"
        for hit in self.finder.hits(question):
            parts = " ".join(f"{name}={value:.2f}" for name, value in hit.parts.items())
            yield f"  {hit.score:7.3f}  cover {hit.coverage:.2f}  {hit.id}  {parts}"


def _of_question(question: Question) -> Iterator[str]:
    place = ", ".join(sorted(question.place.names)) or "-"
    yield f"language {question.query.language} · asker {question.asker or '-'} · municipality {place}"
    yield f"read as: {' '.join(question.words)}"
    yield f"cues: {', '.join(sorted(question.cues)) or '-'}"
    yield f"the field's words: {', '.join(sorted(question.heard.field)) or '-'}"
    yield "terms:"
    yield from (f"  {term.weight:5.2f}  {term.term}  {term.why}" for term in question.query.terms)


def _of_decision(decision: Decision, evidence: Evidence) -> Iterator[str]:
    yield f"decision: {decision.verdict}, because {decision.because}"
    yield from (f"  {share:+6.2f}  {name}" for name, share in decision.parts.items())
    yield "likely:"
    yield from (f"  {found.likely:.2f}  {found.entry.id}" for found in evidence.entries)
    yield from (f"  {likely:.2f}  {name}" for name, likely in evidence.others.items())


def _matchers(corpus: Corpus, declined: Declined, asked: Sequence[Asking], analyzer: Analyzer) -> Mapping[str, Matcher]:
    """Both matchers, from disk or fitted side by side: each leaves half of a processor idle."""
    made_of = {
        NEEDS: (list(needs(corpus, declined, asked)), lambda: of_needs(corpus, declined, asked, analyzer)),
        TEXTS: (
            list(texts(corpus, asked)),
            lambda: Matcher.fit(list(_wordings(texts(corpus, asked), analyzer)), size=FEWER),
        ),
    }
    with ThreadPoolExecutor(len(made_of)) as pool:
        fits = {
            name: pool.submit(store.kept, name, _made_of(corpus, pairs), Matcher, fit, FITTED_BY)
            for name, (pairs, fit) in made_of.items()
        }
        return {name: fit.result() for name, fit in fits.items()}


def _made_of(corpus: Corpus, pairs: Iterable[tuple[str, str]]) -> str:
    """What a matcher is fitted to: the ways of asking, the kinds of entries, and the lexicon. An added document changes none."""
    digest = hashlib.sha256()
    for path in sorted((corpus.lexicon_folder / "lexicon").glob("*.yaml")):
        digest.update(path.read_bytes())
    for entry in corpus.entries:
        digest.update(f"{entry.id} {entry.audience} {entry.about} {entry.theme}\n".encode())
    for name, text in pairs:
        digest.update(f"{name}\t{text}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def index_entries(corpus: Corpus) -> Iterator[Entry]:
    """The passages as the index sees them."""
    labels = corpus.messages.labels()
    for passage in corpus.passages:
        yield passage_entry(passage, record_text(passage.record, labels) if passage.record else "")


def of_needs(corpus: Corpus, declined: Declined, asked: Sequence[Asking], analyzer: Analyzer) -> Matcher:
    """The matcher of what is asked for; entries are also known by whom they are for, about whom, and by their theme."""
    entries = corpus.entries
    kinds: list[Mapping[str, str]] = [
        {entry.id: entry.audience[0] for entry in entries},
        {entry.id: f"{entry.audience[0]}/{entry.about[0]}" for entry in entries},
        {entry.id: entry.theme for entry in entries},
    ]
    return Matcher.fit(
        list(_wordings(_evened(list(needs(corpus, declined, asked)), corpus), analyzer)), kinds, with_said=True
    )


def _evened(asked: Sequence[tuple[str, str]], corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The same ways of asking, those of an entry with few of them several times, so that a new entry is not drowned by the old ones."""
    count = Counter(answer for answer, _ in asked)
    for answer, text in asked:
        times = min(FEW // count[answer], TIMES) if answer in corpus.entry else 1
        yield from [(answer, text)] * max(times, 1)


def with_asked(corpus: Corpus, asked: Sequence[Asking]) -> Corpus:
    """The corpus whose passages also know how people in the bank ask for them, behind their own questions."""
    ways = _ways(asked)
    passages = tuple(
        passage.model_copy(update={"questions": (*passage.questions, *ways[passage.id])})
        if passage.id in ways
        else passage
        for passage in corpus.passages
    )
    return replace(corpus, passages=passages)


def _ways(asked: Sequence[Asking]) -> Mapping[str, Sequence[str]]:
    ways: dict[str, list[str]] = {}
    for wording in asked:
        ways.setdefault(wording.entry, []).append(wording.text)
    return ways


def needs(corpus: Corpus, declined: Declined, asked: Sequence[Asking]) -> Iterator[tuple[str, str]]:
    """The ways of asking, each with the class that it is of: an entry, a reason to decline, or the kind of passage that answers it.

    Passages' questions are written by their editors, and many: every second one tells enough of how such things are asked.
    """
    yield from ((entry.id, text) for entry in corpus.entries for text in entry.asked)
    yield from ((wording.entry, wording.text) for wording in asked if wording.entry in corpus.entry)
    yield from ((f"{DECLINED}{reason}", text) for reason, text in declined.with_asked(asked).examples)
    yield from [(f"{PASSAGE}{kind}", text) for kind, _, text in _retold(corpus, asked)][::2]


def texts(corpus: Corpus, asked: Sequence[Asking]) -> Iterator[tuple[str, str]]:
    """The questions that each passage is known to answer."""
    yield from ((id_, text) for _, id_, text in _retold(corpus, asked))


def _retold(corpus: Corpus, asked: Sequence[Asking]) -> Iterator[tuple[str, str, str]]:
    """The kind and id of each passage of the first folder, with each question that it is known to answer.

    Those of a document that is added where the program runs are known to the search alone: a fit takes a minute, and a new plan must be
    there at once.
    """
    ways = _ways(asked)
    for document, passages in corpus.first:
        for passage in passages if document.text_kind == "rendition" else ():
            kind = passage.record.type if passage.record else "law" if document.kind == "law" else "text"
            yield from ((kind, passage.id, text) for text in (*passage.questions, *ways.get(passage.id, ())))


def _wordings(known: Iterable[tuple[str, str]], analyzer: Analyzer) -> Iterator[Wording]:
    for answer, text in known:
        words = analyzer.words(text)
        yield Wording(words, analyzer.stems(words), answer)
