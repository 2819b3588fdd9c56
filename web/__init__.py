"""The web page, the programming interface and the widget, on top of what `assistant` exports."""

from __future__ import annotations

from web.app import create_app
from web.config import Config, ConfigError
from web.server import serve

__all__ = ["Config", "ConfigError", "create_app", "serve"]
