"""Checks of the content that can fail: each is a function from the corpus to faults, and each has a bad example.

Schema, types, dates and missing language variants are refused already when the corpus is read; what stands here needs the
whole corpus, or today's date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from assistant.content.corpus import Corpus, read_corpus
from assistant.errors import CorpusError, Fault
from assistant.models import Passage, Procedure, Service

CHECKED_WARN = datetime.timedelta(days=180)
CHECKED_FAIL = datetime.timedelta(days=365)
LONGEST_PASSAGE = 120
COPIED_RUN = 10

PHONE = re.compile(
    r"(?<![\d§.,/-])(?:\+47 ?)?(?:\d{8}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3}|\d{3} \d{3} \d{2}|116 ?\d{3}|0\d{4}|1412)(?![\d.,]?\d)"
    r"|\b(?:[Rr]ing(?:e|er)?|[Nn]ødnummer(?:et)?|[Tt]elefon(?:en)?|tlf\.?):? (?:på |til )?11[0-3]\b"
)
STREET = re.compile(
    r"\b(?:[A-ZÆØÅ][\wæøå.-]* ?)*(?:vei|veien|veg|vegen|gate|gata|gaten|allé|alléen|plass|plassen|torg|torget|tunet) \d{1,3}[A-Za-z]?\b"
)
BILL = re.compile(r"\b(?:regning|rekning)", re.IGNORECASE)

Check = Callable[[Corpus, datetime.date], Iterable[Fault]]


def lint(folders: tuple[Path, ...], today: datetime.date) -> list[Fault]:
    """Every fault in the folders, in reading order; notices (`level` "notice") do not make the content unusable."""
    try:
        corpus = read_corpus(*folders)
    except CorpusError as error:
        return list(error.faults)
    return [fault for check in CHECKS for fault in check(corpus, today)]


def _place(passage: Passage) -> str:
    return f"{passage.section.document}.md:{passage.line} ({' › '.join(passage.section.path)})"


def pointers(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """Ids of rules and helplines that records and passages point at must exist."""
    for passage in corpus.passages:
        for rule in passage.corrected_by + _rules(passage):
            if rule not in corpus.rules:
                cure = "Se id-ene på lovreglene under laws/ og guidance/."
                yield Fault(_place(passage), f"lovregelen «{rule}» finnes ikke", cure, "pointers")
        for helpline in _helplines(passage):
            if helpline not in corpus.helpline:
                yield Fault(_place(passage), f"«{helpline}» finnes ikke", "Se id-ene i helplines.yaml.", "pointers")


def _rules(passage: Passage) -> tuple[str, ...]:
    record = passage.record
    if not isinstance(record, Procedure):
        return ()
    return record.rules + tuple(rule for step in record.steps for rule in step.rules)


def _helplines(passage: Passage) -> tuple[str, ...]:
    record = passage.record
    if isinstance(record, Service):
        return (record.helpline,) if record.helpline else ()
    if isinstance(record, Procedure):
        return record.helplines + tuple(line for step in record.steps for line in step.helplines)
    return ()


def municipalities(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """Every municipality that content names must be one of the official list."""
    known = {municipality.name for municipality in corpus.municipalities}
    named = [
        (f"{document.id}.md: municipalities", name) for document in corpus.documents for name in document.municipalities
    ]
    named += [(_place(passage), name) for passage in corpus.passages for name in passage.municipalities]
    named += [(f"helplines.yaml: {line.id}", name) for line in corpus.helplines for name in line.municipalities]
    for where, name in named:
        if name not in known:
            yield Fault(
                where, f"kommunen «{name}» finnes ikke", "Skriv navnet som i municipalities.yaml.", "municipalities"
            )


def helpline_ids(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """Two helplines never share an id, and what is not sure enough to be shown is not kept."""
    seen: set[str] = set()
    for line in corpus.helplines:
        if line.id in seen:
            yield Fault(f"helplines.yaml: {line.id}", "id står to ganger", "Gi den ene en annen id.", "helpline-ids")
        seen.add(line.id)
        if line.confidence == "low":
            yield Fault(f"helplines.yaml: {line.id}.confidence", "low vises aldri", "Ta posten bort.", "helpline-ids")


def rule_ids(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """Two legal rules never share an id."""
    seen: set[str] = set()
    for passage in corpus.passages:
        if passage.record and passage.record.type == "legal_rule":
            if passage.record.id in seen:
                yield Fault(
                    _place(passage), f"id «{passage.record.id}» står to ganger", "Gi den ene en annen.", "rule-ids"
                )
            seen.add(passage.record.id)


def phone_numbers(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """A number to call stands in helplines.yaml only; anywhere else it would grow old unseen."""
    cure = "Vis til posten i helplines.yaml ved navn eller id."
    for passage in corpus.passages:
        if passage.text_kind == "rendition" and (found := PHONE.search(_all_text(passage))):
            yield Fault(_place(passage), f"ligner et telefonnummer: «{found[0]}»", cure, "phone-numbers")
    for name, texts in corpus.messages.texts.items():
        for language, text in texts.items():
            if found := PHONE.search(text):
                yield Fault(
                    f"messages.yaml: {name}.{language}", f"ligner et telefonnummer: «{found[0]}»", cure, "phone-numbers"
                )


def _all_text(passage: Passage) -> str:
    return "\n".join((passage.text, *passage.questions, passage.answer or "", passage.notice or ""))


def street_addresses(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """No street address stands anywhere: someone may be hiding there."""
    cure = "Ta adressen bort; kontakt går på telefon."
    for passage in corpus.passages:
        if passage.text_kind == "rendition" and (found := STREET.search(_all_text(passage))):
            yield Fault(_place(passage), f"ligner en gateadresse: «{found[0]}»", cure, "street-addresses")
    for line in corpus.helplines:
        if found := STREET.search(" ".join(str(value) for value in line.model_dump(exclude={"sources"}).values())):
            yield Fault(f"helplines.yaml: {line.id}", f"ligner en gateadresse: «{found[0]}»", cure, "street-addresses")


def phone_bills(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """Nothing is claimed about the phone bill: no Norwegian source was found for it."""
    for line in corpus.helplines:
        if BILL.search(" ".join([line.keeps, line.caution or "", *[channel.leaves for channel in line.channels]])):
            yield Fault(f"helplines.yaml: {line.id}", "sier noe om telefonregningen", "Ta det bort.", "phone-bills")


def check_dates(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """Contacts and legal rules are read again within a year; half a year before, a notice says so."""
    checked = [(f"helplines.yaml: {line.id}.checked_on", line.checked_on) for line in corpus.helplines]
    checked += [
        (_place(p), p.record.checked_on) for p in corpus.rules.values() if p.record and p.record.type == "legal_rule"
    ]
    for where, date in checked:
        age = today - date
        if age > CHECKED_WARN:
            level: Literal["fault", "notice"] = "fault" if age > CHECKED_FAIL else "notice"
            yield Fault(
                where, f"sist kontrollert {date}", "Kontroller mot kilden og sett ny dato.", "check-dates", level
            )
        if age < datetime.timedelta(0):
            yield Fault(where, f"kontrolldatoen {date} er ikke kommet ennå", "Rett datoen.", "check-dates")


def periods(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """An expired plan is a notice, not a fault: the answer says so. A period that ends before it begins is a fault."""
    for document in corpus.documents:
        if document.valid_from and document.valid_to and document.valid_to < document.valid_from:
            yield Fault(
                f"{document.id}.md: valid_to",
                "perioden slutter før den begynner",
                "Rett valid_from eller valid_to.",
                "periods",
            )
        elif document.valid_to and document.valid_to < today:
            yield Fault(
                document.id, f"planen gikk ut {document.valid_to}", "Finnes en nyere plan?", "periods", "notice"
            )


def passage_length(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """A passage is one thought: short enough to quote whole."""
    for passage in corpus.passages:
        words = len(passage.text.split())
        if passage.text_kind == "rendition" and words > LONGEST_PASSAGE and passage.record is None:
            yield Fault(
                _place(passage), f"{words} ord, høyst {LONGEST_PASSAGE}", "Del avsnittet i to.", "passage-length"
            )


def questions(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """Each section says which questions it answers, or people will not find it."""
    asked: dict[tuple[str, tuple[str, ...]], int] = {}
    for passage in corpus.passages:
        if passage.text_kind == "rendition":
            key = (passage.section.document, passage.section.path)
            asked[key] = asked.get(key, 0) + len(passage.questions)
    for (document, path), count in asked.items():
        if count < 2:
            cure = "Skriv to til seks spørsmål (linjer som begynner med «? »)."
            yield Fault(f"{document}.md ({' › '.join(path)})", f"bare {count} spørsmål", cure, "questions")


def copied_sentences(corpus: Corpus, today: datetime.date) -> Iterator[Fault]:
    """A rendition shares no long run of words with an original that has been ingested beside it."""
    runs: dict[tuple[str, ...], str] = {}
    for passage in corpus.passages:
        if passage.text_kind == "original":
            words = _words(passage.text)
            runs.update(
                {tuple(words[i : i + COPIED_RUN]): passage.section.document for i in range(len(words) - COPIED_RUN + 1)}
            )
    for passage in corpus.passages if runs else ():
        if passage.text_kind == "rendition":
            words = _words(passage.text)
            hit = next(
                (i for i in range(len(words) - COPIED_RUN + 1) if tuple(words[i : i + COPIED_RUN]) in runs), None
            )
            if hit is not None:
                run = " ".join(words[hit : hit + COPIED_RUN])
                yield Fault(
                    _place(passage), f"ordrett fra originalen: «{run}»", "Skriv det med egne ord.", "copied-sentences"
                )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


CHECKS: tuple[Check, ...] = (
    pointers,
    municipalities,
    helpline_ids,
    rule_ids,
    phone_numbers,
    street_addresses,
    phone_bills,
    check_dates,
    periods,
    passage_length,
    questions,
    copied_sentences,
)
