"""Five publishers' documents, and for each a small one made for these tests with the same oddities, come out whole and in order.

The originals are not part of this project; they lie beside the checkout, and where they do not, the run says how many tests it leaves
out. Each promise is held to the sample as well, so that nothing goes unchecked where they are missing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from ingest_help import ORIGINALS, SAMPLES, Made, lost, made, words

ADDED = {"fotnote", "adresse", "utelatt"}


@dataclass(frozen=True)
class Case:
    """A file, what of it may be left out, and words that a line's end has torn."""

    name: str
    left_out: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()
    original: bool = True

    @property
    def path(self) -> Path:
        assert not self.original or ORIGINALS.is_dir(), f"the originals are missing: put them into {ORIGINALS}"
        (found,) = (ORIGINALS if self.original else SAMPLES).glob(f"{self.name}.*")
        return found


TAGS = r"</?p>"
CONTENTS = r"^Innhold$|^[^\t\n]+\t\d+$"
NUMBERED_CONTENTS = r"^1 Innholdsfortegnelse$|^[\d.]*\t[^\t\n]+\t\d+$"
ITALICS = r"</?i>"
BOLD = r"</?b>"
SUPERSCRIPT_TAGS = r"</?sup>"
PICTURES = r"^(?:The screenshot|A green-tinted)[^\n]*$"
LINKS_TO_THEMSELVES = r"\]\(https?://(?:endringsagenter\.no|www\.seksuellatferd\.no)\)"
ENTITY = r"&amp;"
LOGOS = r"^\**Bufdir\**$"

CASES = (
    Case("baerum-2020", (CONTENTS, TAGS, r"Veståsen 13")),
    Case("strandvik-2021", (CONTENTS, TAGS, r"Lerkeveien 7"), original=False),
    Case(
        "bufdir-helhetlig-innsats",
        (SUPERSCRIPT_TAGS, LOGOS, r"^\[bufdir\.no\]\(http://bufdir\.no\)$", r"\[[^\]]*\]\((?=http)", r"(?<!\()http://"),
    ),
    Case("rettleiing", (SUPERSCRIPT_TAGS, ENTITY, LOGOS, r"\[[^\]]*\]\((?=http)", r"(?<!\()http://"), original=False),
    Case("hallingdal-2021", (r"^ Interkommunal[^\n]*\|\s+11 $",), ("imellom-tiden",)),
    Case("fjellbygd-2022", (r"^ Handlingsplan[^\n]*\|\s+7 $",), ("imellom-tiden", "nabo-kommunene"), original=False),
    Case("innlandet-2023", (NUMBERED_CONTENTS, ITALICS)),
    Case("skogland-2024", (NUMBERED_CONTENTS, BOLD), original=False),
    Case("rvts-namsos-2023", (PICTURES, LOGOS, r"^09:07$", r"^\[Del paragraf\]\(#\)$", LINKS_TO_THEMSELVES)),
    Case("lysark", (PICTURES, r"^09:07$", r"^\[Del paragraf\]\(#\)$"), original=False),
)


def _parameters(original: bool) -> list[object]:
    marks = [pytest.mark.originals] if original else []
    return [pytest.param(case, id=case.name, marks=marks) for case in CASES if case.original is original]


every_document = pytest.mark.parametrize("case", [*_parameters(original=True), *_parameters(original=False)])


@every_document
def test_no_word_is_lost_but_what_is_named(case: Case, tmp_path: Path) -> None:
    result = made(case.path, tmp_path)
    assert not lost(case.path.read_text(encoding="utf-8"), result.body, case.left_out, case.torn)


@every_document
def test_no_word_is_added_that_the_document_does_not_have(case: Case, tmp_path: Path) -> None:
    """Column names and the first line of a list are said again; nothing else is put in."""
    result = made(case.path, tmp_path)
    original = re.sub(r"-\s+", "", case.path.read_text(encoding="utf-8")) + case.path.read_text(encoding="utf-8")
    body = re.sub(r"^```measure$.*?^```$", "", result.body, flags=re.M | re.S)
    assert set(words(body)) - set(words(original)) <= ADDED | set(words(case.name))


@every_document
def test_sentences_stand_as_printed(case: Case, tmp_path: Path) -> None:
    """Letter by letter, each sentence is found in the original; the few others are those that were torn by a note or a box."""
    result = made(case.path, tmp_path)
    source = _letters(re.sub("|".join(case.left_out) or "$^", " ", case.path.read_text(encoding="utf-8"), flags=re.M))
    lines = [line for passage in result.passages for line in passage.text.split("\n")]
    whole = [
        line
        for line in lines
        if "|" not in line and "[adresse" not in line and not line.startswith(("Fotnote", "Vi ønsker:"))
    ]
    sentences = [sentence for line in whole for sentence in re.split(r"(?<=[.!?]) ", line) if sentence]
    mended = [sentence for sentence in sentences if _letters(sentence) not in source]
    assert len(mended) <= 6, mended


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W\d_]", text.casefold()))


@every_document
def test_nothing_of_the_layout_is_left(case: Case, tmp_path: Path) -> None:
    """No contents list, tags, entities, empty links, emphasis, private-use characters, torn words or rows of dashes."""
    body = made(case.path, tmp_path).body
    for pattern in (
        r"\.{5,}", r"</?[a-z]+>", r"&\w+;", r"\]\(", r"\*\*", "[\ue000-\uf8ff]", "\u2063", r"-{3,}", r"\w- (?!og\b|eller\b)[a-zæøå]",
    ):  # fmt: skip
        assert not re.search(pattern, body), (pattern, re.search(pattern, body))


@every_document
def test_passages_are_short_enough_to_quote(case: Case, tmp_path: Path) -> None:
    """Text has at most about a hundred words; a table with its column names, or one long item, may have more."""
    passages = made(case.path, tmp_path).passages
    assert all(len(passage.text.split()) <= 150 for passage in passages)
    assert all(
        len(passage.text.split()) <= 120
        for passage in passages
        if "|" not in passage.text and not _one_item(passage.text)
    )


def _one_item(text: str) -> bool:
    return text.count("\n- ") == 1


@every_document
def test_no_footnote_stands_inside_a_sentence(case: Case, tmp_path: Path) -> None:
    for passage in made(case.path, tmp_path).passages:
        assert "Fotnote" not in passage.text or passage.text.startswith("Fotnote"), passage.text


@pytest.fixture(scope="module", params=[pytest.param("original", marks=pytest.mark.originals), "sample"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def pair(kind: str, original: str, sample: str, folder: Path) -> Made:
    case = next(case for case in CASES if case.name == (original if kind == "original" else sample))
    return made(case.path, folder)


# --- hard line breaks, private-use bullets, boxes between sentences --------------------------------------------------


@pytest.fixture
def broken(kind: str, tmp_path: Path) -> Made:
    return pair(kind, "hallingdal-2021", "fjellbygd-2022", tmp_path)


def test_a_duty_that_a_box_has_torn_is_one_sentence_again(broken: Made, kind: str) -> None:
    """Apart, those who have the duty would stand without it, and the duty would seem to go on from the box."""
    who = "skoler og barnehager," if kind == "original" else "skole og barnehage,"
    duty = "har plikt til å melde" if kind == "original" else "har plikt til å melde fra"
    assert f"{who} {duty}" in broken.with_words(who).text
    box = broken.with_words("går foran")
    assert who not in box.text
    assert duty not in box.text


def test_a_rule_and_its_exception_are_never_parted(broken: Made) -> None:
    passage = broken.with_words("Unntatt er")
    assert re.search(r"IKKE \w+ \w+\. Unntatt er", passage.text), passage.text


def test_the_annexes_have_their_headings(broken: Made) -> None:
    annex = next(text for level, text in broken.headings if text.startswith("Vedlegg 1"))
    for inner in ("SE SPØR AVKLAR", "Hva gjør du?", "Anonyme drøftinger", "MELDEPLIKT:"):
        assert (annex, inner) in broken.paths
    assert (annex, "HANDLE", "AKUTTE SITUASJONER") in broken.paths
    second = next(text for level, text in broken.headings if text.startswith("Vedlegg 2"))
    assert (second, "HVA GJØR DU?", "Anonyme drøftinger") in broken.paths


def test_what_an_acute_danger_is_stands_under_one_line(broken: Made) -> None:
    """Lines without bullets below «…:» are items of a list, not one long sentence."""
    text = next(p.text for p in broken.passages if p.section.path[-1] == "AKUTTE SITUASJONER" and "- ved " in p.text)
    lead, *items = text.split("\n")
    assert lead.endswith(":")
    assert len(items) >= 4
    assert all(item.startswith(("- ved ", "- når ")) for item in items)


def test_sections_carry_their_numbers(broken: Made) -> None:
    assert {(1, "Forord"), (1, "1.0 Innledning"), (1, "2.2 innsatsområde 2")} <= set(broken.headings)
    assert not [text for _, text in broken.headings if re.match(r"\d \w", text)]  # no footnote, no item of a list


def test_each_goal_keeps_its_own_measures(broken: Made, kind: str) -> None:
    """Two columns run into one: the goal that a page has torn is whole, and its measures stand under it."""
    goal = "voldsutsatt, vitne til vold og voldsutøver" if kind == "original" else "kan få hjelp og råd"
    measure = "Utvikle strategi for melding" if kind == "original" else "Plakater henger"
    passage = broken.with_words(measure)
    assert passage.section.path[-1].endswith(goal)
    assert passage.text.startswith("Vi ønsker: ")
    assert "Dette kan / skal vi gjøre:" in passage.text


def test_numbers_in_two_columns_stand_under_their_own_headings(broken: Made, kind: str) -> None:
    """What is open by day is never read as open at night."""
    by_day = "Familievernkontor: " if kind == "original" else "Kontor: "
    at_night = "Legevakt: " if kind == "original" else "Vakt: "
    assert broken.with_words(by_day).section.path[-1].endswith("dagtid:")
    assert broken.with_words(at_night).section.path[-1].startswith("AKUTT")


def test_footnotes_stand_at_the_end_of_their_section(broken: Made) -> None:
    section = [passage.text for passage in broken.passages if passage.section.path == ("1.0 Innledning",)]
    assert section[-1].startswith("Fotnote 1: ")
    assert any("¹" in text for text in section)


def test_lists_over_a_page_are_one_list(broken: Made, kind: str) -> None:
    first, last = ("Helsestasjonen", "NAV") if kind == "original" else ("helsestasjonen", "arbeidsplassen")
    assert f"- {last}" in broken.with_words(f"- {first}").text


# --- plain headings, a contents list, tables with empty cells --------------------------------------------------------


@pytest.fixture
def listed(kind: str, tmp_path: Path) -> Made:
    return pair(kind, "baerum-2020", "strandvik-2021", tmp_path)


def test_the_contents_list_gives_the_headings(listed: Made, kind: str) -> None:
    top = ["Innledning", "Økonomi"]
    top += ["Tiltaksplan for 2020-2022", "Formål"] if kind == "original" else ["Tiltaksplan", "Tilbud til innbyggere"]
    assert {(1, text) for text in top} <= set(listed.headings)
    assert (2, "Mål:") in listed.headings  # on the same page as the heading above it, which has no text of its own


def test_headings_outside_the_list_stand_below_those_in_it(listed: Made, kind: str) -> None:
    parent = "Tilbud til innbyggere i Bærum" if kind == "original" else "Tilbud til innbyggere"
    inner = [
        "Fastlegene",
        "Asker og Bærum legevakt",
        "Politiet i Oslo politidistrikt, enhet vest.",
        "NAV",
        "Alternativ til vold (ATV)",
    ]
    for heading in inner if kind == "original" else ["Fastlegene", "Strandvik legevakt", "Strandvik krisesenter"]:
        assert (parent, heading) in listed.paths
    assert not [text for _, text in listed.headings if "oppgaver" in text or (text.isupper() and "KOMMUNE" in text)]


def test_a_number_stays_with_its_year(listed: Made, kind: str) -> None:
    row = (
        "- Personer | Overgrepsmottak Drammen legevakt | 2019: 11 (96)"
        if kind == "original"
        else "- Beboere | Krisesenter | 2020: 4 (11)"
    )
    text = listed.with_words(row).text
    assert text.startswith("Tabell 1")
    assert "*Tall i parentes" in text


def test_a_measure_in_a_table_is_a_section(listed: Made, kind: str) -> None:
    plan = "Tiltaksplan for 2020-2022" if kind == "original" else "Tiltaksplan"
    for number in (1, 2, 3):
        (path,) = [path for path in listed.paths if path[-1] == f"Tiltak {number}"]
        assert path[0] == plan
        assert path[1].startswith("Mål ")
        assert "\nAnsvar: " in listed.under(*path)


def test_a_footnote_comes_to_the_section_of_its_mark(listed: Made, kind: str) -> None:
    note = listed.with_words("Fotnote 7:" if kind == "original" else "Fotnote 3:")
    assert note.section.path[-1] == (
        "Politiet i Oslo politidistrikt, enhet vest." if kind == "original" else "Strandvik krisesenter"
    )


def test_where_a_shelter_lies_is_left_out(listed: Made) -> None:
    assert "[adresse utelatt]" in listed.body
    assert not re.search(r"Veståsen|Lerkeveien", listed.text)


# --- numbered contents, measures, tables that a blank line parts -----------------------------------------------------


@pytest.fixture
def numbered(kind: str, tmp_path: Path) -> Made:
    return pair(kind, "innlandet-2023", "skogland-2024", tmp_path)


def test_a_measure_stands_under_its_strategy_under_its_section(numbered: Made, kind: str) -> None:
    if kind == "original":
        strategy = "Strategi for utvikling og opprettholdelse av kommunale sinnemestringskurs el.I."
        path = ("3.3 Hjelp til utøvere", strategy, "Tiltak 7")
    else:
        path = ("3.1 Hjelp til utøvere", "Strategi for kurs i sinnemestring o.l.", "Tiltak 1")
    text = numbered.under(*path)
    assert re.search(r"\nAnsvar: .+\nFrist: 31\.12\.202\d$", text), text


def test_what_follows_a_measure_belongs_to_the_section_again(numbered: Made, kind: str) -> None:
    words = "konstitueres det en ny arbeidsgruppe" if kind == "original" else "settes det ned en ny gruppe"
    assert not numbered.with_words(words).section.path[-1].startswith("Tiltak")


def test_the_cover_stands_under_the_title(numbered: Made) -> None:
    assert numbered.document.title == "Handlingsplan mot vold i nære relasjoner"
    assert "for kommunene" in numbered.under("Handlingsplan mot vold i nære relasjoner")
    assert (1, "Forord") in numbered.headings


def test_rows_below_a_gap_keep_the_names_of_their_columns(numbered: Made, kind: str) -> None:
    table = numbered.under("1 Oversikt over tiltak i planen" if kind == "original" else "1 Oversikt over tiltak")
    rows = [line for line in table.split("\n") if line]
    assert len(rows) == (15 if kind == "original" else 3)
    assert all(re.match(r"- Nr: \d+ \| Tiltak: .+ \| Avsnitt: [\d.]+ \| Målgruppe: ", row) for row in rows)


def test_two_rows_of_heads_name_each_column(numbered: Made, kind: str) -> None:
    row = (
        "- Alvorlig vold | En gang n: 177 | En gang %: 2 |"
        if kind == "original"
        else "- Noe av dette | En gang n: 35 | En gang %: 4 |"
    )
    assert numbered.with_words(row).text.startswith("Tabell: ")


def test_lines_that_are_no_headings_are_none(numbered: Made) -> None:
    texts = [text for _, text in numbered.headings]
    assert not [
        text
        for text in texts
        if text.startswith(("Se ", "Kilde", "Ansvar", "Frist", "TryggEst", "Isdal", "Hansen", "Nilsen"))
    ]


# --- marked headings, slides -----------------------------------------------------------------------------------------


def test_marked_headings_nest_by_number(kind: str, tmp_path: Path) -> None:
    """Unnumbered headings belong under the numbered one, though the file marks them alike; a lone «3» belongs to its words."""
    result = pair(kind, "bufdir-helhetlig-innsats", "rettleiing", tmp_path)
    chapter = (
        "3 Hva er et helhetlig hjelpetilbud for utsatte og utøvere av vold?"
        if kind == "original"
        else "3 Kva er god hjelp?"
    )
    inner = (
        ("Forebyggende arbeid", "Tilbud til utøvere av vold")
        if kind == "original"
        else ("Førebygging", "Hjelp til utøvarar")
    )
    for heading in inner:
        assert (chapter, heading) in result.paths
    assert (2 if kind == "original" else 1, "Bufdir") not in result.headings


def test_an_address_that_was_escaped_can_be_opened(kind: str, tmp_path: Path) -> None:
    result = pair(kind, "bufdir-helhetlig-innsats", "rettleiing", tmp_path)
    assert re.search(r"^Fotnote 1: https://[\w./-]+_og_[\w.]+$", result.with_words("Fotnote 1").text)


def test_a_slide_stands_under_no_other(kind: str, tmp_path: Path) -> None:
    result = pair(kind, "rvts-namsos-2023", "lysark", tmp_path)
    tops = (
        ["Bakgrunn (SSB, FHI)", "Sinnemestring", "MAP- Møte med aggresjonsproblematikk"]
        if kind == "original"
        else ["Det vi vet", "Rolig nå", "Sinne"]
    )
    assert {(1, top) for top in tops} <= set(result.headings)
    table = next(text for _, text in result.headings if text.startswith("Tiltak For hvem Ansvar"))
    rows = [passage for passage in result.passages if table in passage.section.path]
    assert all(row.text.startswith("Tiltak: ") and row.record for row in rows)
    assert "screenshot" not in result.body


# --- where the originals are missing ---------------------------------------------------------------------------------


def _in_a_clone(folder: Path, **environment: str) -> tuple[int, str]:
    """These tests in a clone with nothing beside it, the ones on one original's name alone."""
    root = Path(__file__).parents[2]
    shutil.copytree(
        root / "tests" / "ingest", folder / "clone" / "tests" / "ingest", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(root / "tests" / "conftest.py", folder / "clone" / "tests" / "conftest.py")
    shutil.copy(root / "pyproject.toml", folder / "clone" / "pyproject.toml")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "tests/ingest/test_ingest_documents.py",
        "-k",
        "no_footnote",
    ]
    clean = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST")}
    done = subprocess.run(  # its exit code is what is asked for
        command,
        check=False,
        cwd=folder / "clone",
        env={**clean, "PYTHONPATH": str(root), **environment},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


def test_a_plain_clone_says_once_what_it_leaves_out(tmp_path: Path) -> None:
    code, out = _in_a_clone(tmp_path)
    assert code == 0, out
    assert (
        len(re.findall(r"^\d+ tests left out: the originals do not lie in .*shared/documents\.", out, re.MULTILINE))
        == 1
    )
    assert "skipped" not in out


def test_where_ci_is_set_the_originals_must_be_there(tmp_path: Path) -> None:
    code, out = _in_a_clone(tmp_path, CI="1")
    assert code == 1, out
    assert "the originals are missing: put them into" in out
    assert "5 failed, 5 passed" in out
