"""The coordinator's page as HTML: the same part in a file of its own and in the view for staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from assistant.owners.report import MATTERS, Finding, PlanReport

BAR, GAP, NAMES, LONGEST = 22, 8, 90, 420
"""Units of the picture: a bar's height, the room between two, the room for the years, and the longest bar."""


def part(found: PlanReport) -> str:
    """What stands under the page's own heading."""
    return "\n".join([*_plans(found), picture(found.deadlines), *_findings(found)])


def whole(found: PlanReport) -> str:
    """A page of its own, which needs no other file."""
    title = escape(f"Planoversikt: {found.place or 'alle kommuner'}, {found.today}")
    style = (
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#111}"
        "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;"
        "border-bottom:1px solid #bbb}svg{max-width:100%;height:auto}"
    )
    return (
        f'<!doctype html>\n<html lang="nb">\n<head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head>\n'
        f"<body>\n<main>\n<h1>{title}</h1>\n{part(found)}\n</main>\n</body>\n</html>\n"
    )


def _plans(found: PlanReport) -> Iterator[str]:
    yield "<ul>"
    for plan in found.plans:
        over = plan.valid_to is not None and plan.valid_to < found.today
        state = f"gikk ut {plan.valid_to}" if over else f"gjelder til {plan.valid_to or 'ikke oppgitt'}"
        yield f"<li>{escape(plan.title)}: {state}</li>"
    yield "</ul>"


def picture(deadlines: Mapping[str, tuple[int, int]]) -> str:
    """Measures by the year of their deadline as bars; the part that is past has a frame only. Each bar says its figures in words."""
    if not deadlines:
        return "<p>Planene har ingen tiltak som er registrert.</p>"
    most = max(due for due, _ in deadlines.values())
    height = len(deadlines) * (BAR + GAP)
    bars = "\n".join(
        _bar(place * (BAR + GAP), year, due, past, most) for place, (year, (due, past)) in enumerate(deadlines.items())
    )
    told = "; ".join(f"{year}: {_figures(due, past)}" for year, (due, past) in deadlines.items())
    width = NAMES + LONGEST + 130
    return (
        f'<figure>\n<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(told)}">\n{bars}\n</svg>\n'
        "<figcaption>Tiltak etter år for fristen. Bare ramme: fristen er passert.</figcaption>\n</figure>"
    )


def _bar(y: int, year: str, due: int, past: int, most: int) -> str:
    unit = LONGEST / most
    text = f'<text x="{{x}}" y="{y + BAR - 6}" font-size="14" fill="currentColor">{{words}}</text>'
    open_, left = (due - past) * unit, NAMES + past * unit
    frame = f'<rect x="{NAMES}" y="{y}" width="{past * unit:.1f}" height="{BAR}" fill="none" stroke="currentColor"/>'
    full = f'<rect x="{left:.1f}" y="{y}" width="{open_:.1f}" height="{BAR}" fill="currentColor"/>'
    return "".join(
        (
            text.format(x=0, words=escape(year)),
            frame if past else "",
            full if due > past else "",
            text.format(x=round(NAMES + due * unit + 8), words=escape(_figures(due, past))),
        )
    )


def _figures(due: int, past: int) -> str:
    return f"{due} tiltak" + (f", {past} passert" if past else "")


def _findings(found: PlanReport) -> Iterator[str]:
    several = len(found.plans) > 1
    for matter, heading in MATTERS.items():
        rows = found.of(matter)
        yield f"<details{' open' if rows and len(rows) < 12 else ''}><summary><h2>{heading} ({len(rows)})</h2></summary>"
        if rows:
            yield "<table><tbody>"
            yield from (_row(row, several) for row in rows)
            yield "</tbody></table>"
        yield "</details>"


def _row(row: Finding, several: bool) -> str:
    cells = [row.place or row.plan, row.detail, *([row.plan] if several and row.place else [])]
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
