"""Connections, signals and the start of the server: what stops one asker, or many, from reaching the numbers."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from web_help import ACUTE, QUESTION

from assistant import Answer, Assessed, Assistant, UsageError
from web import connections
from web.connections import THREADS, Server
from web.engine import Engine
from web.gate import AT_ONCE, Gate
from web.server import make_server

SLOW_ENGINE = """
import time
from web.engine import Engine
def slow(engine, assessed, *more, answer=Engine.answer):
    time.sleep(1.5)
    return answer(engine, assessed, *more)
Engine.answer = slow
"""


class Hanging(Engine):
    """An engine whose answers wait for a sign."""

    sign = threading.Event()

    def answer(self, assessed: Assessed, *asked: Any) -> Answer:
        self.sign.wait(20)
        return super().answer(assessed, *asked)


Serving = Callable[..., int]


@pytest.fixture
def serving(make: Callable[..., Flask]) -> Iterator[Serving]:
    """Starts an application's server in a thread; its port."""
    started: list[tuple[Server, threading.Thread]] = []

    def serve(app: Flask | None = None, host: str = "127.0.0.1") -> int:
        server = make_server(app or make(questions_per_minute=0), host, 0)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        started.append((server, thread))
        return server.effective_port

    yield serve
    for server, thread in started:
        server.stop()
        thread.join(15)


@contextlib.contextmanager
def process(*arguments: str, before: str = "", home: Path) -> Iterator[subprocess.Popen[str]]:
    """`assistant serve` in a process of its own, after some lines of Python."""
    code = f"{before}\nfrom assistant.cli import main\nmain({['serve', *arguments]!r})"
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environ,
        cwd=home,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def wait_until_ready(started: subprocess.Popen[str]) -> None:
    for line in started.stderr or ():
        if line.startswith("http://"):
            return
    pytest.fail("the server did not start")


def opened(port: int, host: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection((host, port), timeout=15)


def request(question: str) -> bytes:
    body = json.dumps({"question": question}).encode()
    head = "POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def first_line(connection: socket.socket) -> str:
    """The line with the alert; what comes after it is left unread."""
    text = b""
    while b'{"alert"' not in text or not text.endswith(b"\n"):
        part = connection.recv(1)
        if not part:
            return ""
        text += part
    return text.decode()[text.decode().index('{"alert"') :]


def acute_seconds(port: int) -> float:
    """How long until the alert has come."""
    started = time.monotonic()
    with opened(port) as connection:
        connection.sendall(request(ACUTE))
        assert '"phone": "112"' in first_line(connection)
    return time.monotonic() - started


def closed(connection: socket.socket, seconds: float) -> bool:
    """Whether the server closes this connection in time."""
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_with_300_idle_connections_an_alert_comes_within_a_second(serving: Serving) -> None:
    port = serving()
    with contextlib.ExitStack() as held:
        for _ in range(300):
            held.enter_context(opened(port))
        assert acute_seconds(port) < 1


def test_while_64_questions_wait_for_their_answers_an_alert_comes_within_a_second(
    serving: Serving, make: Callable[..., Flask], assistant: Assistant
) -> None:
    """The answers hang for good; what is acute does not notice."""
    Hanging.sign.clear()
    port = serving(make(engine=Hanging(assistant), questions_per_minute=0))
    with contextlib.ExitStack() as held:
        held.callback(Hanging.sign.set)
        for number in range(64):
            asker = held.enter_context(opened(port))
            asker.sendall(request(f"{QUESTION} {number}"))
            assert first_line(asker) == '{"alert": null,\n'
        assert acute_seconds(port) < 1


def test_however_many_long_texts_wait_for_each_other_a_short_alert_comes_within_a_second(
    serving: Serving, make: Callable[..., Flask]
) -> None:
    """More of them than there are threads of a kind; the short one finds a thread of its own."""
    app = make(questions_per_minute=0)
    port, gate = serving(app), app.extensions["gate"]
    with contextlib.ExitStack() as held:
        for _ in range(AT_ONCE):
            held.enter_context(gate.reading("x" * 2000))
        for number in range(THREADS + 10):
            asker = held.enter_context(opened(port))
            asker.sendall(request(f"{QUESTION} {'ord ' * 1100}{number}"))
        time.sleep(0.5)
        assert acute_seconds(port) < 1


def test_more_connections_than_there_is_room_for_close_the_quietest(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes last is heard, however many are held open."""
    monkeypatch.setattr(connections, "CONNECTIONS", 20)
    port = serving()
    with contextlib.ExitStack() as held:
        idle = [held.enter_context(opened(port)) for _ in range(60)]
        assert acute_seconds(port) < 1
        assert closed(idle[0], 1)
        assert not closed(idle[-1], 0.2)


def test_a_connection_without_a_request_is_closed(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "QUIET", 1)
    with opened(serving()) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        reply = connection.recv(65536)
        while not reply.endswith(b"}"):
            reply += connection.recv(65536)
        assert reply.startswith(b"HTTP/1.1 200")
        assert closed(connection, 8)


@pytest.mark.parametrize("part", [b"X-Slow: ", b"Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n"])
def test_a_request_that_does_not_become_whole_is_closed(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, part: bytes
) -> None:
    """Also when a byte of its head or of its body comes now and then, so that it is never quiet."""
    monkeypatch.setattr(connections, "RECEIVE", 1)
    with opened(serving()) as connection:
        connection.sendall(b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\n" + part)
        until = time.monotonic() + 8
        while not closed(connection, 0.2):
            assert time.monotonic() < until
            with contextlib.suppress(ConnectionError):
                connection.sendall(b"x")


def test_no_answer_is_made_for_who_has_gone(serving: Serving, make: Callable[..., Flask], assistant: Assistant) -> None:
    """Someone who waited for a turn and closed the page leaves the waiting room."""
    asked: list[str] = []

    class Noting(Engine):
        def answer(self, assessed: Assessed, *more: Any) -> Answer:
            asked.append(assessed.question)
            return super().answer(assessed, *more)

    app = make(engine=Noting(assistant), questions_per_minute=0)
    app.extensions["gate"] = gate = Gate(at_once=1, waiting=1, patience=30)
    with gate.place():
        with opened(serving(app)) as connection:
            connection.sendall(request(QUESTION))
            assert first_line(connection)
            assert not gate.enter()  # the waiting room is full
        until = time.monotonic() + 5
        while gate._present._value == 0 and time.monotonic() < until:
            time.sleep(0.05)
        assert gate._present._value == 1
    assert asked == []


def test_SIGTERM_finishes_what_has_begun_and_refuses_the_rest(tmp_path: Path) -> None:
    """The answer that was on its way comes whole, nobody new gets in, and the process ends well."""
    port = free_port()
    with process("--port", str(port), before=SLOW_ENGINE, home=tmp_path) as started:
        wait_until_ready(started)
        with opened(port) as connection, opened(port) as idle:
            connection.sendall(request(ACUTE))
            assert '"phone": "112"' in first_line(connection)
            started.send_signal(signal.SIGTERM)
            assert closed(idle, 1)
            with pytest.raises(ConnectionRefusedError):
                opened(port)
            rest = b"".join(iter(lambda: connection.recv(65536), b""))
        assert b'"corpus_version"' in rest
        assert started.wait(5) == 0


def test_a_process_with_peoples_words_in_it_leaves_no_core_dump(tmp_path: Path) -> None:
    port = free_port()
    with process("--port", str(port), home=tmp_path) as started:
        wait_until_ready(started)
        limits = Path(f"/proc/{started.pid}/limits").read_text("utf-8")
    core = next(line.split() for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core[4:6] == ["0", "0"]


def test_no_look_through_all_that_was_loaded_stops_an_alert(tmp_path: Path) -> None:
    """What stays for good is out of garbage collection when serving begins, and threads take short turns."""
    told = "lambda server: print(gc.get_freeze_count(), sys.getswitchinterval(), file=sys.stderr)"
    before = f"import gc, sys\nfrom web.connections import Server\nServer.run = {told}"
    with process("--port", str(free_port()), before=before, home=tmp_path) as started:
        _, said = started.communicate(timeout=60)
    frozen, turn = said.splitlines()[-1].split()
    assert int(frozen) > 100_000
    assert float(turn) <= 0.001


def test_a_port_in_use_is_told_in_a_line_of_cause_and_one_of_cure(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with process("--port", str(port), home=tmp_path) as started:
            _, said = started.communicate(timeout=60)
    assert started.returncode == 2
    assert said.splitlines() == [
        f"assistant: port {port} on 127.0.0.1 is in use.",
        "Stop what listens there, or choose another with --port.",
    ]


@pytest.mark.parametrize("host", ["192.0.2.1", "finnes.invalid"])
def test_an_address_that_is_not_ours_is_told(make: Callable[..., Flask], host: str) -> None:
    with pytest.raises(UsageError, match=f"cannot listen on {host}.*\n.*--host"):
        make_server(make(), host, 0)


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_an_ipv6_address_can_be_written_both_ways(serving: Serving, host: str) -> None:
    with contextlib.closing(http.client.HTTPConnection("::1", serving(host=host), timeout=10)) as connection:
        connection.request("GET", "/healthz", headers={"Connection": "close"})
        with connection.getresponse() as response:
            assert response.status == 200
