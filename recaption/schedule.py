"""Clips in, rows out: the only scheduler.

Each clip is one coroutine that does the work and puts its row into the store. What they hold is bounded by how many run
side by side, not by how many clips there are.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from recaption.clip import Clip
from recaption.errors import RecaptionError
from recaption.store import CAPTIONED, FAILED, Store
from recaption.verdicts import REJECTED

CHUNK = 64
"""Jobs that are taken from the source at a time, in a thread, so that a slow disk does not hold up the others."""


@dataclass(frozen=True)
class Job:
    """A clip, and what puts its row into the store; it gives the reason where that is one of a failure."""

    clip: Clip
    do: Callable[[], Awaitable[str | None]]


@dataclass
class Tally:
    """How far a run is.

    Attributes:
        captioned: clips that got their row in this run.
        failed: clips that failed in this run, by reason.
        captioned_before, failed_before: clips that had it already and were left alone.
        rejected_before: the same, of clips whose caption a person rejected.
        left: clips that were never tried and that `retry_failed` leaves out.
    """

    captioned: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    captioned_before: int = 0
    failed_before: int = 0
    rejected_before: int = 0
    left: int = 0

    @property
    def done(self) -> int:
        """Clips that this run has finished."""
        return self.captioned + self.failed.total()

    @property
    def passed_over(self) -> int:
        """Clips that needed no work, or were not asked for."""
        return self.captioned_before + self.failed_before + self.rejected_before + self.left


async def work_off(
    jobs: Iterable[Job], store: Store, tally: Tally, places: asyncio.Semaphore, *, retry_failed: bool = False
) -> None:
    """Do every job whose clip the store does not hold yet.

    Args:
        jobs: read a few at a time, in another thread. A clip that comes twice is done once.
        tally: counted up while the work goes on; a clip counts once its row is written.
        places: one for each clip in flight.
        retry_failed: take the clips that failed before, and no others.

    Raises:
        RecaptionError: from a job, and all others are given up.
    """
    try:
        await _Work(store, tally, places, retry_failed).all(jobs)
    except BaseExceptionGroup as group:
        # One fault ends the run; the task group wraps it, even where it is the only one.
        fault = next((error for error in _leaves(group) if isinstance(error, RecaptionError)), None)
        raise fault or next(_leaves(group)) from None


class _Work:
    def __init__(self, store: Store, tally: Tally, places: asyncio.Semaphore, retry_failed: bool) -> None:
        self.store = store
        self.tally = tally
        self.places = places
        self.retry_failed = retry_failed
        self.in_flight: set[str] = set()

    async def all(self, jobs: Iterable[Job]) -> None:
        async with asyncio.TaskGroup() as group:
            async for job in _stream(jobs):
                if not self.is_wanted(job.clip):
                    continue
                self.in_flight.add(job.clip.id)
                await self.places.acquire()
                group.create_task(self.one(job))

    def is_wanted(self, clip: Clip) -> bool:
        if clip.id in self.in_flight:
            return False
        seen = self.store.seen(clip)
        if seen == CAPTIONED:
            self.tally.captioned_before += 1
            return False
        if seen == REJECTED:
            self.tally.rejected_before += 1
            return False
        if self.retry_failed:
            failed = self.store.failed(clip)
            self.tally.left += not failed
            return failed
        self.tally.failed_before += seen == FAILED
        return seen is None

    async def one(self, job: Job) -> None:
        """Do one job and count what came of it."""
        try:
            reason = await job.do()
        finally:
            self.in_flight.discard(job.clip.id)
            self.places.release()
        if reason:
            self.tally.failed[reason] += 1
        else:
            self.tally.captioned += 1


async def _stream(jobs: Iterable[Job]) -> AsyncIterator[Job]:
    iterator = iter(jobs)
    while chunk := await asyncio.to_thread(lambda: list(islice(iterator, CHUNK))):
        for job in chunk:
            yield job


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
