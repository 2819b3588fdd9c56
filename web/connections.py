"""Connections over waitress: many, none for nothing, and drained at the end.

waitress reads requests without a thread for each, so that slow senders and idle connections cost memory and nothing else. What is
added here: a request must be whole in time, the quietest connection gives way to a new one, and SIGTERM finishes what has begun.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterable, Iterator
from typing import Any, cast

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from web.gate import AT_ONCE, WAITING
from web.last_resort import STATUSES, STYLE
from web.security import FIXED, content_policy, style_hash

THREADS = AT_ONCE + WAITING + 32
"""Everyone whom the gate lets in or lets wait has a thread, and 32 are left that only alerts and small things can take. There are
as many again for long requests, which wait for each other, so that any number of them leaves these 32 alone."""

LONG_BODY = 4 * 1024
"""Bytes from which a request is long: a question of ten lines, or of one line with some thirty earlier ones, is not."""

CONNECTIONS = 2000
"""Open at the same time: a proxy needs a few, a whole municipality some hundreds; each costs a few kilobytes until it sends a body."""

AT_THE_DOOR = 100
"""New connections that are taken before the others are looked at again."""

QUIET = 20
"""Seconds that a connection may be open without a request."""

RECEIVE = 20.0
"""Seconds from the first byte of a request until its last: a long question over a poor mobile line takes one or two."""

DRAIN = 10.0
"""Seconds for what is in flight at the end: longer than the gate's patience and an answer together."""

BODY_LIMIT = 256 * 1024
"""Bytes that are read at all; the application refuses earlier, and in the asker's own format."""


class LastResort(ErrorTask):
    """A connection's own error (a malformed request, a body too long) as our page with the numbers."""

    def execute(self) -> None:
        request: Any = self.request
        status = request.error.code
        pages = cast(Listener, self.channel.server).error_pages
        page = pages[status if status in STATUSES else 400, "nb"].encode()
        self.status = f"{status} {request.error.reason}"
        self.content_length = len(page)
        self.response_headers = [*headers()]
        self.set_close_on_finish()
        self.write(page)


def headers() -> Iterable[tuple[str, str]]:
    yield from FIXED.items()
    yield "Content-Type", "text/html; charset=utf-8"
    yield "Cache-Control", "no-store"
    yield "Content-Security-Policy", content_policy(style_hash=style_hash(STYLE))


class Connection(HTTPChannel):
    """One client. It is busy while an answer is made or sent, receiving while a request is not whole, else quiet."""

    error_task_class = LastResort
    begun = 0.0

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.begun = time.time()
        return super().received(data)

    @property
    def busy(self) -> bool:
        return bool(self.requests or self.total_outbufs_len)

    @property
    def quiet(self) -> bool:
        return not self.busy and self.request is None

    def overdue(self, now: float) -> bool:
        """Whether it has had its time: without sending or taking anything, or with a request that does not become whole."""
        if self.requests:
            return False
        slow = self.request is not None and now - self.begun > RECEIVE
        return slow or now - self.last_activity > QUIET


class Listener(TcpWSGIServer):
    """One listening socket. When there are too many connections the one that has been quiet longest is closed."""

    channel_class = Connection
    error_pages: Any
    for_long: ThreadedTaskDispatcher

    @property
    def connections(self) -> list[Connection]:
        return list(cast("dict[int, Connection]", self.active_channels).values())

    def handle_accept(self) -> None:
        """Take all who stand at the door, not one for each look at every connection; then make room."""
        for _ in range(AT_THE_DOOR):
            before = len(self.connections)
            super().handle_accept()
            if len(self.connections) == before:
                break
        self._make_room(len(self.connections) - CONNECTIONS)

    def _make_room(self, wanted: int) -> None:
        if wanted > 0:
            waiting = [connection for connection in self.connections if not connection.busy]
            for connection in heapq.nsmallest(wanted, waiting, key=lambda one: one.last_activity):
                connection.handle_close()

    def add_task(self, task: Any) -> None:
        """Have the connection's first request answered, by the threads for its length."""
        long = task.requests[0].body_bytes_received > LONG_BODY
        (self.for_long if long else self.task_dispatcher).add_task(task)

    def maintenance(self, now: float) -> None:
        for connection in self.connections:
            if connection.overdue(now):
                connection.will_close = True


class Server:
    """Listening sockets over one pool of threads. `run()` serves until `stop()` is called, from a signal or another thread."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        """Raises OSError or ValueError when it cannot listen there."""
        adjustments = Adjustments(
            host=host,
            port=port,
            ident=None,
            asyncore_use_poll=True,  # select() ends at file number 1024
            connection_limit=2
            * CONNECTIONS,  # where waitress stops to accept: never reached, quiet ones give way before
            cleanup_interval=2,  # seconds between two looks for connections that have had their time
            channel_request_lookahead=1,  # read on while an answer is made, so that a client's leaving is seen
            max_request_header_size=16 * 1024,
            max_request_body_size=BODY_LIMIT,
            inbuf_overflow=2 * BODY_LIMIT,  # more than a body: none goes to a temporary file
            clear_untrusted_proxy_headers=False,
        )
        self._map: dict[int, Any] = {}
        self._threads, self._for_long = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self._stopping = False
        try:
            self._listeners = [self._listen(app, adjustments, address) for address in adjustments.listen]
        except OSError:
            wasyncore.close_all(self._map)
            raise
        for threads in (self._threads, self._for_long):
            threads.set_thread_count(THREADS)

    def _listen(self, app: Flask, adjustments: Adjustments, address: Any) -> Listener:
        listener = Listener(app, self._map, dispatcher=self._threads, adj=adjustments, sockinfo=address)
        listener.error_pages, listener.for_long = app.extensions["error_pages"], self._for_long
        return listener

    @property
    def effective_port(self) -> int:
        """The port that is listened on, also when 0 was asked for."""
        return int(cast(Any, self._listeners[0]).effective_port)

    def run(self) -> None:
        """Serve until `stop()`, then finish what has begun. Returns when everything is closed."""
        while not self._stopping:
            self._turn(1.0)
        self._drain()
        for threads in (self._threads, self._for_long):
            threads.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def stop(self) -> None:
        """Begin to end: no new connections, requests in flight are answered, for DRAIN seconds at most."""
        self._stopping = True
        for listener in self._listeners:
            listener.pull_trigger()

    def _turn(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)

    def _drain(self) -> None:
        self._turn(0)  # what has reached us before the signal
        for listener in self._listeners:
            wasyncore.dispatcher.close(listener)  # the socket alone; its threads and its connections go on
        until = time.monotonic() + DRAIN
        while (open_still := list(self._open())) and time.monotonic() < until:
            for connection in open_still:
                if connection.quiet:
                    connection.handle_close()
            self._turn(0.1)

    def _open(self) -> Iterator[Connection]:
        return (connection for listener in self._listeners for connection in listener.connections)
