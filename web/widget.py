"""What a municipality puts into its own pages: the script, the frame it opens, and the page that explains it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, json, render_template, request

from assistant import Language
from web.config import TELLING, Config
from web.last_resort import Number
from web.texts import LANGUAGES, Words
from web.view import View, known_language, municipality_of, render, view

blueprint = Blueprint("widget", __name__)
STATIC = Path(__file__).resolve().parent / "static"
THEMES = ("light", "dark")
ATTRIBUTES = ("municipality", "language", "position", "theme", "open")
SETTINGS = "const settings = {};"


def script(name: str, settings: object) -> bytes:
    """A script of ours with its settings filled in. Words and addresses stand in texts.yaml and the configuration, not in it."""
    source = (STATIC / name).read_text(encoding="utf-8")
    if SETTINGS not in source:
        raise ValueError(f"{name} has no line «{SETTINGS}» to fill in.")
    return source.replace(SETTINGS, f"const settings = {json.dumps(settings)};").encode()


def widget_settings(config: Config, words: Mapping[Language, Words], numbers: tuple[Number, ...]) -> dict[str, object]:
    """What the script in the host page knows: its words, the numbers, and where leaving leads."""
    said = {lang: said_in(words[lang]) for lang in LANGUAGES}
    listed = [named(number, words) for number in numbers if number.purpose in ("police", "ambulance", "talk")]
    return {"leave": config.leave_url, "words": said, "numbers": listed}


def said_in(words: Words) -> dict[str, str]:
    return words.some("widget_") | {"neutral": words.neutral_title, "leave": words.leave}


def named(number: Number, words: Mapping[Language, Words]) -> dict[str, object]:
    """A number with its label in every language."""
    labels = {lang: words[lang](f"number_{number.purpose}") for lang in LANGUAGES}
    return {"phone": number.phone, "dial": number.dial, "name": labels}


def check_settings(words: Mapping[Language, Words]) -> dict[str, object]:
    """What the checker knows: its words, and the words that a host page must not show."""
    return {"words": {lang: words[lang].some("check_") for lang in LANGUAGES}, "telling": TELLING.pattern}


def integrity(content: bytes) -> str:
    """The hash by which a host page makes sure that the script is the one it was given."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


@blueprint.get("/widget/v1.js")
def script_file() -> Response:
    return javascript(current_app.extensions["widget_script"])


@blueprint.get("/widget/sjekk.js")
def check_script() -> Response:
    return javascript(current_app.extensions["check_script"])


def javascript(content: bytes) -> Response:
    """A script that any host page may load and whose hash its browser may check."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "public, max-age=300",
    }
    return Response(content, mimetype="text/javascript", headers=headers)


@blueprint.get("/widget/ramme")
def frame() -> str:
    """The page in compact form, for the frame. Only the hosts in ASSISTANT_FRAME_ANCESTORS may show it."""
    language = known_language(request.args.get("sprak"))
    theme = next((known for known in THEMES if known == request.args.get("tema")), "auto")
    seen = View(language, municipality_of(request.args.get("kommune")), compact=True, theme=theme)
    return render("home.html", seen, audience="", examples=())


@blueprint.get("/installer", defaults={"language": "nb"})
@blueprint.get("/<any(nn, en):language>/installer")
def install_page(language: str) -> str:
    """The lines for a municipality, the options, and the check of a finished page."""
    seen = view(language)
    hashed = integrity(current_app.extensions["widget_script"])
    return render("install.html", seen, lines=lines(seen), base=base(), integrity=hashed, attributes=ATTRIBUTES)


def base() -> str:
    """The address that host pages use for us."""
    config: Config = current_app.extensions["config"]
    return config.public_url.rstrip("/") or request.host_url.rstrip("/")


def lines(seen: View) -> str:
    """The text to paste: numbers and link as plain HTML, and the script line."""
    hashed = integrity(current_app.extensions["widget_script"])
    numbers = current_app.extensions["numbers"]
    return render_template(
        "_lines.html", t=seen.words, view=seen, numbers=numbers, base=base(), integrity=hashed
    ).strip()


@blueprint.get("/installer/prove", defaults={"language": "nb"})
@blueprint.get("/<any(nn, en):language>/installer/prove")
def sample(language: str) -> str:
    """A page with ordinary text that has the widget in it."""
    seen = view(language)
    return render_template(
        "sample.html", t=seen.words, view=seen, lines=lines(seen), numbers=current_app.extensions["numbers"]
    )


def install(app: Flask, config: Config, words: Mapping[Language, Words], numbers: tuple[Number, ...]) -> None:
    app.extensions["widget_script"] = script("widget.js", widget_settings(config, words, numbers))
    app.extensions["check_script"] = script("check.js", check_settings(words))
    app.register_blueprint(blueprint)
