"""The headers of every response, in one place."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from flask import Flask, Response, abort, current_app, request

from web.config import Config

PORT = re.compile(r":[0-9]+$")
FRAMED = "widget.frame"
CACHED = ("static_files", "widget.script_file", "widget.check_script")
FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)

FIXED = {
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-DNS-Prefetch-Control": "off",
}


def content_policy(ancestors: Iterable[str] = (), style_hash: str = "") -> str:
    """The content security policy; `ancestors` may show the page in a frame, `style_hash` allows one inline sheet."""
    style = f"'self' '{style_hash}'" if style_hash else "'self'"
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            f"style-src {style}",
            "img-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {' '.join(ancestors) or chr(39) + 'none' + chr(39)}",
        ]
    )


def style_hash(sheet: str) -> str:
    """The hash by which a policy allows exactly this inline style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()


def install(app: Flask, config: Config) -> None:
    """Set the headers on every response, errors included, and refuse unknown host names."""
    app.before_request(_refuse_unknown_host)
    app.after_request(_set_headers)


def _refuse_unknown_host() -> None:
    """400 for names that are not ours. Not Flask's TRUSTED_HOSTS, which reads `[::1]` as a name before a port."""
    config: Config = current_app.extensions["config"]
    name = PORT.sub("", request.host.lower())
    if not any(name == ours or (ours.startswith(".") and name.endswith(ours)) for ours in config.hosts):
        abort(400)


def _set_headers(response: Response) -> Response:
    config: Config = current_app.extensions["config"]
    good = response.status_code == 200
    cached = good and request.endpoint in CACHED
    for name, value in FIXED.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = response.headers.get("Cache-Control", "no-store") if cached else "no-store"
    if "Content-Security-Policy" not in response.headers:
        ancestors = ("'self'", *config.frame_ancestors) if good and request.endpoint == FRAMED else ()
        response.headers["Content-Security-Policy"] = content_policy(ancestors)
    return response
