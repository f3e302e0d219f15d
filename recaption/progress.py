"""How far a run is, for a person: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from time import monotonic

from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from recaption.errors import RecaptionError
from recaption.schedule import Tally

log = logging.getLogger(__name__)

BAR_SECONDS = 0.2
LINE_SECONDS = 10.0


@asynccontextmanager
async def shown_progress(
    tally: Tally, count: Callable[[], int | None], doing: str = "captioning"
) -> AsyncIterator[None]:
    """Show a tally on stderr until the block ends.

    Args:
        count: how many clips there are, None where nobody can say. It may take long: it runs in a thread, and what is
            known only from the total is shown once it is back.
        doing: what a bar is named.
    """
    total: list[int] = []

    def know_total() -> None:
        try:
            if (found := count()) is not None:
                total.append(found)
        except (OSError, RecaptionError) as error:
            log.warning("the clips could not be counted, so the time that is left is not known: %s", error)

    threading.Thread(target=know_total, daemon=True).start()
    showing = asyncio.create_task(_bar(tally, total, doing) if sys.stderr.isatty() else _lines(tally, total))
    try:
        with logging_redirect_tqdm() if sys.stderr.isatty() else nullcontext():
            yield
    finally:
        showing.cancel()
        with suppress(asyncio.CancelledError):
            await showing


async def _bar(tally: Tally, total: list[int], doing: str) -> None:
    with tqdm(unit="clip", desc=doing, dynamic_ncols=True) as bar:
        try:
            while True:
                _update(bar, tally, total)
                await asyncio.sleep(BAR_SECONDS)
        finally:
            _update(bar, tally, total)


def _update(bar: tqdm[None], tally: Tally, total: list[int]) -> None:
    bar.total = _to_do(tally, total)
    bar.set_postfix(failed=tally.failed.total(), refresh=False)
    bar.update(tally.done - bar.n)
    bar.refresh()


async def _lines(tally: Tally, total: list[int]) -> None:
    started = monotonic()
    while True:
        await asyncio.sleep(LINE_SECONDS)
        log.info(line(tally, _to_do(tally, total), monotonic() - started))


def line(tally: Tally, to_do: int | None, seconds: float) -> str:
    """One line: clips done and to do, failed, clips a second, time that is left."""
    rate = tally.done / seconds if seconds else 0.0
    parts = [f"{tally.done}{'' if to_do is None else f'/{to_do}'} clips", f"{tally.failed.total()} failed"]
    parts.append(f"{rate:.2f} clips/s")
    if to_do is not None and rate:
        parts.append(f"ETA {tqdm.format_interval((to_do - tally.done) / rate)}")
    return ", ".join(parts)


def _to_do(tally: Tally, total: list[int]) -> int | None:
    """Clips that this run has to finish, as far as is known."""
    return max(total[0] - tally.passed_over, tally.done) if total else None
