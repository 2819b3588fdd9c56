"""What the browser tests share: the questions they ask, a small web site, and a Chromium with a profile of its own."""

from __future__ import annotations

import http.server
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
QUESTION = "Hva gjør jeg ved mistanke om vold mot et barn?"
ACUTE = "Han står utenfor døren med kniv nå"
LEAVE = "https://snl.no/"
NEUTRAL = "<!doctype html><title>Leksikon</title><h1>Leksikon</h1>"


@dataclass
class Site:
    """A small web site: pages by path, and what it has received."""

    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    received: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    def put(self, path: str, html: str, **headers: str) -> str:
        self.pages[path] = (html, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.address + path


def start_site(site: Site, name: str) -> http.server.ThreadingHTTPServer:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.received.append((self.path, dict(self.headers.items())))
            html, headers = site.pages.get(self.path.split("?")[0], (NEUTRAL, {}))
            body = html.encode()
            self.send_response(200)
            for key, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://{name}:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@dataclass
class Held:
    """Requests that are never answered: a stalled network."""

    routes: list[Route] = field(default_factory=list)

    def hold(self, route: Route) -> None:
        self.routes.append(route)

    def release(self) -> None:
        for route in self.routes:
            route.abort()


def neutral(route: Route) -> None:
    route.fulfill(body=NEUTRAL, content_type="text/html")


def ask(page: Any, question: str) -> None:
    """Ask and wait for the answer. `page` may be a frame."""
    turns = page.locator(".turn").count()
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    page.locator(".turn").nth(turns).locator(".answer, .late").wait_for()


def frame_of(page: Page, number: int = 0) -> Frame:
    """The guide's frame on a host page, loaded."""
    page.wait_for_function("n => document.querySelectorAll('faq-assistant').length > n", arg=number)
    page.locator("faq-assistant").nth(number).locator("iframe").wait_for()
    for _ in range(100):
        found = [frame for frame in page.frames if "/widget/ramme" in frame.url]
        if len(found) > number and found[number].locator("#question").count():
            return found[number]
        page.wait_for_timeout(50)
    raise AssertionError("the frame was not shown")


def widget_page(base: str, inside: str = "", attributes: str = "", head: str = "", body: str = "") -> str:
    """A host page with the guide in it, opened."""
    return (
        f'<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Kommunen</title>{head}</head><body>'
        f'<h1>Kommunen</h1><input id="host-field"><faq-assistant data-open {attributes}>{inside}</faq-assistant>{body}'
        f'<script src="{base}/widget/v1.js" defer></script></body></html>'
    )


@dataclass
class OwnChromium:
    """A Chromium started as a person starts it, with its profile on disk and its back/forward cache on."""

    process: subprocess.Popen[bytes]
    profile: Path
    browser: Browser

    @property
    def context(self) -> BrowserContext:
        return self.browser.contexts[0]

    def close(self) -> None:
        """Close it as the window's cross does, and wait for it to end."""
        session = self.browser.new_browser_cdp_session()
        session.send("Browser.close")
        self.process.wait(20)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)
