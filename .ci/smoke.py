"""What an installed wheel must do: answer with a citation, find its own content without fault, ship its types, serve its page."""

from __future__ import annotations

from pathlib import Path

import assistant
from web import create_app

package = Path(assistant.__file__).parent
assert "site-packages" in package.parts, f"{package} is the source tree, not the installed wheel"
assert (package / "py.typed").exists(), "the wheel does not say that it is typed"

answer = assistant.Assistant.load().ask("Hva er avvergeplikt?", municipality="Gol")
assert answer.answered, answer.text
assert answer.citations, answer.text

page = create_app().test_client().get("/")
assert page.status_code == 200, page.status
