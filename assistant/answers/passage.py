"""The plain answer: what the best passage says, and the next one where it adds something."""

from __future__ import annotations

import re

from assistant.answers.draft import answer
from assistant.answers.sentences import lead, numbered
from assistant.models import Draft, Figure, Passage
from assistant.question.asked import Asked

ALSO = 0.7  # a passage is said too when its score is this share of the first's
MORE = 2
NEW = 0.65
_WORD = re.compile(r"\w{4,}")


def passage(asked: Asked) -> Draft:
    """The approved short answer of the best passage, or its opening sentences."""
    return answer(asked, "passage", spoken(asked), evidence(asked))


def evidence(asked: Asked) -> list[Passage]:
    """The passages that the answer rests on, best first."""
    return [found.passage for found in asked.found]


def spoken(asked: Asked, first: str | None = None) -> str:
    """The best passage in its own short words (or as `first` puts it), then what else matters, each with its number.

    The next passages are said too when they come near the best one and have an approved short answer.
    """
    best, *rest = asked.found
    lines = [numbered(first or lead(best.passage), 1)]
    for number, found in enumerate(rest[:MORE], 2):
        said = found.passage.answer
        if (
            said
            and said not in lines[0]
            and found.score >= ALSO * best.score
            and _fits(asked, best.passage, found.passage)
        ):
            lines.append(numbered(said, number))
    return "\n\n".join(lines)


def _says_more(said: str, lines: list[str]) -> bool:
    """Whether most of its words (of four letters or more) are new: three sources that agree are cited, not repeated."""
    words = set(_WORD.findall(said.lower()))
    return len(words - set(_WORD.findall(" ".join(lines).lower()))) >= NEW * len(words)


def _fits(asked: Asked, best: Passage, other: Passage) -> bool:
    """Whether the other passage may be said in the same breath: for this asker, and no figure beside what is none."""
    for_asker = not other.audience or asked.audience in other.audience or set(other.audience) & set(best.audience)
    return bool(for_asker) and (isinstance(best.record, Figure) or not isinstance(other.record, Figure))
