"""K6: leaving and clearing in the other two engines. What differs from Chromium is said on the safety page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browser_help import NEUTRAL, QUESTION, Site
from conftest import needed, run_server
from other_engines import ENTER, SHIFT, Firefox, WebKit, wait_for

from web.config import Config
from web.engine import Engine

TURNS = "document.querySelectorAll('.turn').length"


@pytest.fixture(scope="module")
def near(engine: Engine, host: Site) -> Iterator[str]:
    """A server whose leave link leads to the other site here: these engines cannot be given a page for an https address."""
    host.put("/leksikon", NEUTRAL)
    config = Config(leave_url=f"{host.address}/leksikon", development=True, questions_per_minute=0)
    address, stop = run_server(config, engine)
    yield address
    stop()


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def other(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "firefox":
        with Firefox(needed(("firefox-esr", "firefox"), "firefox-esr")) as running:
            yield running
    else:
        driver = needed(("WebKitWebDriver",), "webkit2gtk-driver")
        with WebKit(driver, needed(("Xvfb",), "xvfb")) as running:
            yield running


def arrive(other: Any, host: Site, near: str) -> None:
    other.go(host.put("/for", "<!doctype html><title>For</title>Siden for"))
    other.go(near + "/")
    wait_for(other, "!!document.getElementById('question')")


def ask(other: Any) -> None:
    other.js("document.getElementById('question').focus() || true")
    other.keys(QUESTION + ENTER)
    wait_for(other, "document.querySelectorAll('.answer').length > 0")


def test_K6_C7_clear_empties_the_page(other: Any, host: Site, near: str) -> None:
    arrive(other, host, near)
    ask(other)
    other.js("document.getElementById('clear').click() || true")
    assert other.js(TURNS) == 0
    assert other.js("document.getElementById('question').value") == ""
    assert other.js("document.getElementById('status').textContent") == "Siden er tømt."


def test_K6_D3_the_leave_link_replaces_our_page(other: Any, host: Site, near: str) -> None:
    arrive(other, host, near)
    ask(other)
    assert other.js("(document.getElementById('leave').click(), document.body.childElementCount)") == 0
    wait_for(other, "location.pathname === '/leksikon'")
    other.back()
    wait_for(other, "location.pathname === '/for'")


def test_K6_D4_shift_three_times_leaves(other: Any, host: Site, near: str) -> None:
    arrive(other, host, near)
    other.js("document.getElementById('question').focus() || true")
    other.keys(SHIFT * 2)
    assert other.js("document.getElementById('leave-status').textContent") == "Shift 2 av 3"
    other.keys(SHIFT)
    wait_for(other, "location.pathname === '/leksikon'")
    other.back()
    wait_for(other, "location.pathname === '/for'")


def test_K6_B5_nothing_is_stored(other: Any, host: Site, near: str) -> None:
    arrive(other, host, near)
    ask(other)
    stored = "[localStorage.length, sessionStorage.length, document.cookie, history.state, window.name, location.hash, location.search]"
    assert other.js(stored) == [0, 0, "", None, "", "", ""]


def test_K6_B4_back_shows_a_blank_page(other: Any, host: Site, near: str) -> None:
    """WebKit's driver gives no answer after going back to a page of ours (measured, WebKitGTK 2.50), so there only the
    emptying itself is seen."""
    arrive(other, host, near)
    ask(other)
    other.js("document.getElementById('question').focus() || true")
    other.keys("halvferdig")
    if isinstance(other, WebKit):
        other.js("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    else:
        other.go(host.put("/andre", NEUTRAL))
        other.back()
        wait_for(other, "location.pathname === '/' && !!document.getElementById('question')")
    assert other.js(f"[{TURNS}, document.getElementById('question').value]") == [0, ""]
