"""A real Chromium, the real server, and a second site that plays the municipality's own page."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser_help import CHROMIUM_NAMES, FLAGS, OwnChromium, Site, neutral, start_site
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from assistant import Assistant
from web.app import create_app
from web.config import Config
from web.engine import Engine
from web.server import make_server


def needed(names: tuple[str, ...], package: str) -> str:
    """The path of a program. Its absence fails the test: nothing here is skipped."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            f"{names[0]} is not installed. Install it: apt-get update && apt-get install -y {package} "
            '(or leave these tests out with -m "not browser")',
            pytrace=False,
        )
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@contextmanager
def running_site() -> Iterator[Site]:
    site = Site()
    server = start_site(site, "localhost")
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def host() -> Iterator[Site]:
    """The municipality's site: another origin than ours, allowed to show the frame."""
    with running_site() as site:
        yield site


@pytest.fixture(scope="session")
def stranger() -> Iterator[Site]:
    """A site that may not show the frame."""
    with running_site() as site:
        yield site


@pytest.fixture(scope="session")
def engine(assistant: Assistant) -> Engine:
    return Engine(assistant)


def run_server(config: Config, engine: Engine) -> tuple[str, Callable[[], None]]:
    """Serve in a thread; the address, and how to end it."""
    server = make_server(create_app(config, engine), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def stop() -> None:
        server.stop()
        thread.join(5)

    return f"http://127.0.0.1:{server.effective_port}", stop


@pytest.fixture(scope="session")
def base(engine: Engine, host: Site) -> Iterator[str]:
    """Our server's address."""
    address, stop = run_server(Config(frame_ancestors=(host.address,), questions_per_minute=0), engine)
    yield address
    stop()


@pytest.fixture(scope="session")
def stopped_base(host: Site) -> Iterator[str]:
    """A server whose answers are off."""
    address, stop = run_server(Config(frame_ancestors=(host.address,)), Engine(None))
    yield address
    stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    return needed(CHROMIUM_NAMES, "chromium")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
    yield running
    running.close()


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Contexts in which every request to another origin than the machine's own is answered here.

    When the test ends, no page may have broken its content security policy.
    """
    opened: list[BrowserContext] = []
    broken: list[str] = []

    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        context.route(lambda url: not url.startswith(("http://127.0.0.1", "http://localhost")), neutral)
        context.on("console", lambda m: broken.append(m.text) if "Content Security Policy" in m.text else None)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert broken == []


@pytest.fixture
def context(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    return open_context(viewport={"width": 360, "height": 740})


@pytest.fixture
def page(context: BrowserContext, base: str) -> Page:
    """The front page on a small telephone."""
    found = context.new_page()
    found.goto(base + "/")
    found.wait_for_selector("#question")
    return found


@pytest.fixture
def own_chromium(playwright: Playwright, chromium: str) -> Iterator[Callable[..., OwnChromium]]:
    started: list[OwnChromium] = []

    def start(*flags: str) -> OwnChromium:
        profile = Path(tempfile.mkdtemp(prefix="profile-"))
        command = [
            chromium,
            "--headless",
            *FLAGS,
            *flags,
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            "about:blank",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = profile / "DevToolsActivePort"
        deadline = time.monotonic() + 20
        while not (port_file.exists() and port_file.read_text().strip()) and time.monotonic() < deadline:
            time.sleep(0.1)
        port = port_file.read_text().split()[0]
        own = OwnChromium(process, profile, playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}"))
        started.append(own)
        return own

    yield start
    for own in started:
        if own.process.poll() is None:
            own.kill()
        shutil.rmtree(own.profile, ignore_errors=True)


@pytest.fixture
def stalled_page(own_chromium: Callable[..., OwnChromium], base: str) -> Iterator[Page]:
    """The front page in a browser for which the page that leaving leads to accepts the call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        own = own_chromium(f"--host-resolver-rules=MAP snl.no:443 127.0.0.1:{silent.getsockname()[1]}")
        page = own.context.new_page()
        page.goto(base + "/")
        page.wait_for_selector("#question")
        yield page
        own.kill()  # closing would wait for the page that never comes
