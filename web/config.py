"""What an installation can choose: environment variables -> one frozen Config. web/README.md holds the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, FilePath, NonNegativeInt, ValidationError, model_validator

from assistant import UsageError

TELLING = re.compile(r"vold(?!a\b)|vald(?!res|emar)|krise|overgrep|mishand|violen|abuse|crisis|shelter", re.IGNORECASE)
"""Words that tell a bystander the subject. Names, addresses and titles are checked against them at start."""

ORIGIN = re.compile(r"^https?://[a-z0-9.*-]+(:\d+)?$")
PREFIX = "ASSISTANT_"


class ConfigError(UsageError):
    """A variable cannot be used; the text names it, says what is wrong and what to write."""


def _listed(value: object) -> object:
    return tuple(part.rstrip("/") for part in re.split(r"[,\s]+", value) if part) if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Several in one variable, with spaces or commas between them."""


class Config(BaseModel):
    """The settings of one server. The defaults are safe: nobody may frame it, only this machine may ask."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True)

    hosts: Listed = ("localhost", "127.0.0.1", "[::1]")
    public_url: str = ""
    name: str = ""
    frame_ancestors: Listed = ()
    leave_url: str = "https://snl.no/"
    maintenance: bool = False
    questions_per_minute: NonNegativeInt = 60
    proxies: NonNegativeInt = 0
    theme: FilePath | None = None
    statement_url: str = ""
    development: bool = False

    @model_validator(mode="after")
    def _usable(self) -> Self:
        """Raises ConfigError for an address that is none, and for a word that tells the subject."""
        for origin in self.frame_ancestors:
            if not ORIGIN.match(origin):
                raise ConfigError(
                    f"ASSISTANT_FRAME_ANCESTORS: «{origin}» is no origin. Write https://www.gol.kommune.no"
                )
        if not self.leave_url.startswith("https://") and not self.development:
            raise ConfigError("ASSISTANT_LEAVE_URL must begin with https://")
        if found := TELLING.search(f"{self.name} {self.public_url} {self.leave_url} {' '.join(self.hosts)}"):
            raise ConfigError(f"Name and addresses must be neutral, and «{found[0]}» is not. Choose another word.")
        return self


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


def from_environment(environ: Mapping[str, str]) -> Config:
    """The Config that the variables ask for. Raises ConfigError naming each variable that cannot be used."""
    given = {
        field: environ[variable(field)] for field in Config.model_fields if environ.get(variable(field), "").strip()
    }
    try:
        return Config.model_validate(given)
    except ValidationError as error:
        wrong = "\n".join(f"{variable(str(fault['loc'][0]))}: {fault['msg']}." for fault in error.errors())
        raise ConfigError(f"{wrong}\nThe table in web/README.md tells what each of them takes.") from None
