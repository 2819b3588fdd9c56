"""Checks of the lexicon, of the alert's texts, and of the names and numbers that files share. Each has a bad example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from assistant.content import files, schema
from assistant.content.files import Content
from assistant.content.helplines import normalise_phone
from assistant.content.lexicons import Lexicon
from assistant.errors import Fault
from assistant.language.analyzer import Analyzer
from assistant.owners.desk import Check, Desk
from assistant.question.contacts import KIND
from assistant.question.interpreter import Interpreter
from assistant.question.phrasebook import Phrasebook
from assistant.reading import read
from assistant.reading.phrases import faults_in
from assistant.safety import Safety, check
from assistant.safety.lexicon import LISTS

MISSING_IN_PLAN = frozenset({"116006"})
"""In the European helpline range 116 xxx and printed by volinjen.no itself, but not in the numbering plan's Norwegian data."""

DIGITS = re.compile(r"\d+(?:[ .]\d+)*")
NUMBER_WORD = re.compile(
    r"\b(?:ett?|én|one|hundre|hundred)[ -]?(?:og|and)?[ -]?(?:ti|elleve|tolv|tretten|twelve)\b", re.IGNORECASE
)
SAID = re.compile(r"\.say\(\s*\"(\w+)\"")
NAMED = re.compile(r"[\"'](\w+)[\"']")
PREFIX = re.compile(r"f\"(\w+_)\{")
PACKAGE = Path(__file__).resolve().parents[1]


def risk_examples(desk: Desk) -> Iterator[Fault]:
    """A rule for danger gives an alert on its own examples, and no rule does on those that must be silent."""
    for fault in check(Safety.load(files.lexicon_folder(desk.folders, "risk"))):
        yield Fault(fault.where, fault.problem, fault.cure, "risk-examples")


def word_marks(desk: Desk) -> Iterator[Fault]:
    """The word lists of danger are written in the pattern language; what is not would silently never be met."""
    words = files.lexicon_folder(desk.folders, "risk") / "lexicon" / "risk" / "words"
    for path in files.listed(words, "*.yaml"):
        content = files.read(path)
        for name, field in ((name, field) for name, post in content.value.items() for field in post if field in LISTS):
            for number, line in enumerate(content.value[name][field].split("\n")):
                for phrase in faults_in(line)[:1]:
                    where = f"{content.where}:{content.line_of_text(number, name, field)}"
                    problem = f"«{name}.{field}»: «{phrase[:60]}» har et tegn som ikke kan stå der"
                    yield Fault(where, problem, schema.MARKS, "word-marks")


def refusal_examples(desk: Desk) -> Iterator[Fault]:
    """A refusal's own examples hold: those that must be refused are, those that must be answered are not."""
    content = files.read(desk.lexicon / "answers" / "refusals.yaml")
    phrasebook = Phrasebook.load(desk.lexicon / "answers")
    interpreter = Interpreter(Analyzer(Lexicon.load(desk.corpus.lexicon_folder)), phrasebook, (), ())
    for place, rule in enumerate(phrasebook.refusals):
        for field, examples in (("refused", rule.refused), ("answered", rule.answered)):
            for number, example in enumerate(examples):
                refused = interpreter.turn(read(example)).heard.refused is not None
                if refused != (field == "refused"):
                    problem = f"«{rule.id}»: «{example}» {'får avslag' if refused else 'får ikke avslag'}"
                    cure = "Rett gruppene i regelen, eller eksemplet."
                    yield content.fault((place, field, number), problem, cure, "refusal-examples")


CALLING = "calling"
"""The only part of `contacts.yaml` that has words instead of helplines."""


def contact_ids(desk: Desk) -> Iterator[Fault]:
    """Every helpline that the contacts name is there."""
    content = files.read(desk.lexicon / "answers" / "contacts.yaml")
    kinds = {line.kind for line in desk.corpus.helplines}
    for group, rows in content.value.items():
        for key, names in rows.items() if group != CALLING else ():
            for number, name in enumerate(names):
                known = [*desk.corpus.helpline, *(f"{KIND}{kind}" for kind in kinds if group == "fitting")]
                if name not in known:
                    problem, cure = schema.unknown("kontakten", name, known, "Se id-ene i helplines.yaml.")
                    yield content.fault((group, key, number), f"«{group}.{key}»: {problem}", cure, "contact-ids")


def message_names(desk: Desk) -> Iterator[Fault]:
    """Every message that is named is there, and every one that is there is said by something."""
    known = desk.corpus.messages.texts
    named = [*_named_in(desk, "refusals.yaml"), *_named_in(desk, "unsafe.yaml")]
    for content, place, name in named:
        if name not in known:
            problem, cure = schema.unknown("meldingen", name, known, "Se navnene i messages.yaml.")
            yield content.fault((place, "message"), problem, cure, "message-names")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    for name in sorted(set(SAID.findall(sources)) - known.keys()):
        yield desk.messages.fault((), f"meldingen «{name}» mangler", "Legg den til på nb, nn og en.", "message-names")
    words = {*NAMED.findall(sources), *(name for _, _, name in named)}
    starts = ("label_", *PREFIX.findall(sources))
    for name in known:
        plain = re.sub(r"_not_|_unknown$", lambda found: "_" if found[0] == "_not_" else "", name)
        if not {name, plain} & words and not name.startswith(starts):
            cure = "Ta den bort, eller rett navnet til en som blir sagt."
            yield Fault(desk.message(name), "ingenting sier denne meldingen", cure, "message-names")


def _named_in(desk: Desk, file: str) -> list[tuple[Content, int, str]]:
    content = files.read(desk.lexicon / "answers" / file)
    return [(content, place, post["message"]) for place, post in enumerate(content.value)]


def alert_texts(desk: Desk) -> Iterator[Fault]:
    """The alert's sentences hold no number, which would grow old unseen beside helplines.yaml, and none is left unsaid."""
    risk = files.lexicon_folder(desk.folders, "risk") / "lexicon" / "risk"
    content = files.read(risk / "messages.yaml")
    categories = files.read(risk / "categories.yaml").value
    said = {name for category in categories for names in category["say"].values() for name in _many(names)}
    for name, texts in content.value.items():
        if name not in said:
            cure = f"{schema.nearest(name, said)}Ta den bort, eller nevn den under «say» i categories.yaml."
            yield content.fault((name,), f"ingen kategori sier «{name}»", cure, "alert-texts")
        for language, text in texts.items():
            if found := DIGITS.search(text) or NUMBER_WORD.search(text):
                problem = f"«{name}.{language}» har et nummer: «{found[0]}»"
                cure = "Ta det bort: numrene vises av seg selv, fra helplines.yaml."
                yield content.fault((name, language), problem, cure, "alert-texts")


def _many(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def helpline_numbers(desk: Desk) -> Iterator[Fault]:
    """Every number can be dialled in Norway, and both forms of it are the same number."""
    rule = "helpline-numbers"
    for line in desk.corpus.helplines:
        dialled = normalise_phone(line.phone) if line.phone else None
        if line.phone and not (dialled and is_number(dialled)):
            cure = "Kontroller mot kilden; skriv sifrene som de slås."
            yield Fault(desk.helpline(line.id, "phone"), f"«{line.phone}» er ikke et norsk nummer", cure, rule)
        elif dialled != line.phone_e164:
            problem = f"«{line.phone_e164}» er ikke samme nummer som phone, «{line.phone}»"
            cure = f"Skriv «{dialled}»." if dialled else "Ta det bort, eller fyll ut phone."
            yield Fault(desk.helpline(line.id, "phone_e164"), problem, cure, rule)
        for channel in line.channels:
            if channel.kind in ("phone", "sms") and not is_number(normalise_phone(channel.value) or ""):
                problem = f"«{channel.value}» er ikke et norsk nummer"
                yield Fault(desk.helpline(line.id, "channels"), problem, "Kontroller mot kilden.", rule)


def is_number(dialled: str) -> bool:
    """Whether the Norwegian numbering plan has it; without the package that knows the plan, whether it has the form of one."""
    if dialled in MISSING_IN_PLAN or not dialled or find_spec("phonenumbers") is None:
        return bool(dialled)
    import phonenumbers
    from phonenumbers import shortnumberinfo

    number = phonenumbers.parse(dialled, "NO")
    if dialled.startswith(("+", "0")):  # 02800 and its like are ordinary subscriber numbers of five digits
        return phonenumbers.is_valid_number_for_region(number, "NO")
    return shortnumberinfo.is_valid_short_number_for_region(number, "NO")


CHECKS: tuple[Check, ...] = (message_names, helpline_numbers)
OF_LEXICON: tuple[Check, ...] = (risk_examples, word_marks, refusal_examples, contact_ids, alert_texts)
"""For content that has its own lexicon: nobody can mend the embedded one from another folder."""
