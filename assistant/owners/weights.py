"""What the fitted weights of the alert decide on the rules' own examples, counted: rules can be objected to, weights cannot."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.safety import Safety


@dataclass(frozen=True)
class FittedPart:
    """The examples whose outcome the second opinion turns, and how many examples there are."""

    examples: tuple[str, ...]
    of: int

    @property
    def decides(self) -> int:
        return len(self.examples)

    def __str__(self) -> str:
        return f"{self.decides} of {self.of}"


def fitted_part(safety: Safety) -> FittedPart:
    """Every example of every rule, with the second opinion off and on; rules that only count after an alert are left out."""
    examples = [example for rule in safety.rules if not rule.after_alert for example in (*rule.fires, *rule.silent)]
    turned = [example for example in examples if bool(safety.rules_met(example)) != bool(safety.fired(example))]
    return FittedPart(tuple(turned), len(examples))
