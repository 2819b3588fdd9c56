"""Takes promises away, one line at a time, in a copy of the tree, and expects the test that guards each to go red and to say why.

A promise whose test is missing, or looks away, is worth nothing: this is where that shows.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OTHER_TESTS = shutil.ignore_patterns("browser", "web", "ingest", "bench", "bad_corpus", "test_sabotage.py")
PROMISES, REACH = "tests/test_promises.py", "tests/safety/test_reach.py"


@dataclass(frozen=True)
class Sabotage:
    """In `file`, the one place that reads `old` becomes `new` (no `old`: the file is emptied). Then `test` must fail, and say `says`."""

    file: str
    old: str
    new: str
    test: str
    says: str


SABOTAGES = {
    "an answer kind is removed": Sabotage(
        "assistant/answers/__init__.py",
        "in ANSWER_KINDS:",
        "in [kind for kind in ANSWER_KINDS if kind is not figure.draft]:",
        f"{PROMISES}::test_every_kind_of_answer_is_given[figure]",
        "Is figure in ANSWER_KINDS",
    ),
    "another plan's notice is removed": Sabotage(
        "assistant/answers/cite.py",
        'yield asked.say("notice_other_plan"',
        'yield from () and asked.say("notice_other_plan"',
        f"{PROMISES}::test_another_municipalitys_plan_says_whose_it_is[Hamar]",
        "Say notice_other_plan",
    ),
    "what is said is no longer filtered by audience": Sabotage(
        "assistant/answers/passage.py",
        "for_asker = not other.audience or",
        "for_asker = True or",
        f"{PROMISES}::test_what_is_meant_for_others_is_not_said[perpetrator]",
        "Let _fits() ask for whom a passage is",
    ),
    "what is found is no longer weighed by audience": Sabotage(
        "assistant/question/relevance.py",
        "factors = self._audience[question.asker] if question.asker else self._none",
        "factors = self._none",
        f"{PROMISES}::test_what_is_for_others_weighs_less",
        "Weigh by audience",
    ),
    "an option of the command line is renamed": Sabotage(
        "assistant/cli/__init__.py",
        '"--history", multiple=True, help="An earlier question; may be repeated."',
        '"--earlier", "history", multiple=True, help="An earlier question; may be repeated."',
        f"{PROMISES}::test_every_promised_option_of_the_command_line_is_there",
        "`assistant explain` no longer takes --history",
    ),
    "the acute messages of the always-first tests are emptied": Sabotage(
        "tests/test_always_first.py",
        '@pytest.mark.parametrize("danger", ACUTE)',
        '@pytest.mark.parametrize("danger", ())',
        "tests/test_always_first.py",
        "Empty parameter set in 'test_with_a_broken_engine_the_person_still_gets_the_alert'",
    ),
    "the acute set is emptied": Sabotage(
        "tests/safety/sets/acute.jsonl",
        "",
        "",
        f"{REACH}::test_no_set_of_messages_is_emptied[acute]",
        "put them back",
    ),
    "a phone number is put into the alert's text": Sabotage(
        "corpus/lexicon/risk/messages.yaml",
        "  nb: Ring nå hvis noen er i fare.",
        "  nb: Ring 22 66 90 50 nå hvis noen er i fare.",
        f"{PROMISES}::test_no_number_stands_in_the_alerts_words[nb]",
        "Take it out of messages.yaml",
    ),
    "a risk rule gets a sign that it does not need": Sabotage(
        "corpus/lexicon/risk/rules/child_in_danger.yaml",
        "    - forelder\n    - slag | grovt | slag-utsatt | kvele\n    - jeg | meg | barn | familie\n",
        "    - forelder\n    - slag | grovt | slag-utsatt | kvele\n    - jeg | meg | barn | familie\n    - meg | jeg | min\n",
        f"{REACH}::test_no_rule_reaches_less_than_recorded",
        "A rule has become narrower",
    ),
    "a risk rule's reach is cut": Sabotage(
        "corpus/lexicon/risk/rules/child_in_danger.yaml",
        '  near: 10\n  reason: "Barn som forteller at en voksen slår, er i fare."',
        '  near: 5\n  reason: "Barn som forteller at en voksen slår, er i fare."',
        f"{REACH}::test_no_rule_reaches_less_than_recorded",
        "A rule has become narrower",
    ),
    "a local number is shown to everyone": Sabotage(
        "assistant/content/helplines.py",
        "municipality is not None and municipality in each.municipalities",
        "each.municipalities",
        f"{PROMISES}::test_a_local_number_is_shown_only_where_it_is_for[a-Oslo]",
        "for_municipality() in content/helplines.py decides",
    ),
    "an expired plan's notice is removed": Sabotage(
        "assistant/answers/cite.py",
        'yield asked.say("notice_expired"',
        'yield from () and asked.say("notice_expired"',
        f"{PROMISES}::test_an_expired_plan_says_when_it_expired",
        "Say notice_expired",
    ),
    "a law's correction is no longer shown": Sabotage(
        "assistant/answers/cite.py",
        'yield asked.say("notice_corrected"',
        'yield from () and asked.say("notice_corrected"',
        f"{PROMISES}::test_a_laws_correction_stands_beside_the_passage_that_it_corrects",
        "Say notice_corrected",
    ),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the named tests need."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("assistant", "corpus"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=OTHER_TESTS)
    return tmp_path


def commit(sabotage: Sabotage, tree: Path) -> None:
    """Writes the change. AssertionError where the text does not stand there exactly once: then the table has to follow the code."""
    path = tree / sabotage.file
    text = path.read_text(encoding="utf-8")
    found = text.count(sabotage.old) if sabotage.old else 1
    assert found == 1, (
        f"{sabotage.file}: «{sabotage.old}» stands there {found} times, not once: bring the table up to date."
    )
    path.write_text(text.replace(sabotage.old, sabotage.new) if sabotage.old else "", encoding="utf-8")


def run(tree: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """The tests in the copy, without the plugins that none of them needs: starting costs more than most of them."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist", "-p", "no:hypothesispytest", *tests]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=400, check=False)


@pytest.mark.parametrize("name", SABOTAGES)
def test_a_promise_cannot_be_taken_away_unnoticed(tree: Path, name: str) -> None:
    sabotage = SABOTAGES[name]
    commit(sabotage, tree)
    done = run(tree, sabotage.test)
    told = f"\n{done.stdout}{done.stderr}"
    assert done.returncode, f"{name}, and {sabotage.test} stayed green: nobody would have noticed.{told}"
    assert sabotage.says in done.stdout, f"{name}: {sabotage.test} does not say «{sabotage.says}».{told}"
    assert sabotage.test in done.stdout, f"{name}: it was not {sabotage.test} that failed.{told}"


def test_a_table_that_the_code_has_left_behind_is_no_pass(tree: Path) -> None:
    """Text that is not there would leave the tree as it is, and the row would test nothing."""
    with pytest.raises(AssertionError, match="0 times"):
        commit(Sabotage("assistant/cli/__init__.py", "det som ikke står der", "", "", ""), tree)


def test_every_named_test_is_green_before_the_promise_is_taken_away(tree: Path) -> None:
    """Else the red above would say nothing."""
    done = run(tree, *sorted({sabotage.test for sabotage in SABOTAGES.values()}))
    assert done.returncode == 0, done.stdout
