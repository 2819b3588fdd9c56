"""Is this message about acute danger? The first step of every answer; it never raises."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.content.files import Faults
from assistant.content.lexicons import read_maps
from assistant.errors import CorpusError, Fault
from assistant.models import Alert
from assistant.reading import Reading, read
from assistant.reading.normalise import as_text
from assistant.safety.alerts import LAST_RESORT, Alerts, read_messages, read_numbers
from assistant.safety.lexicon import Lexicon, read_lexicon, read_ordinary
from assistant.safety.likeness import Alike, Likeness, read_weights
from assistant.safety.matching import Match, Matcher
from assistant.safety.rules import Rule, read_categories, read_frames, read_rules
from assistant.safety.signs import Sighting, Signer, Signs
from assistant.safety.vocabulary import Vocabulary

_TURNS_REMEMBERED = 3
_LONGEST_TURN = 600
_SURROUNDINGS = 10
CLEARLY_UNLIKE = -1.5
CLEARLY_ALIKE = -0.3
UNLIKE = "ligner ufarlige meldinger"
ALIKE = "ligner farlige meldinger"
_ONLY_PEOPLE = frozenset({"han", "hans", "de", "ham", "jeg", "meg", "min", "nær", "person", "noen-som-gjør", "noen"})


@dataclass(frozen=True)
class Considered:
    """A rule whose signs were all seen: the words it saw, and the frame that silenced it, if one did."""

    rule: str
    category: str
    words: str
    silenced_by: str


@dataclass(frozen=True)
class Explanation:
    """Why there is an alert or none: the words as read, the signs seen, the rules considered."""

    words: tuple[str, ...]
    signs: tuple[tuple[str, str, str], ...]
    considered: tuple[Considered, ...]
    from_history: bool
    alert: Alert | None


@dataclass(frozen=True)
class Report:
    """How the rules share their work: pairs that fire together on examples, and rules that never fire alone on their own."""

    overlaps: tuple[tuple[str, str, int], ...]
    never_alone: tuple[str, ...]


class Safety:
    """The safety layer over one content folder; read-only once loaded, safe to share between threads."""

    def __init__(
        self,
        lexicon: Lexicon,
        rules: Sequence[Rule],
        matcher: Matcher,
        signer: Signer,
        alerts: Alerts,
        likeness: Likeness,
    ) -> None:
        self.lexicon, self.rules = lexicon, tuple(rules)
        self._matcher, self._signer, self._alerts, self._likeness = matcher, signer, alerts, likeness
        self._alike_rule = replace(
            self.rules[0], id=ALIKE, category="immediate_violence", terms=(), fires=(), silent=()
        )

    @classmethod
    def load(cls, folder: Path | str) -> Safety:
        """Reads `lexicon/risk/` and the numbers of `helplines.yaml`. CorpusError names file, line or field, and cure."""
        with _without_collection():
            return cls._load(Path(folder))

    @classmethod
    def _load(cls, root: Path) -> Safety:
        risk = root / "lexicon" / "risk"
        faults = Faults()
        words = faults.of(read_lexicon, risk / "words", root)
        framed = faults.of(read_frames, risk / "frames.yaml", root, words)
        ordered = faults.of(read_categories, risk / "categories.yaml", root, words)
        rules = faults.of(read_rules, risk / "rules", root, words, framed, ordered) or ()
        messages = faults.of(read_messages, risk / "messages.yaml", root, ordered) or {}
        numbers = faults.of(read_numbers, root / "helplines.yaml", root, ordered) or {}
        ordinary = faults.of(read_ordinary, risk / "ordinary-words.txt", root) or frozenset()
        maps = faults.of(read_maps, root / "lexicon") or {}
        likeness = faults.of(read_weights, risk / "weights.tsv", root) or Likeness({}, {})
        faults.stop(root)
        lexicon, frames, categories = words or Lexicon(), framed or {}, ordered or {}
        acts = frozenset(name for name, concept in lexicon.concepts.items() if concept.deniable)
        return cls(
            lexicon,
            rules,
            Matcher(rules, tuple(frames.values()), acts),
            Signer(lexicon, Vocabulary(lexicon, maps, ordinary)),
            Alerts(categories, numbers, messages),
            likeness,
        )

    def assess(self, text: object, history: Sequence[object] = (), language: str = "nb") -> Alert | None:
        """The alert for a message, or None. `history`: earlier messages of the same person, oldest first.

        Never raises: should anything go wrong inside, the person gets the numbers of last resort.
        """
        try:
            return self._assess(text, history, language)[0]
        except Exception:
            return LAST_RESORT

    def _assess(
        self, text: object, history: Sequence[object], language: str
    ) -> tuple[Alert | None, Signs, list[Match], bool]:
        signs = self.read(text)
        matches = self._judged(signs)
        standing = [match for match in matches if not match.silenced_by]
        if standing:
            return self._alert(standing, signs, language), signs, matches, False
        for turn in _recent(history):
            together, joined = self._with_turn(turn, text, len(signs.tokens))
            if joined:
                return self._alert(joined, together, language), together, joined, True
        return None, signs, matches, False

    def _alert(self, standing: list[Match], signs: Signs, language: str) -> Alert:
        places = [place for match in standing for place in _surroundings(match, signs)[0]]
        return self._alerts.of(standing, signs, language, self._likeness.leanings(signs, min(places), max(places)))

    def _judged(self, signs: Signs, after_alert: bool = False) -> list[Match]:
        """The matches with both opinions heard: those of the rules, or that of likeness when no rule stands."""
        matches = self._doubted(list(self._matcher.matches(signs, after_alert)), signs)
        if signs.tokens and all(match.silenced_by for match in matches):
            alike = self._likeness.most_alike(signs)
            if alike.weight >= CLEARLY_ALIKE:
                matches.append(self._likened(signs, alike))
        return matches

    def _doubted(self, matches: list[Match], signs: Signs) -> list[Match]:
        """The matches, silenced where likeness speaks clearly against them; the surer the rules, the more it takes."""
        against = CLEARLY_UNLIKE - self._likeness.trust({match.rule.id for match in matches if not match.silenced_by})

        def unlike(match: Match) -> bool:
            return all(self._likeness.of(signs, *part) < against for part in _surroundings(match, signs))

        return [
            replace(match, silenced_by=UNLIKE)
            if not match.silenced_by and not match.rule.after_alert and unlike(match)
            else match
            for match in matches
        ]

    def _likened(self, signs: Signs, alike: Alike) -> Match:
        category = self._likeness.category(signs, alike.start, alike.end)
        rule = replace(self._alike_rule, category=category) if self._alerts.knows(category) else self._alike_rule
        words = self._likeness.strongest(signs, alike.start, alike.end)
        tokens = [(place, signs.tokens[place]) for place in words]
        return Match(
            rule, tuple(Sighting("", place, place + 1, token.sentence, token.clause) for place, token in tokens)
        )

    def _with_turn(self, turn: str, text: object, own: int) -> tuple[Signs, list[Match]]:
        """Matches of an earlier message and this one read as one, to which this one adds more than a person."""
        before = self.read(turn)
        alarming = any(not match.silenced_by for match in self._judged(before))
        together = self.read(f"{turn}\n{_written(text)}")
        border = len(together.tokens) - own
        matches = self._doubted(list(self._matcher.matches(together, after_alert=alarming)), together)
        return together, [match for match in matches if not match.silenced_by and _adds(match, border)]

    def explain(self, text: object, history: Sequence[object] = ()) -> Explanation:
        """What was read, which signs were seen (`concept`, words, denied or past), which rules were met, and why not."""
        alert, signs, matches, from_history = self._assess(text, history, "nb")
        seen = tuple(
            (name, signs.words([sighting]), "nektet" if sighting.denied else sighting.tense)
            for name, sightings in sorted(signs.by_concept.items())
            for sighting in sightings
        )
        considered = tuple(
            Considered(match.rule.id, match.rule.category, signs.words(list(match.sightings)), match.silenced_by)
            for match in matches
        )
        return Explanation(tuple(token.text for token in signs.tokens), seen, considered, from_history, alert)

    def fired(self, text: object) -> list[str]:
        """The ids of the rules that stand for a message by itself."""
        return [match.rule.id for match in self._judged(self.read(text)) if not match.silenced_by]

    def rules_met(self, text: object) -> list[str]:
        """The ids of the rules that are met and not silenced by a frame, before the second opinion is heard."""
        return [match.rule.id for match in self._matcher.matches(self.read(text)) if not match.silenced_by]

    def read(self, text: object) -> Signs:
        """The message as the rules see it."""
        return self._signer.signs(text if isinstance(text, Reading) else read(text))

    def check(self) -> list[Fault]:
        """Every rule's own examples held against it: those that must fire by this rule, and those that must not by any."""
        faults: list[Fault] = []
        for rule in self.rules:
            for example in () if rule.after_alert else rule.fires:
                if rule.id not in self.fired(example):
                    problem = f"«{rule.id}.fires» gir ikke varsel: «{example}»"
                    faults.append(Fault(rule.file, problem, "Rett regelen eller eksemplet.", "risk"))
            for example in rule.silent:
                others = self.fired(example)
                if others:
                    problem = f"«{rule.id}.silent» gir varsel ({', '.join(others)}): «{example}»"
                    faults.append(Fault(rule.file, problem, "Rett regelen eller eksemplet.", "risk"))
        return faults

    def report(self) -> Report:
        """Overlaps between rules on all examples, and the rules that another rule always covers on their own examples."""
        pairs: Counter[tuple[str, str]] = Counter()
        alone: set[str] = set()
        for rule in self.rules:
            for example in rule.fires:
                fired = sorted(self.fired(example))
                if fired == [rule.id]:
                    alone.add(rule.id)
                pairs.update((one, other) for one in fired for other in fired if one < other)
        overlaps = tuple((one, other, count) for (one, other), count in pairs.most_common())
        return Report(overlaps, tuple(rule.id for rule in self.rules if rule.id not in alone))


def _recent(history: Sequence[object]) -> list[str]:
    """The last few messages, newest first; of a long one only its end."""
    turns = [history] if isinstance(history, str) else list(history or ())
    return [_written(turn)[-_LONGEST_TURN:] for turn in reversed(turns[-_TURNS_REMEMBERED:])]


def _written(message: object) -> str:
    return message.written if isinstance(message, Reading) else as_text(message)


def _surroundings(match: Match, signs: Signs) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words of the match with some of those around them, and the sentences of the match (no more than twice that)."""
    first, last = min(sighting.start for sighting in match.sightings), max(sighting.end for sighting in match.sightings)
    start, end = max(first - _SURROUNDINGS, 0), min(last + _SURROUNDINGS, len(signs.tokens))
    within = {sighting.sentence for sighting in match.sightings}
    own = [place for place in range(start, end) if signs.tokens[place].sentence in within]
    return (start, end), (own[0], own[-1] + 1)


def _adds(match: Match, border: int) -> bool:
    new = [sighting for sighting in match.sightings if sighting.start >= border]
    return any(sighting.concept not in _ONLY_PEOPLE for sighting in new)


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


def check_folder(folder: Path | str) -> list[Fault]:
    """All faults of the rules in a folder, those of signs and those of the examples."""
    try:
        return Safety.load(folder).check()
    except CorpusError as error:
        return list(error.faults)
