"""How many requests a server bears side by side, found out by asking."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Lanes:
    """Room for some requests at a time: more while answers come, half after a refusal.

    Additive increase, multiplicative decrease, as TCP has it (Chiu and Jain, 1989). Requests that were under way when
    the room shrank do not shrink it again.

    Args:
        first: requests at a time in the beginning.
        most: requests at a time at most.
    """

    def __init__(self, first: int, most: int) -> None:
        self.limit = float(min(first, most))
        self._most = most
        self._used = 0
        self._round = 0
        self._freed = asyncio.Condition()

    @asynccontextmanager
    async def lane(self) -> AsyncIterator[int]:
        """Wait for room; gives the number of the round, for `refused`."""
        async with self._freed:
            await self._freed.wait_for(lambda: self._used < int(self.limit))
            self._used += 1
        try:
            yield self._round
        finally:
            self._used -= 1
            async with self._freed:
                self._freed.notify_all()

    def answered(self) -> None:
        self.limit = min(self._most, self.limit + 1 / self.limit)

    def refused(self, round_: int) -> None:
        if round_ == self._round:
            self._round += 1
            self.limit = max(1.0, self.limit / 2)
