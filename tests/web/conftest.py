"""The web application on the real content, with settings that tests can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assistant import Assistant
from web.app import create_app
from web.config import Config
from web.engine import Engine

HOST = "https://www.gol.kommune.no"


@pytest.fixture(scope="session")
def engine(assistant: Assistant) -> Engine:
    return Engine(assistant)


@pytest.fixture
def make(engine: Engine) -> Callable[..., Flask]:
    """An application with these settings; `engine` may be another."""

    def made(engine: Engine = engine, **settings: Any) -> Flask:
        return create_app(Config(frame_ancestors=(HOST,), **settings), engine)

    return made


@pytest.fixture
def client(make: Callable[..., Flask]) -> Iterator[FlaskClient]:
    with make(questions_per_minute=0).test_client() as found:
        yield found


@pytest.fixture
def numbers_only(make: Callable[..., Flask]) -> FlaskClient:
    """A server whose content cannot be read."""
    return make(engine=Engine(None)).test_client()
