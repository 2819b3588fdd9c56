"""Checks of documents, helplines and messages: each is a function from the desk to faults, and each has a bad example.

Schema, types, dates and missing language variants are refused already when the corpus is read; what stands here needs the
whole corpus, or today's date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Literal

from assistant.content import schema
from assistant.errors import Fault
from assistant.models import Entry, Passage, Procedure, Service
from assistant.owners.desk import Check, Desk
from assistant.reading import words

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


def pointers(desk: Desk) -> Iterator[Fault]:
    """Ids of rules and helplines that records and passages point at must exist."""
    for passage in desk.corpus.passages:
        for rule in passage.corrected_by + _rules(passage):
            if rule not in desk.corpus.rules:
                where = "Se id-ene på lovreglene under laws/ og guidance/."
                problem, cure = schema.unknown("lovregelen", rule, desk.corpus.rules, where)
                yield Fault(desk.passage(passage), problem, cure, "pointers")
        for helpline in _helplines(passage):
            if helpline not in desk.corpus.helpline:
                problem, cure = schema.unknown(
                    "hjelpetilbudet", helpline, desk.corpus.helpline, "Se id-ene i helplines.yaml."
                )
                yield Fault(desk.passage(passage), problem, cure, "pointers")


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


def municipalities(desk: Desk) -> Iterator[Fault]:
    """Every municipality that content names must be one of the official list."""
    known = {municipality.name for municipality in desk.corpus.municipalities}
    named = [
        (desk.document(document.id, "municipalities"), name)
        for document in desk.corpus.documents
        for name in document.municipalities
    ]
    named += [(desk.passage(passage), name) for passage in desk.corpus.passages for name in passage.municipalities]
    named += [(desk.helpline(line.id), name) for line in desk.corpus.helplines for name in line.municipalities]
    for where, name in named:
        if name not in known:
            problem, cure = schema.unknown("kommunen", name, known, "Skriv navnet som i municipalities.yaml.")
            yield Fault(where, problem, cure, "municipalities")


def helpline_confidence(desk: Desk) -> Iterator[Fault]:
    """What is not sure enough to be shown is not kept."""
    for line in desk.corpus.helplines:
        if line.confidence == "low":
            where = desk.helpline(line.id, "confidence")
            yield Fault(where, "low vises aldri", "Ta posten bort.", "helpline-confidence")


def contact_texts(desk: Desk) -> Iterator[Fault]:
    """What stands on a contact card is said in nynorsk and English too, where the content has words for any of it."""
    known = desk.corpus.contact_texts
    for line in desk.corpus.helplines if known else ():
        own = (line.for_whom,) if not (line.for_whom_nn and line.for_whom_en) else ()
        channels = [text for channel in line.channels for text in (channel.hours, channel.leaves)]
        for text in dict.fromkeys(filter(None, (*own, line.hours, line.caution, line.keeps, *channels))):
            if text not in known:
                cure = "Legg teksten til i contact-texts.yaml, med nynorsk og engelsk."
                yield Fault(desk.helpline(line.id), f"«{text[:80]}» er bare på bokmål", cure, "contact-texts")


def rule_ids(desk: Desk) -> Iterator[Fault]:
    """Two legal rules never share an id."""
    seen: set[str] = set()
    for passage in desk.corpus.passages:
        if passage.record and passage.record.type == "legal_rule":
            if passage.record.id in seen:
                yield Fault(
                    desk.passage(passage),
                    f"id «{passage.record.id}» står to ganger",
                    "Gi den ene en annen.",
                    "rule-ids",
                )
            seen.add(passage.record.id)


def phone_numbers(desk: Desk) -> Iterator[Fault]:
    """A number to call stands in helplines.yaml only; anywhere else it would grow old unseen."""
    cure = "Vis til posten i helplines.yaml ved navn eller id."
    for passage in desk.corpus.passages:
        if passage.text_kind == "rendition" and (found := PHONE.search(_all_text(passage))):
            yield Fault(desk.passage(passage), f"ligner et telefonnummer: «{found[0]}»", cure, "phone-numbers")
    for name, texts in desk.corpus.messages.texts.items():
        for language, text in texts.items():
            if found := PHONE.search(text):
                yield Fault(
                    desk.message(name, language), f"ligner et telefonnummer: «{found[0]}»", cure, "phone-numbers"
                )


def _all_text(passage: Passage) -> str:
    return "\n".join((passage.text, *passage.questions, passage.answer or "", passage.notice or ""))


def street_addresses(desk: Desk) -> Iterator[Fault]:
    """No street address stands anywhere: someone may be hiding there."""
    cure = "Ta adressen bort; kontakt går på telefon."
    for passage in desk.corpus.passages:
        if passage.text_kind == "rendition" and (found := STREET.search(_all_text(passage))):
            yield Fault(desk.passage(passage), f"ligner en gateadresse: «{found[0]}»", cure, "street-addresses")
    for line in desk.corpus.helplines:
        if found := STREET.search(" ".join(str(value) for value in line.model_dump(exclude={"sources"}).values())):
            yield Fault(desk.helpline(line.id), f"ligner en gateadresse: «{found[0]}»", cure, "street-addresses")


def phone_bills(desk: Desk) -> Iterator[Fault]:
    """Nothing is claimed about the phone bill: no Norwegian source was found for it."""
    for line in desk.corpus.helplines:
        if BILL.search(" ".join([line.keeps, line.caution or "", *[channel.leaves for channel in line.channels]])):
            yield Fault(desk.helpline(line.id), "sier noe om telefonregningen", "Ta det bort.", "phone-bills")


def check_dates(desk: Desk) -> Iterator[Fault]:
    """Contacts and legal rules are read again within a year; half a year before, a notice says so."""
    checked = [(desk.helpline(line.id, "checked_on"), line.checked_on) for line in desk.corpus.helplines]
    checked += [
        (desk.passage(p), p.record.checked_on)
        for p in desk.corpus.rules.values()
        if p.record and p.record.type == "legal_rule"
    ]
    for where, date in checked:
        age = desk.today - date
        if age > CHECKED_WARN:
            level: Literal["fault", "notice"] = "fault" if age > CHECKED_FAIL else "notice"
            yield Fault(
                where, f"sist kontrollert {date}", "Kontroller mot kilden og sett ny dato.", "check-dates", level
            )
        if age < datetime.timedelta(0):
            yield Fault(where, f"kontrolldatoen {date} er ikke kommet ennå", "Rett datoen.", "check-dates")


def periods(desk: Desk) -> Iterator[Fault]:
    """An expired plan is a notice, not a fault: the answer says so. A period that ends before it begins is a fault."""
    for document in desk.corpus.documents:
        if document.valid_from and document.valid_to and document.valid_to < document.valid_from:
            yield Fault(
                desk.document(document.id, "valid_to"),
                "perioden slutter før den begynner",
                "Rett valid_from eller valid_to.",
                "periods",
            )
        elif document.valid_to and document.valid_to < desk.today:
            yield Fault(
                desk.document(document.id, "valid_to"),
                f"planen gikk ut {document.valid_to}",
                "Finnes en nyere plan?",
                "periods",
                "notice",
            )


def document_names(desk: Desk) -> Iterator[Fault]:
    """What a document is also called names it and nothing else: «depositum» or «Hol» in a question would be taken for a wish to read it."""
    places = {municipality.name.casefold() for municipality in desk.corpus.municipalities}
    asked = [(entry, f" {' '.join(words(text))} ") for entry in desk.corpus.entries for text in entry.asked]
    for document in desk.corpus.documents:
        for name in document.also_known_as:
            said = f" {' '.join(words(name))} "
            others = {entry.id for entry, text in asked if said in text and not _rests_on(entry, document.id)}
            if name.casefold() in places or others:
                why = f"står i spørsmål til {sorted(others)[0]}" if others else "er en kommune"
                problem = f"«{name}» {why}, og er ikke bare navnet på dokumentet"
                yield Fault(
                    desk.document(document.id, "also_known_as"),
                    problem,
                    "Bruk navnet folk kaller dokumentet.",
                    "document-names",
                )


def _rests_on(entry: Entry, document: str) -> bool:
    return any(passage.partition("/")[0] == document for passage in entry.rests_on)


def passage_length(desk: Desk) -> Iterator[Fault]:
    """A passage is one thought: short enough to quote whole."""
    for passage in desk.corpus.passages:
        words = len(passage.text.split())
        if passage.text_kind == "rendition" and words > LONGEST_PASSAGE and passage.record is None:
            yield Fault(
                desk.passage(passage), f"{words} ord, høyst {LONGEST_PASSAGE}", "Del avsnittet i to.", "passage-length"
            )


def questions(desk: Desk) -> Iterator[Fault]:
    """Each section says which questions it answers, or people will not find it."""
    asked: dict[tuple[str, tuple[str, ...]], int] = {}
    for passage in desk.corpus.passages:
        if passage.text_kind == "rendition":
            key = (passage.section.document, passage.section.path)
            asked[key] = asked.get(key, 0) + len(passage.questions)
    for (document, path), count in asked.items():
        if count < 2:
            first = next(p for p in desk.corpus.passages if (p.section.document, p.section.path) == (document, path))
            cure = "Skriv to til seks spørsmål (linjer som begynner med «? »)."
            yield Fault(desk.passage(first), f"bare {count} spørsmål", cure, "questions")


def copied_sentences(desk: Desk) -> Iterator[Fault]:
    """A rendition shares no long run of words with an original that has been ingested beside it."""
    runs: dict[tuple[str, ...], str] = {}
    for passage in desk.corpus.passages:
        if passage.text_kind == "original":
            words = _words(passage.text)
            runs.update(
                {tuple(words[i : i + COPIED_RUN]): passage.section.document for i in range(len(words) - COPIED_RUN + 1)}
            )
    for passage in desk.corpus.passages if runs else ():
        if passage.text_kind == "rendition":
            words = _words(passage.text)
            hit = next(
                (i for i in range(len(words) - COPIED_RUN + 1) if tuple(words[i : i + COPIED_RUN]) in runs), None
            )
            if hit is not None:
                run = " ".join(words[hit : hit + COPIED_RUN])
                yield Fault(
                    desk.passage(passage),
                    f"ordrett fra originalen: «{run}»",
                    "Skriv det med egne ord.",
                    "copied-sentences",
                )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


CHECKS: tuple[Check, ...] = (
    pointers,
    municipalities,
    helpline_confidence,
    contact_texts,
    rule_ids,
    phone_numbers,
    street_addresses,
    phone_bills,
    check_dates,
    periods,
    document_names,
    passage_length,
    questions,
    copied_sentences,
)
