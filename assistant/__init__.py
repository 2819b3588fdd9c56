"""Answers questions about violence in close relationships, every sentence cited, emergency numbers first.

    from assistant import Assistant
    assistant = Assistant.load()
    answer = assistant.ask("Hva gjør jeg ved mistanke om vold mot et barn?", municipality="Gol")

These are the public names; nothing else is promised. Each is imported when it is first used, so that `import assistant`
costs nothing and an alert never waits for the search engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.assistant import Assessed, Assistant, SearchResult, out_of_order
    from assistant.content.corpus import Corpus, read_corpus
    from assistant.content.files import EMBEDDED
    from assistant.content.helplines import card, for_municipality, open_now, shown
    from assistant.content.json_lines import json_lines
    from assistant.content.messages import Messages
    from assistant.content.municipalities import meant as meant_municipalities
    from assistant.content.schema import read_model
    from assistant.errors import AssistantError, CorpusError, Fault, UsageError
    from assistant.ingest import ingest as ingest_files
    from assistant.ingest import ingested
    from assistant.models import (
        Alert,
        Answer,
        Audience,
        Citation,
        Document,
        Draft,
        Helpline,
        HelplineCard,
        Language,
        Measure,
        Municipality,
        Passage,
        Procedure,
        Record,
    )
    from assistant.owners.baseline import record_baseline
    from assistant.owners.diff import content_of, difference, own_questions
    from assistant.owners.evaluation import evaluate
    from assistant.owners.fit import fit_opinion
    from assistant.owners.lint import lint as lint_corpus
    from assistant.owners.outline import Outline
    from assistant.owners.report import PlanReport
    from assistant.owners.report import report as plan_report
    from assistant.owners.report_page import part as report_part
    from assistant.owners.report_page import whole as report_page
    from assistant.owners.template import write_template
    from assistant.owners.verify import Ledger
    from assistant.owners.weights import fitted_part
    from assistant.rank import rank as rank_queries
    from assistant.reading import detect_language
    from assistant.rendering import render_alert, render_answer, render_explanation
    from assistant.safety import LAST_RESORT, Safety, assess
    from assistant.safety import current as current_safety

_HOME = {
    "Assessed": "assistant.assistant",
    "Assistant": "assistant.assistant",
    "SearchResult": "assistant.assistant",
    "out_of_order": "assistant.assistant",
    "Corpus": "assistant.content.corpus",
    "read_corpus": "assistant.content.corpus",
    "EMBEDDED": "assistant.content.files",
    "AssistantError": "assistant.errors",
    "CorpusError": "assistant.errors",
    "Fault": "assistant.errors",
    "UsageError": "assistant.errors",
    "content_of": "assistant.owners.diff",
    "difference": "assistant.owners.diff",
    "own_questions": "assistant.owners.diff",
    "evaluate": "assistant.owners.evaluation",
    "Outline": "assistant.owners.outline",
    "PlanReport": "assistant.owners.report",
    "plan_report": "assistant.owners.report:report",
    "report_part": "assistant.owners.report_page:part",
    "report_page": "assistant.owners.report_page:whole",
    "write_template": "assistant.owners.template",
    "Ledger": "assistant.owners.verify",
    "ingested": "assistant.ingest",
    "record_baseline": "assistant.owners.baseline",
    "card": "assistant.content.helplines",
    "for_municipality": "assistant.content.helplines",
    "json_lines": "assistant.content.json_lines",
    "open_now": "assistant.content.helplines",
    "shown": "assistant.content.helplines",
    "ingest_files": "assistant.ingest:ingest",
    "detect_language": "assistant.reading",
    "read_model": "assistant.content.schema",
    "lint_corpus": "assistant.owners.lint:lint",
    "fit_opinion": "assistant.owners.fit",
    "fitted_part": "assistant.owners.weights",
    "Messages": "assistant.content.messages",
    "Alert": "assistant.models",
    "Answer": "assistant.models",
    "Audience": "assistant.models",
    "Citation": "assistant.models",
    "Document": "assistant.models",
    "Draft": "assistant.models",
    "Helpline": "assistant.models",
    "HelplineCard": "assistant.models",
    "Language": "assistant.models",
    "Measure": "assistant.models",
    "Municipality": "assistant.models",
    "Passage": "assistant.models",
    "Procedure": "assistant.models",
    "Record": "assistant.models",
    "meant_municipalities": "assistant.content.municipalities:meant",
    "rank_queries": "assistant.rank:rank",
    "render_alert": "assistant.rendering",
    "render_answer": "assistant.rendering",
    "render_explanation": "assistant.rendering",
    "LAST_RESORT": "assistant.safety",
    "Safety": "assistant.safety",
    "assess": "assistant.safety",
    "current_safety": "assistant.safety:current",
}

__all__ = [
    "EMBEDDED",
    "LAST_RESORT",
    "Alert",
    "Answer",
    "Assessed",
    "Assistant",
    "AssistantError",
    "Audience",
    "Citation",
    "Corpus",
    "CorpusError",
    "Document",
    "Draft",
    "Fault",
    "Helpline",
    "HelplineCard",
    "Language",
    "Ledger",
    "Measure",
    "Messages",
    "Municipality",
    "Outline",
    "Passage",
    "PlanReport",
    "Procedure",
    "Record",
    "Safety",
    "SearchResult",
    "UsageError",
    "assess",
    "card",
    "content_of",
    "current_safety",
    "detect_language",
    "difference",
    "evaluate",
    "fit_opinion",
    "fitted_part",
    "for_municipality",
    "ingest_files",
    "ingested",
    "json_lines",
    "lint_corpus",
    "meant_municipalities",
    "open_now",
    "out_of_order",
    "own_questions",
    "plan_report",
    "rank_queries",
    "read_corpus",
    "read_model",
    "record_baseline",
    "render_alert",
    "render_answer",
    "render_explanation",
    "report_page",
    "report_part",
    "shown",
    "write_template",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    value = getattr(import_module(module), attribute or name)
    globals()[name] = value
    return value
