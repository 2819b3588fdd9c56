"""How many questions one address may ask in a minute, without keeping any address."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import Counter
from collections.abc import Callable


class Limiter:
    """Counts per minute and asker in memory. The asker is a hash whose salt is thrown away every day."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.time) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._day = self._minute = -1
        self._salt = b""
        self._counts: Counter[bytes] = Counter()

    def wait(self, address: str) -> int:
        """Seconds until this address may ask; 0 when it may now. Counts the question. 0 a minute means no limit."""
        now = self._clock()
        with self._lock:
            self._turn(int(now // 60), int(now // 86400))
            key = hashlib.blake2b(address.encode(), key=self._salt, digest_size=12).digest()
            self._counts[key] += 1
            over = self.per_minute and self._counts[key] > self.per_minute
        return 60 - int(now % 60) if over else 0

    def _turn(self, minute: int, day: int) -> None:
        if day != self._day:
            self._day, self._salt = day, os.urandom(16)
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()
