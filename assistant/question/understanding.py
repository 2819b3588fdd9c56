"""The way from readings to a decided question, and why: interpret, find, decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.content.corpus import Corpus
from assistant.content.examples import Wording as Asking
from assistant.content.examples import read_wordings
from assistant.content.lexicons import Lexicon
from assistant.content.records import record_text
from assistant.content.schema import read_model
from assistant.index import Entry, Index, Weights, store
from assistant.index.matcher import Wording
from assistant.language.analyzer import Analyzer
from assistant.models import Decision, Evidence, Question
from assistant.question.contacts import Contacts
from assistant.question.decide import Decider
from assistant.question.declined import Declined
from assistant.question.finder import ENTRY, Finder, contact_entry, entry_entry, passage_entry
from assistant.question.interpreter import Interpreter
from assistant.question.phrasebook import Phrasebook

WEIGHTS = Weights().with_weights(questions=1.0, document=0.1)


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
        honest = {rule.id: rule.answered for rule in phrasebook.refusals}
        declined = Declined.load(answers).with_honest(honest).with_asked(asked)
        contacts = read_model(Contacts, answers / "contacts.yaml").model_dump()
        analyzer = Analyzer(Lexicon.load(corpus.lexicon_folder))
        index = Index.build([*_entries(corpus), *_examples(declined)], analyzer, WEIGHTS)
        matcher = store.matcher(corpus.version, lambda: list(known_wordings(corpus, declined, asked, index.analyzer)))
        contacts_index = Index.build([contact_entry(line) for line in corpus.helplines], analyzer)
        finder = Finder(corpus, index, matcher, contacts_index, declined, contacts)
        return cls(
            interpreter=Interpreter(index.analyzer, phrasebook, corpus.municipalities, corpus.documents),
            finder=finder,
            decider=Decider(phrasebook, declined.messages, finder.relevance.planned),
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
        for hit in self.finder.hits(question, self.finder.matches(question)):
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
    for name, likest in (("unsafe", evidence.unsafe), ("beyond the sources", evidence.beyond)):
        if likest.id:
            yield f"  most like among {name}: {likest.id} ({likest.ratio:.2f})"


def _entries(corpus: Corpus) -> Iterator[Entry]:
    labels = corpus.messages.labels()
    for passage in corpus.passages:
        yield passage_entry(passage, record_text(passage.record, labels) if passage.record else "")
    yield from map(entry_entry, corpus.entries)


def known_wordings(
    corpus: Corpus, declined: Declined, asked: Sequence[Asking], analyzer: Analyzer
) -> Iterator[Wording]:
    """All the ways of asking that are known, each with what answers it: a passage, an entry, or an example that is declined."""
    known = [(passage.id, text) for passage in corpus.passages for text in passage.questions]
    known += [(f"{ENTRY}{entry.id}", text) for entry in corpus.entries for text in entry.questions]
    known += [(f"{ENTRY}{wording.entry}", wording.text) for wording in asked if wording.entry in corpus.entry]
    known += [(id_, text) for id_, texts in declined.questions.items() for text in texts]
    for answer, text in known:
        words = analyzer.words(text)
        yield Wording(words, analyzer.stems(words), answer)


def _examples(declined: Declined) -> Iterable[Entry]:
    return (Entry(id_, {"questions": "\n".join(texts)}, "") for id_, texts in declined.questions.items())
