"""Questions and passages to terms: one analysis for both, so that what is the same to a reader is the same to the index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.content.lexicons import Lexicon
from assistant.language.glossary import Glossary
from assistant.language.stem import stem
from assistant.language.synonyms import Synonyms
from assistant.models import Query, QueryTerm
from assistant.reading import Reading, read
from assistant.reading import words as tokens
from assistant.reading.normalise import bare
from assistant.reading.spelling import Speller
from assistant.reading.tokens import paragraph_parts

GRAM_MARK = "#"
_EDGE = "_"
SLIPS_FROM = 6
"""Letters. Shorter words have too many neighbours in the content: `kost` is not a misspelt `kast`."""
EDITS = 3
"""Letters that may differ: `lainnet` is `landet`. A word too many found costs little in the search."""
AS_WRITTEN = "English as written"  # meets the English questions that passages are known to answer


@dataclass(frozen=True)
class Options:
    """Each step can be switched off, to measure it; the defaults are what pays (`tests/bench/ablation.py`)."""

    stems: bool = True
    stop: bool = True
    grams: int = 4
    bare_grams: bool = True
    inflection: bool = True
    nynorsk: bool = True
    dialect: bool = True
    written: bool = True
    correct: bool = True
    synonyms: bool = True
    english: bool = True
    word_weight: float = 1.5
    gram_weight: float = 1.0
    synonym_weight: float = 0.5
    history_weight: float = 0.6
    english_weight: float = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question in bokmål, how it came about, and what was typed for it."""

    text: str
    why: str = "word"
    weight: float = 1.0
    said: str = ""


class Analyzer:
    """Read-only. `knowing` gives one that also puts right misspelt words, from the words of the content."""

    def __init__(self, lexicon: Lexicon, options: Options = Options(), known: Mapping[str, int] | None = None) -> None:
        self.lexicon = lexicon
        self.options = options
        self._forms = _forms(lexicon, options)
        self._inside = lexicon.nynorsk_inside if options.nynorsk else {}
        self._inside_pattern = re.compile(
            "|".join(sorted(map(re.escape, self._inside), key=len, reverse=True)) or "(?!)"
        )
        self._stop = lexicon.stopwords if options.stop else frozenset()
        self._inflection = {form: words[0] for form, words in lexicon.inflection.items()} if options.inflection else {}
        self._known = _known(lexicon, known or {})
        self._stem_of = {word: self._stemmed(word) for word in self._known}
        self._stems = frozenset(self._stem_of.values()) if known else frozenset()
        self._glossary = Glossary(lexicon.english if options.english else {})
        self._synonyms = Synonyms(lexicon.synonyms if options.synonyms else (), self._plain, self._sense)
        self._speller = Speller(self._known, SLIPS_FROM, EDITS) if known and options.correct else None

    def knowing(self, counts: Mapping[str, int]) -> Analyzer:
        """The same analysis with the words of a content, each with how often it occurs."""
        return Analyzer(self.lexicon, self.options, counts)

    # --- words ---------------------------------------------------------------------------------------------------

    def words(self, text: str) -> list[str]:
        """A question's words in bokmål, misspellings put right, stop words among them."""
        return [word.text for word in self.spoken(read(text)) if word.why != AS_WRITTEN]

    def vocabulary(self, texts: Iterable[str]) -> Counter[str]:
        """The words of passages in bokmål, each with how often it occurs."""
        counts: Counter[str] = Counter()
        for token, count in Counter(token for text in texts for token in tokens(text)).items():
            counts.update(dict.fromkeys(self._bokmal(token), count))
        return counts

    def _plain(self, found: Sequence[str]) -> list[str]:
        return [word for token in found for word in self._bokmal(token)]

    def _bokmal(self, token: str) -> tuple[str, ...]:
        if (form := self._forms.get(token)) is not None:
            return form
        return (self._inside_pattern.sub(lambda match: self._inside[match[0]], token),)

    def spoken(self, reading: Reading) -> list[Word]:
        """The words of a question in bokmål; an English one through the glossary, and as written."""
        found = [token.text for token in reading.tokens if token.text[0] == "§" or token.text[0].isalnum()]
        if reading.language == "en":
            read = [Word(*word) for word in self._glossary.read(found)]
            content = {token for word in read for token in word.said.split()}
            return read + [Word(token, AS_WRITTEN, self.options.english_weight) for token in found if token in content]
        return [self._right(word, token) for token in found for word in self._bokmal(token)]

    def stems(self, words: Iterable[str]) -> list[str]:
        """The stem of each word."""
        return [self._stem(word) for word in words]

    def content(self, words: Sequence[Word]) -> frozenset[str]:
        """What was typed for the words that are no stop words."""
        return frozenset(
            word.said or word.text for word in words if word.text not in self._stop and word.why != AS_WRITTEN
        )

    def _right(self, word: str, token: str) -> Word:
        if self._speller is None or self.is_known(word):
            return Word(word, said=token)
        better = self._speller.correct(word)
        return Word(better, f"spelling: {token}", said=token) if better else Word(word, said=token)

    def is_known(self, word: str) -> bool:
        """Whether the content or the lexicon has the word, or another with its stem."""
        return word in self._known or word in self._stop or self._stem(word) in self._stems

    # --- terms ---------------------------------------------------------------------------------------------------

    def passage_terms(self, text: str) -> list[str]:
        """A passage as a bag of terms: each word's stem twice, and the character grams of the words that are no stop words."""
        return [term for token in tokens(text) for term in self.token_terms(token)]

    def token_terms(self, token: str) -> tuple[str, ...]:
        """The terms of one word of a passage."""
        terms: list[str] = []
        for word in self._bokmal(token):
            terms += [self._stem(form) for form in paragraph_parts(word)] * 2
            if word not in self._stop:
                terms += self._grams(word)
        return tuple(terms)

    def query(self, text: str, history: Sequence[str] = ()) -> Query:
        """The terms of a question given as texts, see `terms`."""
        reading = read(text)
        earlier = [self.spoken(read(turn)) for turn in history]
        return Query(text, reading.language, self.terms(self.spoken(reading), earlier))

    def terms(self, words: Sequence[Word], earlier: Sequence[Sequence[Word]] = ()) -> tuple[QueryTerm, ...]:
        """The terms of a question, weighted, each with why it is there; earlier turns lend theirs at a lower weight."""
        terms: dict[str, QueryTerm] = {}
        for term in self._terms(words):
            _add(terms, term)
        for age, turn in enumerate(reversed(earlier), 1):
            factor = self.options.history_weight / age
            for term in self._terms(turn):
                if term.term not in terms and factor > 0:
                    terms[term.term] = replace(term, weight=term.weight * factor, why="history", words=(), covers=0.0)
        return tuple(terms.values())

    def _terms(self, words: Sequence[Word]) -> Iterator[QueryTerm]:
        weight = self.options.word_weight
        content = [word for word in words if word.text not in self._stop]
        for word in content:
            for form in paragraph_parts(word.text):
                means = () if word.why == AS_WRITTEN else (word.said or word.text,)
                yield QueryTerm(self._stem(form), weight * word.weight, word.why, means, word.weight)
        for word in words:
            if word.text in self._stop:
                yield QueryTerm(self._stem(word.text), weight, "stop word")
        for word in content:
            for gram in self._grams(word.text):
                yield QueryTerm(gram, word.weight * self.options.gram_weight, "gram")
        yield from self._meant(words)

    def _meant(self, words: Sequence[Word]) -> Iterator[QueryTerm]:
        weight = self.options.word_weight * self.options.synonym_weight
        for match in self._synonyms.find([word.text for word in words]):
            own = [words[place] for place in match.places if words[place].text not in self._stop]
            said = tuple(word.said or word.text for word in own)
            why = f"synonym: {' '.join(words[place].text for place in match.places)}"
            for meant in match.means:
                if meant not in self._stop:
                    yield QueryTerm(self._stem(meant), weight * match.weight, why, said, 0.8 * match.weight)

    def _stem(self, word: str) -> str:
        return self._stem_of.get(word) or self._stemmed(word)

    def _stemmed(self, word: str) -> str:
        return stem(self._inflection.get(word, word)) if self.options.stems else word

    def _sense(self, word: str) -> str:
        """A word as the synonyms compare it; a stop word is not the stem of another (`dem` is no `demens`)."""
        return f"={word}" if word in self._stop else self._stem(word)

    def _grams(self, word: str) -> list[str]:
        size = self.options.grams
        if not size:
            return []
        edged = f"{_EDGE}{bare(word) if self.options.bare_grams else word}{_EDGE}"
        return [GRAM_MARK + edged[place : place + size] for place in range(max(1, len(edged) - size + 1))]


def _add(terms: dict[str, QueryTerm], new: QueryTerm) -> None:
    """A term met again: words and grams add up, as in a bag; an expansion counts once."""
    old = terms.get(new.term)
    if old is None:
        terms[new.term] = new
        return
    bag = new.why in ("word", "gram", "stop word")
    weight = old.weight + new.weight if bag else max(old.weight, new.weight)
    words = tuple(dict.fromkeys((*old.words, *new.words)))
    terms[new.term] = replace(old, weight=weight, words=words, covers=max(old.covers, new.covers))


def _forms(lexicon: Lexicon, options: Options) -> dict[str, tuple[str, ...]]:
    """All that is written otherwise in bokmål; what a word is in nynorsk goes before what it may be in a dialect."""
    forms: dict[str, tuple[str, ...]] = {}
    for switched_on, mapping in (
        (options.written, lexicon.spelling),
        (options.dialect, lexicon.dialect),
        (options.nynorsk, lexicon.nynorsk),
    ):
        if switched_on:
            forms.update(mapping)
    return forms


def _known(lexicon: Lexicon, counts: Mapping[str, int]) -> Mapping[str, int]:
    """The content's words, and the lexicon's own, which count as seen once."""
    known = dict(counts)
    for word in _lexicon_words(lexicon):
        known.setdefault(word, 1)
    return known


def _lexicon_words(lexicon: Lexicon) -> Iterator[str]:
    for mapping in (lexicon.spelling, lexicon.dialect, lexicon.nynorsk, lexicon.inflection):
        for words in mapping.values():
            yield from words
    for synonym in lexicon.synonyms:
        for phrase in (*synonym.says, *synonym.means):
            yield from phrase
    yield from lexicon.stopwords
