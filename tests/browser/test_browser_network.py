"""E: what leaves the browser, and where it goes."""

from __future__ import annotations

from collections.abc import Callable

from browser_help import QUESTION, Site, ask, frame_of, widget_page
from playwright.sync_api import BrowserContext, Page


def test_E2_another_site_learns_no_referrer(context: BrowserContext, page: Page, base: str, host: Site) -> None:
    host.received.clear()
    page.evaluate(
        "address => { const a = document.createElement('a'); a.href = address; a.id = 'ut'; a.textContent = 'ut'; document.querySelector('main').prepend(a); }",
        host.address + "/mottaker",
    )
    page.locator("#ut").click()
    page.wait_for_url("**/mottaker")
    received = [headers for path, headers in host.received if path == "/mottaker"]
    assert received
    assert "Referer" not in received[0]
    host.received.clear()
    page.goto(host.put("/med", widget_page(base)))
    frame = frame_of(page)
    assert frame.evaluate("document.referrer") == ""


PATHS = (
    "/",
    "/vei/1",
    "/vei/1/1",
    "/kommuner",
    "/kilder",
    "/kilder/hallingdal-2021",
    "/tiltak",
    "/tiltak/oversikt",
    "/hjelp?kommune=gol",
    "/trygg",
    "/om",
    "/ansatt",
    "/installer",
    "/installer/prove",
)


def test_E3_E6_no_request_to_any_other_origin(open_context: Callable[..., BrowserContext], base: str) -> None:
    """The context's end also asserts that no page broke its policy."""
    context = open_context()
    foreign: list[str] = []
    context.on(
        "request", lambda request: None if request.url.startswith((base, "data:")) else foreign.append(request.url)
    )
    page = context.new_page()
    for path in PATHS:
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
    page.goto(base + "/")
    page.wait_for_selector("#question")
    ask(page, QUESTION)
    ask(page, "Hvor kan jeg ringe?")
    page.wait_for_timeout(500)
    assert foreign == []
