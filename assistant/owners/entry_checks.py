"""Checks of approved answers and of how people ask for them; each has a bad example."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from assistant.content import files, schema
from assistant.content.entries import FOLDER
from assistant.content.examples import read_wordings
from assistant.errors import Fault
from assistant.models import Entry, HelplineKind
from assistant.owners.content_checks import PHONE
from assistant.owners.desk import Check, Desk
from assistant.question.declined import LABELS


def entry_pointers(desk: Desk) -> Iterator[Fault]:
    """What an entry rests on, whom it sends people to and what it leads on to must exist; nothing is said without ground."""
    contacts = [*get_args(HelplineKind), *desk.corpus.helpline]
    for entry in desk.corpus.entries:
        pointers: tuple[tuple[str, Sequence[str], Collection[str]], ...] = (
            ("avsnittet", entry.rests_on, desk.corpus.passage),
            ("kontakten", entry.contacts, contacts),
            ("svaret", entry.leads_on, desk.corpus.entry),
        )
        for what, names, known in pointers:
            for name in names:
                if name not in known:
                    problem, cure = schema.unknown(what, name, known, "Se id-ene i innholdet.")
                    yield Fault(_place(entry), f"«{entry.id}»: {problem}", cure, "entry-pointers")


def entry_numbers(desk: Desk) -> Iterator[Fault]:
    """A telephone number stands in the helpline data only; an entry names it by id."""
    for path in files.listed(desk.folders[0] / FOLDER, "*.yaml"):
        for number, line in enumerate(files.read_text(path).split("\n"), 1):
            if found := PHONE.search(line):
                cure = "Skriv {id} fra helplines.yaml; programmet setter inn sifrene."
                yield Fault(
                    f"{files.shown(path)}:{number}", f"ligner et telefonnummer: «{found[0]}»", cure, "entry-numbers"
                )


def wordings(desk: Desk) -> Iterator[Fault]:
    """A way of asking belongs to an entry or a passage, or says why it is declined; the same line stands once."""
    seen: dict[str, str] = {}
    known = (desk.corpus.entry, desk.corpus.passage, LABELS)
    for wording in read_wordings(desk.corpus.folder) if desk.corpus.entries else ():
        where = f"questions/{wording.writer}.jsonl"
        if not any(wording.entry in names for names in known):
            names = [name for found in known for name in found]
            problem, cure = schema.unknown("svaret", wording.entry, names, "Se id-ene i answers/ og dokumentene.")
            yield Fault(where, f"«{wording.text[:60]}»: {problem}", cure, "wordings")
        if (first := seen.setdefault(wording.text.casefold(), where)) != where:
            yield Fault(where, f"«{wording.text[:60]}» står også i {first}", "Ta bort den ene.", "wordings")


def _place(entry: Entry) -> str:
    return f"{FOLDER}/{entry.theme}.yaml:{entry.line}"


CHECKS: tuple[Check, ...] = (entry_pointers, entry_numbers, wordings)
