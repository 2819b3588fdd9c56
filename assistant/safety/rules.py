"""The rules, frames and categories as typed values, read from YAML that a social worker can read and object to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from assistant.errors import CorpusError, Fault
from assistant.safety.lexicon import Lexicon, read_yaml

FEWEST_EXAMPLES = 3
SCOPES = ("clause", "sentence", "neighbours", "message")
_RULE_FIELDS = {
    "id", "category", "means", "all", "near", "scope", "ordered", "whole", "after_alert", "without", "despite",
    "signs", "at_least", "reason", "source", "fires", "silent",
}  # fmt: skip
_FRAME_FIELDS = {"id", "means", "opened_by", "reach", "broken_by", "only_past"}
_CATEGORY_FIELDS = {"id", "means", "numbers", "when", "say"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Signs that together mean danger. `terms`: one of each group must be near the others, in any order unless `ordered`.

    `signs`: instead of terms, weights that are added up within `near` words and must reach `at_least`.
    `whole`: the signs must make up (nearly) the whole message. `after_alert`: counts only after an earlier alarming message.
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
    """Numbers by helpline id in the order shown, first and added numbers by sign, and the names of what is said."""

    id: str
    means: str
    numbers: tuple[str, ...]
    when: tuple[tuple[str, str, str], ...]
    say: tuple[str, ...]


class _Faults:
    """Collects what is wrong in one file."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.found: list[Fault] = []

    def add(self, field: str, problem: str, cure: str) -> None:
        self.found.append(Fault(f"{self.where}: {field}", problem, cure))


def read_rules(
    folder: Path, root: Path, lexicon: Lexicon, frames: dict[str, Frame], categories: dict[str, Category]
) -> tuple[Rule, ...]:
    """All rules of the folder in the order of files and lines; CorpusError lists every fault."""
    rules, faults = list[Rule](), list[Fault]()
    for path in sorted(folder.glob("*.yaml")):
        where = str(path.relative_to(root))
        report = _Faults(where)
        for entry in _entries(path, root):
            rule = _rule(entry, report)
            if rule is None:
                continue
            _check_rule(rule, report, lexicon, frames, categories)
            if any(rule.id == other.id for other in rules):
                report.add(rule.id, "regelen finnes fra før", "Gi den et annet navn.")
            rules.append(rule)
        faults.extend(report.found)
    if not rules and not faults:
        faults.append(Fault(str(folder.relative_to(root)), "ingen regler her", "Legg tilbake regelfilene."))
    if faults:
        raise CorpusError(root, faults)
    return tuple(rules)


def _entries(path: Path, root: Path) -> Iterator[dict[str, object]]:
    content = read_yaml(path, root)
    if not isinstance(content, list) or not all(isinstance(entry, dict) and entry.get("id") for entry in content):
        fault = Fault(
            str(path.relative_to(root)), "filen skal være en liste der hver post har «id»", "Se de andre filene."
        )
        raise CorpusError(root, [fault])
    yield from content


def _texts(entry: dict[str, object], field: str, report: _Faults) -> tuple[str, ...]:
    value = entry.get(field)
    if value is None:
        return ()
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        report.add(f"{entry['id']}.{field}", "skal være en liste av tekster", "Sett anførselstegn rundt tall og kolon.")
        return ()
    return tuple(text.strip() for text in value)


def _groups(texts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.strip() for name in text.split("|")) for text in texts)


def _rule(entry: dict[str, object], report: _Faults) -> Rule | None:
    name = str(entry["id"])
    for field in entry.keys() - _RULE_FIELDS:
        report.add(f"{name}.{field}", "ukjent felt", f"Feltene er {', '.join(sorted(_RULE_FIELDS))}.")
    signs = entry.get("signs") or {}
    near, at_least = entry.get("near", 10), entry.get("at_least", 0)
    if not isinstance(signs, dict) or not isinstance(near, int) or not isinstance(at_least, (int, float)):
        report.add(name, "«signs» skal ha tall, «near» og «at_least» skal være tall", "Skriv for eksempel «near: 8».")
        return None
    return Rule(
        id=name,
        category=str(entry.get("category", "")),
        terms=_groups(_texts(entry, "all", report)),
        near=near,
        scope=str(entry.get("scope", "neighbours")),
        ordered=bool(entry.get("ordered")),
        whole=bool(entry.get("whole")),
        after_alert=bool(entry.get("after_alert")),
        without=_texts(entry, "without", report),
        despite=frozenset(_texts(entry, "despite", report)),
        signs=tuple((str(sign), float(weight)) for sign, weight in signs.items()),
        at_least=float(at_least),
        reason=str(entry.get("reason") or ""),
        source=str(entry.get("source") or ""),
        fires=_texts(entry, "fires", report),
        silent=_texts(entry, "silent", report),
        file=report.where,
    )


def _check_rule(
    rule: Rule,
    report: _Faults,
    lexicon: Lexicon,
    frames: dict[str, Frame],
    categories: dict[str, Category],
) -> None:
    if not rule.terms and not rule.signs:
        report.add(f"{rule.id}.all", "regelen har ingen tegn", "Skriv begrepene som må stå sammen.")
    named = [*(name for group in rule.terms for name in group), *rule.without, *(name for name, _ in rule.signs)]
    for concept in named:
        if concept not in lexicon.concepts:
            report.add(
                f"{rule.id}.all", f"begrepet «{concept}» finnes ikke", "Rett navnet eller legg det til i words/."
            )
    if rule.category not in categories:
        cure = f"Velg en av {', '.join(categories)}."
        report.add(f"{rule.id}.category", f"kategorien «{rule.category}» finnes ikke", cure)
    if rule.scope not in SCOPES:
        report.add(f"{rule.id}.scope", f"ukjent rekkevidde «{rule.scope}»", f"Velg en av {', '.join(SCOPES)}.")
    for frame in rule.despite - frames.keys():
        report.add(f"{rule.id}.despite", f"rammen «{frame}» finnes ikke", f"Velg blant {', '.join(frames)}.")
    _check_grounds(rule, report)


def _check_grounds(rule: Rule, report: _Faults) -> None:
    for field, text in (("reason", rule.reason), ("source", rule.source)):
        if not text.strip():
            report.add(f"{rule.id}.{field}", "mangler", "Skriv hvorfor regelen finnes, og hvor det er hentet fra.")
    for field, examples in (("fires", rule.fires), ("silent", rule.silent)):
        if len(examples) < FEWEST_EXAMPLES:
            cure = f"Skriv minst {FEWEST_EXAMPLES} meldinger som {'må' if field == 'fires' else 'ikke må'} gi varsel."
            report.add(f"{rule.id}.{field}", f"bare {len(examples)} eksempler", cure)


def read_frames(path: Path, root: Path, lexicon: Lexicon) -> dict[str, Frame]:
    """The frames by id; CorpusError on unknown fields or concepts."""
    report, frames = _Faults(str(path.relative_to(root))), dict[str, Frame]()
    for entry in _entries(path, root):
        for field in entry.keys() - _FRAME_FIELDS:
            report.add(f"{entry['id']}.{field}", "ukjent felt", f"Feltene er {', '.join(sorted(_FRAME_FIELDS))}.")
        opened, broken = _texts(entry, "opened_by", report), _texts(entry, "broken_by", report)
        for concept in (*opened, *broken):
            if concept not in lexicon.concepts:
                report.add(str(entry["id"]), f"begrepet «{concept}» finnes ikke", "Rett navnet.")
        name, reach = str(entry["id"]), str(entry.get("reach", "sentence"))
        frames[name] = Frame(name, str(entry.get("means") or ""), opened, reach, broken, bool(entry.get("only_past")))
    if report.found:
        raise CorpusError(root, report.found)
    return frames


def read_categories(path: Path, root: Path, lexicon: Lexicon) -> dict[str, Category]:
    """The categories by id, most urgent first; CorpusError on unknown fields or signs."""
    report, categories = _Faults(str(path.relative_to(root))), dict[str, Category]()
    for entry in _entries(path, root):
        name = str(entry["id"])
        for field in entry.keys() - _CATEGORY_FIELDS:
            report.add(f"{name}.{field}", "ukjent felt", f"Feltene er {', '.join(sorted(_CATEGORY_FIELDS))}.")
        numbers, say = _texts(entry, "numbers", report), _texts(entry, "say", report)
        if not numbers or not say:
            report.add(f"{name}", "mangler «numbers» eller «say»", "Skriv hvilke numre som vises, og hva som sies.")
        when = tuple(_when(name, entry.get("when") or [], report, lexicon))
        categories[name] = Category(name, str(entry.get("means") or ""), numbers, when, say)
    if report.found:
        raise CorpusError(root, report.found)
    return categories


def _when(name: str, entries: object, report: _Faults, lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    """(`sign`, `first` or `also`, helpline id) for each special case of a category."""
    for entry in cast("list[dict[str, str]]", entries if isinstance(entries, list) else []):
        sign, place = entry.get("sign", ""), "first" if "first" in entry else "also"
        if sign not in lexicon.concepts or place not in entry:
            report.add(
                f"{name}.when", f"«{entry}» er ikke et tegn med «first» eller «also»", "Se de andre kategoriene."
            )
            continue
        yield sign, place, entry[place]
