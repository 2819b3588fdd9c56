"""The programming interface. A question comes in a POST body and is forgotten when it has been answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from flask import Blueprint, Flask, Response, current_app, json, render_template, request, stream_with_context
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant import Alert, Answer, Assessed, Audience, HelplineCard, Language, Municipality, out_of_order
from web.engine import unanswered
from web.errors import failure, numbers_json
from web.gate import client_gone, gate
from web.limits import Limiter
from web.observe import counters, note_failure
from web.openapi import describe
from web.padding import padded
from web.texts import Words
from web.view import View, cards, engine, known_language, library, municipality_of, render

blueprint = Blueprint("api", __name__, url_prefix="/api")

MOST_TEXT = 12_000
"""Characters of a question, and of all the earlier ones together: ten pages, and a quarter of a second for the slowest answer."""

REMEMBERED = 20
JSON = "application/json"
SOMEONE = ("crisis_shelter", "national_helpline", "child_helpline", "mental_health")
ALERT_ENDS = "<!--alert-->"


def newest(history: Sequence[str]) -> tuple[str, ...]:
    """The newest earlier questions that fit, oldest first; of the one that does not fit, its end."""
    kept: list[str] = []
    room = MOST_TEXT
    for turn in reversed(history[-REMEMBERED:]):
        if end := turn.strip()[-room:]:
            kept.append(end)
            room -= len(end)
        if not room:
            break
    return tuple(reversed(kept))


def ends(question: str) -> str:
    """The question, or of one that is far too long its beginning and its end: what the alert of a refused request is read from."""
    return question if len(question) <= 2 * MOST_TEXT else f"{question[:MOST_TEXT]}\n{question[-MOST_TEXT:]}"


class Ask(BaseModel):
    """The body of POST /api/ask."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    question: Annotated[str, StringConstraints(min_length=1, max_length=MOST_TEXT, strip_whitespace=True)]
    municipality: str | None = None
    history: Annotated[tuple[str, ...], Field(strict=False), AfterValidator(newest)] = ()
    language: Language | None = None
    audience: Audience | None = None


@blueprint.post("/ask")
def ask() -> Response:
    """The answer, alert first. The alert is sent before the search begins, on the first line of the response."""
    body = body_of_request()
    if body is None:
        return failure(400 if request.mimetype == JSON else 415)
    try:
        asked = Ask.model_validate(body)
    except ValidationError as error:
        return refused(body, fields_of(error))
    assessed = assess(asked.question, asked.history, asked.language)
    limiter: Limiter = current_app.extensions["limiter"]
    wait = limiter.wait(request.remote_addr or "")
    return refusal(asked, assessed.alert, wait) or answered(asked, assessed, over=wait > 0)


def body_of_request() -> object:
    """The JSON body; None when it cannot be read, also when it is nested too deeply for the parser."""
    try:
        return request.get_json(silent=True) if request.mimetype == JSON else None
    except RecursionError:
        return None


def assess(question: str, history: tuple[str, ...], language: Language | None = None) -> Assessed:
    """The alert for a question; no answer and no page is waited for."""
    with gate().reading(question):
        return Assessed.of(question, history, language)


def assessed_body(body: object) -> Assessed | None:
    """The alert for a body that is otherwise wrong: whoever is in danger gets the numbers all the same."""
    if not isinstance(body, dict) or not isinstance(body.get("question"), str):
        return None
    history = body.get("history")
    earlier = [said for said in history if isinstance(said, str)] if isinstance(history, list) else []
    return assess(ends(body["question"]), newest(earlier))


def refused(body: object, detail: str) -> Response:
    """422. Our own page shows the alert from it: the same two parts as an answer, with the numbers in place of one."""
    assessed = assessed_body(body)
    alert = assessed.alert if assessed else None
    if assessed is None or alert is None or not wants_html():
        return failure(422, alert, detail)
    t = current_app.extensions["words"][assessed.language]
    first = render_template("_alert.html", alert=alert, t=t)
    rest = render_template("_failed.html", t=t, retry=True, numbers=current_app.extensions["numbers"])
    return Response(padded((f"{first}{ALERT_ENDS}\n", rest)), 422, mimetype="text/html")


def fields_of(error: ValidationError) -> str:
    """The names of the wrong fields and what was expected, never their values."""
    faults = error.errors(include_input=False, include_context=False, include_url=False)
    known = set(Ask.model_fields)
    return "; ".join(
        f"{name if (name := str(f['loc'][0] if f['loc'] else '')) in known else 'body'}: {f['type']}" for f in faults
    )


def refusal(asked: Ask, alert: Alert | None, wait: int) -> Response | None:
    """The refusal that ends it here, if any; `wait` is the seconds until one over the limit may ask. An alert is never held back."""
    if wait and alert is None:
        return failure(429, headers={"Retry-After": str(wait)})
    if not engine().ready and alert is None:
        return failure(503)
    if asked.municipality and municipality(asked.municipality) is None:
        return failure(422, alert, "municipality: unknown")
    return None


def municipality(name: str) -> str | None:
    """The name that the engine knows, from a short name, a name or a number; None when there is no such municipality."""
    found = municipality_of(name)
    if found:
        return found.name
    corpus = engine().corpus
    names = {m.name for m in corpus.municipalities} | {m.number for m in corpus.municipalities} if corpus else set()
    return name if name in names or not corpus else None


def wants_html() -> bool:
    """Whether our own page asks."""
    return request.accept_mimetypes.best == "text/html"


def answered(asked: Ask, assessed: Assessed, over: bool) -> Response:
    """The response as a stream of two parts, as HTML for our own page and as JSON for all others."""
    parts = html_parts if wants_html() else json_parts
    kind = "text/html" if wants_html() else JSON
    response = Response(stream_with_context(padded(parts(asked, assessed, over))), mimetype=kind)
    response.headers["X-Accel-Buffering"] = "no"
    return response


def answer(asked: Ask, assessed: Assessed, over: bool) -> Answer:
    """The answer, or `unavailable` behind the same alert. Raises nothing: the response has already begun."""
    found = unanswered(assessed, words_in(assessed).error_429) if over else answer_in_turn(asked, assessed)
    counters().add("answers", kind=found.kind)
    return found


def answer_in_turn(asked: Ask, assessed: Assessed) -> Answer:
    with gate().place(client_gone()) as entered:
        if not entered:
            return unanswered(assessed, words_in(assessed).too_busy)
        try:
            where = municipality(asked.municipality) if asked.municipality else None
            return engine().answer(assessed, where, asked.audience)
        except Exception as error:  # the server would log its text, which may quote the question
            note_failure(error)
            return out_of_order(assessed.alert)


def words_in(assessed: Assessed) -> Words:
    found: Words = current_app.extensions["words"][assessed.language]
    return found


def json_parts(asked: Ask, assessed: Assessed, over: bool) -> Iterator[str]:
    """One JSON object; its first line ends after the alert."""
    alert = assessed.alert.model_dump(mode="json") if assessed.alert else None
    yield f'{{"alert": {json.dumps(alert, ensure_ascii=False, sort_keys=False)},\n'
    rest = answer(asked, assessed, over).model_dump(mode="json", exclude={"alert"})
    if rest["kind"] == "unavailable":
        rest["numbers"] = numbers_json(words_in(assessed))
    yield json.dumps(rest, ensure_ascii=False, sort_keys=False)[1:] + "\n"


def html_parts(asked: Ask, assessed: Assessed, over: bool) -> Iterator[str]:
    """The alert, a mark, the answer: what the page shows. Rendered by the same templates as the pages."""
    t = words_in(assessed)
    first = render_template("_alert.html", alert=assessed.alert, t=t) if assessed.alert else ""
    yield f"{first}{ALERT_ENDS}\n"
    try:
        yield answer_html(answer(asked, assessed, over), asked)
    except Exception as error:  # the response has begun: show the numbers instead of half an answer
        note_failure(error)
        yield render_template("_failed.html", t=t, retry=True, numbers=current_app.extensions["numbers"])


def answer_html(answer: Answer, asked: Ask) -> str:
    """The answer without its alert, for our own page. After an alert there is always someone to talk or write to."""
    seen = View(answer.language, municipality_of(asked.municipality))
    helplines = beside(answer, seen)
    shared = {"t": seen.words, "view": seen, "library": library(), "numbers": current_app.extensions["numbers"]}
    shared |= {"place": named(answer.municipality), "staff": asked.audience == "staff", "live": True}
    return render_template("_answer.html", answer=answer, helplines=helplines, **shared)


def beside(answer: Answer, seen: View) -> list[HelplineCard]:
    """The contacts below an answer. After an alert there is always someone to talk or write to, and no number stands twice."""
    if answer.alert is None:
        return list(answer.helplines)
    shown = {number.phone for number in answer.alert.numbers}
    others = [card for card in answer.helplines if card.phone not in shown]
    return others or [card for card in cards(seen, lambda line: line.kind in SOMEONE) if card.phone not in shown][:4]


def named(municipality: str | None) -> Municipality | None:
    """The municipality of that name."""
    corpus = engine().corpus
    return next((m for m in corpus.municipalities if m.name == municipality), None) if corpus else None


@blueprint.get("/helplines")
def helplines() -> Response:
    """The helplines as they may be shown: those of the municipality asked for, then the national ones."""
    seen = View(known_language(request.args.get("language")), municipality_of(request.args.get("municipality")))
    listed = [card.model_dump(mode="json") for card in cards(seen)]
    return reply({"numbers": numbers_json(seen.words), "helplines": listed})


@blueprint.get("/documents")
def documents() -> Response:
    """Every document with its period and how it is given."""
    corpus = engine().corpus
    listed = [document.model_dump(mode="json") for document in corpus.documents] if corpus else []
    return reply({"numbers": numbers_json(View("nb").words), "documents": listed})


@blueprint.get("/municipalities")
def municipalities() -> Response:
    """The municipalities that can be chosen, by name."""
    corpus = engine().corpus
    found = sorted(corpus.municipalities, key=lambda m: m.name) if corpus else []
    listed = [{"name": m.name, "slug": m.slug, "number": m.number, "county": m.county} for m in found]
    return reply({"numbers": numbers_json(View("nb").words), "municipalities": listed})


@blueprint.get("/place")
def place() -> Response:
    """The block for a municipality, for our own page that already stands: its numbers, or the way to choose one."""
    seen = View(known_language(request.args.get("language")), municipality_of(request.args.get("kommune")))
    return Response(render("_chosen.html", seen), mimetype="text/html")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """This interface, described for programs."""
    return reply(describe(Ask, Answer))


def reply(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, sort_keys=False), mimetype=JSON)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
