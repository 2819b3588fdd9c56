"""Each rule of the alert held against its own examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.errors import CorpusError, Fault
from assistant.safety.assessor import Safety
from assistant.safety.rules import Rule


def check(safety: Safety) -> list[Fault]:
    """The examples that must fire by their rule and do not, and those that must not alarm and do."""
    return [fault for rule in safety.rules for fault in _faults_of(safety, rule)]


def check_folder(folder: Path | str) -> list[Fault]:
    """All faults of the rules in a folder, those of signs and those of the examples."""
    try:
        return check(Safety.load(folder))
    except CorpusError as error:
        return list(error.faults)


def _faults_of(safety: Safety, rule: Rule) -> Iterator[Fault]:
    for example in () if rule.after_alert else rule.fires:
        if rule.id not in safety.rules_met(example):
            yield Fault(
                rule.file, f"«{rule.id}» oppfylles ikke av sitt eget eksempel: «{example}»", "Rett regelen.", "risk"
            )
        elif not safety.fired(example):
            cure = "Tilpass på nytt med «assistant fit», eller rett eksemplet."
            yield Fault(rule.file, f"«{rule.id}» gir ikke varsel for sitt eget eksempel: «{example}»", cure, "risk")
    for example in rule.silent:
        if others := safety.fired(example):
            problem = f"«{rule.id}» har et eksempel som gir varsel ({', '.join(others)}): «{example}»"
            yield Fault(rule.file, problem, "Rett regelen eller eksemplet.", "risk")
