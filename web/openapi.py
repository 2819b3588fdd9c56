"""The description of the programming interface, built from the types that it uses."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

REFERENCE = "#/components/schemas/{model}"
NUMBERS = {"type": "array", "items": {"$ref": "#/components/schemas/Number"}}


def describe(ask: type[BaseModel], answer: type[BaseModel]) -> dict[str, Any]:
    """OpenAPI 3.1 for the addresses under /api."""
    schemas: dict[str, Any] = {"Number": _object(name="string", phone="string"), "Failure": _failure()}
    for model in (ask, answer):
        schema = model.model_json_schema(ref_template=REFERENCE)
        schemas |= schema.pop("$defs", {}) | {model.__name__: schema}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kommunal veiviser",
            "version": "1",
            "description": "Questions are never stored. Ask by POST only.",
        },
        "paths": _paths(),
        "components": {"schemas": schemas},
    }


def _paths() -> dict[str, Any]:
    language = _query("language", "nb, nn or en")
    municipality = _query("municipality", "short name, for example gol")
    return {
        "/api/ask": {"post": _ask()},
        "/api/helplines": {
            "get": _get("Helplines that may be shown to someone of the municipality", [municipality, language])
        },
        "/api/documents": {"get": _get("All documents", [])},
        "/api/municipalities": {"get": _get("All municipalities", [])},
        "/api/measures.csv": {
            "get": {
                "summary": "The measures as a table, filtered as on the page",
                "parameters": [
                    _query(name, "as in the page's links") for name in ("kommune", "plan", "ansvar", "frist")
                ],
                "responses": {"200": {"description": "A table", "content": {"text/csv": {}}}},
            }
        },
        "/api/overview.csv": {
            "get": {
                "summary": "What the coordinator's page of a municipality's plan shows, as a table",
                "parameters": [_query("kommune", "short name, for example gol")],
                "responses": {"200": {"description": "A table", "content": {"text/csv": {}}}},
            }
        },
        "/api/place": {
            "get": {
                "summary": "The block for a municipality, as HTML for our own page",
                "parameters": [_query("kommune", "short name, for example gol"), language],
                "responses": {"200": {"description": "A part of a page", "content": {"text/html": {}}}},
            }
        },
    }


def _ask() -> dict[str, Any]:
    failures = {
        str(status): _content("Failure", "Alert, if any, and numbers") for status in (400, 413, 415, 422, 429, 500, 503)
    }
    return {
        "summary": "Answer a question; `alert` is the first key and is sent before the search begins",
        "requestBody": {"required": True, **_body("Ask")},
        "responses": {"200": _content("Answer", "The answer"), **failures},
    }


def _get(summary: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "A JSON object with `numbers`"}},
    }


def _query(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}


def _content(model: str, text: str) -> dict[str, Any]:
    return {"description": text, **_body(model)}


def _body(model: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"$ref": REFERENCE.format(model=model)}}}}


def _failure() -> dict[str, Any]:
    found = _object(error="integer", message="string", detail="string")
    found["properties"] = {
        "alert": {"anyOf": [{"$ref": REFERENCE.format(model="Alert")}, {"type": "null"}]},
        **found["properties"],
    }
    found["properties"]["numbers"] = NUMBERS
    return found


def _object(**properties: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": kind} for name, kind in properties.items()}}
