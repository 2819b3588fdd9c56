"""Every error, as a page and as JSON, carries the numbers and never what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, current_app, json, request
from werkzeug.exceptions import HTTPException

from assistant import Alert, Language
from web.config import Config
from web.last_resort import STATUSES, STYLE, Number, error_page
from web.observe import note_failure
from web.security import content_policy, style_hash
from web.texts import LANGUAGES, Words

Pages = Mapping[tuple[int, Language], str]


def install(app: Flask, config: Config, words: Mapping[Language, Words], numbers: tuple[Number, ...]) -> None:
    """Build the pages once, at start, so that showing one needs nothing that could fail."""
    leave = config.leave_url
    pages = {
        (status, lang): error_page(status, words[lang], numbers, leave) for status in STATUSES for lang in LANGUAGES
    }
    app.extensions["error_pages"] = pages
    app.register_error_handler(Exception, _handle)


def language_of_path() -> Language:
    """The interface language that the address asks for."""
    first = request.path.split("/")[1] if request.path.startswith("/") else ""
    return "nn" if first == "nn" else "en" if first == "en" else "nb"


def _handle(error: Exception) -> Response:
    """Our status for any error. Flask would log an unexpected error with its text; we log its kind alone."""
    status = error.code or 500 if isinstance(error, HTTPException) else 500
    if isinstance(error, HTTPException) and 300 <= status < 400:
        return Response(status=status, headers=dict(error.get_headers()))
    if not isinstance(error, HTTPException):
        note_failure(error)
    allowed = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return failure(status if status in STATUSES else 400 if status < 500 else 500, headers=headers)


def failure(
    status: int, alert: Alert | None = None, detail: str = "", headers: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """The error as HTML, or as JSON under /api: alert first, then what is wrong, then the numbers."""
    if request.path.startswith("/api/") and request.accept_mimetypes.best != "text/html":
        text = json.dumps(failure_json(status, alert, detail), ensure_ascii=False, sort_keys=False)
        return Response(text, status, mimetype="application/json", headers=dict(headers))
    page = current_app.extensions["error_pages"][status, language_of_path()]
    policy = content_policy(style_hash=style_hash(STYLE))
    return Response(page, status, mimetype="text/html", headers={"Content-Security-Policy": policy, **headers})


def failure_json(status: int, alert: Alert | None, detail: str) -> dict[str, Any]:
    """`alert` first, as in an answer but without the words it saw; `detail` names fields, never their values."""
    words: Words = current_app.extensions["words"][language_of_path()]
    return {
        "alert": alert.model_dump(mode="json") | {"signals": []} if alert else None,
        "error": status,
        "message": words(f"error_{status}"),
        "detail": detail,
        "numbers": numbers_json(words),
    }


def numbers_json(words: Words) -> list[dict[str, str]]:
    """The last-resort numbers as the API gives them."""
    numbers: tuple[Number, ...] = current_app.extensions["numbers"]
    return [{"name": words(f"number_{number.purpose}"), "phone": number.phone} for number in numbers]
