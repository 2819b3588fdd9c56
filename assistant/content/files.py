"""YAML read strictly: duplicate keys are faults, every fault names its line, and types are checked by the models."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.errors import CorpusError, Fault

Model = TypeVar("Model", bound=BaseModel)

_PACKAGE = Path(__file__).resolve().parents[1]
_PACKAGED = _PACKAGE / "_corpus"

EMBEDDED: Path = _PACKAGED if _PACKAGED.is_dir() else _PACKAGE.parent / "corpus"
"""The embedded corpus: inside the package in an installed wheel, beside it in a checkout. It may be missing or broken."""

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]
    """The safe loader that refuses a key written twice, which YAML would silently let the last one win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"feltet «{key}» står to ganger", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def parse(text: str, where: str, first_line: int = 1) -> Any:
    """The value of a YAML text.

    Raises CorpusError naming `where:line`, counted from `first_line`, for anything that YAML cannot read.
    """
    try:
        return yaml.load(text, Loader=_Strict)  # noqa: S506 - built on the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        fault = Fault(f"{where}:{line}", f"kan ikke leses som YAML: {error.problem}", CURE_YAML, "syntax")
    except (yaml.YAMLError, ValueError) as error:
        fault = Fault(f"{where}:{first_line}", f"kan ikke leses som YAML: {error}", CURE_YAML, "syntax")
    raise CorpusError(where, [fault])


def read(path: Path) -> Any:
    """The value of a YAML file. Raises CorpusError with the file's name where it is missing or unreadable."""
    return parse(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 with plain line ends. Raises CorpusError for a missing file or another encoding."""
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        raise CorpusError(path, [Fault(str(path), "filen finnes ikke", "Legg den tilbake.", "file")]) from None
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(str(path), f"kan ikke leses: {error}", "Lagre filen som UTF-8.", "file")
        raise CorpusError(path, [fault]) from None


def validate(model: type[Model], value: Any, where: str) -> Model:
    """`value` as a model. Raises CorpusError with one fault a field: what was expected and what stands there."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise CorpusError(where, [schema_fault(item, where) for item in error.errors()]) from None


def schema_fault(item: Any, where: str) -> Fault:
    """One of pydantic's errors as a Fault: the field, what was expected, what stands there."""
    field = ".".join(str(part) for part in item["loc"]) or "hele posten"
    given = item.get("input")
    problem = f"felt «{field}»: {item['msg']} (her står: {str(given)[:80]!r})"
    return Fault(where, problem, _cure(item["type"]), "schema")


def _cure(kind: str) -> str:
    cures = {
        "missing": "Legg til feltet; corpus/README.md forklarer det.",
        "extra_forbidden": "Feltet er ukjent. Rett navnet eller ta det bort; corpus/README.md har listen.",
        "string_type": "Sett anførselstegn rundt verdien.",
    }
    return cures.get(kind, "Se feltet i corpus/README.md.")


CURE_YAML = "Se innrykk, kolon og anførselstegn på linjen og den over."
