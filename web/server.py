"""The server that `assistant serve` starts."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server
from waitress.task import ErrorTask

from web.app import create_app
from web.config import from_environment
from web.engine import load
from web.last_resort import STATUSES, STYLE
from web.security import FIXED, content_policy, style_hash

THREADS = 8
SERVER_BODY_LIMIT = 256 * 1024


def serve(host: str = "127.0.0.1", port: int = 8000, corpora: Sequence[Path] = ()) -> None:
    """Serve until stopped. With a broken corpus it says so on standard error and serves the emergency numbers."""
    log_to_stderr()
    config = from_environment(os.environ)
    app = create_app(config, load(corpora, maintenance=config.maintenance))
    server = make_server(app, host, port)
    logging.getLogger("web.startup").info("http://%s:%s", host, port)
    server.run()


def make_server(app: Flask, host: str, port: int) -> MultiSocketServer | BaseWSGIServer:
    """A waitress server for the app; `run()` serves, `close()` ends it."""
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=SERVER_BODY_LIMIT,  # below the size from which bodies would go to a temporary file
        inbuf_overflow=2 * SERVER_BODY_LIMIT,
        clear_untrusted_proxy_headers=False,
    )
    parts: Iterable[Any] = (server.map or {}).values() if isinstance(server, MultiSocketServer) else (server,)
    for part in parts:
        part.channel_class = channel_class(app)
    return server


def channel_class(app: Flask) -> type[HTTPChannel]:
    """Connections whose own errors (a malformed request, a body too long) show our page with the numbers."""
    pages = app.extensions["error_pages"]

    class LastResort(ErrorTask):
        def execute(self) -> None:
            request: Any = self.request
            status = request.error.code
            page = pages[status if status in STATUSES else 400, "nb"].encode()
            self.status = f"{status} {request.error.reason}"
            self.content_length = len(page)
            self.response_headers = [*headers()]
            self.set_close_on_finish()
            self.write(page)

    return type("Channel", (HTTPChannel,), {"error_task_class": LastResort})


def headers() -> Iterable[tuple[str, str]]:
    yield from FIXED.items()
    yield "Content-Type", "text/html; charset=utf-8"
    yield "Cache-Control", "no-store"
    yield "Content-Security-Policy", content_policy(style_hash=style_hash(STYLE))


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
