"""Firefox over WebDriver BiDi and WebKit over classic WebDriver, with just what leaving and clearing need."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

SHIFT = "\ue008"
ENTER = "\ue007"


class Engine(Protocol):
    """What a test asks of a browser."""

    def go(self, address: str) -> None: ...
    def back(self) -> None: ...
    def js(self, expression: str) -> Any: ...
    def keys(self, text: str) -> None: ...


def presses(text: str) -> list[dict[str, str]]:
    return [action for key in text for action in ({"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})]


def wait_for(engine: Engine, expression: str, seconds: float = 15) -> Any:
    """Until the expression is true in the page."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if value := engine.js(expression):
                return value
        except RuntimeError:
            pass  # the page is just being changed
        time.sleep(0.1)
    raise AssertionError(f"never true: {expression}")


class Process:
    """A program in a process group of its own, ended with all that it started."""

    def __init__(self, command: list[str], **environ: str) -> None:
        self.output = tempfile.TemporaryFile()  # noqa: SIM115  # closed in end()
        self.process = subprocess.Popen(
            command, stdout=self.output, stderr=self.output, env={**os.environ, **environ}, start_new_session=True
        )

    def said(self, pattern: str, seconds: float = 30) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.output.seek(0)
            if found := re.search(pattern, self.output.read().decode("utf-8", "replace")):
                return found[1]
            time.sleep(0.1)
        raise AssertionError(f"{self.process.args} never said {pattern}")

    def end(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.output.close()


class Firefox:
    def __init__(self, path: str) -> None:
        from websockets.sync.client import connect

        self._profile = tempfile.TemporaryDirectory(prefix="firefox-")
        command = [path, "--headless", "--remote-debugging-port=0", "--no-remote", "--profile", self._profile.name]
        self._process = Process(command, HOME=self._profile.name)
        address = self._process.said(r"WebDriver BiDi listening on (ws://\S+)")
        self._stack = ExitStack()
        self._socket = self._stack.enter_context(connect(f"{address}/session", max_size=None))
        self._numbers = itertools.count()
        self._send("session.new", capabilities={})
        self._tab = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def _send(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (message := json.loads(self._socket.recv(timeout=30))).get("id") != number:
            pass
        if message["type"] == "error":
            raise RuntimeError(message["message"])
        return message["result"]

    def go(self, address: str) -> None:
        self._send("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def back(self) -> None:
        self._send("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def js(self, expression: str) -> Any:
        script = f"JSON.stringify({expression})"
        found = self._send("script.evaluate", expression=script, target={"context": self._tab}, awaitPromise=True)
        if found["type"] != "success":
            raise RuntimeError(str(found))
        return json.loads(found["result"].get("value", "null"))

    def keys(self, text: str) -> None:
        self._send(
            "input.performActions", context=self._tab, actions=[{"type": "key", "id": "k", "actions": presses(text)}]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        self._process.end()
        self._profile.cleanup()


class WebKit:
    MINIBROWSER = next(
        iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), reverse=True)), Path("MiniBrowser")
    )

    def __init__(self, driver: str, screen: str) -> None:
        display = f":{os.getpid() % 500 + 100}"
        self._screen = Process([screen, display, "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._driver = Process(
            [driver, f"--port={port}"], DISPLAY=display, WEBKIT_DISABLE_COMPOSITING_MODE="1", LIBGL_ALWAYS_SOFTWARE="1"
        )
        self._address = f"http://127.0.0.1:{port}/session"
        options = {"binary": str(self.MINIBROWSER), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self._address += "/" + self._first(wanted)["sessionId"]

    def _first(self, wanted: dict[str, Any]) -> Any:
        for _ in range(100):
            try:
                return self._post("", wanted)
            except OSError:
                time.sleep(0.1)
        raise AssertionError("WebKitWebDriver did not answer")

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            self._address + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=40) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            with error:
                raise RuntimeError(error.read().decode()) from None

    def go(self, address: str) -> None:
        self._post("/url", {"url": address})

    def back(self) -> None:
        self._post("/back", {})

    def js(self, expression: str) -> Any:
        return self._post("/execute/sync", {"script": f"return {expression}", "args": []})

    def keys(self, text: str) -> None:
        self._post("/actions", {"actions": [{"type": "key", "id": "k", "actions": presses(text)}]})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._driver.end()
        self._screen.end()
