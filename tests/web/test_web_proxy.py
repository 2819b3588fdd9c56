"""G1 and G3 for the server in front: the example that we ship is run, and its log and files are searched."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from web.server import make_server
from web.texts import HERE

EXAMPLE = HERE / "proxy" / "nginx.conf"
CANARY = "zyrkløpo"
RECORD, SEALED = 5, 17
"""Bytes before what a record of TLS 1.3 holds, and of its seal inside."""
CUT_ELSEWHERE = 100
"""Bytes: the server in front cuts the stream where it happens to have read to, and writes before each piece how long it is."""
LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d (GET|POST) \d{3} (instant|quick|slow|stuck)$")


def test_G3_the_examples_log_has_no_address_query_or_agent() -> None:
    text = EXAMPLE.read_text("utf-8")
    formats = re.findall(r"log_format \w+ '([^']*)'", text)
    assert formats == ["$minute $request_method $status $duration"]
    assert re.findall(r"access_log \S+ (\w+);", text) == ["discreet"]
    assert "error_log /dev/null crit;" in text
    code = re.sub(r"#.*", "", text)
    assert not re.search(r"\$(request_body|request_uri|args|query_string|http_user_agent|http_referer)", code)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate and its key, as `assistant.pem` and `assistant.key` in one folder."""
    made = [
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"),
        *("-keyout", str(tmp_path / "assistant.key"), "-out", str(tmp_path / "assistant.pem")),
    ]
    subprocess.run(made, check=True, capture_output=True, timeout=60)
    return tmp_path


@pytest.fixture
def front(
    make: Callable[..., Flask], tmp_path: Path, certificate: Path
) -> Iterator[tuple[int, Path, Callable[[], None]]]:
    """The example with other ports, paths and certificate, and beside its port with TLS one without: nothing else is changed."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if nginx is None:
        pytest.fail(
            'nginx is not installed: apt-get install -y nginx-light (or leave this out with -m "not browser")',
            pytrace=False,
        )
    behind = make_server(make(proxies=1), "127.0.0.1", 0)
    thread = threading.Thread(target=behind.run, daemon=True)
    thread.start()
    with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("127.0.0.1", 0)) as other:
        port, with_tls = free.getsockname()[1], other.getsockname()[1]
    (tmp_path / "tls-port").write_text(str(with_tls))
    text = EXAMPLE.read_text("utf-8")
    text = re.sub(r"listen 443 ssl;.*", f"listen 127.0.0.1:{port}; listen 127.0.0.1:{with_tls} ssl;", text)
    text = re.sub(r"server_name .*", "server_name localhost;", text)
    text = text.replace("/etc/ssl/assistant.", f"{certificate}/assistant.")
    text = text.replace("/opt/assistant/web/last_resort_files", str(HERE / "last_resort_files"))
    text = text.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{behind.effective_port}")
    text = text.replace("/run/nginx-assistant.pid", str(tmp_path / "pid")).replace("/var/log/nginx", str(tmp_path))
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("http {", f"http {{\n{temporary}", 1)
    (tmp_path / "nginx.conf").write_text(text, "utf-8")
    command = [
        nginx,
        "-c",
        str(tmp_path / "nginx.conf"),
        "-p",
        str(tmp_path),
        "-e",
        str(tmp_path / "early.log"),
        "-g",
        "daemon off;",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)

    def stop_behind() -> None:
        behind.stop()
        thread.join(5)

    yield port, tmp_path, stop_behind
    process.terminate()
    process.wait(10)
    if thread.is_alive():
        stop_behind()


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx did not start with the example")


def send(port: int, method: str, path: str, body: str = "") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body.encode(), {"Content-Type": "application/json", "Host": "localhost"})
    response = connection.getresponse()
    found = response.status, response.read().decode()
    connection.close()
    return found


@pytest.mark.browser
def test_G1_G3_the_server_in_front_writes_nothing_that_tells(front: tuple[int, Path, Callable[[], None]]) -> None:
    port, folder, stop_behind = front
    status, text = send(port, "POST", "/api/ask", f'{{"question": "Hva er {CANARY}, og hva er vold?"}}')
    assert (status, text[:9]) == (200, '{"alert":')
    assert send(port, "GET", "/hjelp?q=zyrkl%C3%B8po")[0] == 200
    assert send(port, "GET", "/metrics")[0] == 404
    assert send(port, "POST", "/api/ask", CANARY * 20000)[0] == 413
    assert 'href="tel:112"' in send(port, "POST", "/api/ask", CANARY * 20000)[1]
    stop_behind()
    status, text = send(port, "GET", "/")
    assert status in (502, 504)
    assert 'href="tel:112"' in text
    assert "Leave quickly" in text
    time.sleep(0.3)
    lines = (folder / "assistant.log").read_text("utf-8").splitlines()
    assert len(lines) >= 5
    assert [line for line in lines if not LINE.match(line)] == []
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert CANARY.encode() not in written
    assert b"zyrkl%C3%B8po" not in written


def on_the_line(port: int, question: str, accept: str) -> int:
    """The bytes inside the TLS records with which an answer comes back, as anyone on the line can count them."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    comes, goes = ssl.MemoryBIO(), ssl.MemoryBIO()
    inside = context.wrap_bio(comes, goes, server_hostname="localhost")
    body = json.dumps({"question": question}).encode()
    head = f"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nContent-Type: application/json\r\n"
    seen = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        while not _done(inside.do_handshake):
            line.sendall(goes.read())
            comes.write(line.recv(65_536))
        inside.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        line.sendall(goes.read())
        while part := line.recv(65_536):
            seen += part
    inside_records = 0
    while len(seen) >= RECORD:
        size = int.from_bytes(seen[RECORD - 2 : RECORD])
        inside_records += size - SEALED
        seen = seen[RECORD + size :]
    return inside_records


def _done(step: Callable[[], object]) -> bool:
    try:
        step()
    except ssl.SSLWantReadError:
        return False
    return True


SAID = ("Hei", "Han holder kniven mot meg nå", "Jeg vil ikke leve mer", "Hva er latent vold?")


@pytest.mark.browser
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_the_line_tells_nothing_of_what_is_answered(front: tuple[int, Path, Callable[[], None]], accept: str) -> None:
    port = int((front[1] / "tls-port").read_text())
    seen = [on_the_line(port, question, accept) for question in SAID]
    assert max(seen) - min(seen) <= CUT_ELSEWHERE, dict(zip(SAID, seen, strict=True))
