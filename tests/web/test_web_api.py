"""The programming interface: one way to ask, the alert first, nothing given back that was typed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_help import ACUTE, QUESTION, ask

from assistant import Answer, Assessed, Assistant, Safety
from assistant.reading import Reading
from web.api import ends, newest
from web.engine import Engine
from web.padding import FIRST, STEP

CANARY = "zyrkløpo"


class Hanging(Engine):
    """An engine whose search waits for a sign."""

    sign = threading.Event()

    def answer(self, assessed: Assessed, *asked: Any) -> Answer:
        self.sign.wait(10)
        return super().answer(assessed, *asked)


class Broken(Engine):
    """An engine whose search fails with the question in the error's text."""

    def answer(self, assessed: Assessed, *asked: Any) -> Answer:
        raise ValueError(assessed.said.written)


def test_C1_a_question_is_never_taken_from_an_address(client: FlaskClient) -> None:
    for path in (f"/api/ask?question={CANARY}", f"/?question={CANARY}", f"/hjelp?q={CANARY}"):
        response = client.get(path)
        assert CANARY not in response.get_data(as_text=True)
    assert client.get("/api/ask").status_code == 405
    assert client.put("/api/ask", json={"question": QUESTION}).status_code == 405


def test_C1_a_classic_form_is_not_answered(client: FlaskClient) -> None:
    for data, kind in ((f"question={CANARY}", "application/x-www-form-urlencoded"), ("{}", "text/plain")):
        assert client.post("/api/ask", data=data, content_type=kind).status_code == 415


def test_C3_the_alert_is_the_first_key_and_the_first_line(client: FlaskClient) -> None:
    for question in (ACUTE, QUESTION):
        reply = ask(client, question)
        assert next(iter(json.loads(reply.data))) == "alert"
        first = json.loads(reply.get_data(as_text=True).split("\n")[0].rstrip(",") + "}")
        assert first["alert"] == reply.json["alert"]
    assert ask(client, ACUTE).json["alert"]["numbers"][0]["phone"] == "112"


SAID = (
    "Hei",
    "Hva er latent vold?",
    "Han holder kniven mot meg nå",
    "Jeg vil ikke leve mer",
    "Hvem har ansvar for tiltak 4 i Hamar?",
    "§§§",
)
"""Of every kind: a greeting, an answer, two alerts, a measure, nothing to answer."""


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_the_size_of_an_answer_tells_nothing_of_what_is_in_it(client: FlaskClient, accept: str) -> None:
    firsts, wholes = set(), set()
    for question in SAID:
        response = client.post("/api/ask", json={"question": question}, headers={"Accept": accept}, buffered=False)
        sizes = [len(part) for part in response.response if part]  # type: ignore[union-attr]
        firsts.add(sizes[0])
        wholes.add(sum(sizes))
    assert firsts == {FIRST}
    assert wholes == {STEP}


def test_C3_the_alert_does_not_wait_for_the_search(make: Callable[..., Flask], assistant: Assistant) -> None:
    app = make(engine=Hanging(assistant))
    response = app.test_client().post("/api/ask", json={"question": ACUTE}, buffered=False)
    first = next(response.response).decode()  # type: ignore[call-overload]
    assert "112" in json.loads(first.rstrip().rstrip(",") + "}")["alert"]["numbers"][0]["phone"]
    Hanging.sign.set()
    rest = "".join(part.decode() for part in response.response)
    assert json.loads(first + rest)["kind"]
    response.close()


def test_C3_G2_a_failing_search_still_gives_the_alert_and_says_nothing_of_the_question(
    make: Callable[..., Flask], assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    client = make(engine=Broken(assistant)).test_client()
    reply = ask(client, f"{ACUTE} {CANARY}")
    assert (reply.status_code, reply.json["kind"]) == (200, "unavailable")
    assert reply.json["alert"]["numbers"]
    assert reply.json["numbers"]
    assert "ValueError in answer" in caplog.text
    assert CANARY not in caplog.text + reply.get_data(as_text=True).replace(
        reply.json["alert"]["signals"][0]["words"], ""
    )


def test_the_answer_is_what_the_engine_says(client: FlaskClient, assistant: Assistant) -> None:
    reply = ask(client, QUESTION, municipality="gol", history=["Hva er vold?"]).json
    expected = assistant.ask(QUESTION, "Gol", ["Hva er vold?"]).model_dump(mode="json")
    for name in ("alert", "answered", "kind", "lead", "steps", "citations", "notices", "corpus_version"):
        assert reply[name] == expected[name]


def test_html_has_the_alert_before_its_mark_and_the_answer_after(client: FlaskClient) -> None:
    reply = client.post("/api/ask", json={"question": ACUTE}, headers={"Accept": "text/html"}).get_data(as_text=True)
    alert, answer = reply.split("<!--alert-->")
    assert "data-alert" in alert
    assert 'class="answer"' in answer
    assert "data-alert" not in answer


def test_G7_parallel_requests_do_not_see_each_other(client: FlaskClient) -> None:
    app, seen = client.application, {}

    def run(number: int) -> None:
        word = f"canary{number}x"
        answer = app.test_client().post(
            "/api/ask", json={"question": f"Hva er vold {word}", "history": [f"{word} igjen"]}
        )
        seen[number] = answer.get_data(as_text=True)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 24
    for number, text in seen.items():
        assert [other for other in seen if other != number and f"canary{other}x" in text] == []


def test_G5_an_acute_question_gets_its_alert_over_the_limit(make: Callable[..., Flask]) -> None:
    """The alert and its numbers are never limited; words of danger are no way around the limit of answers."""
    client = make(questions_per_minute=20).test_client()
    statuses = [ask(client, "").status_code for _ in range(5)] + [
        ask(client, QUESTION).status_code for _ in range(1000)
    ]
    assert statuses.count(200) <= 40  # twenty a minute, and a minute may turn on the way
    assert statuses.count(429) >= 960
    reply = ask(client, ACUTE)
    assert (reply.status_code, reply.json["alert"]["numbers"][0]["phone"]) == (200, "112")
    assert (reply.json["kind"], reply.json["lead"]) == (
        "unavailable",
        "Det kom mange spørsmål på kort tid. Vent et minutt.",
    )
    assert reply.json["numbers"]


def test_G5_whoever_is_over_the_limit_is_told_when_to_come_back(make: Callable[..., Flask]) -> None:
    client = make(questions_per_minute=1).test_client()
    replies = [ask(client, QUESTION) for _ in range(3)]
    assert replies[2].status_code == 429
    assert 1 <= int(replies[2].headers["Retry-After"]) <= 60


def test_a_wrong_method_is_told_the_right_one(client: FlaskClient) -> None:
    assert client.get("/api/ask").headers["Allow"] == "OPTIONS, POST"
    assert "GET" in client.post("/hjelp").headers["Allow"]


def test_the_alert_is_assessed_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer stands behind the alert that was sent on the first line, not behind another one."""
    assessed: list[str] = []
    real = Safety.assess

    def counted(safety: Safety, text: Reading, *more: Any) -> Any:
        assessed.append(text.written)
        return real(safety, text, *more)

    monkeypatch.setattr(Safety, "assess", counted)
    assert ask(client, ACUTE).json["alert"]
    assert assessed == [ACUTE]


def test_a_long_history_is_cut_to_its_newest_part_and_never_refused(client: FlaskClient) -> None:
    """What was said first is forgotten first; of a turn that does not fit, its end stays."""
    assert newest(["a" * 7000, " ", "b" * 7000, "c" * 4000]) == ("a" * 1000, "b" * 7000, "c" * 4000)
    assert newest([str(number) for number in range(50)]) == tuple(str(number) for number in range(30, 50))
    assert newest(["x" * 50_000]) == ("x" * 12_000,)
    reply = ask(client, "Who can help me?", history=["hei " * 10_000, *["hei"] * 40, ACUTE])
    assert (reply.status_code, reply.json["alert"]["numbers"][0]["phone"]) == (200, "112")


def test_the_longest_question_and_history_fit_in_a_request(client: FlaskClient) -> None:
    """Also when each letter is written with six bytes, as some programs do."""
    body = json.dumps({"question": "å" * 12_000, "history": ["ø" * 12_000]}, ensure_ascii=True)
    assert client.post("/api/ask", data=body, content_type="application/json", buffered=True).status_code == 200


def test_the_alert_of_a_refused_text_is_read_from_both_its_ends(client: FlaskClient) -> None:
    """However long it is, no more than that is read: a request cannot buy unlimited work."""
    calm = "Det er en fin dag. "
    for text in (ACUTE + ". " + calm * 5000, calm * 5000 + ACUTE):
        reply = ask(client, text)
        assert reply.status_code == 422
        assert reply.json["alert"]["numbers"][0]["phone"] == "112"
    assert len(ends("x" * 150_000)) < 25_000


def test_a_number_in_an_address_has_few_ascii_digits(client: FlaskClient) -> None:
    for number in ("9" * 5000, "❶", "²", "١", "00001"):
        assert client.get(f"/vei/{number}").status_code == 404, number


def test_G5_the_key_is_a_hash_whose_salt_changes_every_day() -> None:
    from web.limits import Limiter

    now = [86400.0 * 20000]
    limiter = Limiter(1, lambda: now[0])
    assert [limiter.wait(address) for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2")] == [0, 60, 0]
    keys, salt = set(limiter._counts), limiter._salt
    assert not any(b"10.0.0.1" in key for key in keys)
    now[0] += 61
    assert limiter.wait("10.0.0.1") == 0
    assert limiter._salt == salt
    now[0] += 86400
    limiter.wait("10.0.0.1")
    assert limiter._salt != salt
    assert keys.isdisjoint(limiter._counts)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"question": 5}, 422),
        ({"question": CANARY * 3000}, 422),
        ({"question": QUESTION, "municipality": CANARY}, 422),
        ({"question": QUESTION, "language": CANARY}, 422),
        ({"question": QUESTION, CANARY: 1}, 422),
        ([CANARY], 422),
    ],
)
def test_I4_no_error_shows_the_question_back(client: FlaskClient, body: Any, status: int) -> None:
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == status
    assert CANARY not in reply.get_data(as_text=True)
    assert [number["phone"] for number in reply.json["numbers"]][:2] == ["112", "113"]


def test_whoever_is_in_danger_gets_the_alert_also_with_a_wrong_request(client: FlaskClient) -> None:
    for fields in ({"municipality": "Atlantis"}, {"language": "tysk"}, {"history": "x"}):
        reply = ask(client, ACUTE, **fields)
        assert reply.status_code == 422
        assert reply.json["alert"]["numbers"][0]["phone"] == "112"


def test_B6_personal_data_is_no_reason_to_refuse(client: FlaskClient) -> None:
    reply = ask(client, f"{ACUTE}. Nummeret mitt er 99 88 77 66, fnr 010190 12345")
    assert reply.status_code == 200
    assert reply.json["alert"]["numbers"][0]["phone"] == "112"


def test_I3_answers_off_numbers_on(numbers_only: FlaskClient, make: Callable[..., Flask], assistant: Assistant) -> None:
    switched_off = make(engine=Engine(assistant, maintenance=True)).test_client()
    for client in (numbers_only, switched_off):
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        for path in (
            "/",
            "/nn/",
            "/en/",
            "/trygg",
            "/om",
            "/vei/1",
            "/ansatt",
            "/widget/ramme",
            "/installer",
            "/hjelp",
            "/kilder",
            "/tiltak",
        ):
            page = client.get(path).get_data(as_text=True)
            assert 'href="tel:112"' in page, path
            assert 'href="tel:116006"' in page, path
            assert "https://snl.no/" in page, path
        for path in ("/healthz", "/readyz", "/api/helplines", "/api/documents", "/api/municipalities"):
            assert client.get(path).json["numbers"][0]["phone"] == "112", path
        calm, acute = ask(client, QUESTION), ask(client, ACUTE)
        assert (calm.status_code, calm.json["alert"], calm.json["numbers"][0]["phone"]) == (503, None, "112")
        assert (acute.status_code, acute.json["kind"], acute.json["alert"]["numbers"][0]["phone"]) == (
            200,
            "unavailable",
            "112",
        )
    assert switched_off.get("/kilder").status_code == 200
    assert numbers_only.get("/kilder").status_code == 503


def test_the_interface_describes_itself(client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").json
    assert next(iter(described["components"]["schemas"]["Answer"]["properties"])) == "alert"
    ours = {rule.rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert set(described["paths"]) == ours - {"/api/openapi.json"}
    assert "Ask" in described["components"]["schemas"]


def test_a_refused_body_still_shows_the_alert_on_our_page(client: FlaskClient) -> None:
    """Pasting a very long message makes it invalid; the alert is sent as the first part all the same."""
    body = {"question": ACUTE + " x" * 7000}
    response = client.post("/api/ask", json=body, headers={"Accept": "text/html"})
    alert, rest = response.get_data(as_text=True).split("<!--alert-->")
    assert response.status_code == 422
    assert "data-alert" in alert
    assert "tel:112" in alert
    assert "tel:112" in rest


def test_earlier_questions_count_for_the_alert_of_a_refused_body(client: FlaskClient) -> None:
    body = {"question": "Who can help me?", "history": [ACUTE]}
    taken = client.post("/api/ask", json=body).json
    refused = client.post("/api/ask", json={**body, "unknown": 1})
    assert refused.status_code == 422
    assert taken["alert"] is not None
    assert refused.json["alert"]["category"] == taken["alert"]["category"]


def test_a_refusal_never_shows_the_question_back(client: FlaskClient) -> None:
    body = {"question": ACUTE + " kanarifugl" * 1200}
    for accept in ("application/json", "text/html"):
        response = client.post("/api/ask", json=body, headers={"Accept": accept})
        assert response.status_code == 422
        assert "kanarifugl" not in response.get_data(as_text=True)
        assert "kniv" not in response.get_data(as_text=True)


def test_a_body_nested_too_deeply_is_a_bad_request(client: FlaskClient) -> None:
    response = client.post("/api/ask", data="[" * 30_000, content_type="application/json")
    assert response.status_code == 400
    assert response.json["numbers"]
