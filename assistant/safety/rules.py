"""The rules, frames and categories as typed values, read from YAML that a social worker can read and object to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, FiniteFloat, model_validator

from assistant.content import files, schema
from assistant.content.files import Content, Faults
from assistant.content.schema import Words
from assistant.errors import Fault
from assistant.models import Frozen, Text, Writer
from assistant.safety.lexicon import Lexicon

FEWEST_EXAMPLES = 3
Scope = Literal["clause", "sentence", "neighbours", "message"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Rule:
    """Signs that together mean danger. `terms`: one of each group must be near the others, in any order unless `ordered`.

    `signs`: instead of terms, weights that are added up within `near` words and must reach `at_least`.
    `whole`: the signs must make up (nearly) the whole message. `after_alert`: counts only after an earlier alarming message.
    `decides_up_to`: words of a message in which the rule alarms whatever the fitted opinion weighs: so few words hold nothing that
    takes the danger away, or its examples lack such messages.
    `without`: a sign close by that takes the danger away. `despite`: frames that do not silence this rule.
    """

    id: str
    category: str
    terms: tuple[tuple[str, ...], ...]
    near: int
    scope: str
    ordered: bool
    whole: bool
    after_alert: bool
    decides_up_to: int
    without: tuple[str, ...]
    despite: frozenset[str]
    signs: tuple[tuple[str, float], ...]
    at_least: float
    reason: str
    source: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A way of speaking that is not telling of danger: asking about the subject, fiction, long ago, `no emergency`."""

    id: str
    means: str
    opened_by: tuple[str, ...]
    reach: str
    broken_by: tuple[str, ...]
    only_past: bool


@dataclass(frozen=True, slots=True)
class Category:
    """Numbers by helpline id in the order shown, first and added numbers by sign, and the names of what is said, by who writes.

    `when`: (`sign`, `first` or `also`, helpline id). `file`: file and line.
    """

    id: str
    means: str
    numbers: tuple[str, ...]
    when: tuple[tuple[str, str, str], ...]
    say: Mapping[Writer, tuple[str, ...]]
    file: str = ""

    def said_to(self, writer: Writer) -> tuple[str, ...]:
        """What is said to this writer; one without words of their own gets those that fit everyone."""
        return self.say.get(writer) or self.say["unknown"]


class _RuleEntry(Frozen):
    """A rule as it stands in a file; what the fields mean is said at `Rule`."""

    id: Text
    category: Text
    means: Text | None = None
    all: Words = ()
    near: int = 10
    scope: Scope = "neighbours"
    ordered: bool = False
    whole: bool = False
    after_alert: bool = False
    decides_up_to: int = 4
    without: Words = ()
    despite: Words = ()
    signs: Mapping[Text, FiniteFloat] = Field(default_factory=dict)
    at_least: FiniteFloat = 0.0
    reason: Text
    source: Text
    fires: Words = ()
    silent: Words = ()


class _FrameEntry(Frozen):
    id: Text
    means: Text | None = None
    opened_by: Annotated[Words, Field(min_length=1)]
    reach: Scope = "sentence"
    broken_by: Words = ()
    only_past: bool = False


class _WhenEntry(Frozen):
    sign: Text
    first: Text | None = None
    also: Text | None = None

    @model_validator(mode="after")
    def _one_place(self) -> _WhenEntry:
        if (self.first is None) == (self.also is None):
            raise ValueError("skal ha «first» eller «also» | Skriv id-en til nummeret etter ett av dem.")
        return self


class _CategoryEntry(Frozen):
    id: Text
    means: Text | None = None
    numbers: Annotated[Words, Field(min_length=1)]
    when: Annotated[tuple[_WhenEntry, ...], Field(strict=False)] = ()
    say: Mapping[Writer, Words]

    @model_validator(mode="after")
    def _for_everyone(self) -> _CategoryEntry:
        if not self.say.get("unknown"):
            raise ValueError("«say» mangler «unknown» | Skriv setninger som passer når ingen vet hvem som skriver.")
        return self


Known = Mapping[str, object] | None
"""What names may be used; None where the file that has them could not be read, so that nothing is known to be wrong."""


def read_rules(
    folder: Path,
    root: Path,
    lexicon: Lexicon | None,
    frames: Mapping[str, Frame] | None,
    categories: Mapping[str, Category] | None,
) -> tuple[Rule, ...]:
    """All rules of the folder in the order of files and lines; CorpusError lists every fault."""
    faults, rules = Faults(), dict[str, Rule]()
    for path in files.listed(folder, "*.yaml"):
        content = faults.of(files.read, path)
        entries = faults.of(schema.listed, _RuleEntry, content) if content else None
        for place, entry in enumerate(entries or ()):
            rule = _rule(entry, f"{content.where}:{content.line(place)}")  # type: ignore[union-attr]
            faults.extend(_rule_faults(rule, place, content, lexicon, frames, categories))  # type: ignore[arg-type]
            if rule.id in rules:
                problem = f"regelen «{rule.id}» finnes fra før i {rules[rule.id].file}"
                faults.append(Fault(rule.file, problem, "Gi den et annet navn.", "risk"))
            rules[rule.id] = rule
    if not rules and not faults:
        faults.append(Fault(files.shown(folder), "ingen regler her", "Legg tilbake regelfilene.", "risk"))
    faults.stop(root)
    return tuple(rules.values())


def _groups(texts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.strip() for name in text.split("|")) for text in texts)


def _rule(entry: _RuleEntry, file: str) -> Rule:
    return Rule(
        id=entry.id,
        category=entry.category,
        terms=_groups(entry.all),
        near=entry.near,
        scope=entry.scope,
        ordered=entry.ordered,
        whole=entry.whole,
        after_alert=entry.after_alert,
        decides_up_to=entry.decides_up_to,
        without=entry.without,
        despite=frozenset(entry.despite),
        signs=tuple(entry.signs.items()),
        at_least=entry.at_least,
        reason=entry.reason,
        source=entry.source,
        fires=entry.fires,
        silent=entry.silent,
        file=file,
    )


def _rule_faults(
    rule: Rule, place: int, content: Content, lexicon: Lexicon | None, frames: Known, categories: Known
) -> Iterable[Fault]:
    """What is wrong in a rule beside its form: names that nothing has, too few examples."""
    concepts = lexicon.concepts if lexicon else None
    signs = [name for name, _ in rule.signs]
    terms = [name for group in rule.terms for name in group]
    words = "Rett navnet, eller legg det til i words/."
    if not terms and not signs:
        yield content.fault((place,), f"«{rule.id}» har ingen tegn", "Skriv under «all» begrepene som må stå sammen.")
    for field, names in (("all", terms), ("without", rule.without), ("signs", signs)):
        yield from _unknown(content, (place, field), rule.id, "begrepet", names, concepts, words)
    named = f"Velg en av {', '.join(categories or ())}."
    yield from _unknown(content, (place, "category"), rule.id, "kategorien", [rule.category], categories, named)
    named = f"Velg blant {', '.join(frames or ())}."
    yield from _unknown(content, (place, "despite"), rule.id, "rammen", sorted(rule.despite), frames, named)
    for field, examples in (("fires", rule.fires), ("silent", rule.silent)):
        if len(examples) < FEWEST_EXAMPLES:
            cure = f"Skriv minst {FEWEST_EXAMPLES} meldinger som {'må' if field == 'fires' else 'ikke må'} gi varsel."
            yield content.fault((place, field), f"«{rule.id}.{field}» har for få eksempler: {len(examples)}", cure)


def _unknown(
    content: Content, path: tuple[str | int, ...], id_: str, what: str, names: Iterable[str], known: Known, cure: str
) -> Iterable[Fault]:
    """The names that nothing has, each at its field."""
    for name in names if known is not None else ():
        if name not in (known or ()):
            problem, offer = schema.unknown(what, name, known or (), cure)
            yield content.fault(path, f"«{id_}»: {problem}", offer)


def read_frames(path: Path, root: Path, lexicon: Lexicon | None) -> dict[str, Frame]:
    """The frames by id; CorpusError on unknown fields or concepts."""
    content, faults, frames = files.read(path), Faults(), dict[str, Frame]()
    concepts = lexicon.concepts if lexicon else None
    for place, entry in enumerate(schema.listed(_FrameEntry, content)):
        for field, names in (("opened_by", entry.opened_by), ("broken_by", entry.broken_by)):
            faults.extend(_unknown(content, (place, field), entry.id, "begrepet", names, concepts, "Rett navnet."))
        frames[entry.id] = Frame(
            entry.id, entry.means or "", entry.opened_by, entry.reach, entry.broken_by, entry.only_past
        )
    faults.stop(root)
    return frames


def read_categories(path: Path, root: Path, lexicon: Lexicon | None) -> dict[str, Category]:
    """The categories by id, most urgent first; CorpusError on unknown fields or signs."""
    content, faults, categories = files.read(path), Faults(), dict[str, Category]()
    concepts = lexicon.concepts if lexicon else None
    for place, entry in enumerate(schema.listed(_CategoryEntry, content)):
        for number, case in enumerate(entry.when):
            where = (place, "when", number, "sign")
            faults.extend(_unknown(content, where, entry.id, "begrepet", [case.sign], concepts, "Rett navnet."))
        when = tuple(
            (case.sign, "first" if case.first else "also", case.first or case.also or "") for case in entry.when
        )
        file = f"{content.where}:{content.line(place)}"
        categories[entry.id] = Category(entry.id, entry.means or "", entry.numbers, when, entry.say, file)
    faults.stop(root)
    return categories
