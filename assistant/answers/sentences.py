"""The direct answer from a passage: approved short answer, or its first sentences."""

from __future__ import annotations

import re

from assistant.models import Passage

LEAD_WORDS = 60
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«\d§])")
_ABBREVIATIONS = (
    "f.eks.",
    "bl.a.",
    "ca.",
    "nr.",
    "jf.",
    "m.m.",
    "pkt.",
    "kl.",
    "dvs.",
    "o.l.",
    "evt.",
    "st.",
    "meld.",
    "prop.",
)


def sentences(text: str) -> list[str]:
    """The sentences of running text; an abbreviation or a date does not end one."""
    parts: list[str] = []
    for piece in _END.split(" ".join(text.split())):
        if parts and (parts[-1].lower().endswith(_ABBREVIATIONS) or re.search(r"\b\d{1,2}\.$", parts[-1])):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return parts


def lead(passage: Passage, words: int = LEAD_WORDS) -> str:
    """The approved short answer, else the opening sentences up to about `words` words; a list stays a list."""
    if passage.answer:
        return passage.answer
    lines = passage.text.splitlines()
    if any(line.startswith("- ") for line in lines):
        return passage.text
    opening: list[str] = []
    for sentence in sentences(passage.text):
        if opening and len(" ".join([*opening, sentence]).split()) > words:
            break
        opening.append(sentence)
    return " ".join(opening)


def numbered(text: str, number: int) -> str:
    """The text with its citation's number: `Ring politiet. [1]`."""
    return f"{text} [{number}]"
