"""The way from readings to a decided question, and why: interpret, find, decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.content.corpus import Corpus
from assistant.content.lexicons import Lexicon
from assistant.content.records import record_text
from assistant.content.schema import read_model
from assistant.index import Entry, Index, Weights
from assistant.language.analyzer import Analyzer
from assistant.models import Decision, Evidence, Question
from assistant.question.contacts import Contacts
from assistant.question.decide import Decider
from assistant.question.declined import Declined
from assistant.question.finder import Finder, contact_entry, passage_entry
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
    contacts: Mapping[str, Sequence[str]]

    @classmethod
    def build(cls, corpus: Corpus) -> Understanding:
        """The understanding of a corpus. Raises CorpusError for a lexicon that cannot be read."""
        answers = corpus.lexicon_folder / "lexicon" / "answers"
        phrasebook = Phrasebook.load(answers)
        declined = Declined.load(answers).with_honest({rule.id: rule.answered for rule in phrasebook.refusals})
        contacts = read_model(Contacts, answers / "contacts.yaml").model_dump()
        analyzer = Analyzer(Lexicon.load(corpus.lexicon_folder))
        index = Index.build([*_entries(corpus), *_examples(declined)], analyzer, WEIGHTS)
        contacts_index = Index.build([contact_entry(line) for line in corpus.helplines], analyzer)
        finder = Finder(corpus, index, contacts_index, declined, contacts)
        return cls(
            interpreter=Interpreter(index.analyzer, phrasebook, corpus.municipalities),
            finder=finder,
            decider=Decider(phrasebook, declined.messages, finder.relevance.planned),
            index=index,
            phrasebook=phrasebook,
            contacts=contacts["fitting"],
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
    for name, likest in (("unsafe", evidence.unsafe), ("beyond the sources", evidence.beyond)):
        if likest.id:
            yield f"  most like among {name}: {likest.id} ({likest.ratio:.2f})"


def _entries(corpus: Corpus) -> Iterator[Entry]:
    labels = corpus.messages.labels()
    for passage in corpus.passages:
        yield passage_entry(passage, record_text(passage.record, labels) if passage.record else "")


def _examples(declined: Declined) -> Iterable[Entry]:
    return (Entry(id_, {"questions": "\n".join(texts)}, "") for id_, texts in declined.questions.items())
