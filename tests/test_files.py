"""The one reader of content files: whatever an editor leaves in a folder becomes faults in Norwegian, with file, line and cure."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, RootModel, ValidationError

from assistant.content import files, lexicons, messages, schema
from assistant.errors import CorpusError, Fault
from assistant.models import Document, Frozen, Helpline, LegalRule, Measure, Municipality
from assistant.models.content import Definition, Figure, Procedure, Service
from assistant.question import contacts, declined, phrasebook
from assistant.safety import alerts, lexicon, rules

ENGLISH = re.compile(
    r"\b(?:the|not|should|expected|found|while|input|value|valid|error|is|of|character|must|and|did|could|with|than|string|field)\b",
    re.IGNORECASE,
)
BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{'*' + old + ', '}*{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(CorpusError) as caught:
        files.read(path)
    return list(caught.value.faults)


def is_norwegian(fault: Fault) -> bool:
    """No word of a library: what stands in «» is the editor's own."""
    return not ENGLISH.search(re.sub(r"«[^»]*»", "", f"{fault.problem} {fault.cure}"))


BROKEN = {
    "not utf-8": (b"a: b\nc: bl\xe5\n", 2, "UTF-8"),
    "utf-16": ("a: b".encode("utf-16"), 1, "UTF-8"),
    "byte-order mark": (b"\xef\xbb\xbfa: b\n", 1, "usynlig tegn (U+FEFF)"),
    "nul": (b"a: b\nc: \x00\n", 2, "usynlig tegn (U+0000)"),
    "key twice": (b"a: b\nc: d\na: e\n", 3, "«a» står to ganger, også på linje 1"),
    "key twice inside": (b"a:\n  - b: c\n    b: d\n", 3, "«b» står to ganger, også på linje 2"),
    "key that is no text": (b"a: b\nno: c\n", 2, "«no» leses ikke som tekst"),
    "conflict": (b"a: b\n<<<<<<< HEAD\na: c\n=======\na: d\n>>>>>>> andre\n", 2, "sammenslåing"),
    "template": (b"a: b\nc: Hei, {{ navn }}\n", 2, "en mal"),
    "template block": (b"a: b\n{% if x %}\n", 2, "en mal"),
    "alias": (b"a: &x [b]\nc: *x\n", 1, "uten ende"),
    "alias in itself": (b"a: &x [*x]\n", 1, "uten ende"),
    "alias bomb": (BOMB.encode(), 1, "uten ende"),
    "deep": (b"a: " + b"[" * 900 + b"]" * 900, 1, "uten ende"),
    "deeper": (b"[" * 100_000, 1, "uten ende"),
    "long number": (b"a: b\nc: " + b"9" * 5000, 2, "er ikke et tall"),
    "no such date": (b"a: 2025-13-01", 1, "er ikke et tall eller en dato"),
    "tag": (b"a: !python/object b", 1, "leses ikke som tekst"),
    "tag on a list": (b"a: !liste [b]", 1, "merket"),
    "merge key": (b"a: {b: c}\nd:\n  <<: {b: c}\n", 3, "«<<» leses ikke som tekst"),
    "colon": (b"a: b\nc: d: e\n", 2, "et kolon"),
    "open list": (b"a: b\nc: [d\ne: f\n", 2, "en liste med ["),
    "open post": (b"a: {b: c\n", 1, "en post med {"),
    "open quote": (b"a: b\nc: 'd\n\ne: f\n", 2, "anf\u00f8rselstegn blir ikke avsluttet".replace("\u00f8", "ø")),
    "star": (b"a: *b\n", 1, "betyr noe annet i YAML"),
    "star alone": (b"a: *\n", 1, "betyr noe annet i YAML"),
    "at": (b"a: @b\n", 1, "betyr noe annet i YAML"),
    "tabulator": (b"a:\n\t- b\n", 2, "tabulator"),
    "backslash": (b'a: "\\d"\n', 1, "omvendt skråstrek"),
    "two parts": (b"a: b\n---\nc: d\n", 2, "delt i flere"),
    "indentation": (b"- a\n b: c\n", 2, "et kolon der"),
    "list beside fields": (b"a: b\n- c\n", 2, "passer ikke med dem over"),
    "quote inside": (b"a: b\nc: 'd'e'\n", 2, "passer ikke med dem over"),
    "text after the list": (b"- a\nb\n", 3, "verken et felt med kolon"),
    "list on the line": (b"a: -\n- b\n", 1, "der det ikke kan stå en liste"),
    "directive": (b"%x\n", 1, "kan ikke leses som YAML"),
    "anchor twice": (b"a: &a b\nc: &a d\n", 2, "betyr noe annet i YAML"),
    "block with text": (b"a: >x\n", 1, "tekst på samme linje"),
    "bracket alone": (b"a: b\n}\n", 2, "passer ikke"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_norwegian_at_its_line(tmp_path: Path, name: str) -> None:
    raw, line, problem = BROKEN[name]
    path = tmp_path / "fil.yaml"
    path.write_bytes(raw)
    faults = faults_of(path)
    assert f"{path}:{line}" in [fault.where for fault in faults]
    assert any(problem in fault.problem for fault in faults), faults
    assert all(fault.cure and is_norwegian(fault) for fault in faults), faults


def test_every_key_that_stands_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "fil.yaml"
    path.write_text("a: b\na: c\nd: e\nd: f\n", encoding="utf-8")
    assert [fault.where for fault in faults_of(path)] == [f"{path}:2", f"{path}:4"]


class TestNoFile:
    """What stands in a file's place is told, and never waited for."""

    def test_missing(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path / "fil.yaml")[0].problem == "filen finnes ikke"

    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "fil.yaml").mkdir()
        assert faults_of(tmp_path / "fil.yaml")[0].problem == "er en mappe, ikke en fil"

    def test_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "fil.yaml")
        assert faults_of(tmp_path / "fil.yaml")[0].problem == "er ikke en vanlig fil"

    def test_a_link_to_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "fil.yaml").symlink_to("borte")
        assert faults_of(tmp_path / "fil.yaml")[0].problem == "filen finnes ikke"

    def test_a_link_to_itself(self, tmp_path: Path) -> None:
        (tmp_path / "fil.yaml").symlink_to("fil.yaml")
        assert faults_of(tmp_path / "fil.yaml")[0].problem == "filen kan ikke åpnes"

    def test_a_very_large_file(self, tmp_path: Path) -> None:
        with (tmp_path / "fil.yaml").open("wb") as file:
            file.truncate(files.LARGEST + 1)
        assert "for stor" in faults_of(tmp_path / "fil.yaml")[0].problem

    @pytest.mark.parametrize("name", [".#fil.yaml", "~$fil.yaml", "fil.yaml~", "#fil.yaml#"])
    def test_a_lock_or_a_copy_of_an_editors_program(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_text("a: b", encoding="utf-8")
        assert "låsefil" in faults_of(tmp_path / name)[0].problem
        assert files.listed(tmp_path, "*") == []


def test_an_empty_file_has_nothing(tmp_path: Path) -> None:
    (tmp_path / "fil.yaml").write_text("", encoding="utf-8")
    content = files.read(tmp_path / "fil.yaml")
    assert content.value is None
    for reader in (lambda: schema.listed(Measure, content), lambda: schema.named(messages.Message, content, "tekst")):
        with pytest.raises(CorpusError, match=r"fil\.yaml:1"):
            reader()


def test_each_part_knows_its_line() -> None:
    content = files.parse("a: b\nc:\n  - d: e\n    f: >-\n      g\n      h\n  - i\n", "fil", first_line=10)
    assert content.value == {"a": "b", "c": [{"d": "e", "f": "g h"}, "i"]}
    assert [content.line(*path) for path in [("a",), ("c",), ("c", 0, "f"), ("c", 1)]] == [10, 11, 13, 16]
    assert content.line("c", 0, "missing") == 12


def test_what_stands_there_is_shown_as_it_was_written() -> None:
    """`phone: 0112` without quotes is 74 to YAML, a number that its editor has never seen."""
    content = files.parse("name: A\nphone: 0112\n", "fil")
    with pytest.raises(CorpusError, match=r"fil:2: felt «phone» skal være tekst \(her står: «0112»\)"):
        schema.model(alerts._Record, content)


# --- models ----------------------------------------------------------------------------------------------------------

MODELS: tuple[type[BaseModel], ...] = (
    Document, Measure, Procedure, Definition, Figure, Service, LegalRule, Helpline, Municipality, messages.Message,
    lexicons.Stopwords, lexicons.Nynorsk, lexicons.Dialect, lexicons.Spelling, lexicons.Inflection, lexicons.English,
    lexicons.Saying, phrasebook.Cues, phrasebook.RefusalRule, phrasebook.Demand, declined.Beyond, declined.Unsafe,
    phrasebook.FieldWords, contacts.Contacts, lexicon._Entry, rules._RuleEntry, rules._FrameEntry, rules._CategoryEntry,
    alerts._Sentence, alerts._Record,
)  # fmt: skip
BAD_VALUES = (
    "null", "true", "1", "-1", "2.5", ".nan", ".inf", "2025-01-01", "2025-01-01 10:00:00", "tekst", "''", "'  '", "'2025-13-99'",
    "[]", "['']", "[1]", "[[]]", "[{}]", "{}", "{a: b}", "{a: [1]}", "{victim: [1], a: ['']}", "[{sign: a}]", "['(a)']", "'[a]'",
    "[{days: [man], from: '25:00', to: x}]", "[{kind: fax, value: '', leaves: 1}]", "[{do: '', rules: 3, x: y}]", "['x(']", "99999999999999999999",
)  # fmt: skip


def bad_posts() -> Iterator[tuple[type[BaseModel], str]]:
    for kind in MODELS:
        yield kind, "tekst"
        yield kind, "ukjent: x"
        for field in ("ord",) if issubclass(kind, RootModel) else schema.fields(kind):
            for value in BAD_VALUES:
                yield kind, f"{field}: {value}"


def test_every_fault_that_a_model_can_raise_is_told_in_norwegian() -> None:
    """Each field of each model is given values of every kind; no fault may fall back on the general words."""
    seen: set[str] = set()
    for kind, text in bad_posts():
        content = files.parse(text, "fil")
        try:
            kind.model_validate(content.value)
        except ValidationError as error:
            seen |= {item["type"] for item in error.errors()}
            with pytest.raises(CorpusError) as caught:
                schema.model(kind, content)
            wrong = [fault for fault in caught.value.faults if not (is_norwegian(fault) and fault.cure)]
            assert wrong == [], (kind, text)
    assert seen - {"value_error"} == set(schema.WORDS)


@pytest.mark.parametrize(
    ("kind", "text", "line", "offer"),
    [
        (Measure, "title: A\nrespnsible: [B]\n", 2, "Mente du «responsible»?"),
        (Procedure, "title: A\nsteps:\n  - do: B\n    unles: C\n", 4, "Mente du «unless»?"),
        (Document, "id: a\ntitle: A\nkind: plann\npublisher: B\nsource: C\n", 3, "Mente du «plan»?"),
        (contacts.Contacts, "fitting:\n  victin: [a]\ninstead: {}\nfirst: {}\n", 2, "Mente du «victim»?"),
    ],
)
def test_the_nearest_name_is_offered(kind: type[Frozen], text: str, line: int, offer: str) -> None:
    with pytest.raises(CorpusError) as caught:
        schema.model(kind, files.parse(text, "fil"))
    assert (f"fil:{line}", True) in [(fault.where, fault.cure.startswith(offer)) for fault in caught.value.faults]


def test_places_in_a_list_are_counted_as_people_count() -> None:
    value: Any = files.parse("title: A\nsteps:\n  - do: B\n  - doo: C\n", "fil")
    with pytest.raises(CorpusError, match=r"fil:4: felt «steps\.2\.doo» er ukjent"):
        schema.model(Procedure, value)
