"""What every template needs: words, language, municipality, and links that keep them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, render_template, request, url_for
from markupsafe import Markup, escape

from assistant import Audience, Helpline, HelplineCard, Language, Municipality, card, for_municipality
from web.engine import Engine
from web.library import Library, code, neutral
from web.live import served
from web.texts import LANGUAGES, Words

OSLO = ZoneInfo("Europe/Oslo")
ENDS = (".", ":", "?", "!", "»", "]")
CITATION_MARK = re.compile(r"\s*\[(\d+)\]")
PHONE = re.compile(
    r"(?:\b(?P<call>ringe?|ringer|call|phone|på|eller|og|or|and|on|nummer|number|politiet|ambulansen?)(?P<space>\s))?"
    r"(?<![\d§/–-])\b(?P<phone>11[0-3]|116\s?\d{3}|0\d{4}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3})\b(?![\d/–-])",
    re.IGNORECASE,
)
"""A telephone number in a text; one of three digits, which may count cases or pages, only behind a word of calling."""
SHORT_PHONE = 3
NEAR: Mapping[str, int] = {"crisis_shelter": 0, "child_welfare": 1, "medical": 2, "sexual_assault_centre": 3}
"""Kinds of local helplines in the block for the chosen municipality, in their order."""
MOST_NEAR = 3
SCRIPT_WORDS = (
    "answer_ready",
    "cleared",
    "copied",
    "copy_failed",
    "failed_413",
    "failed_429",
    "failed_503",
    "follow_up",
    "leave",
    "neutral_title",
    "offline",
    "places_found",
    "places_none",
    "field_label",
    "shift_progress",
    "shift_stopped",
    "turn_heading",
    "waiting",
)
ROLES: tuple[Audience, ...] = ("victim", "relative", "child", "staff", "perpetrator")


@dataclass(frozen=True)
class View:
    """One request's choices, all from closed lists; nothing that anyone typed."""

    language: Language
    municipality: Municipality | None = None
    compact: bool = False
    theme: str = "auto"

    @property
    def words(self) -> Words:
        found: Words = current_app.extensions["words"][self.language]
        return found

    def link(self, page: str, **arguments: Any) -> str:
        """The address of a page in this language, with the municipality kept."""
        kept = {"kommune": self.municipality.slug} if self.municipality else {}
        return url_for(f"pages.{page}", **{"language": self.language, **kept, **arguments})


def engine() -> Engine:
    return served().engine


def library() -> Library | None:
    """The content to look up in; None when the corpus could not be read."""
    return served().library


def municipality_of(slug: str | None) -> Municipality | None:
    """The municipality with this short name; None for anything else."""
    corpus = engine().corpus
    return next((m for m in corpus.municipalities if m.slug == slug), None) if corpus and slug else None


def known_language(name: str | None) -> Language:
    """The language of that name; bokmål for anything else."""
    found: Language = next((known for known in LANGUAGES if known == name), "nb")
    return found


def view(language: str = "nb") -> View:
    """The view that the address asks for."""
    return View(known_language(language), municipality_of(request.args.get("kommune")))


def render(template: str, seen: View, **values: Any) -> str:
    """A page; `t` is the words, `view` the choices, `roles` the ways in."""
    shared = {name: current_app.extensions[name] for name in ("config", "numbers")} | {"library": library()}
    frame: dict[str, Any] = {
        "top": Markup(' target="_top"') if seen.compact else "",
        "asset": asset,
        "same_page": same_page,
    }
    frame |= {"near": near(seen), "places_link": places_link(seen)}
    names = [(lang, current_app.extensions["words"][lang].language_name) for lang in LANGUAGES]
    words = {
        "t": seen.words,
        "script_words": {name: seen.words(name) for name in SCRIPT_WORDS},
        "language_names": names,
    }
    return render_template(template, view=seen, roles=ROLES, ready=engine().ready, **shared, **frame, **words, **values)


def same_page(language: str) -> str:
    """The page that is being shown, in another language; only choices that were recognised go along."""
    place = municipality_of(request.args.get("kommune"))
    kept = {"kommune": place.slug if place else None, **g.get("chosen", {})}
    return url_for(request.endpoint or "pages.home", **{**(request.view_args or {}), **kept, "language": language})


def places_link(seen: View) -> str:
    """The list of municipalities, which leads back to the page that is being shown."""
    shown = request.endpoint or ""
    here = request.path if shown.startswith("pages.") and shown != "pages.municipalities" else None
    return seen.link("municipalities", fra=here if here and here != seen.link("home", kommune=None) else None)


def near(seen: View) -> list[HelplineCard]:
    """The local numbers of the chosen municipality, for the block under the emergency numbers."""
    corpus = engine().corpus
    if corpus is None or seen.municipality is None:
        return []
    kinds = {line.id: line.kind for line in corpus.helplines}
    found = [card for card in cards(seen, lambda line: line.kind in NEAR) if card.local and card.phone]
    return sorted(found, key=lambda card: NEAR[kinds[card.id]])[:MOST_NEAR]


def asset(name: str) -> str:
    """The address of a static file. It changes when any of them changes, so they may be cached for good."""
    return url_for("static_files", version=current_app.extensions["static_version"], name=name)


def cards(seen: View, wanted: Callable[[Helpline], bool] = lambda line: True) -> list[HelplineCard]:
    """The wanted helplines that this reader may see, those of the own municipality first."""
    corpus = engine().corpus
    if corpus is None:
        return []
    now = datetime.datetime.now(OSLO)
    name = seen.municipality.name if seen.municipality else None
    local, national = for_municipality(corpus.helplines, name)
    shown = (line for line in (*local, *national) if wanted(line))
    return [card(line, seen.language, now, caution(seen.words), corpus.contact_texts) for line in shown]


def caution(words: Words) -> Callable[[Helpline], str]:
    """What is said beside a number that we are less sure of."""
    return lambda line: f"{words('checked', date=date_words(line.checked_on))} {words.may_have_changed}"


def prose(text: str) -> Markup:
    """Plain text as paragraphs and lists, escaped. A line that does not end a sentence goes on in the next."""
    return _blocks(text, escape)


def said(text: str) -> Markup:
    """An answer of ours as paragraphs and lists: source marks lead to their source, telephone numbers can be rung."""
    return _blocks(text, marked)


def _blocks(text: str, inline: Callable[[str], Markup]) -> Markup:
    parts, items, sentence = Markup(""), Markup(""), ""
    for line in [*text.splitlines(), ""]:
        if line.startswith("- "):
            items += Markup("<li>{}</li>").format(inline(line[2:]))
            continue
        sentence = f"{sentence} {line}".strip()
        if sentence and (not line or line.endswith(ENDS)):
            parts += _list(items) + Markup("<p>{}</p>").format(inline(sentence))
            items, sentence = Markup(""), ""
        elif not line:
            parts, items = parts + _list(items), Markup("")
    return parts + _list(items)


def marked(text: str) -> Markup:
    """Escaped text in which `[1]` stands raised as a link to the source, and numbers can be rung."""
    mark = r'&nbsp;<sup><a class="ref" href="#kilde-\1">[\1]</a></sup>'
    return Markup(CITATION_MARK.sub(mark, str(linked(text))))


def linked(text: str) -> Markup:
    """Escaped text in which telephone numbers can be rung. Not for quotes: the number of an old plan may be somebody else's now."""
    return Markup(PHONE.sub(_call, str(escape(text))))


def _call(found: re.Match[str]) -> str:
    phone = found["phone"]
    if len(phone) == SHORT_PHONE and not found["call"]:
        return found[0]
    before = f"{found['call']}{found['space']}" if found["call"] else ""
    dialled = "".join(phone.split())
    return f'{before}<a href="tel:{dialled}">{phone}</a>'


def lovdata(where: str) -> str:
    """The address at lovdata.no of a source that names an act there; empty for any other."""
    found = re.match(r"Lovdata ((?:lov|forskrift)/\S+)", where)
    return f"https://lovdata.no/{found[1]}" if found else ""


def _list(items: Markup) -> Markup:
    return Markup("<ul>{}</ul>").format(items) if items else items


def sentence(text: str) -> str:
    """With a capital letter and a full stop, as records often have neither."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(ENDS) else ".")


def today() -> datetime.date:
    return datetime.datetime.now(OSLO).date()


def date_words(date: datetime.date | str | None) -> str:
    """A date the Norwegian way: 30.6.2024."""
    if isinstance(date, str):
        date = datetime.date.fromisoformat(date)
    return f"{date.day}.{date.month}.{date.year}" if date else ""


def install(app: Flask) -> None:
    """Make the helpers known to the templates."""
    app.jinja_env.filters.update(
        prose=prose,
        said=said,
        marked=marked,
        linked=linked,
        lovdata=lovdata,
        sentence=sentence,
        date=date_words,
        code=code,
        neutral=neutral,
    )
    app.jinja_env.filters["channel_name"] = lambda kind, words: words(f"channel_{kind}")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
