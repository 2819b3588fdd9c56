"""A question becomes an Asked: its language, terms and cues, who asks and from where, and the passages found for it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.content.corpus import Corpus
from assistant.content.helplines import for_municipality
from assistant.content.lexicons import Lexicon
from assistant.content.municipalities import find, mentioned
from assistant.content.records import record_text
from assistant.content.schema import read_model
from assistant.index import Entry, Hit, Index, Weights
from assistant.language.analyzer import Analyzer, Query
from assistant.models import Audience, Helpline, Language, Municipality, Passage
from assistant.question.asked import Asked, Found
from assistant.question.confidence import EVIDENCE, Confidence
from assistant.question.contacts import Contacts
from assistant.question.declined import Declined, Likest
from assistant.question.known_questions import KnownQuestions
from assistant.question.patterns import Cues
from assistant.question.refusals import Refusals
from assistant.question.relevance import Relevance
from assistant.reading.normalise import tokens

FOUND = 8
LOOKED_AT = 60  # passages and examples of declined questions together
COVERAGE = 0.5
WEIGHTS = Weights().with_weights(questions=1.0, document=0.1)
LOCAL = 1.5  # an own local helpline before a national one that fits as well
UNSAFE = 1.05  # clearly more like unsafe examples than like anything that is answered
LOCAL_CUES = frozenset({"figure", "measure"})  # what only a municipality's own plan can tell
KIND_CUE = "kind_"
RESTS = 1  # a question with no more content words than this rests on the one before
RESTS_LEANING = 3  # and one that points back («og», «det», «da») with no more than this
NEAR_BEST = 0.5
NAMED = 0.3  # the least share of the question that a helpline must be about
WHO: tuple[Audience, ...] = (
    "child",
    "perpetrator",
    "victim",
    "staff",
    "coordinator",
    "relative",
)  # the first that fits


@dataclass(frozen=True)
class Understanding:
    """Everything that is built once from a corpus; asking changes nothing in it."""

    corpus: Corpus
    analyzer: Analyzer
    index: Index
    contacts_index: Index
    cues: Cues
    refusals: Refusals
    declined: Declined
    contacts: Mapping[str, Mapping[str, Sequence[str]]]
    relevance: Relevance
    known_questions: KnownQuestions
    confidence: Confidence

    @classmethod
    def build(cls, corpus: Corpus) -> Understanding:
        """The understanding of a corpus. Raises CorpusError for a lexicon that cannot be read."""
        analyzer = Analyzer(Lexicon.load(corpus.lexicon_folder))
        answers = corpus.lexicon_folder / "lexicon" / "answers"
        refusals = Refusals.load(answers / "refusals.yaml")
        declined = Declined.load(answers).with_honest({rule.id: rule.answered for rule, _, _ in refusals.rules})
        entries = [index_entry(passage, corpus) for passage in corpus.passages]
        entries += [Entry(id_, {"questions": "\n".join(texts)}, "") for id_, texts in declined.questions.items()]
        index = Index.build(entries, analyzer, WEIGHTS)
        return cls(
            corpus=corpus,
            analyzer=index.analyzer,
            index=index,
            contacts_index=Index.build([_contact_entry(line) for line in corpus.helplines], analyzer),
            cues=Cues.load(answers / "cues.yaml"),
            refusals=refusals,
            declined=declined,
            contacts=read_model(Contacts, answers / "contacts.yaml").model_dump(),
            relevance=Relevance([corpus.passage.get(id_) for id_ in index.ids], corpus),
            known_questions=KnownQuestions(index, index.analyzer),
            confidence=Confidence(answers),
        )

    def of(
        self,
        question: str,
        municipality: str | None,
        history: Sequence[str],
        language: Language,
        audience: Audience | None,
        now: datetime.datetime,
        acute: bool = False,
    ) -> Asked:
        """The question as understood."""
        resolved = self._resolved(question, history)
        query = self.analyzer.query(question, history)
        if resolved != question:  # the question's own words twice, so that they weigh more than the earlier ones
            query = self.analyzer.query(f"{resolved} {question}", history[:-1])
        words = tuple(self.analyzer.words(resolved))
        written = tuple(tokens(resolved))
        cues = self.cues.found(written, words) | self._standing_cues(history)
        candidates, unknown = self._municipality(question, municipality, history)
        own = candidates[0] if len(candidates) == 1 else None
        who = audience or _who(cues)
        hits = self.index.search(query, LOOKED_AT, weight=self.relevance.weights(candidates, cues, who))
        found = tuple(
            self._found(hit, query, place < EVIDENCE) for place, hit in enumerate(self._ranked(hits, question)[:FOUND])
        )
        likest = self.declined.likest([(hit.id, hit.parts.get("questions", 0.0), hit.coverage) for hit in hits])
        helplines = self._helplines(query, cues, own, who)
        earlier = tuple(word for turn in history[-2:] for word in tokens(turn))
        uncovered = self.relevance.uncovered(candidates) and not LOCAL_CUES.isdisjoint(cues)
        verdict = self.confidence.judge((written, words), earlier, found, bool(helplines), uncovered, likest["beyond"])
        known = any(question.strip() in item.passage.questions for item in found)
        refusal = self._refusal(self.refusals.message(written, words), likest, known, acute)
        return Asked(
            question=question,
            resolved=resolved,
            language=language,
            query=query,
            words=words,
            cues=cues,
            found=found,
            helplines=helplines,
            municipality=own,
            candidates=candidates,
            municipality_unknown=unknown,
            audience=who,
            now=now,
            history=history,
            corpus=self.corpus,
            contacts=self.contacts["fitting"],
            acute=acute,
            confident=verdict.confident,
            on_topic=verdict.on_topic,
            refusal=refusal,
        )

    def search(self, question: str, municipality: str | None, k: int) -> list[Found]:
        """The passages for a question, best first, weighted as for an answer."""
        asked = self.of(question, municipality, (), "nb", None, datetime.datetime.now(datetime.UTC))
        weights = self.relevance.weights(asked.candidates, asked.cues, asked.audience)
        hits = self.index.search(asked.query, k + LOOKED_AT, weight=weights)
        return [self._found(hit, asked.query) for hit in self._ranked(hits, question)[:k]]

    def explain(self, question: str, municipality: str | None, history: Sequence[str]) -> str:
        """The terms with their reasons, the cues, and the hits with the parts of their scores."""
        asked = self.of(question, municipality, history, "nb", None, datetime.datetime.now(datetime.UTC))
        weights = self.relevance.weights(asked.candidates, asked.cues, asked.audience)
        hits: Sequence[Hit] = self.index.search(asked.query, LOOKED_AT, weight=weights)
        place = asked.municipality.name if asked.municipality else "-"
        lines = [f"audience {asked.audience or '-'} · municipality {place} · confident {asked.confident}"]
        lines += [f"cues: {', '.join(sorted(asked.cues)) or '-'}", "terms:"]
        lines += [f"  {term.weight:5.2f}  {term.term}  {term.why}" for term in asked.query.terms]
        lines.append("hits:")
        for hit in hits:
            parts = " ".join(f"{name}={value:.2f}" for name, value in hit.parts.items())
            lines.append(f"  {hit.score:7.3f}  cover {hit.coverage:.2f}  {hit.id}  {parts}")
        return "\n".join(lines)

    def _resolved(self, question: str, history: Sequence[str]) -> str:
        """A question that rests on the one before («Hvem er det ment for?») together with it; any other as it is."""
        if not history:
            return question
        content = {word for term in self.analyzer.query(question).terms for word in term.words}
        leans = "leans" in self.cues.found(tokens(question), self.analyzer.words(question))
        rests = len(content) <= (RESTS_LEANING if leans else RESTS)
        return f"{history[-1]} {question}" if rests else question

    def _ranked(self, hits: Sequence[Hit], question: str) -> list[Hit]:
        """The passages by score and by how much of the question they speak of: all of its words go before one of them often.

        A passage that has the very question among those it answers goes first.
        """
        passages = [hit for hit in hits if hit.id in self.corpus.passage]
        best = max((hit.score for hit in passages), default=1.0)
        asked = _bare(question)

        def key(hit: Hit) -> tuple[float, str]:
            same = any(_bare(known) == asked for known in self.corpus.passage[hit.id].questions)
            return -(hit.score / best + COVERAGE * hit.coverage + same), hit.id

        return sorted(passages, key=key)

    def _refusal(self, by_rule: str | None, likest: Mapping[str, Likest], known: bool, acute: bool) -> str | None:
        """The refusal's message when a rule fits, or the question is more like unsafe examples than like anything answered.

        `known`: it stands word for word among the questions that passages answer, which no rule may refuse.

        Who tells of danger and is like a victim's question gets help, not a refusal: the alert has come first.
        """
        unsafe = likest["unsafe"]
        if by_rule and not known:
            return by_rule
        return self.declined.messages[unsafe.id] if unsafe.id and unsafe.ratio >= UNSAFE and not acute else None

    def _found(self, hit: Hit, query: Query, as_evidence: bool = True) -> Found:
        """A hit as found; only the best ones, which decide whether to answer, are held against their known questions."""
        passage = self.corpus.passage[hit.id]
        return Found(
            passage, hit.score, hit.coverage, self.known_questions.likeness(query, passage) if as_evidence else 0.0
        )

    def _standing_cues(self, history: Sequence[str]) -> frozenset[str]:
        """Who asks, and whether it is about a child, holds on from earlier questions."""
        earlier = [self.cues.found(tokens(turn), self.analyzer.words(turn)) for turn in history[-3:]]
        return frozenset(cue for cues in earlier for cue in cues if cue.startswith(("who_", "about_")))

    def _municipality(
        self, question: str, given: str | None, history: Sequence[str]
    ) -> tuple[tuple[Municipality, ...], bool]:
        """Where the asker may live (several for a shared name), and whether the given name is unknown.

        The one named in the question («i Hamar?») goes before the given one, and that before one named earlier.
        """
        known = self.corpus.municipalities
        chosen = find(given, known) if given else []
        for turn in (question, *reversed(history)):
            named = _shared(
                mentioned(turn, known) or find(turn.strip(" ?.!"), known)
            )  # «Ål» alone answers «Hvilken kommune?»
            if named and not (chosen and (turn != question or chosen[0] in named)):
                return named, False
        return tuple(chosen), bool(given and not chosen)

    def _helplines(
        self, query: Query, cues: frozenset[str], municipality: Municipality | None, who: Audience | None
    ) -> tuple[Helpline, ...]:
        """The helplines that the question names or needs, best first; none where it does not ask for contact.

        Another municipality's are left out before the cut. A kind of service that is named («krisesenteret») goes before what
        only shares words with the question, and the asker's own before national ones.
        """
        if "contact" not in cues:
            return ()
        local, national = for_municipality(self.corpus.helplines, municipality.name if municipality else None)
        allowed = {line.id for line in (*local, *national)}
        hits = self.contacts_index.search(query, 6, weight={line.id: LOCAL for line in local}, allowed=allowed)
        best = hits[0].score if hits else 0.0
        near = [self.corpus.helpline[hit.id] for hit in hits if hit.score >= NEAR_BEST * best and hit.coverage >= NAMED]
        near = [line for line in near if who is None or not line.audience or who in line.audience]
        kinds = [cue.removeprefix(KIND_CUE) for cue in sorted(cues) if cue.startswith(KIND_CUE)]
        if not kinds:
            return tuple(line for line in near if line.kind != "emergency")
        first = [self.corpus.helpline[id_] for kind in kinds for id_ in self.contacts["first"].get(kind, ())]
        named = [line for line in (*local, *national) if line.kind in kinds]
        instead = [self.corpus.helpline[id_] for kind in kinds for id_ in self._instead(kind, local)]
        ordered = (
            first
            + [line for line in near if line in named]
            + [line for line in named if line not in near][:3]
            + instead
        )
        return tuple({line.id: line for line in ordered}.values())

    def _instead(self, kind: str, local: Sequence[Helpline]) -> Sequence[str]:
        """Who to contact for a kind of service that has no local number to show."""
        return () if any(line.kind == kind for line in local) else self.contacts["instead"].get(kind, ())


def _who(cues: frozenset[str]) -> Audience | None:
    return next((who for who in WHO if f"who_{who}" in cues), None)


def _bare(question: str) -> str:
    return question.strip(" ?.!").casefold()


def _shared(named: Sequence[Municipality]) -> tuple[Municipality, ...]:
    """The first municipality named, and those that share its name; others named beside it do not count."""
    return tuple(place for place in named if place == named[0] or place.name in named[0].ambiguous_with)


def index_entry(passage: Passage, corpus: Corpus) -> Entry:
    document = corpus.document[passage.section.document]
    record = record_text(passage.record, corpus.messages.labels()) if passage.record else ""
    return Entry(
        id=passage.id,
        fields={
            "heading": " ".join(passage.section.path),
            "questions": "\n".join(passage.questions),
            "body": f"{passage.answer or ''}\n{passage.text}",
            "record": "" if record == passage.text else record,
        },
        document=f"{document.id}",
    )


def _contact_entry(line: Helpline) -> Entry:
    return Entry(
        id=line.id,
        fields={
            "heading": f"{line.name} {line.name_nn or ''}",
            "questions": " ".join(line.needs),
            "body": line.for_whom or "",
            "record": "",
        },
        document=line.id,
    )
