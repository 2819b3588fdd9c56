"""A rule of the alert cannot be weakened unseen, and what the fitted weights decide is counted and said."""

from __future__ import annotations

import json

import pytest
from rule_reach import BASELINE, reach
from safety_messages import SETS

from assistant.owners.baseline import read_baseline
from assistant.owners.weights import fitted_part
from assistant.safety import Safety, check

FEWEST = {  # acute and calm messages in each set; none may be emptied behind the back of those that it is counted with
    "acute": (800, 0),
    "calm": (0, 750),
    "fresh-1": (190, 190),
    "fresh-2": (190, 190),
    "fresh-3": (300, 270),
    "fresh-4": (110, 110),
    "fresh-5": (60, 60),
}


@pytest.mark.parametrize("name", FEWEST)
def test_no_set_of_messages_is_emptied(name: str) -> None:
    lines = [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    acute = sum(line["acute"] for line in lines)
    fewest = FEWEST[name]
    assert acute >= fewest[0], f"sets/{name}.jsonl has {acute} acute messages, {fewest[0]} are promised: put them back."
    calm = len(lines) - acute
    assert calm >= fewest[1], f"sets/{name}.jsonl has {calm} calm messages, {fewest[1]} are promised: put them back."


def test_no_rule_reaches_less_than_recorded(safety: Safety) -> None:
    baseline, now = read_baseline(BASELINE), reach(safety)
    again = 'Widen the rule again, or record with the reason why: python tests/safety/rule_reach.py "…"'
    assert baseline.worse(now) == [], f"A rule has become narrower. {again}"
    assert set(now) == set(baseline.groups), f"A rule is new and not recorded yet. {again}"


def test_every_example_that_must_fire_is_carried_by_its_rule_alone(safety: Safety) -> None:
    """With the second opinion off. The weights may doubt a rule, never replace it: nobody can object to a weight."""
    missed = [
        f"{rule.id}: «{example}»"
        for rule in safety.rules
        if not rule.after_alert
        for example in rule.fires
        if rule.id not in safety.rules_met(example)
    ]
    assert missed == [], (
        "Only the fitted weights carry these: widen the rule, or take the example to a rule that means it."
    )


def test_every_example_holds_with_the_second_opinion_on(safety: Safety) -> None:
    assert [str(fault) for fault in check(safety)] == []


def test_what_the_fitted_part_decides_is_counted_on_every_example(safety: Safety) -> None:
    """The README says the figure, `assistant explain` prints it: each of them is a rule that is too wide, or a doubt too many."""
    part = fitted_part(safety)
    examples = [one for rule in safety.rules if not rule.after_alert for one in (*rule.fires, *rule.silent)]
    assert part.of == len(examples)
    assert set(part.examples) <= set(examples)
    assert all(bool(safety.rules_met(one)) != bool(safety.fired(one)) for one in part.examples)
    assert str(part) == f"{len(part.examples)} of {len(examples)}"
