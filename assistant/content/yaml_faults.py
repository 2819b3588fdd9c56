"""What YAML says about a broken file, in Norwegian and with the cure that an editor needs."""

from __future__ import annotations

import yaml

from assistant.errors import Fault

_QUOTES = "Sett anførselstegn rundt verdien."
_INDENT = "Se innrykket på linjen og den over: felt i samme post begynner rett under hverandre."
_SPECIAL = "en verdi begynner med et tegn som betyr noe annet i YAML (@ ` % & * eller tabulator)"

_WORDS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "et kolon der det ikke kan stå", f"{_QUOTES} {_INDENT}"),
    ("could not find expected ':'", "linjen er verken et felt med kolon eller et punkt i en liste", _INDENT),
    ("did not find expected key", "linjen passer ikke med dem over", f"{_INDENT} Se også om et anførselstegn slutter midt i."),
    ("did not find expected '-' indicator", "linjen er ikke et punkt i listen", "Begynn den med «- », eller rett innrykket."),
    ("did not find expected ',' or ']'", "en liste med [ blir ikke avsluttet", "Sett komma mellom ordene og ] til slutt."),
    ("did not find expected ',' or '}'", "en post med { blir ikke avsluttet", "Sett komma mellom feltene og } til slutt."),
    ("unexpected end of stream", "et anførselstegn blir ikke avsluttet", "Sett samme anførselstegn etter teksten."),
    ("undefined alias", _SPECIAL, _QUOTES),
    ("alphabetic or numeric character", _SPECIAL, _QUOTES),
    ("cannot start any token", _SPECIAL, f"{_QUOTES} Bruk mellomrom, ikke tabulator, til innrykk."),
    ("tab character", "en tabulator i innrykket", "Bruk mellomrom."),
    ("sequence entries are not allowed", "«- » der det ikke kan stå en liste", "Flytt listen til linjen under feltet."),
    ("unknown escape character", "en omvendt skråstrek i doble anførselstegn", "Bruk enkle anførselstegn, eller ta den bort."),
    ("another document", "filen er delt i flere med ---", "Ta bort linjen med ---."),
    ("document start", "tekst som ikke hører til noe felt eller noen liste", _INDENT),
    ("expected node content", "et tegn som ikke passer der", _INDENT),
    ("second occurrence", _SPECIAL, _QUOTES),
    ("nesting depth", "lister i hverandre uten ende", "Skriv innholdet rett fram."),
    ("comment or line break", "tekst på samme linje som > eller |", "Flytt teksten til linjen under."),
)  # fmt: skip
_OPENED = ("']'", "'}'", "unexpected end of stream")
"""What is best told where it was opened: the parser only notices further down."""


def syntax_fault(error: Exception, where: str, first_line: int = 1) -> Fault:
    """One of YAML's errors as a Fault at its line."""
    said = str(getattr(error, "problem", None) or "")
    problem, cure = next(((words, cure) for part, words, cure in _WORDS if part in said), ("", _INDENT))
    problem = f"kan ikke leses som YAML: {problem}" if problem else "kan ikke leses som YAML"
    return Fault(f"{where}:{first_line + _line(error, said)}", problem, cure, "syntax")


def _line(error: Exception, said: str) -> int:
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0
    opened = error.context_mark if any(part in said for part in _OPENED) else None
    mark = opened or error.problem_mark or error.context_mark
    return mark.line if mark else 0
