"""What a change of content does to the answers, before it is put in place: `assistant diff OLD NEW`.

Asked are the questions of the approved answers and of the documents that differ, one way of asking for each answer from the tables,
the measures of the plans that differ, and an editor's own list; as someone who lives where those plans hold.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.content.corpus import Corpus, read_corpus
from assistant.content.examples import QUESTIONS, read_wordings
from assistant.content.files import EMBEDDED
from assistant.content.json_lines import json_objects
from assistant.errors import UsageError
from assistant.models import Answer, Document, Measure

if TYPE_CHECKING:
    from assistant.assistant import Assistant

What = Literal["lost", "gained", "first_source", "answer"]
HEADINGS: Mapping[What, str] = {
    "lost": "Mister svaret",
    "gained": "Får svar",
    "first_source": "Får en annen første kilde",
    "answer": "Får et annet svar",
}
OF_MEASURE = ("Hvem har ansvar for tiltak {number}?", "Hva er fristen for tiltak {number}?")
SHOWN = 140
"""Characters of an answer that are printed."""
FIELDS = ("title", "responsible", "partners", "target_group", "deadline", "deadline_text")


@dataclass(frozen=True)
class Asked:
    """A question, and where the one who asks it lives."""

    question: str
    municipality: str | None = None


@dataclass(frozen=True)
class Change:
    """One question that is answered otherwise."""

    what: What
    question: str
    municipality: str | None
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """What has changed in plans and measures, in words, and which of the questions asked are answered otherwise."""

    content: tuple[str, ...]
    changes: tuple[Change, ...]
    asked: int

    @property
    def lost(self) -> int:
        return sum(change.what == "lost" for change in self.changes)

    def as_json(self) -> dict[str, Any]:
        return {"content": self.content, "asked": self.asked, "changes": [asdict(change) for change in self.changes]}

    def lines(self) -> Iterator[str]:
        """To read: the content first, then the questions, those that lose their answer first."""
        yield f"Innholdet ({len(self.content)} endringer)"
        yield from (f"  {line}" for line in self.content)
        for what, heading in HEADINGS.items():
            found = [change for change in self.changes if change.what == what]
            yield f"\n{heading} ({len(found)} av {self.asked})"
            for change in found:
                place = f" [{change.municipality}]" if change.municipality else ""
                yield f"  {change.question}{place}\n    før: {change.before}\n    nå:  {change.after}"


def content_of(path: Path) -> Corpus:
    """The content of a folder: as it is where it has helplines of its own, else beside the embedded corpus.

    Raises CorpusError as `read_corpus` does.
    """
    return read_corpus(path) if (path / "helplines.yaml").is_file() else read_corpus(EMBEDDED, path)


def difference(old: Assistant, new: Assistant, own: Sequence[Asked] = (), wordings: int = 1) -> Difference:
    """Every question asked of both. `wordings`: how many ways of asking for each approved answer are taken from the tables."""
    differs = _differing(old.corpus, new.corpus)
    asked = list(dict.fromkeys([*own, *_questions(old.corpus, new.corpus, differs, wordings)]))
    found = (_change(each, *(side.ask(each.question, each.municipality) for side in (old, new))) for each in asked)
    changes = sorted(filter(None, found), key=lambda change: list(HEADINGS).index(change.what))
    return Difference(tuple(_of_content(old.corpus, new.corpus, differs)), tuple(changes), len(asked))


def own_questions(path: Path) -> list[Asked]:
    """An editor's list: JSONL with `question` and perhaps `municipality`. Raises UsageError for an empty or unreadable one."""
    found = [Asked(item["question"], item.get("municipality")) for _, item in json_objects(path, ("question",))]
    if not found:
        raise UsageError(f"{path}: no questions. Write at least one line.")
    return found


def _differing(old: Corpus, new: Corpus) -> list[str]:
    """The ids of the documents that are not alike in both."""
    sides = [{id_: (corpus.document[id_], _texts(corpus, id_)) for id_ in corpus.document} for corpus in (old, new)]
    return sorted(id_ for id_ in {*sides[0], *sides[1]} if sides[0].get(id_) != sides[1].get(id_))


def _texts(corpus: Corpus, document: str) -> list[Any]:
    return [(p.section, p.text, p.record, p.questions) for p in corpus.passages if p.section.document == document]


def _questions(old: Corpus, new: Corpus, differs: Iterable[str], wordings: int) -> Iterator[Asked]:
    differs = tuple(differs)
    changed = [corpus.document[id_] for id_ in differs for corpus in (new, old) if id_ in corpus.document]
    places: dict[str | None, None] = dict.fromkeys(d.municipalities[0] for d in changed if d.municipalities)
    for place in places or [None]:
        for corpus in (old, new):
            yield from (Asked(question, place) for question in _known(corpus, differs))
            yield from (Asked(question, place) for question in _of_measures(corpus, place))
        yield from (Asked(text, place) for text in _typed(new, wordings))


def _known(corpus: Corpus, differs: Sequence[str]) -> Iterator[str]:
    """The questions of all entries, and those of the passages in documents that differ."""
    for entry in corpus.entries:
        yield from entry.questions
    for passage in corpus.passages:
        if passage.section.document in differs:
            yield from passage.questions


def _of_measures(corpus: Corpus, place: str | None) -> Iterator[str]:
    for passage in corpus.measures:
        record, owner = passage.record, corpus.document[passage.section.document]
        if isinstance(record, Measure) and record.number and place in owner.municipalities:
            yield from (question.format(number=record.number) for question in OF_MEASURE)


def _typed(corpus: Corpus, count: int) -> Iterator[str]:
    """The first ways of asking for each entry in the tables."""
    found: dict[str, list[str]] = {}
    for wording in read_wordings(corpus.folder / QUESTIONS):
        found.setdefault(wording.entry, []).append(wording.text)
    return itertools.chain.from_iterable(texts[:count] for texts in found.values())


def _change(asked: Asked, before: Answer, after: Answer) -> Change | None:
    begin = _parting(before.lead, after.lead)
    told = [_told(answer, begin) for answer in (before, after)]
    what: What
    if before.answered != after.answered:
        what = "gained" if after.answered else "lost"
    elif _first(before) != _first(after):
        what = "first_source"
    elif (before.entry, before.kind, before.text) != (after.entry, after.kind, after.text):
        what = "answer"
    else:
        return None
    return Change(what, asked.question, asked.municipality, *told)


def _first(answer: Answer) -> tuple[str, tuple[str, ...]] | None:
    first = next(iter(answer.citations), None)
    return (first.document, tuple(first.section_path)) if first else None


def _parting(one: str, other: str) -> int:
    """Where two texts begin to differ, and a little before, at a word."""
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one.rfind(" ", 0, max(same - SHOWN // 3, 0)) + 1


def _told(answer: Answer, begin: int) -> str:
    """An answer in one line: where it is from, and what it says from a place on."""
    first = _first(answer)
    place = f"{first[0]} › {first[1][-1]}" if first else "ingen kilde"
    said = " ".join(answer.lead[begin:].split())
    return f"{place}: {'… ' if begin else ''}{said[:SHOWN]}{' …' if len(said) > SHOWN else ''}"


def _of_content(old: Corpus, new: Corpus, differs: Iterable[str]) -> Iterator[str]:
    """Documents and measures that came, went or changed, in words."""
    for id_ in differs:
        before, after = old.document.get(id_), new.document.get(id_)
        if before is None or after is None:
            yield f"{id_}: {'ny' if before is None else _gone(id_, new)}"
            continue
        yield from _of_facts(id_, before, after)
        yield from _of_measure(id_, _measures(old, id_), _measures(new, id_))
        count = len(_texts(old, id_)), len(_texts(new, id_))
        yield f"{id_}: teksten er endret ({count[0]} avsnitt før, {count[1]} nå)"


def _gone(id_: str, new: Corpus) -> str:
    return f"avløst av {new.retired[id_]}" if id_ in new.retired else "borte"


def _of_facts(id_: str, before: Document, after: Document) -> Iterator[str]:
    for field in Document.model_fields:
        if (was := getattr(before, field)) != (now := getattr(after, field)):
            yield f"{id_}: {field} var {_value(was)}, er {_value(now)}"


def _of_measure(id_: str, before: Mapping[str, Measure], after: Mapping[str, Measure]) -> Iterator[str]:
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield f"{id_}: {name} {'er nytt' if was is None else 'er borte'}"
            continue
        for field in FIELDS:
            if getattr(was, field) != getattr(now, field):
                yield f"{id_}: {name}: {field} var {_value(getattr(was, field))}, er {_value(getattr(now, field))}"


def _measures(corpus: Corpus, document: str) -> dict[str, Measure]:
    """The measures of a document by number, or by title where they have none."""
    found = [p.record for p in corpus.measures if p.section.document == document and isinstance(p.record, Measure)]
    return {f"tiltak {m.number}" if m.number else f"«{m.title}»": m for m in found}


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"«{'; '.join(map(str, value))}»" if value else "tomt"
    return "tomt" if value is None else f"«{value}»"
