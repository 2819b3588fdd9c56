"""Languages that the rules do not read: their cards, their phrases, and what messages in them get."""

import time
from pathlib import Path

import pytest

from assistant.content.examples import read_messages, read_wordings
from assistant.content.files import EMBEDDED
from assistant.owners.fit import READ
from assistant.safety import Safety
from assistant.safety.languages import CATEGORIES, Languages, Tongue, read_tongues

TONGUES = read_tongues(EMBEDDED / "lexicon" / "risk" / "languages", Path(EMBEDDED))
HOSTILE = 12_000  # letters


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.code)
def test_each_language_says_every_danger_and_its_card_comes_before_the_norwegian(
    safety: Safety, tongue: Tongue
) -> None:
    assert set(tongue.danger) == set(CATEGORIES), "Every language names every danger."
    phrase = tongue.danger["weapon"].split(",")[0].replace("*", "").strip()
    alert = safety.assess(phrase)
    assert alert is not None, phrase
    card, *_, norwegian = alert.message.split("\n")
    assert "112" in card
    assert "{" not in alert.message
    assert "Ring nå" in norwegian


def test_no_norwegian_or_english_message_is_heard_as_another_language(safety: Safety) -> None:
    ours = [line.text for line in (*read_messages(EMBEDDED), *read_wordings(EMBEDDED)) if line.language in READ]
    heard = [text for text in ours if (found := safety._languages.hear(text)) and found.concept]
    assert len(ours) > 40_000
    assert not heard, heard


def test_messages_in_other_languages_are_found(safety: Safety) -> None:
    """The state reached on messages that the table of other languages is fitted to; on new ones fewer are found."""
    theirs = [message for message in read_messages(EMBEDDED) if message.sure and message.language not in READ]
    acute = [safety.assess(message.text) is not None for message in theirs if message.acute]
    calm = [safety.assess(message.text) is not None for message in theirs if not message.acute]
    assert sum(acute) / len(acute) >= 0.95
    assert sum(calm) / len(calm) <= 0.06


@pytest.mark.parametrize("word", ["ma ", "په ", "не ", "bije mnie ", "ฆ่า"])
def test_what_is_repeated_does_not_slow_it_down(safety: Safety, word: str) -> None:
    start = time.perf_counter()
    safety._languages.hear((word * HOSTILE)[:HOSTILE])
    # Some 10 ms; the bound is wide because other programs run beside the tests.
    assert time.perf_counter() - start < 0.5


def test_without_languages_nothing_is_heard() -> None:
    assert Languages().hear("mój mąż mnie bije") is None


def test_a_language_that_is_not_told_gets_the_words_in_english_and_norwegian(safety: Safety) -> None:
    alert = safety.assess("a férjem késsel fenyeget és megver engem minden nap kérem segítsenek")
    assert alert is not None
    assert "Call now" in alert.message
    assert "Ring nå" in alert.message
