"""The programming interface. A question comes in a POST body and is forgotten when it has been answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from flask import Blueprint, Flask, Response, current_app, json, render_template, request, stream_with_context
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant import Alert, Answer, Language, UsageError, detect_language, out_of_order
from web.engine import Engine
from web.errors import failure, numbers_json
from web.limits import Limiter
from web.observe import counters, note_failure
from web.openapi import describe
from web.view import View, cards, engine, known_language, library, municipality_of

blueprint = Blueprint("api", __name__, url_prefix="/api")

REMEMBERED = 20
Question = Annotated[str, StringConstraints(min_length=1, max_length=12_000, strip_whitespace=True)]
JSON = "application/json"
SOMEONE = ("crisis_shelter", "national_helpline", "child_helpline", "mental_health")
ALERT_ENDS = "<!--alert-->"


class Ask(BaseModel):
    """The body of POST /api/ask."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    question: Question
    municipality: str | None = None
    history: Annotated[tuple[Question, ...], Field(strict=False, max_length=REMEMBERED)] = ()
    language: Language | None = None
    audience: Literal["staff", "victim", "relative", "child", "perpetrator", "coordinator", "resident"] | None = None


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
    alert = engine().alert(asked.question, asked.history, asked.language)
    return allowed(asked, alert) or answered(asked, alert)


def body_of_request() -> object:
    """The JSON body; None when it cannot be read, also when it is nested too deeply for the parser."""
    try:
        return request.get_json(silent=True) if request.mimetype == JSON else None
    except RecursionError:
        return None


def alert_of(body: object) -> Alert | None:
    """The alert for a body that is otherwise wrong: whoever is in danger gets the numbers all the same."""
    if not isinstance(body, dict) or not isinstance(body.get("question"), str):
        return None
    history = body.get("history")
    earlier = [said for said in history if isinstance(said, str)] if isinstance(history, list) else []
    return engine().alert(body["question"], earlier[-REMEMBERED:], None)


def refused(body: Any, detail: str) -> Response:
    """422. Our own page shows the alert from it: the same two parts as an answer, with the numbers in place of one."""
    alert = alert_of(body)
    if alert is None or not wants_html():
        return failure(422, alert, detail)
    t = current_app.extensions["words"][detect_language(body["question"])]
    first = render_template("_alert.html", alert=alert, t=t)
    rest = render_template("_failed.html", t=t, numbers=current_app.extensions["numbers"])
    return Response(f"{first}{ALERT_ENDS}\n{rest}", 422, mimetype="text/html")


def fields_of(error: ValidationError) -> str:
    """The names of the wrong fields and what was expected, never their values."""
    faults = error.errors(include_input=False, include_context=False, include_url=False)
    known = set(Ask.model_fields)
    return "; ".join(
        f"{name if (name := str(f['loc'][0] if f['loc'] else '')) in known else 'body'}: {f['type']}" for f in faults
    )


def allowed(asked: Ask, alert: Alert | None) -> Response | None:
    """The refusal that ends it here, if any. A question with an alert is always answered."""
    limiter: Limiter = current_app.extensions["limiter"]
    if not limiter.allows(request.remote_addr or "") and alert is None:
        return failure(429)
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


def answered(asked: Ask, alert: Alert | None) -> Response:
    """The response as a stream of two parts, as HTML for our own page and as JSON for all others."""
    parts = html_parts(asked, alert) if wants_html() else json_parts(asked, alert)
    response = Response(stream_with_context(parts), mimetype="text/html" if wants_html() else JSON)
    response.headers["X-Accel-Buffering"] = "no"
    return response


def draft(running: Engine, asked: Ask, alert: Alert | None) -> Answer:
    """The answer, or `unavailable` behind the same alert. Raises nothing: the response has already begun."""
    try:
        where = municipality(asked.municipality) if asked.municipality else None
        answer = running.answer(
            asked.question,
            alert,
            municipality=where,
            history=asked.history,
            language=asked.language,
            audience=asked.audience,
        )
    except Exception as error:  # the server would log its text, which may quote the question
        if not isinstance(error, UsageError):
            note_failure(error)
        answer = out_of_order(alert)
    counters().add("answers", kind=answer.kind)
    return answer


def json_parts(asked: Ask, alert: Alert | None) -> Iterator[str]:
    """One JSON object; its first line ends after the alert."""
    yield (
        '{"alert": '
        + (json.dumps(alert.model_dump(mode="json"), ensure_ascii=False, sort_keys=False) if alert else "null")
        + ",\n"
    )
    answer = draft(engine(), asked, alert).model_dump(mode="json", exclude={"alert"})
    if answer["kind"] == "unavailable":
        answer["numbers"] = numbers_json(current_app.extensions["words"][answer["language"]])
    yield json.dumps(answer, ensure_ascii=False, sort_keys=False)[1:] + "\n"


def html_parts(asked: Ask, alert: Alert | None) -> Iterator[str]:
    """The alert, a mark, the answer: what the page shows. Rendered by the same templates as the pages."""
    words = current_app.extensions["words"]
    language = asked.language or detect_language(asked.question)
    first = render_template("_alert.html", alert=alert, t=words[language]) if alert else ""
    yield f"{first}{ALERT_ENDS}\n"
    try:
        yield answer_html(draft(engine(), asked, alert), asked)
    except Exception as error:  # the response has begun: show the numbers instead of half an answer
        note_failure(error)
        yield render_template("_failed.html", t=words[language], numbers=current_app.extensions["numbers"])


def answer_html(answer: Answer, asked: Ask) -> str:
    """The answer without its alert, for our own page. After an alert there is always someone to talk or write to."""
    seen = View(answer.language, municipality_of(asked.municipality))
    helplines = answer.helplines or (cards(seen, lambda line: line.kind in SOMEONE)[:4] if answer.alert else ())
    shared = {"t": seen.words, "view": seen, "library": library(), "numbers": current_app.extensions["numbers"]}
    staff = asked.audience == "staff"
    return render_template("_answer.html", answer=answer, helplines=helplines, live=True, staff=staff, **shared)


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


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """This interface, described for programs."""
    return reply(describe(Ask, Answer))


def reply(value: object, status: int = 200) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, sort_keys=False), status, mimetype=JSON)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


def healthz() -> Response:
    """200 as long as the server can show the numbers."""
    return reply({"status": "ok", "numbers": numbers_json(View("nb").words)})


def readyz() -> Response:
    """200 when questions are answered, 503 when only the numbers are."""
    ready = engine().ready
    return reply({"ready": ready, "numbers": numbers_json(View("nb").words)}, 200 if ready else 503)
