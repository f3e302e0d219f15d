"""The files of a set that have to be made first: cut clips, single frames, and copies of what is elsewhere."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

from recaption.clip import Clip
from recaption.errors import DecodeError
from recaption.export.items import Made
from recaption.storage import at_hand
from recaption.video.sample import At
from recaption.video.workers import DecodePool

FRAME_SUFFIX = ".jpg"
QUALITY = 95
"""Of a JPEG; above it files grow and pictures hardly get better (Pillow's documentation of its JPEG writer)."""

JOBS = min(16, os.cpu_count() or 1)
DEADLINE = 600.0
"""Seconds for one file. Spans that trainers want last some seconds and take about as long to cut; what hangs ends."""


@dataclass(frozen=True)
class Job:
    """A file to make.

    Attributes:
        key: what the caller knows it by.
        clip: whose file it is.
        made: how.
        dest: the file.
        time: of a frame, in seconds from the start of the clip.
    """

    key: int
    clip: Clip
    made: Made
    dest: Path
    time: float | None = None


def make(jobs: Iterable[Job], refuse: Callable[[int, str], object]) -> None:
    """Make files in several processes; `refuse` is told of each that cannot be had, and why.

    Raises:
        RunError: a file cannot be written, or no process can be started.
    """
    asyncio.run(_make(iter(jobs), refuse))


async def _make(jobs: Iterator[Job], refuse: Callable[[int, str], object]) -> None:
    async with DecodePool(JOBS, DEADLINE) as pool:
        await asyncio.gather(*(_take(jobs, pool, refuse) for _ in range(JOBS)))


async def _take(jobs: Iterator[Job], pool: DecodePool, refuse: Callable[[int, str], object]) -> None:
    for job in jobs:
        try:
            await _MAKERS[job.made](job, pool)
        except DecodeError as error:
            refuse(job.key, error.detail)


async def _cut(job: Job, pool: DecodePool) -> None:
    await pool.cut(job.clip, job.dest)


async def _frame(job: Job, pool: DecodePool) -> None:
    assert job.time is not None
    (frame,) = await pool.decode(job.clip, At((job.time,)))
    _, data = cv2.imencode(FRAME_SUFFIX, frame.rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    job.dest.write_bytes(data.tobytes())


async def _copy(job: Job, pool: DecodePool) -> None:
    def copy() -> None:
        with at_hand(job.clip, as_file=True) as path:
            shutil.copyfile(path, job.dest)

    await asyncio.to_thread(copy)


_MAKERS: dict[Made, Callable[[Job, DecodePool], Awaitable[None]]] = {"cut": _cut, "frame": _frame, "copy": _copy}
