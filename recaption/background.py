"""An event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundLoop:
    """Runs coroutines for other threads until it is ended. Its thread holds up no interpreter that wants to end."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def end(self, last: Coroutine[Any, Any, None], within: float | None = None) -> None:
        """Cancel what runs, and end the loop and its thread after a last coroutine, whatever that raises.

        Args:
            within: seconds that are waited for it, None for any number. Its own thread does not wait.
        """
        ended = self.submit(self._end(last))
        if threading.current_thread() is self._thread:
            return
        self._thread.join(within)
        if ended.done():
            ended.result()

    def _run(self) -> None:
        self._loop.run_forever()
        self._loop.close()

    async def _end(self, last: Coroutine[Any, Any, None]) -> None:
        unfinished = asyncio.all_tasks() - {asyncio.current_task()}
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        try:
            await last
        finally:
            self._loop.call_soon(self._loop.stop)
