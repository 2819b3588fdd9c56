"""G: what the server writes and how it starts. Run as it runs in production: a process of its own."""

from __future__ import annotations

import datetime
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from web_help import ACUTE, QUESTION, ask

from assistant import Answer, Assessed, Assistant
from web.config import Config, ConfigError, from_environment, variable
from web.engine import Engine
from web.observe import Counters, duration_class, log_line

CANARY = "zyrkløpo"
ENCODED = [
    CANARY.encode(),
    CANARY.encode("utf-16-le"),
    b"zyrkl%C3%B8po",
    b"zyrkl\\u00f8po",
    b"zyrkl\\xc3\\xb8po",
    CANARY.encode("latin-1"),
]
LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\dZ [a-z_.]+ \d{3} (instant|quick|slow|stuck)$")
CONTROL = "/kontroll"

STARTER = f"""
import sys
from flask import request
from web.app import create_app
from web.config import Config
from web.engine import load
from web.server import log_to_stderr, make_server
log_to_stderr()
app = create_app(Config(questions_per_minute=5), load())
def control():
    print(request.get_data(as_text=True), file=sys.stderr, flush=True)
    return "logged on purpose"
app.add_url_rule("{CONTROL}", "control", control, methods=["POST"])
def fail():
    raise ValueError(request.get_data(as_text=True))
app.add_url_rule("/feil", "fail", fail, methods=["POST"])
server = make_server(app, "127.0.0.1", 0)
print("port", server.effective_port, file=sys.stderr, flush=True)
server.run()
"""


@dataclass
class Running:
    port: int
    home: Path
    lines: list[str]

    def post(self, path: str, body: str, kind: str = "application/json") -> tuple[int, str]:
        """Status and body. A server that refuses a large body stops reading it, so the rest may find the pipe closed, and on a busy
        machine the reply may be lost with it: then it is asked again."""
        for _ in range(4):
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
                connection.putrequest("POST", path)
                connection.putheader("Content-Type", kind)
                connection.putheader("Content-Length", str(len(body.encode())))
                connection.endheaders()
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.send(body.encode())
                with suppress(ConnectionResetError, http.client.RemoteDisconnected):
                    response = connection.getresponse()
                    return response.status, response.read().decode()
        raise AssertionError(f"no reply to POST {path}")

    def written(self) -> bytes:
        """Everything the process has written: its log, and every file in its home and temporary folder."""
        time.sleep(0.3)
        files = [path.read_bytes() for path in self.home.rglob("*") if path.is_file()]
        return b"\n".join(["".join(self.lines).encode(), *files])


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("home")
    environ = {**os.environ, "HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", STARTER]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environ, cwd=home, text=True
    ) as process:
        assert process.stderr
        lines: list[str] = []
        for line in process.stderr:
            if line.startswith("port "):
                break
            lines.append(line)
        else:
            pytest.fail("".join(lines))
        reader = threading.Thread(target=lambda: lines.extend(process.stderr or ()), daemon=True)
        reader.start()
        yield Running(int(line.split()[1]), home, lines)
        process.terminate()
        process.wait(10)
        reader.join(5)


def requests(running: Running) -> list[int]:
    """Right and wrong requests that all have the canary in them."""
    good = f'{{"question": "Hva er {CANARY} vold", "history": ["{CANARY}"]}}'
    acute = f'{{"question": "{ACUTE} {CANARY}"}}'
    unknown = f'{{"question": "{CANARY}", "municipality": "{CANARY}"}}'
    tries = [
        ("/api/ask", good),
        ("/api/ask", acute),
        ("/api/ask", unknown),
        ("/api/ask", f'{{"question": "{CANARY}'),
        ("/api/ask", f'{{"question": "{CANARY * 20000}"}}'),
        ("/api/ask", CANARY * 60000),
        ("/feil", CANARY),
        (f"/finnes-ikke?q={'zyrkl%C3%B8po'}", CANARY),
        *[("/api/ask", good)] * 12,
    ]
    return [running.post(path, body)[0] for path, body in tries] + [raw(running, CANARY)]


def raw(running: Running, text: str) -> int:
    """A request that is not HTTP."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(f"{text} / {text}\r\n\r\n".encode())
        answer = connection.recv(65536)
    return int(answer.split()[1])


def test_G1_G2_K2_the_canary_is_nowhere_and_the_control_is_found(running: Running) -> None:
    statuses = requests(running)
    assert {200, 400, 404, 413, 422, 429, 500} <= set(statuses)
    written = running.written()
    assert len(written.splitlines()) >= len(statuses) - 2
    assert [form for form in ENCODED if form in written] == []
    assert b"127.0.0.1" not in written
    assert running.post(CONTROL, CANARY, "text/plain")[0] == 200
    assert CANARY.encode() in running.written()


def test_G3_each_line_has_minute_route_status_and_class(running: Running) -> None:
    running.post("/api/ask", '{"question": "Hva er vold?"}')
    time.sleep(0.3)
    lines = [line.rstrip("\n") for line in running.lines if CANARY not in line]
    kinds = re.compile(r"^(\w+Error|\w+) in \w+:\d+$")
    assert [line for line in lines if not LINE.match(line) and not kinds.match(line)] == []
    assert any(" api.ask 200 " in line for line in lines)


def test_G3_the_duration_ends_with_the_last_byte(
    make: Callable[..., Flask], assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    """The alert is sent at once; what the log and the counters tell is how long the answer took."""

    class Slow(Engine):
        def answer(self, assessed: Assessed, *more: Any) -> Answer:
            time.sleep(0.6)
            return super().answer(assessed, *more)

    client = make(engine=Slow(assistant), questions_per_minute=0).test_client()
    with caplog.at_level("INFO", logger="web.requests"):
        for _ in range(5):
            ask(client, ACUTE)
    assert [line.split(" ", 1)[1] for line in caplog.messages if "api.ask" in line] == ["api.ask 200 slow"] * 5
    assert 'duration="slow",route="api.ask"' in client.get("/metrics").get_data(as_text=True)


def test_G3_the_line_is_made_of_closed_lists() -> None:
    now = datetime.datetime(2026, 11, 25, 9, 15, 59, tzinfo=datetime.UTC)
    assert log_line(now, "api.ask", 200, 0.12345) == "2026-11-25T09:15Z api.ask 200 quick"
    assert [duration_class(s) for s in (0.01, 0.1, 1, 9)] == ["instant", "quick", "slow", "stuck"]


def test_I1_the_servers_own_errors_carry_the_numbers(running: Running) -> None:
    status, text = running.post("/api/ask", "x" * 300_000)
    assert status == 413
    assert 'href="tel:112"' in text
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nBad header\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert re.match(r"HTTP/1\.[01] 400 ", answer)
    assert 'href="tel:112"' in answer
    assert "no-store" in answer


def test_G4_labels_are_closed_and_nothing_under_five_is_shown(make: Callable[..., Flask]) -> None:
    app = make(questions_per_minute=0)
    client = app.test_client()
    for number in range(40):
        ask(client, f"{QUESTION} {number}", municipality="gol")
        ask(client, ACUTE if number % 2 else "", language="nn")
        client.get(f"/finnes-ikke/{number}")
        client.get(f"/kilder/{number}?q={number}")
    text = client.get("/metrics").get_data(as_text=True)
    routes = "|".join(sorted([*map(re.escape, app.view_functions), "none"]))
    kinds = (
        "entry|procedure|helpline|measure|definition|figure|law|passage|comparison|clarify|abstain|refuse|unavailable"
    )
    allowed = re.compile(
        rf'assistant_requests{{duration="(instant|quick|slow|stuck)",route="({routes})",status="\d{{3}}"}} \d+'
        rf'|assistant_answers{{kind="({kinds})"}} \d+|# TYPE assistant_(requests|answers) counter'
    )
    lines = text.splitlines()
    assert len(lines) > 4
    assert [line for line in lines if not allowed.fullmatch(line)] == []
    counts = [int(line.split()[-1]) for line in lines if not line.startswith("#")]
    assert all(count >= 5 and count % 5 == 0 for count in counts)
    assert not re.search("gol|alert|acute|ip=", text)


def test_G4_rounds_down_to_fives() -> None:
    counters = Counters()
    for _ in range(4):
        counters.add("answers", kind="law")
    assert counters.render() == ""
    for _ in range(5):
        counters.add("answers", kind="law")
    assert counters.render() == '# TYPE assistant_answers counter\nassistant_answers{kind="law"} 5\n'


def test_G6_development_server_and_debug_refuse_in_production(
    make: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigError, match="assistant serve"):
        make().run()
    for name, value in (("FLASK_DEBUG", "1"), ("FLASK_RUN_FROM_CLI", "true")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(ConfigError, match="assistant serve"):
                make()
            assert make(development=True)


def test_G6_the_flask_command_does_not_start(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "flask", "--app", "web.app:create_app", "run", "--port", "0"]
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "ASSISTANT_DEVELOPMENT" in done.stderr


def test_settings_are_read_and_documented() -> None:
    from web.texts import HERE

    given = {
        "ASSISTANT_FRAME_ANCESTORS": "https://a.no, https://b.no/",
        "ASSISTANT_MAINTENANCE": "1",
        "ASSISTANT_PROXIES": "1",
    }
    read = from_environment(given)
    assert (read.frame_ancestors, read.maintenance, read.proxies) == (("https://a.no", "https://b.no"), True, 1)
    documented = re.findall(r"^\| `(ASSISTANT_\w+)`", (HERE / "README.md").read_text("utf-8"), re.M)
    assert sorted(documented) == sorted(map(variable, Config.model_fields))


@pytest.mark.parametrize(
    "wrong",
    [
        {"ASSISTANT_FRAME_ANCESTORS": "gol.kommune.no"},
        {"ASSISTANT_LEAVE_URL": "http://snl.no"},
        {"ASSISTANT_PROXIES": "en"},
        {"ASSISTANT_PROXIES": "❶"},
        {"ASSISTANT_PROXIES": "-1"},
        {"ASSISTANT_MAINTENANCE": "på"},
        {"ASSISTANT_THEME": "/finnes/ikke.css"},
        {"ASSISTANT_HOSTS": "krisehjelp.gol.kommune.no"},
    ],
)
def test_a_setting_that_cannot_be_used_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=r"ASSISTANT_\w+|neutral"):
        from_environment(wrong)


def test_a_setting_that_cannot_be_used_ends_the_start_without_a_traceback(tmp_path: Path) -> None:
    """Cause and cure on standard error, and exit code 2, as for any other wrong use."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ASSISTANT_PROXIES": "en"}
    command = [sys.executable, "-m", "assistant", "serve"]
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    cause, cure = done.stderr.splitlines()
    assert cause.startswith("assistant: ASSISTANT_PROXIES: ")
    assert "web/README.md" in cure


def test_a_place_called_volda_may_run_it() -> None:
    assert from_environment({"ASSISTANT_HOSTS": "veiviser.volda.kommune.no"}).hosts


def test_the_limit_sees_the_asker_behind_the_proxy(make: Callable[..., Flask]) -> None:
    client = make(proxies=1, questions_per_minute=1).test_client()
    headers = [{"X-Forwarded-For": f"10.0.0.{number}"} for number in (1, 1, 2)]
    statuses = [
        client.post("/api/ask", json={"question": QUESTION}, headers=header, buffered=True).status_code
        for header in headers
    ]
    assert statuses == [200, 429, 200]
