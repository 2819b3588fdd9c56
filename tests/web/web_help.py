"""What the web tests share: every address, and how a page is read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

ACUTE = "Han står utenfor døren med kniv nå"
QUESTION = "Hva gjør jeg ved mistanke om vold mot et barn?"
HOMES = {"nb": "/", "nn": "/nn/", "en": "/en/"}
VALUES = {"number": 1, "topic": 1, "address": "hallingdal-2021"}


def addresses(app: Flask) -> list[str]:
    """Every address of ours that is read with GET, with values that exist, in every language."""
    from web.library import code

    library = app.extensions["live"].current.library
    passage = next(p for p in library.corpus.passages if p.section.document == "hallingdal-2021")
    procedure = library.procedures[0][0]
    values: dict[str, Any] = {**VALUES, "place": code(passage.id), "version": app.extensions["static_version"]}
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        known = {
            **values,
            "name": "style.css",
            "address": code(procedure.id) if "ansatt" in rule.rule else VALUES["address"],
        }
        for language in (
            ("nn", "en") if "language" in rule.arguments and "language" not in (rule.defaults or {}) else ("nb",)
        ):
            _, path = rule.build({**known, "language": language, **(rule.defaults or {})}, append_unknown=False) or (
                "",
                "",
            )
            found.append(path)
    return sorted(set(found))


def pages(app: Flask) -> list[str]:
    return [path for path in addresses(app) if not re.match(r"/(api|static|healthz|readyz|metrics|widget/.*js)", path)]


class Reader(HTMLParser):
    """The elements of a page in reading order, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._inert = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("template", "script", "style"):
            self._inert += 1
        elif not self._inert:
            self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("template", "script", "style"):
            self._inert -= 1

    def handle_data(self, data: str) -> None:
        if not self._inert:
            self.text += data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def text(client: FlaskClient, path: str) -> str:
    """What an address gives, with the file behind it closed as a server does."""
    with client.get(path) as response:
        return response.get_data(as_text=True)


def read(client: FlaskClient, path: str) -> Reader:
    return Reader(text(client, path))


def ask(client: FlaskClient, question: object, **fields: object) -> Any:
    """The reply, read to its end as a server sends it."""
    return client.post("/api/ask", json={"question": question, **fields}, buffered=True)
