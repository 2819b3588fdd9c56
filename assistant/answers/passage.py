"""The plain answer: what the best passage says, and the next one where it adds something."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.drafting import answered
from assistant.answers.sentences import lead, numbered
from assistant.models import Draft, Figure, Passage

ALSO = 0.7  # a passage is said too when its score is this share of the first's
MORE = 2


def draft(asked: Asked) -> Draft:
    """The approved short answer of the best passage, or its opening sentences."""
    return answered(asked, "passage", spoken(asked), evidence(asked))


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


def _fits(asked: Asked, best: Passage, other: Passage) -> bool:
    """Whether the other passage may be said in the same breath: for this asker, and no figure beside what is none."""
    for_asker = not other.audience or asked.question.asker in other.audience or set(other.audience) & set(best.audience)
    return bool(for_asker) and (isinstance(best.record, Figure) or not isinstance(other.record, Figure))
