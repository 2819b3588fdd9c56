"""Numbers of helplines in approved texts: written as `{id}` in the content, put in from helplines.yaml, as a person dials them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.content import schema

NUMBER = re.compile(r"\{([a-z0-9-]+)\}")
Phones = Mapping[str, str | None]
"""The ids of helplines, each with its number; None where no source has one."""


def filled(value: Any, phones: Phones) -> Any:
    """The value with the digits where a text in it names a helpline. What has no number stays as it is."""
    if isinstance(value, str):
        return NUMBER.sub(lambda match: phones.get(match[1]) or match[0], value)
    if isinstance(value, Mapping):
        return {key: filled(part, phones) for key, part in value.items()}
    return [filled(part, phones) for part in value] if isinstance(value, (list, tuple)) else value


def unknown(value: Any, phones: Phones) -> list[tuple[str, str]]:
    """For each name in the value's texts that has no number: what is wrong, and what to write."""
    named = {name for text in _texts(value) for name in NUMBER.findall(text)}
    known = [id_ for id_, phone in phones.items() if phone]
    return [schema.unknown("nummeret", name, known, "Se helplines.yaml.") for name in sorted(named.difference(known))]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return [text for part in parts for text in _texts(part)]
