"""Everything that an editor can break, found before a reader meets it: `assistant lint`."""

from __future__ import annotations

import datetime
from pathlib import Path

from assistant.content import files
from assistant.content.corpus import Corpus, document_paths, read_corpus
from assistant.content.files import EMBEDDED, Faults
from assistant.content.lexicons import Lexicon
from assistant.content.schema import read_model
from assistant.errors import Fault
from assistant.owners import content_checks, entry_checks, lexicon_checks
from assistant.owners.desk import Check, Desk
from assistant.question.contacts import Contacts
from assistant.question.declined import Declined
from assistant.question.phrasebook import Phrasebook
from assistant.safety import Safety

CHECKS: tuple[Check, ...] = (*content_checks.CHECKS, *entry_checks.CHECKS, *lexicon_checks.CHECKS)
OF_LEXICON = lexicon_checks.OF_LEXICON


def lint(folders: tuple[Path, ...], today: datetime.date) -> list[Fault]:
    """Every fault in the folders, in reading order; notices (`level` "notice") do not make the content unusable.

    First everything is read, file by file, with the lexicon of the first folder that has one (else the embedded one). What
    needs the whole is checked when all of it could be read. Folders that only add documents, as ingest makes them, are checked beside
    the embedded corpus, and what is said of that is left out.
    """
    if _only_adds(folders[0]):
        inside = tuple(str(folder) for folder in folders)
        return [fault for fault in lint((EMBEDDED, *folders), today) if fault.where.startswith(inside)]
    faults = Faults()
    corpus = _read(folders, faults)
    notices = [notice for folder in folders for notice in _left_over(folder)]
    if corpus and not faults:
        desk = Desk(read_corpus(*folders, as_written=True), today, folders)
        checks = (*CHECKS, *(OF_LEXICON if corpus.lexicon_folder in folders else ()))
        faults.extend(fault for check in checks for fault in check(desk))
    return [*dict.fromkeys(faults), *notices]


def _only_adds(folder: Path) -> bool:
    """Whether a folder has documents and none of the lists that the first must have."""
    lists = ("helplines.yaml", "messages.yaml", "municipalities.yaml")
    return bool(document_paths(folder)) and not any((folder / name).exists() for name in lists)


def _read(folders: tuple[Path, ...], faults: Faults) -> Corpus | None:
    """The corpus, if it can be read; every file under the lexicon is opened as well."""
    corpus = faults.of(read_corpus, *folders, strict=True)
    home = files.lexicon_folder(folders)
    answers = home / "lexicon" / "answers"
    faults.of(Lexicon.load, home)
    faults.of(Phrasebook.load, answers)
    faults.of(Declined.load, answers)
    faults.of(read_model, Contacts, answers / "contacts.yaml")
    faults.of(Safety.load, files.lexicon_folder(folders, "risk"))
    return corpus


def _left_over(folder: Path) -> list[Fault]:
    """Locks and copies that an editor's program left behind: they are not read, and someone may miss what they hold."""
    cure = "Lukk programmet, eller slett filen."
    found = sorted(path for path in folder.rglob("*") if files.is_left_over(path) and not path.is_dir())
    return [
        Fault(files.shown(path), "leses ikke: en låsefil eller kopi", cure, "left-over", "notice") for path in found
    ]
