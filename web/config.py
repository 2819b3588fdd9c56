"""What an installation can choose: environment variables -> one frozen Config. web/README.md holds the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TELLING = re.compile(r"vold(?!a\b)|vald(?!res|emar)|krise|overgrep|mishand|violen|abuse|crisis|shelter", re.IGNORECASE)
"""Words that tell a bystander the subject. Names, addresses and titles are checked against them at start."""

ORIGIN = re.compile(r"^https?://[a-z0-9.*-]+(:\d+)?$")


class ConfigError(Exception):
    """A variable cannot be used; the text names it, says what is wrong and what to write."""


@dataclass(frozen=True)
class Config:
    """The settings of one server. The defaults are safe: nobody may frame it, only this machine may ask."""

    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    public_url: str = ""
    name: str = ""
    frame_ancestors: tuple[str, ...] = ()
    leave_url: str = "https://snl.no/"
    maintenance: bool = False
    questions_per_minute: int = 60
    proxies: int = 0
    theme: Path | None = None
    statement_url: str = ""
    development: bool = False

    def __post_init__(self) -> None:
        for origin in self.frame_ancestors:
            if not ORIGIN.match(origin):
                raise ConfigError(
                    f"ASSISTANT_FRAME_ANCESTORS: «{origin}» is no origin. Write https://www.gol.kommune.no"
                )
        if not self.leave_url.startswith("https://") and not self.development:
            raise ConfigError("ASSISTANT_LEAVE_URL must begin with https://")
        if found := TELLING.search(f"{self.name} {self.public_url} {self.leave_url} {' '.join(self.hosts)}"):
            raise ConfigError(f"Name and addresses must be neutral, and «{found[0]}» is not. Choose another word.")
        if self.theme is not None and not self.theme.is_file():
            raise ConfigError(
                f"ASSISTANT_THEME: no file at {self.theme}. Give the path of a style sheet, or leave it out."
            )


VARIABLES: Mapping[str, str] = {
    "ASSISTANT_HOSTS": "hosts",
    "ASSISTANT_PUBLIC_URL": "public_url",
    "ASSISTANT_NAME": "name",
    "ASSISTANT_FRAME_ANCESTORS": "frame_ancestors",
    "ASSISTANT_LEAVE_URL": "leave_url",
    "ASSISTANT_MAINTENANCE": "maintenance",
    "ASSISTANT_QUESTIONS_PER_MINUTE": "questions_per_minute",
    "ASSISTANT_PROXIES": "proxies",
    "ASSISTANT_THEME": "theme",
    "ASSISTANT_STATEMENT_URL": "statement_url",
    "ASSISTANT_DEVELOPMENT": "development",
}
"""Variable -> field of Config."""


def from_environment(environ: Mapping[str, str]) -> Config:
    """The Config that the variables ask for. Raises ConfigError naming the variable that cannot be used."""
    given = {field: _read(name, environ[name]) for name, field in VARIABLES.items() if environ.get(name, "").strip()}
    return Config(**given)


def _read(name: str, text: str) -> Any:
    field = VARIABLES[name]
    if field in ("hosts", "frame_ancestors"):
        return tuple(part.rstrip("/") for part in re.split(r"[,\s]+", text.strip()) if part)
    if field in ("maintenance", "development"):
        return text.strip().lower() in ("1", "true", "yes", "ja", "on")
    if field in ("questions_per_minute", "proxies"):
        return _number(name, text)
    return Path(text) if field == "theme" else text.strip()


def _number(name: str, text: str) -> int:
    if not text.strip().isdecimal():
        raise ConfigError(f"{name}: «{text}» is no whole number. Write for example 60.")
    return int(text)
