"""What the server says about itself: a log line, counters, and the kind of a failure. Never what anyone wrote."""

from __future__ import annotations

import datetime
import logging
import threading
import time
import traceback
from collections import Counter

from flask import Blueprint, Flask, Response, current_app, g, request

requests_log = logging.getLogger("web.requests")
failures_log = logging.getLogger("web.failures")

DURATIONS = ((0.05, "instant"), (0.5, "quick"), (2.0, "slow"))
SHOWN_FROM = 5

metrics_blueprint = Blueprint("metrics", __name__)


def duration_class(seconds: float) -> str:
    """instant, quick, slow or stuck: fine enough to see trouble, too coarse to tell two questions apart."""
    return next((name for limit, name in DURATIONS if seconds < limit), "stuck")


def log_line(now: datetime.datetime, route: str, status: int, seconds: float) -> str:
    """`2026-11-25T09:15Z api.ask 200 quick`: no address, no query, no size, no seconds on the clock."""
    return f"{now:%Y-%m-%dT%H:%MZ} {route} {status} {duration_class(seconds)}"


def note_failure(error: BaseException) -> None:
    """Log the kind of an error and where it happened. Its text may quote the question, so that is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "?"
    failures_log.error("%s in %s", type(error).__name__, place)


class Counters:
    """Counts by labels from closed lists. What is shown is rounded down to whole fives.

    Rounding hides single events: between two readings a counter stands still or jumps by five.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, **labels: str) -> None:
        """Count one event. Labels must come from lists that the program knows beforehand."""
        text = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
        with self._lock:
            self._counts[name, text] += 1

    def render(self) -> str:
        """The counters in Prometheus' text format."""
        with self._lock:
            counts = sorted(self._counts.items())
        shown = [(name, labels, count - count % SHOWN_FROM) for (name, labels), count in counts if count >= SHOWN_FROM]
        lines = [f"assistant_{name}{{{labels}}} {count}\n" for name, labels, count in shown]
        types = [f"# TYPE assistant_{name} counter\n" for name in sorted({name for name, _, _ in shown})]
        return "".join(types + lines)


def route_name() -> str:
    """The name of the route that answers, from the program's own list; `none` for addresses that do not exist."""
    return request.endpoint if request.endpoint in current_app.view_functions else "none"


def install(app: Flask) -> None:
    """Time every request, write its log line and count it."""
    app.extensions["counters"] = Counters()
    app.before_request(_start)
    app.after_request(_finish)
    app.register_blueprint(metrics_blueprint)


def _start() -> None:
    g.started = time.monotonic()


def _finish(response: Response) -> Response:
    """Log and count when the last byte has been handed over: an answer is made while its response is on its way."""
    counted, route, started = counters(), route_name(), g.get("started", time.monotonic())

    def done() -> None:
        seconds = time.monotonic() - started
        requests_log.info(log_line(datetime.datetime.now(datetime.UTC), route, response.status_code, seconds))
        counted.add("requests", route=route, status=str(response.status_code), duration=duration_class(seconds))

    response.call_on_close(done)
    return response


def counters() -> Counters:
    """The counters of the app that answers this request."""
    found: Counters = current_app.extensions["counters"]
    return found


@metrics_blueprint.get("/metrics")
def show() -> Response:
    """The counters, for the operator's own network; the proxy example closes this address to the world."""
    return Response(counters().render(), mimetype="text/plain")
