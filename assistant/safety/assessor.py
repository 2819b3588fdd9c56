"""Is this message about acute danger? The first step of every answer; it never raises."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

from assistant.content.files import Faults
from assistant.content.lexicons import read_maps
from assistant.models import Alert, Writer
from assistant.reading import Reading, read
from assistant.safety.alerts import LAST_RESORT, Alerts, Verdict, read_messages, read_numbers
from assistant.safety.judged import OPINION, Explanation, Judged, explained, signals
from assistant.safety.languages import Heard, Languages, card_numbers, read_tongues, with_numbers
from assistant.safety.lexicon import Lexicon, read_lexicon, read_ordinary
from assistant.safety.matching import Match, Matcher
from assistant.safety.opinion import Before, Opinion, features, read_opinion
from assistant.safety.rules import Rule, read_categories, read_frames, read_rules
from assistant.safety.signs import Signer, Signs
from assistant.safety.stretches import spans
from assistant.safety.vocabulary import Vocabulary

RULE_STANDS = 0.6
"""Log-odds beside the opinion's where a rule stands that a person can read: by leaving writers out, two more of a hundred are found for
three more of a hundred calm ones."""
ELSEWHERE = 0.3
"""Log-odds that a message in another language is given: by leaving writers out, .95 are found and a fifth of the calm ones get the numbers
too, with a card in their own language, which is the best answer that there is for them."""
REMEMBERED = 3
"""Earlier messages of a conversation that are read again."""
JUST_NOW = 2
"""Those of them of which one must have alarmed for a rule that holds after an alert: «tabletter i skuffen», «orker ikke mer», «jeg tar dem
nå»."""
FEW = 4
"""Words of a message in another language in which a phrase of danger decides alone: so few hold nothing that takes the danger away."""
STRETCH_ALONE = 1.0
"""What a stretch counts less than the whole: what stands around it may take the danger away."""
SURE = 0.7
"""Probability from which the words are spoken to one kind of writer; below it they fit everyone."""
BESIDE = 0.25
"""Probability from which another category adds its first number."""
MOST_SIGNALS = 8


@contextmanager
def _without_collection() -> Iterator[None]:
    """No garbage collection meanwhile: tens of thousands of small objects that all stay make it take twice as long."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Safety:
    """The safety layer over one content folder; read-only once loaded, safe to share between threads."""

    def __init__(
        self,
        lexicon: Lexicon,
        rules: Sequence[Rule],
        matcher: Matcher,
        signer: Signer,
        alerts: Alerts,
        opinion: Opinion,
        languages: Languages = Languages(),
    ) -> None:
        self.lexicon, self.rules = lexicon, tuple(rules)
        self._matcher, self._signer, self._alerts, self._opinion = matcher, signer, alerts, opinion
        self._languages = languages

    @classmethod
    @_without_collection()
    def load(cls, folder: Path | str) -> Safety:
        """Reads `lexicon/risk/` and the numbers of `helplines.yaml`. CorpusError names file, line or field, and cure."""
        root, risk = Path(folder), Path(folder) / "lexicon" / "risk"
        faults = Faults()
        words = faults.of(read_lexicon, risk / "words", root)
        framed = faults.of(read_frames, risk / "frames.yaml", root, words)
        ordered = faults.of(read_categories, risk / "categories.yaml", root, words)
        rules = faults.of(read_rules, risk / "rules", root, words, framed, ordered) or ()
        messages = faults.of(read_messages, risk / "messages.yaml", root, ordered) or {}
        tongues = faults.of(read_tongues, risk / "languages", root) or []
        numbers = faults.of(read_numbers, root / "helplines.yaml", root, ordered, card_numbers(tongues)) or {}
        ordinary = faults.of(read_ordinary, risk / "ordinary-words.txt", root) or frozenset()
        maps = faults.of(read_maps, root / "lexicon") or {}
        opinion = faults.of(read_opinion, risk, root)
        faults.stop(root)
        lexicon, frames, categories = words or Lexicon(), framed or {}, ordered or {}
        acts = frozenset(name for name, concept in lexicon.concepts.items() if concept.deniable)
        return cls(
            lexicon,
            rules,
            Matcher(rules, tuple(frames.values()), acts),
            Signer(lexicon, Vocabulary(lexicon, maps, ordinary)),
            Alerts(categories, numbers, messages),
            opinion or Opinion({}, {}, {}),
            with_numbers(tongues, numbers),
        )

    def assess(self, text: object, history: Sequence[object] = (), language: str = "nb") -> Alert | None:
        """The alert for a message, or None. `history`: earlier messages of the same person, oldest first.

        Never raises: should anything go wrong inside, the person gets the numbers of last resort.
        """
        try:
            return self._alert(self.judge(text, history), language)
        except Exception:
            return LAST_RESORT

    def judge(self, text: object, history: Sequence[object] = ()) -> Judged:
        """A message with its signs, the rules that are met, and how much it speaks for danger. The last turns before it count too."""
        turns = [history] if isinstance(history, str) else list(history or ())
        before = self.before(turns)
        said = text if isinstance(text, Reading) else read(text)
        judged = self._judged(self.read(said), before)
        heard = self._languages.hear(said.written)
        if not (heard and heard.concept) and not self._is_foreign(judged.signs, before):
            return judged
        danger = self._opinion.danger_elsewhere(self.seen_elsewhere(judged.signs, heard, before)) + ELSEWHERE
        if judged.standing:  # a rule stands, so some of it is Norwegian or English
            danger = max(danger, judged.danger)
        if heard and heard.concept and (danger == -math.inf or len(judged.signs.tokens) <= FEW):
            danger = max(danger, 0.0)
        return replace(judged, heard=heard, foreign=True, danger=danger)

    def before(self, turns: Sequence[object]) -> Before | None:
        """The earlier messages as they bear on the next one; None where there is none."""
        signs = [self.read(turn) for turn in turns[-REMEMBERED:]]
        alarmed = tuple(self._judged(each, None).danger >= 0 for each in signs)
        return Before(signs[-1], alarmed) if signs else None

    def with_opinion(self, opinion: Opinion) -> Safety:
        """The same layer with another opinion: for fitting one."""
        parts = self._matcher, self._signer, self._alerts, opinion, self._languages
        return Safety(self.lexicon, self.rules, *parts)

    def _is_foreign(self, signs: Signs, before: Before | None) -> bool:
        """Whether it is in another language; a few words alone may be names and shorthand: «referat politiråd mars»."""
        return len(signs.tokens) > FEW and self._opinion.foreign(features(signs, [], before))

    def seen_elsewhere(self, signs: Signs, heard: Heard | None, before: Before | None = None) -> set[str]:
        """What the opinion on other languages sees: the words, and what was heard of danger, in which language."""
        return features(signs, [], before) | (heard.features if heard else set())

    def hear(self, text: str) -> Heard | None:
        """The other language that a message is in, with the danger that it speaks of; None for Norwegian and English."""
        return self._languages.hear(text)

    def _judged(self, signs: Signs, before: Before | None) -> Judged:
        matches = tuple(self._matcher.matches(signs, before is not None and any(before.alarmed[-JUST_NOW:])))
        danger, found = max(self._stretches(signs, matches, before), key=lambda pair: pair[0])
        danger += RULE_STANDS if any(not match.silenced_by for match in matches) else 0.0
        if any(len(signs.tokens) <= match.rule.decides_up_to and not match.silenced_by for match in matches):
            danger = max(danger, 0.0)
        return Judged(signs, matches, frozenset(found), danger)

    def _stretches(
        self, signs: Signs, matches: Sequence[Match], before: Before | None
    ) -> Iterator[tuple[float, set[str]]]:
        """The log-odds and features of the whole message, and of the stretches of a long one."""
        length = len(signs.tokens)
        for start, end in spans(signs):
            rules = [match.rule.id for match in matches if not match.silenced_by and _within(match, start, end)]
            found = features(signs, rules, before, start, min(end, length))
            alone = STRETCH_ALONE if (start, end) != (0, length) else 0.0
            yield (self._opinion.danger(found) - alone if length else -STRETCH_ALONE), found

    def _alert(self, judged: Judged, language: str) -> Alert | None:
        if judged.danger < 0:
            return None
        likely = self._opinion.likeliest("category", judged.features)
        if judged.foreign and not judged.standing:
            return self._alerts.in_tongue(judged.heard, likely[0][0], judged.signs, language)
        beside = [name for name, share in likely[1:] if share >= BESIDE]
        writer, share = self._opinion.likeliest("writer", judged.features)[0]
        verdict = Verdict(
            category=likely[0][0],
            others=(*beside, *dict.fromkeys(match.rule.category for match in judged.standing)),
            writer=cast("Writer", writer) if share >= SURE else "unknown",
            signals=tuple(signals(judged, self._opinion))[:MOST_SIGNALS],
        )
        return self._alerts.of(verdict, judged.signs, language)

    def explain(self, text: object, history: Sequence[object] = (), language: str = "nb") -> Explanation:
        """What was read, which signs were seen (`concept`, words, denied or past), which rules were met, and what the opinion weighed."""
        judged = self.judge(text, history)
        return explained(judged, self._opinion, self._alert(judged, language))

    def fired(self, text: object) -> list[str]:
        """The ids of the rules that stand for a message that alarms by itself; OPINION where none stands and it alarms."""
        judged = self.judge(text)
        return ([match.rule.id for match in judged.standing] or [OPINION]) if judged.danger >= 0 else []

    def rules_met(self, text: object) -> list[str]:
        """The ids of the rules that are met and not silenced by a frame, before the fitted opinion is heard."""
        return [match.rule.id for match in self._matcher.matches(self.read(text)) if not match.silenced_by]

    def read(self, text: object) -> Signs:
        """The message as the rules see it."""
        return self._signer.signs(text if isinstance(text, Reading) else read(text))


def _within(match: Match, start: int, end: int) -> bool:
    return any(start <= sighting.start < end for sighting in match.sightings)
