"""What the commands share: kinds of arguments, the option for more content, and how errors are told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any, TypeVar

import click

from assistant.errors import AssistantError

Command = TypeVar("Command", bound=Callable[..., Any])

FOLDER = click.Path(exists=False, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DATE = click.DateTime(["%Y-%m-%d"])


def corpus_option(command: Command) -> Command:
    """`--corpus DIR`, repeatable: content to add to the embedded corpus."""
    text = "Add the documents of this folder to the corpus; may be repeated."
    return click.option("--corpus", "corpora", type=FOLDER, multiple=True, help=text)(command)


def reports_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Our own errors become one message on standard error and exit code 2."""

    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except AssistantError as error:
            click.echo(f"assistant: {error}", err=True)
            sys.exit(2)

    return update_wrapper(run, command)
