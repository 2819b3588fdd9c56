"""The pages. All of them work without script, from links alone; no address holds anything that a person typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, g, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from assistant import Answer, Assessed, Audience, HelplineCard, PlanReport, plan_report, report_part
from web.library import Library, code
from web.live import served
from web.view import ROLES, View, cards, engine, library, render, today, view

blueprint = Blueprint("pages", __name__)
Page = Callable[..., str]

FIRST: Mapping[str, Sequence[str]] = {
    "victim": ("crisis_shelter", "national_helpline", "sexual_assault_centre", "police"),
    "relative": ("national_helpline", "child_welfare", "child_helpline", "police"),
    "child": ("child_helpline", "child_welfare", "web_resource"),
    "staff": ("child_welfare", "national_helpline", "police", "crisis_shelter"),
    "perpetrator": ("perpetrator_help", "family_counselling", "mental_health"),
}
"""Kinds of helplines in the order in which a role's page shows them; the others that fit come after."""


COLUMNS = ("title", "responsible", "partners", "target", "deadline")
"""What the table of measures shows of each, after its plan and number."""


def page(path: str) -> Callable[[Page], Page]:
    """A page in bokmål at the path, and under /nn and /en in the other languages."""

    def register(function: Page) -> Page:
        blueprint.add_url_rule(path, view_func=function, defaults={"language": "nb"})
        blueprint.add_url_rule(f"/<any(nn, en):language>{path}", view_func=function)
        return function

    return register


def content() -> Library:
    """The content; 503 with the numbers when it could not be read."""
    found = library()
    if found is None:
        abort(503)
    return found


@page("/")
def home(language: str) -> str:
    seen = view(language)
    return render("home.html", seen, audience="", examples=examples(seen))


def examples(seen: View) -> list[str]:
    """Three ready-made questions, of those who ask most."""
    return [topics(name)[0][seen.language] for name in ROLES[:3]]


@page("/vei/<int(min=1):number>")
def role(language: str, number: int) -> str:
    """A way in: the questions that many in this role have, and whom they can contact."""
    seen, name = view(language), role_of(number)
    return render("role.html", seen, name=name, number=number, topics=topics(name), helplines=contacts(seen, name)[:6])


@page("/vei/<int(min=1):number>/<int(min=1):topic>")
def topic(language: str, number: int, topic: int) -> str:
    """The answer to one ready-made question."""
    seen, name = view(language), role_of(number)
    ready_made = topics(name)
    if topic > len(ready_made):
        abort(404)
    chosen = ready_made[topic - 1]
    answer = answer_of(chosen, seen, name)
    return render(
        "topic.html", seen, name=name, number=number, question=chosen[seen.language], answer=answer, question_id=topic
    )


def role_of(number: int) -> Audience:
    if number > len(ROLES):
        abort(404)
    return ROLES[number - 1]


def topics(name: str) -> Sequence[Mapping[str, Any]]:
    """The ready-made questions of a role."""
    found: Mapping[str, Sequence[Mapping[str, Any]]] = current_app.extensions["topics"]
    return found[name]


def answer_of(topic: Mapping[str, Any], seen: View, audience: Audience) -> Answer:
    """The approved answer to a ready-made question, in the reader's language."""
    name = seen.municipality.name if seen.municipality else None
    assessed = Assessed.of(topic[seen.language], (), seen.language)
    return engine().answer(assessed, name, audience, topic["entry"])


def contacts(seen: View, audience: str) -> list[HelplineCard]:
    """Whom someone in this role can contact: what mostly helps first, and there the own municipality's first."""
    first = FIRST[audience]
    kinds = {line.id: line.kind for line in corpus.helplines} if (corpus := engine().corpus) else {}
    order = {kind: place for place, kind in enumerate(first)}
    found = cards(seen, lambda line: audience in line.audience or line.kind in first)
    return sorted(found, key=lambda card: order.get(kinds[card.id], len(order)))


@page("/kommuner")
def municipalities(language: str) -> str:
    """All municipalities as links, without script; each leads back to the page that one came from."""
    seen, counties = view(language), dict[str, list[Any]]()
    for municipality in sorted(content().corpus.municipalities, key=lambda m: m.name):
        counties.setdefault(municipality.county, []).append(municipality)
    endpoint, arguments = way_back(request.args.get("fra"), seen)

    def link(slug: str | None) -> str:
        return url_for(endpoint, **{**arguments, "kommune": slug})

    return render("municipalities.html", seen, counties=sorted(counties.items()), link=link)


def way_back(path: str | None, seen: View) -> tuple[str, Mapping[str, Any]]:
    """The page of ours at a path, as it is addressed; the front page for anything else. Only whole numbers are kept from it."""
    try:
        endpoint, arguments = current_app.url_map.bind("").match(path or "/")
    except HTTPException:
        endpoint, arguments = "", {}
    kept = {name: value for name, value in arguments.items() if name == "language" or isinstance(value, int)}
    if not endpoint.startswith("pages.") or kept.keys() != arguments.keys():
        return "pages.home", {"language": seen.language}
    return endpoint, kept


@page("/kilder")
def documents(language: str) -> str:
    content()
    return render("documents.html", view(language), today=today())


@page("/kilder/<address>")
def document(language: str, address: str) -> str:
    found = content().document(address)
    if found is None:
        abort(404)
    return render("document.html", view(language), document=found, address=address, today=today())


@page("/kilder/<address>/<place>")
def passage(language: str, address: str, place: str) -> str:
    """One passage, marked among those that stand under the same headings."""
    found, owner = content().passage(address, place), content().document(address)
    if found is None or owner is None:
        abort(404)
    return render("passage.html", view(language), passage=found, document=owner, address=address, today=today())


@page("/tiltak")
def measures(language: str) -> str:
    """All measures, or those that fit the choices; with a municipality its own plan is chosen until another is."""
    seen = view(language)
    facets, found = chosen_measures(seen)
    return render("measures.html", seen, measures=found, facets=facets, chosen=g.chosen, today=today())


def chosen_measures(seen: View) -> tuple[dict[str, list[Any]], list[Any]]:
    """The choices that there are, and the measures that fit the chosen ones, which are kept for links to the page."""
    own = content().plan_of(seen.municipality.name) if seen.municipality else ""
    plan = request.args.get("plan", own)
    facets = content().measure_facets(plan, first=own)
    asked = {"plan": plan, "ansvar": request.args.get("ansvar"), "frist": request.args.get("frist")}
    g.chosen = {name: listed(value, [key for key, *_ in facets[name]]) for name, value in asked.items()}
    return facets, content().chosen_measures(*(g.chosen[name] or "" for name in ("plan", "ansvar", "frist")))


@blueprint.get("/api/measures.csv")
def measures_table() -> Response:
    """The same measures as a table for a spreadsheet."""
    seen = view(request.args.get("language", "nb"))
    heads = (seen.words.filter_plan, "Nr", *(seen.words(f"measure_{name}") for name in COLUMNS))
    lines = io.StringIO()
    table = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    table.writerow(heads)
    for passage, measure in chosen_measures(seen)[1]:
        table.writerow(content().row_of(passage, measure))
    headers = {"Content-Disposition": "attachment; filename=tiltak.csv"}
    return Response("\ufeff" + lines.getvalue(), mimetype="text/csv", headers=headers)


@page("/tiltak/oversikt")
def overview(language: str) -> str:
    """What a coordinator should know of the plans of the chosen municipality, or of all."""
    seen = view(language)
    return render("overview.html", seen, report=Markup(report_part(reported(seen))))


@blueprint.get("/api/overview.csv")
def overview_table() -> Response:
    """The same as a table for a spreadsheet."""
    headers = {"Content-Disposition": "attachment; filename=oversikt.csv"}
    return Response("\ufeff" + reported(view()).csv(), mimetype="text/csv", headers=headers)


def reported(seen: View) -> PlanReport:
    """The report, made once a day for each municipality: it asks the assistant twenty questions."""
    found = served()
    assistant = found.engine.assistant
    if assistant is None:
        abort(503)
    key = (today(), seen.municipality.name if seen.municipality else None)
    if key not in found.reports:
        found.reports[key] = plan_report(assistant, *key)
    return found.reports[key]


def listed(value: str | None, known: Sequence[str]) -> str | None:
    """The value if it is on the list: nothing else from an address is shown or kept."""
    return value if value in known else None


@page("/hjelp")
def helplines(language: str) -> str:
    seen, corpus = view(language), content().corpus
    shown = cards(seen)
    kinds = {line.id: line.kind for line in corpus.helplines}
    present = list(dict.fromkeys(line.kind for line in corpus.helplines if line.id in {found.id for found in shown}))
    kind = next((name for name in present if code(name) == request.args.get("type")), "")
    g.chosen = {"type": code(kind) if kind else None}
    local = [found for found in shown if found.local]
    rest = shown if kind else [found for found in shown if not found.local]
    groups = [(name, [found for found in rest if kinds[found.id] == name]) for name in present if kind in ("", name)]
    return render("helplines.html", seen, groups=groups, kinds=present, kind=kind, local=local)


@page("/trygg")
def safety(language: str) -> str:
    return render("safety.html", view(language))


@page("/om")
def about(language: str) -> str:
    corpus = engine().corpus
    return render("about.html", view(language), version=corpus.version if corpus else "")


@page("/ansatt")
def staff(language: str) -> str:
    """The field, tasks with their answers, and procedures: those of the own plan first, the others folded."""
    seen, found = view(language), library()
    duties = found.duties if found else ()
    return render(
        "staff.html",
        seen,
        tasks=tasks(),
        procedures=procedures(seen, found),
        duties=duties,
        faults=current_app.extensions["live"].faults,
        audience="staff",
    )


def tasks() -> list[tuple[str, list[tuple[int, Mapping[str, Any]]]]]:
    """Staff's ready-made questions by task, each with its number in the list."""
    found: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for number, topic in enumerate(topics("staff"), 1):
        found.setdefault(topic["task"], []).append((number, topic))
    return list(found.items())


def procedures(seen: View, found: Library | None) -> list[tuple[str, list[Any], bool]]:
    """Heading, procedures for staff, and whether they are shown at once: the own municipality's, then all others."""
    listed = [pair for pair in found.procedures if not pair[1].audience or "staff" in pair[1].audience] if found else []
    name = seen.municipality.name if seen.municipality else ""
    own = [pair for pair in listed if found and name in found.document_of(pair[0]).municipalities]
    heading = seen.words("procedures_in", name=name)
    return [(heading, own, True), (seen.words.staff_procedures, [pair for pair in listed if pair not in own], False)]


@page("/ansatt/<address>")
def procedure(language: str, address: str) -> str:
    """A procedure as a card that can be printed."""
    found = content().procedure(address)
    if found is None:
        abort(404)
    passage, record = found
    return render("procedure.html", view(language), passage=passage, record=record, today=today())


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
