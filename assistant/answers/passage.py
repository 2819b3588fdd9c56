"""The plain answer: what the best passage says, and the next one where it adds something."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.draft import answer
from assistant.answers.sentences import lead, numbered
from assistant.models import Draft, Passage

ALSO = 0.75  # the second passage is said too when its score is this share of the first's


def passage(asked: Asked) -> Draft:
    """The approved short answer of the best passage, or its opening sentences."""
    return answer(asked, "passage", spoken(asked), evidence(asked))


def evidence(asked: Asked) -> list[Passage]:
    """The passages that the answer rests on, best first."""
    return [found.passage for found in asked.found]


def spoken(asked: Asked) -> str:
    """One or two passages in their own short words, each with its number."""
    first, *rest = asked.found
    lines = [numbered(lead(first.passage), 1)]
    if rest and rest[0].score >= ALSO * first.score and rest[0].passage.answer:
        lines.append(numbered(rest[0].passage.answer, 2))
    return "\n\n".join(lines)
