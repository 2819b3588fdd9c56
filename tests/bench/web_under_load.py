"""How fast the first line of an alert comes while others hold connections open and ask heavy questions.

python tests/bench/web_under_load.py                 # starts `assistant serve` itself
python tests/bench/web_under_load.py --port 8000     # measures a server that runs, a proxy in front for example
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import resource
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

SECONDS = 10.0
IDLE, SLOW, ASKERS = 1500, 100, 64
ACUTE = "Han står utenfor døren med kniv nå"
WORDS = [
    "naboen",
    "barnet",
    "vold",
    "hjelp",
    "kommunen",
    "plan",
    "meldeplikt",
    "skole",
    "hverdag",
    "tiltak",
    "krisesenter",
    "samtale",
    "møte",
    "uke",
]


def heavy(number: int) -> str:
    """A calm question of nearly 12,000 characters, another for each number."""
    chosen = random.Random(number)  # noqa: S311
    return " ".join(chosen.choice(WORDS) for _ in range(1600))[:11_000] + "?"


def request(question: str) -> bytes:
    body = json.dumps({"question": question}).encode()
    head = f"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


async def first_line(port: int) -> float:
    """Seconds from the first byte sent until the line with the alert has come. Raises when there is no alert in it."""
    started = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(ACUTE))
    line = await asyncio.wait_for(reader.readuntil(b'{"alert"'), 30) + await reader.readline()
    if b'"112"' not in line:
        raise RuntimeError("no alert on the first line")
    taken = time.perf_counter() - started
    writer.close()
    return taken


async def asker(port: int, number: int, answered: list[str]) -> None:
    """Asks one heavy question after the other."""
    while True:
        number += ASKERS
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request(heavy(number)))
            text = await reader.read()
            answered.append("unavailable" if b'"unavailable"' in text else text[9:12].decode() or "nothing")
            writer.close()
        except OSError as error:
            answered.append(type(error).__name__)
        await asyncio.sleep(0.01)


async def idle(port: int) -> None:
    """One request, then a connection that is kept open; opened again when the server closes it."""
    while True:
        with contextlib.suppress(OSError, EOFError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await reader.read()
            writer.close()
        await asyncio.sleep(1)


async def slow(port: int, head: bytes) -> None:
    """A request that comes byte by byte, one a second."""
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head)
            for _ in range(600):
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(1)


def slow_head(port: int) -> Awaitable[None]:
    return slow(port, b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")


def slow_body(port: int) -> Awaitable[None]:
    head = (
        b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"
    )
    return slow(port, head)


@contextlib.asynccontextmanager
async def load(port: int, many: int, one: Callable[[int], Awaitable[None]], warm: float) -> AsyncIterator[None]:
    """That many of one kind of client, running meanwhile."""
    tasks = [asyncio.ensure_future(one(port)) for _ in range(many)]
    await asyncio.sleep(warm)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def measured(port: int, name: str, many: int, one: Callable[[int], Awaitable[None]], warm: float = 2.0) -> None:
    times: list[float] = []
    failed = 0
    async with load(port, many, one, warm):
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                times.append(await first_line(port))
            except (TimeoutError, OSError, EOFError):
                failed += 1
            await asyncio.sleep(0.02)
    times.sort()
    p50, p99 = statistics.median(times or [99.0]), (times or [99.0])[int(len(times) * 0.99)]
    line = f"{name:28} alerts {len(times):4}  failed {failed:3}  p50 {p50 * 1000:7.1f} ms  p99 {p99 * 1000:7.1f} ms"
    print(line, flush=True)


async def everything(port: int) -> None:
    answered: list[str] = []
    numbers = iter(range(10**9))
    await measured(port, "alone", 0, idle, 0)
    await measured(port, f"{IDLE} idle", IDLE, idle, 4)
    await measured(port, f"{SLOW} slow heads", SLOW, slow_head)
    await measured(port, f"{SLOW} slow bodies", SLOW, slow_body)
    await measured(port, f"{ASKERS} askers", ASKERS, lambda at: asker(at, next(numbers), answered))
    print("askers got", {kind: answered.count(kind) for kind in sorted(set(answered))})


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """`assistant serve` in a process of its own, without a limit of questions for an address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    environ = {**os.environ, "ASSISTANT_QUESTIONS_PER_MINUTE": "0"}
    process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int)
    given = parser.parse_args().port
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with contextlib.nullcontext(given) if given else serving() as server:
        asyncio.run(everything(server))
