"""The rules that no change may break, each as one small test whose message says what is wrong and what to do.

`test_sabotage.py` takes each promise away, one line at a time, and expects the test named here to notice.
"""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from assistant import Answer, Assistant, read_corpus
from assistant.cli import main as command
from assistant.content.files import EMBEDDED
from assistant.models import AnswerKind, Audience, Language
from assistant.reading import read
from assistant.safety import Safety

NOW = datetime.datetime(2026, 11, 25, 12, 0)
UNASKABLE = {"unavailable"}  # what is shown when the program is broken: tests/test_always_first.py
QUESTIONS: dict[str, tuple[str, str | None]] = {
    "refuse": ("Hva er adressen til krisesenteret?", "Bærum"),
    "clarify": ("?", None),
    "comparison": ("Sammenlign TryggEst i planene for Bærum og Innlandet", None),
    "measure": ("Hvem har ansvar for tiltak 7?", "Stange"),
    "helpline": ("Hva er nummeret til krisesenteret?", "Gol"),
    "abstain": ("Hva koster parkering i sentrum?", None),
    "figure": ("Hvor mange kvinner har opplevd alvorlig partnervold?", None),
    "definition": ("Hva er latent vold?", None),
    "procedure": ("Hva gjør jeg ved mistanke om at et barn blir slått?", "Gol"),
    "law": ("Hva sier straffeloven § 196 om avvergeplikt?", None),
    "passage": ("Hva er visjonen i planen?", "Gol"),
    "entry": ("Jeg vil anmelde ham for vold. Hvordan gjør jeg det?", None),
}
PROMISED = {  # what other programs and people's habits call; a new name may stand beside an old one
    "ask": "--municipality -m --history --json --batch --corpus",
    "search": "--municipality -m --json -k --corpus",
    "explain": "--municipality -m --history --corpus",
    "rank": "--corpus --queries -k --run",
    "ingest": "--into --id --title --kind --publisher --municipality -m --valid-from --valid-to",
    "outline": "--json --id --title --kind --publisher --municipality -m --valid-from --valid-to",
    "template": "--municipality -m",
    "lint": "--today --quiet",
    "diff": "--questions --wordings --json",
    "verify": "--days --all --confirm --source --today",
    "report": "--municipality -m --html --csv --questions --today --corpus",
    "eval": "--baseline --record --reason --failures --corpus",
    "fit": "--check",
    "build": "--corpus",
    "serve": "--host --port --corpus",
}
PLAN = """---
id: fjellvik-2020
title: Handlingsplan for Fjellvik
kind: plan
publisher: Fjellvik kommune
municipalities: [Gol]
valid_from: 2020-01-01
valid_to: 2023-12-31
source: Laget for testene
---

# 1 Sinne

? Hva kan jeg gjøre med sinnet hjemme?
@ for: perpetrator
@ answer: Gå ut til du er rolig igjen.
Sinnet hjemme kan du gjøre noe med: gå ut av rommet og ring en venn.

# 2 Trygghet

? Hva kan jeg gjøre med sinnet hjemme?
@ for: victim
@ answer: Ring noen du stoler på.
Sinnet hjemme er ikke ditt ansvar: ring en venn når du er trygg.

# 3 Varsling

? Hvem skal varsle om blåmerker i Fjellvik?
@ corrected by: fjell-1
Alle i Fjellvik som ser blåmerker, skal varsle kontoret.
"""
LAW = """---
id: fjelloven
title: Fjelloven
kind: law
publisher: Stortinget
source: Laget for testene
---

# § 1

? Har lærere plikt etter fjelloven?
Lærere skal si fra etter fjelloven.
```legal_rule
id: fjell-1
law: Fjelloven
paragraph: § 1
topic: meldeplikt
correction: Bare lærere har plikten.
sources:
  - where: Laget for testene
    date: "2026"
checked_on: 2026-11-22
confidence: high
```
"""


@pytest.fixture(scope="module")
def small(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The tiny corpus with a plan that has expired, one that speaks to two kinds of people, and a law that corrects it."""
    folder = Path(shutil.copytree(tiny_folder, tmp_path_factory.mktemp("small") / "corpus"))
    (folder / "plans/fjellvik-2020.md").write_text(PLAN, encoding="utf-8")
    (folder / "laws/fjelloven.md").write_text(LAW, encoding="utf-8")
    return Assistant(read_corpus(folder))


def noticed(answer: Answer, document: str) -> str:
    """What is said beside the first citation of a document; the test's own question must have found it."""
    found = [citation for citation in answer.citations if citation.document == document]
    assert found, f"{document} is not cited: the question of this test must find it"
    return found[0].notice or ""


@pytest.mark.parametrize("kind", sorted(set(get_args(AnswerKind)) - UNASKABLE))
def test_every_kind_of_answer_is_given(assistant: Assistant, kind: str) -> None:
    assert kind in QUESTIONS, f"«{kind}» is a new kind of answer: write a question that gets it into QUESTIONS."
    question, municipality = QUESTIONS[kind]
    got = assistant.ask(question, municipality, now=NOW).kind
    assert got == kind, (
        f"«{question}» is answered as {got}, no longer as {kind}. Is {kind} in ANSWER_KINDS (assistant/answers/__init__.py), in its place?"
    )


@pytest.mark.parametrize("municipality", [None, "Hamar"])
def test_another_municipalitys_plan_says_whose_it_is(small: Assistant, municipality: str | None) -> None:
    notice = noticed(small.ask("Når skal kurset være holdt?", municipality, now=NOW), "lillevik-2025")
    assert "Gol" in notice, (
        "A passage from Gol's plan is shown to someone who does not live there, and nothing says so. Say notice_other_plan beside it (answers/cite.py)."
    )


def test_an_expired_plan_says_when_it_expired(small: Assistant) -> None:
    notice = noticed(small.ask("Hvem skal varsle om blåmerker i Fjellvik?", "Gol", now=NOW), "fjellvik-2020")
    assert "31.12.2023" in notice, (
        "A passage from a plan that expired is shown as if it held. Say notice_expired beside it (answers/cite.py)."
    )


def test_a_laws_correction_stands_beside_the_passage_that_it_corrects(small: Assistant) -> None:
    answer = small.ask("Hvem skal varsle om blåmerker i Fjellvik?", "Gol", now=NOW)
    assert "Bare lærere har plikten." in noticed(answer, "fjellvik-2020"), (
        "The plan says too much, the law corrects it, and the reader is not told. Say notice_corrected beside it (answers/cite.py)."
    )
    assert any(citation.document == "fjelloven" for citation in answer.citations), (
        "The law that corrects the passage is not among the sources: cited() in answers/cite.py adds it."
    )


@pytest.mark.parametrize(
    ("audience", "theirs", "others"),
    [
        ("victim", "Ring noen du stoler på.", "Gå ut til du er rolig igjen."),
        ("perpetrator", "Gå ut til du er rolig igjen.", "Ring noen du stoler på."),
    ],
    ids=["victim", "perpetrator"],
)
def test_what_is_meant_for_others_is_not_said(small: Assistant, audience: Audience, theirs: str, others: str) -> None:
    """Both passages are known to answer the same question: only who asks tells them apart."""
    lead = small.ask("Hva kan jeg gjøre med sinnet hjemme?", "Gol", audience=audience, now=NOW).lead
    assert lead.startswith(theirs), (
        f"To a {audience} the passage written for others goes first. Weigh by audience (question/relevance.py)."
    )
    assert others not in lead, (
        f"To a {audience} it is said what is meant for others. Let _fits() ask for whom a passage is (answers/passage.py)."
    )


def test_what_is_for_others_weighs_less(small: Assistant) -> None:
    """Before any answer is made: of two passages that are found alike, the asker's own goes first."""
    found = small.understanding
    question = found.interpreter.question(read("sinne"), audience="victim")
    weights = dict(zip(found.index.ids, found.finder.relevance.weights(question), strict=True))
    own, others = (
        [weight for id_, weight in weights.items() if small.corpus.passage[id_].audience == (audience,)]
        for audience in ("victim", "perpetrator")
    )
    assert max(others) < min(own), "A passage for others weighs as much. Weigh by audience (question/relevance.py)."


@pytest.mark.parametrize("municipality", [None, "Oslo", "Gol", "Hamar"])
@pytest.mark.parametrize(
    "question", ["Hva er nummeret til krisesenteret?", "Hvem kan hjelpe meg?", "nummer barnevernvakta"], ids="abc"
)
def test_a_local_number_is_shown_only_where_it_is_for(
    small: Assistant, question: str, municipality: str | None
) -> None:
    answer = small.ask(question, municipality, now=NOW)
    local = {line.id: line for line in small.corpus.helplines if line.municipalities}
    strangers = [c.id for c in answer.helplines if c.id in local and municipality not in local[c.id].municipalities]
    assert strangers == [], (
        f"Someone from {municipality or 'an unknown place'} is shown {strangers}, which is only for others. for_municipality() in content/helplines.py decides."
    )
    phones = {line.phone for line in local.values() if line.phone and municipality not in line.municipalities}
    named = [phone for phone in phones if phone in answer.text]
    assert municipality != "Gol" or any(card.local for card in answer.helplines), "Gol's own numbers must show in Gol."
    assert named == [], f"The text names local numbers of other places: {named}."


def test_every_promised_option_of_the_command_line_is_there() -> None:
    assert set(PROMISED) == set(command.commands), "A command is new or gone: bring PROMISED and the README up to date."
    for name, promised in PROMISED.items():
        there = {option for parameter in command.commands[name].params for option in parameter.opts}
        gone = set(promised.split()) - there
        assert not gone, (
            f"`assistant {name}` no longer takes {', '.join(sorted(gone))}: other programs call it so. Keep the old name beside the new one."
        )


@pytest.mark.parametrize("language", get_args(Language))
def test_no_number_stands_in_the_alerts_words(language: str) -> None:
    """Numbers come from helplines.yaml alone, where they have a source and a date; a text would go on showing an old one."""
    safety = Safety.load(EMBEDDED)
    for rule in safety.rules:
        alert = safety.assess(rule.fires[0], language=language)
        assert alert is None or not (number := re.search(r"\d[\d ]{2,}", alert.message)), (
            f"«{rule.fires[0]}» is told «{number[0]}» in words. Take it out of messages.yaml; name the helpline under its category in categories.yaml."
        )


def test_no_number_stands_in_the_fixed_texts(small: Assistant) -> None:
    """A fixed text with a number in it would go on showing it after the record has changed."""
    texts = small.corpus.messages.texts
    named = {name: number[0] for name, text in texts.items() if (number := re.search(r"\d[\d ]{2,}", str(text)))}
    assert texts
    assert named == {}, (
        f"{named}: take the number out of corpus/messages.yaml; helplines.yaml has it, with source and date."
    )
