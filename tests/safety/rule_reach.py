"""How far each rule of the alert reaches: the messages that meet it, as written and with more words put in between.

    python tests/safety/rule_reach.py "why the rules reach what they reach now"    # records it

A rule's own examples are short: they go on firing when the rule gets a sign that it does not need, or when `near` is cut. The acute
messages of the sets, by many writers, and the examples pulled apart do not.
"""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from pathlib import Path

from safety_messages import messages

from assistant.content.files import EMBEDDED
from assistant.owners.baseline import Count, record_baseline
from assistant.safety import Safety

BASELINE = Path(__file__).with_name("baseline-rules.json")
BETWEEN = (4, 8)  # words put in between: half of what most rules allow (`near` 8 to 16), and nearly all of it
FILLER = "egentlig"  # no sign of any rule, and no word that a frame opens with


def pulled_apart(example: str) -> list[str]:
    """The example with words put in at each place in turn."""
    words = example.split()
    return [
        " ".join([*words[:place], *[FILLER] * count, *words[place:]])
        for count in BETWEEN
        for place in range(1, len(words))
    ]


def reach(safety: Safety) -> dict[str, dict[str, Count]]:
    """Rule -> how many acute messages of the sets meet it, and how many of its examples pulled apart; the rules alone."""
    acute = [message.text for message in messages() if message.acute]
    met = Counter(rule for text in acute for rule in safety.rules_met(text))
    groups: dict[str, dict[str, Count]] = {}
    for rule in safety.rules:
        apart = [text for example in rule.fires for text in pulled_apart(example)]
        groups[rule.id] = {
            "messages": (met[rule.id], len(acute)),
            "examples pulled apart": (sum(rule.id in safety.rules_met(text) for text in apart), len(apart)),
        }
    return groups


def main() -> None:
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit(__doc__)
    record_baseline(BASELINE, reach(Safety.load(EMBEDDED)), sys.argv[1].strip(), datetime.date.today())


if __name__ == "__main__":
    main()
