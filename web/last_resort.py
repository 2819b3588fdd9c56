"""The emergency numbers for when nothing else works, and the static pages that carry them.

The numbers stand in one place, corpus/helplines.yaml. Two files that `python -m web.refresh` writes repeat them, so that a
server with a broken corpus, and a proxy in front of a server that is down, still show them; a test holds all three equal.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from assistant import Language
from web.texts import LANGUAGES, Words

HERE = Path(__file__).resolve().parent / "last_resort_files"
NUMBERS_FILE = HERE / "numbers.json"
UNAVAILABLE_FILE = HERE / "unavailable.html"
STYLE = (HERE / "error.css").read_text(encoding="utf-8")

HELPLINES: Mapping[str, str] = {
    "police": "nodnummer-politi-112",
    "ambulance": "nodnummer-ambulanse-113",
    "fire": "nodnummer-brann-110",
    "doctor": "legevakt-116117",
    "talk": "vo-linjen",
    "children": "alarmtelefonen-116111",
}
"""What a number is for -> the id of its record in helplines.yaml. In the order they are shown."""

STATUSES = (400, 403, 404, 405, 413, 415, 422, 429, 500, 503)


class Number(NamedTuple):
    """A number as it is printed and as it is dialled; `purpose` names its label in texts.yaml."""

    purpose: str
    phone: str
    dial: str


def numbers_of(helplines: Iterable[Mapping[str, object]]) -> list[Number]:
    """The last-resort numbers of helpline records. Raises KeyError when one is missing or has no number."""
    by_id = {str(record["id"]): record for record in helplines}
    return [_number(purpose, by_id[name]) for purpose, name in HELPLINES.items()]


def _number(purpose: str, record: Mapping[str, object]) -> Number:
    phone, dial = record.get("phone"), record.get("phone_e164")
    if not isinstance(phone, str):
        raise KeyError(f"{record['id']}.phone")
    return Number(purpose, phone, dial if isinstance(dial, str) else phone.replace(" ", ""))


def read_numbers(path: Path = NUMBERS_FILE) -> tuple[Number, ...]:
    """The numbers as they were last written from helplines.yaml."""
    return tuple(Number(**entry) for entry in json.loads(path.read_text(encoding="utf-8")))


def error_page(status: int, words: Words, numbers: Iterable[Number], leave_url: str) -> str:
    """A whole page in one string: no script, no file, nothing of what was asked."""
    body = _block(words, words(f"error_{status}"), numbers, leave_url, heading="h1")
    home = "/" if words.language == "nb" else f"/{words.language}/"
    body += f'\n<p><a href="{home}">{html.escape(words.nav_home)}</a> · <a href="{home}hjelp">{html.escape(words.nav_help)}</a></p>'
    return _page(words.language, words.service_name, body)


def unavailable_page(words: Mapping[Language, Words], numbers: Iterable[Number], leave_url: str) -> str:
    """The page that a proxy shows when this server does not answer, in all three languages."""
    listed = tuple(numbers)
    blocks = [
        _block(words[lang], words[lang].error_503, listed, leave_url, "h1" if lang == "nb" else "h2")
        for lang in LANGUAGES
    ]
    return _page("nb", words["nb"].service_name, "\n".join(blocks))


def _block(words: Words, message: str, numbers: Iterable[Number], leave_url: str, heading: str) -> str:
    lines = "\n".join(
        f'<li><a href="tel:{html.escape(n.dial)}"><b>{html.escape(n.phone)}</b> {html.escape(words(f"number_{n.purpose}"))}</a></li>'
        for n in numbers
    )
    leave = f'<a class="leave" href="{html.escape(leave_url)}" rel="nofollow noreferrer noopener">{html.escape(words.leave)}</a>'
    return (
        f'<section lang="{words.language}">\n<p>{leave}</p>\n<{heading}>{html.escape(message)}</{heading}>\n'
        f"<p>{html.escape(words.error_numbers)}</p>\n<ul>\n{lines}\n</ul>\n<p>{html.escape(words.call_stays)}</p>\n</section>"
    )


def _page(language: str, title: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
