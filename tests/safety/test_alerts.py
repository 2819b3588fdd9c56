"""Which numbers come first, what is said, in which language, and what happens when nothing can be read."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from assistant.content.files import EMBEDDED
from assistant.safety import LAST_RESORT, PAUSE, Layer, Safety, assess


def _phones(safety: Safety, text: str) -> list[str]:
    alert = safety.assess(text)
    assert alert is not None, text
    return [number.phone for number in alert.numbers]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mannen min slår meg", ["112"]),
        ("han har kniv og står i gangen", ["112"]),
        ("hun puster ikke", ["113"]),
        ("han blør kraftig fra hodet", ["113"]),
        ("søsteren min har tatt overdose", ["113"]),
        ("jeg vil dø", ["113", "116 123"]),
        ("han tok kvelertak på meg og nå får jeg ikke puste", ["113", "112"]),
        ("kjæresten min tok kvelertak på meg", ["112", "113", "116 117"]),
        ("det brenner i stua", ["110"]),
        ("han truer med å tenne på huset", ["112", "110"]),
        ("hun ble voldtatt for noen timer siden", ["112", "116 117"]),
        ("eksen min står rett utenfor døra mi nå", ["112"]),
        ("jeg kommer til å slå henne", ["112"]),
        ("de skal gifte meg bort på lørdag", ["112"]),
    ],
)
def test_numbers_in_order(safety: Safety, text: str, first: list[str]) -> None:
    assert _phones(safety, text)[: len(first)] == first


def test_children_also_get_their_own_number(safety: Safety) -> None:
    assert "116 111" in _phones(safety, "pappa slår meg")
    assert "116 111" in _phones(safety, "jeg er 12 år og vil dø")


def test_the_deaf_also_get_the_text_telephone(safety: Safety) -> None:
    phones = _phones(safety, "jeg er døv og mannen min slår meg")
    assert phones[0] == "112"
    assert "1412" in phones


def test_what_is_said_fits_the_category(safety: Safety) -> None:
    assert "uten merker" in _said(safety, "han tok kvelertak på meg", "nb")
    assert "utan merke" in _said(safety, "han tok kvelartak på meg", "nn")
    assert "without marks" in _said(safety, "he strangled me", "en")
    assert "dusje" in _said(safety, "hun ble voldtatt for noen timer siden", "nb")
    assert "Det er bra at du skriver" in _said(safety, "jeg kommer til å slå henne", "nb")


def _said(safety: Safety, text: str, language: str) -> str:
    alert = safety.assess(text, language=language)
    assert alert is not None
    return alert.message


def test_the_alert_names_the_rule_and_the_words(safety: Safety) -> None:
    alert = safety.assess("Hei. Mannen min slo meg i går, og i dag har han kniv.")
    assert alert is not None
    assert {"har-våpen"} <= {signal.rule for signal in alert.signals}
    assert any("kniv" in signal.words for signal in alert.signals)


def test_explain_tells_why_not(safety: Safety) -> None:
    explanation = safety.explain("faren min slo meg da jeg var liten")
    assert explanation.alert is None
    assert any(considered.silenced_by for considered in explanation.considered)
    assert any(concept == "slag" for concept, _, _ in explanation.signs)


def test_last_resort_has_the_numbers_of_the_helplines() -> None:
    records = yaml.safe_load((EMBEDDED / "helplines.yaml").read_text(encoding="utf-8"))
    named = {record["id"]: (record["name"], record["phone"]) for record in records}
    expected = [named[f"nodnummer-{name}"] for name in ("politi-112", "ambulanse-113", "brann-110")]
    assert [(number.name, number.phone) for number in LAST_RESORT.numbers] == expected
    assert all(number.phone in LAST_RESORT.message for number in LAST_RESORT.numbers)


def test_without_readable_rules_every_message_gets_the_last_resort(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log tells what kind of error it was, and nothing of the message."""
    layer = Layer(tmp_path)
    assert layer.assess("mannen min slår meg") == LAST_RESORT
    assert layer.assess("når åpner svømmehallen i dag") == LAST_RESORT
    assert "CorpusError" in caplog.text
    assert "svømmehallen" not in caplog.text
    assert assess("når åpner svømmehallen i dag") is None


def test_rules_that_become_readable_are_used_without_a_restart(tmp_path: Path) -> None:
    """A wish to die gets the ambulance first again: a failure at the first question is not remembered."""
    now = [0.0]
    layer = Layer(tmp_path, clock=lambda: now[0])
    assert layer.assess("Jeg vil ta livet mitt i natt") == LAST_RESORT
    shutil.copytree(EMBEDDED / "lexicon", tmp_path / "lexicon")
    shutil.copy(EMBEDDED / "helplines.yaml", tmp_path)
    now[0] = PAUSE
    mended = layer.assess("Jeg vil ta livet mitt i natt")
    assert mended is not None
    assert mended.numbers[0].phone == "113"
    assert layer.assess("når åpner svømmehallen i dag") is None


def test_rules_that_cannot_be_read_are_tried_once_in_a_pause(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A thousand questions do not read a broken disk a thousand times."""
    now = [0.0]
    layer = Layer(tmp_path, clock=lambda: now[0])
    for moment in range(1000):
        now[0] = moment * PAUSE / 500
        assert layer.assess("hei") == LAST_RESORT
    assert len(caplog.records) == 2


def test_first_questions_at_the_same_time_share_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are built once, and nobody gets them, or the last resort, before they are whole."""
    loaded = []
    real = Safety.load

    def counted(folder: Path | str) -> Safety:
        loaded.append(folder)
        return real(folder)

    monkeypatch.setattr(Safety, "load", counted)
    layer = Layer(EMBEDDED)
    with ThreadPoolExecutor(16) as pool:
        alerts = list(pool.map(layer.assess, ["når åpner svømmehallen i dag"] * 16))
    assert alerts == [None] * 16
    assert len(loaded) == 1


def test_rules_that_fail_on_a_message_are_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever wrote it gets the last resort; the log says that it happened and not what was written."""
    monkeypatch.setattr(Safety, "judge", None)
    assert Layer(EMBEDDED).assess("kanarifugl") == LAST_RESORT
    assert "failed" in caplog.text
    assert "kanarifugl" not in caplog.text


@pytest.mark.parametrize(
    ("history", "text"),
    [
        (["Mannen min slår meg når han drikker"], "han kommer nå"),
        (["han har en kniv"], "han er på vei opp"),
        (["jeg har tabletter i skuffen", "orker ikke mer"], "jeg tar dem nå"),
        (["hva er besøksforbud", "han har besøksforbud"], "men han står utenfor nå"),
        (["det er noen i hagen"], "nå knuste et vindu"),
        (["han tok kvelertak på meg"], "hva skal jeg gjøre"),
    ],
)
def test_two_messages_make_one_danger(safety: Safety, history: list[str], text: str) -> None:
    assert safety.assess(text, history)


@pytest.mark.parametrize(
    ("history", "text"),
    [
        (["Han skal drepe meg"], "hva er krisesenterloven?"),
        (["pappa slår meg"], "takk"),
        (["han har kniv"], "når åpner svømmehallen i dag?"),
        (["mannen min slår meg"], "hvordan søker jeg om fri rettshjelp?"),
        (["Han truer meg", "takk", "hva er VO-linjen", "hvem driver den"], "hvor er kommunehuset"),
        (["jeg skriver oppgave om drap"], "hvilke kilder bør jeg bruke"),
    ],
)
def test_an_earlier_danger_does_not_alarm_on_every_later_question(
    safety: Safety, history: list[str], text: str
) -> None:
    assert safety.assess(text, history) is None
