"""What `assistant serve` starts: the settings, the process around the server, and its log."""

from __future__ import annotations

import errno
import gc
import logging
import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from flask import Flask

from assistant import UsageError
from web.app import create_app
from web.config import from_environment
from web.connections import CONNECTIONS, Server
from web.engine import load
from web.live import Live

TURN = 0.001
"""Seconds that Python lets one thread compute before another has its turn (5 ms if nothing is said). An alert waits for a turn
some ten times on its way, so this is what an answer that is being made costs it."""


def serve(host: str = "127.0.0.1", port: int = 8000, corpora: Sequence[Path] = ()) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what has begun. With a broken corpus it says so on standard error and serves
    the emergency numbers. Raises UsageError when a setting cannot be used or nothing can listen at host and port."""
    log_to_stderr()
    confine()
    config = from_environment(os.environ)
    read = partial(load, maintenance=config.maintenance)
    live = Live(read(corpora), corpora, read)
    server = make_server(create_app(config, live=live), host, port)
    set_aside()
    live.watch()
    stop_on_signals(server)
    logging.getLogger("web.startup").info("http://%s:%s", _in_address(_bare(host)), server.effective_port)
    server.run()


def make_server(app: Flask, host: str, port: int) -> Server:
    """A server for the app; `run()` serves, `stop()` ends it. Raises UsageError when it cannot listen there."""
    try:
        return Server(app, _in_address(_bare(host)), port)
    except (OSError, ValueError) as error:
        number = getattr(error, "errno", None)
        cause = (
            f"port {port} on {host} is in use.\nStop what listens there, or choose another with --port."
            if number == errno.EADDRINUSE
            else f"cannot listen on {host} port {port} ({os.strerror(number) if number else 'unknown host'}).\n"
            "Choose an address of this machine with --host, and a port above 1023 with --port."
        )
        raise UsageError(cause) from None


def _bare(host: str) -> str:
    """`::1` also from `[::1]`, as it stands in an address."""
    return host.removeprefix("[").removesuffix("]")


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def stop_on_signals(server: Server) -> None:
    """SIGTERM and Ctrl-C drain the server; a second one ends it at once."""

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        server.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def confine() -> None:
    """No core dump, which would hold what people have typed; files enough for the connections; short turns between threads."""
    sys.setswitchinterval(TURN)
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS + 100  # every one that waitress would accept, and our own files
    if hard != resource.RLIM_INFINITY and hard < wanted:
        wanted = hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def set_aside() -> None:
    """Take what has been loaded out of garbage collection. It stays for good, and a look through its million objects stops every
    thread for a quarter of a second, whenever enough has been allocated: in the middle of an alert, for example."""
    gc.collect()
    gc.freeze()


class Discreet(logging.Formatter):
    """Our own lines as they are; of a library's line only where it comes from and the kind of its error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. A library's message may hold addresses, paths or text, so it is left out."""
        if record.name.startswith(("web.", "assistant")):
            return record.getMessage()
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f"{record.name} {record.levelname} {kind}".rstrip()


def log_to_stderr() -> None:
    """Log lines to standard error, discreetly."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
