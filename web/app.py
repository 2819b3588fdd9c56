"""The web application: one read-only engine, three groups of addresses, and the same headers on everything."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, send_from_directory
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from web import api, errors, gate, health, observe, pages, security, sources, view, widget
from web.config import Config, ConfigError, from_environment
from web.engine import Engine, load
from web.last_resort import read_numbers
from web.limits import Limiter
from web.live import Live
from web.texts import LANGUAGES, Words, load_topics
from web.texts import load as load_words

STATIC = Path(__file__).resolve().parent / "static"
STATIC_NAMES = (
    "style.css",
    "page.js",
    "leave.js",
    "conversation.js",
    "place.js",
    "staff.js",
    "install.js",
    "icon.svg",
)
BODY_LIMIT = 160 * 1024
"""Bytes: a question and earlier ones of 12,000 characters each, all of them written as \\u00e5 with six bytes, and some room."""
REFUSED = (
    "Flask's own server and debug mode log addresses and text. Use `assistant serve`, or set ASSISTANT_DEVELOPMENT=1."
)


class ShortNumber(IntegerConverter):
    """A number in an address: ASCII digits, and so few that reading them is no work."""

    regex = "[1-9][0-9]{0,3}"


class Web(Flask):
    """Flask whose development server starts only where the configuration says that this is development."""

    def run(self, *arguments: Any, **options: Any) -> None:
        """Raises ConfigError in production."""
        if not self.extensions["config"].development:
            raise ConfigError(REFUSED)
        super().run(*arguments, **options)


def create_app(config: Config | None = None, engine: Engine | None = None, live: Live | None = None) -> Flask:
    """The application, ready to serve. Without arguments: settings from the environment, content from the corpus. `live`: the
    content where it is renewed while the server runs; else `engine` is served as it is.

    Raises ConfigError when a setting cannot be used, or when a development server or debug mode would run in production.
    """
    settings = config or from_environment(os.environ)
    refuse_development_server(settings)
    app = Web(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.url_map.converters["int"] = ShortNumber
    app.json.sort_keys = False  # type: ignore[attr-defined]
    share(app, settings, live or Live(engine or load(maintenance=settings.maintenance)))
    observe.install(app)
    security.install(app, settings)
    errors.install(app, settings, app.extensions["words"], app.extensions["numbers"])
    gate.install(app)
    view.install(app)
    sources.install(app)
    pages.install(app)
    api.install(app)
    health.install(app)
    widget.install(app, settings, app.extensions["words"], app.extensions["numbers"])
    install_static(app, settings)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def refuse_development_server(config: Config) -> None:
    """Raises ConfigError when `flask run` or debug mode starts us in production."""
    debug = os.environ.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no")
    if not config.development and (debug or os.environ.get("FLASK_RUN_FROM_CLI") == "true"):
        raise ConfigError(REFUSED)


def share(app: Flask, config: Config, live: Live) -> None:
    """Put what every request reads where it finds it. Nothing here changes afterwards."""
    words = load_words()
    if config.name:
        words = {
            lang: Words(lang, {**words[lang].texts, "service_name": config.name, "widget_title": config.name})
            for lang in LANGUAGES
        }
    shared: Mapping[str, object] = {
        "config": config,
        "live": live,
        "words": words,
        "topics": load_topics(),
        "numbers": read_numbers(),
        "limiter": Limiter(config.questions_per_minute),
    }
    app.extensions.update(shared)


@dataclass(frozen=True)
class StaticFiles:
    """Our own files under an address that changes with their content."""

    theme: Path | None
    version: str

    def serve(self, version: str, name: str) -> Response:
        """The file, to be cached for good. 404 for anything that is not on the list."""
        if version != self.version or name not in (*STATIC_NAMES, "theme.css"):
            abort(404)
        folder, file = (self.theme.parent, self.theme.name) if name == "theme.css" and self.theme else (STATIC, name)
        response = send_from_directory(folder, file, max_age=31536000)
        response.direct_passthrough = False  # so that it is closed, and its log line written, after its last byte
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def install_static(app: Flask, config: Config) -> None:
    files = [STATIC / name for name in STATIC_NAMES] + ([config.theme] if config.theme else [])
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files))
    static = StaticFiles(config.theme, digest.hexdigest()[:10])
    app.extensions["static_version"] = static.version
    app.add_url_rule("/static/<version>/<name>", "static_files", static.serve)
