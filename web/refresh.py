"""Writes the last-resort files again after a change in corpus/helplines.yaml or texts.yaml: `python -m web.refresh`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

from assistant import EMBEDDED
from web.config import Config
from web.last_resort import NUMBERS_FILE, UNAVAILABLE_FILE, numbers_of, unavailable_page
from web.texts import load


def written(helplines: Path = EMBEDDED / "helplines.yaml") -> dict[Path, str]:
    """What the files must hold. Raises KeyError when a last-resort number is missing from the helplines."""
    numbers = numbers_of(yaml.safe_load(helplines.read_text(encoding="utf-8")))
    entries = [number._asdict() for number in numbers]
    return {
        NUMBERS_FILE: json.dumps(entries, ensure_ascii=False, indent=2) + "\n",
        UNAVAILABLE_FILE: unavailable_page(load(), numbers, Config().leave_url),
    }


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path}\n")
