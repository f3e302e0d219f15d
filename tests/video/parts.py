"""Work for decode workers, which import it by its name."""

from __future__ import annotations

import time
from collections.abc import Callable


def slow(seconds: float, parts: int, alive: Callable[[], None]) -> int:
    """So many parts of so many seconds each."""
    for _ in range(parts):
        time.sleep(seconds)
        alive()
    return parts


def stuck(parts: int, alive: Callable[[], None]) -> None:
    """Some parts at once, and one that never ends."""
    slow(0, parts, alive)
    time.sleep(1000)
