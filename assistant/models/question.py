"""What is known of a question."""

from __future__ import annotations

from typing import Literal

Language = Literal["nb", "nn", "en"]
