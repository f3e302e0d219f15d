"""The files of a set that have to be made first: cut clips, single frames, and copies of what is elsewhere."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import cv2

from recaption.clip import Clip
from recaption.errors import DecodeError
from recaption.export.items import Made
from recaption.storage import at_hand
from recaption.video.cut import aside
from recaption.video.sample import At, shown_at
from recaption.video.workers import DecodePool

FRAME_SUFFIX = ".jpg"
QUALITY = 95
"""Of a JPEG; above it files grow and pictures hardly get better (Pillow's documentation of its JPEG writer)."""

PROCESSES = min(16, os.cpu_count() or 1)
DEADLINE = 600.0
"""Seconds for one file. Spans that trainers want last some seconds and take about as long to cut; what hangs ends."""


@dataclass(frozen=True)
class File:
    """A file to make.

    Attributes:
        key: what the caller knows it by.
        dest: where it goes.
        time: of a frame, in seconds from the start of the clip.
    """

    key: int
    dest: Path
    time: float | None = None


@dataclass(frozen=True)
class Job:
    """Files to make of one clip: one, or any number of frames."""

    clip: Clip
    made: Made
    files: tuple[File, ...]


def make(jobs: Iterable[Job], refuse: Callable[[int, str], object], processes: int = PROCESSES) -> None:
    """Make files in several processes; `refuse` is told of each that cannot be had, and why.

    Raises:
        RunError: a file cannot be written, or no process can be started.
    """
    asyncio.run(_make(iter(jobs), refuse, processes))


async def _make(jobs: Iterator[Job], refuse: Callable[[int, str], object], processes: int) -> None:
    async with DecodePool(processes, DEADLINE) as pool:
        await asyncio.gather(*(_take(jobs, pool, refuse) for _ in range(processes)))


async def _take(jobs: Iterator[Job], pool: DecodePool, refuse: Callable[[int, str], object]) -> None:
    for job in jobs:
        try:
            await _MAKERS[job.made](job, pool)
        except DecodeError as error:
            if len(job.files) == 1:
                refuse(job.files[0].key, error.detail)
            else:
                # One damaged frame is no reason to lose the others.
                await _take((replace(job, files=(file,)) for file in job.files), pool, refuse)


async def _cut(job: Job, pool: DecodePool) -> None:
    (file,) = job.files
    try:
        await pool.cut(job.clip, file.dest)
    except DecodeError:
        aside(file.dest).unlink(missing_ok=True)
        raise


async def _frame(job: Job, pool: DecodePool) -> None:
    times = [cast(float, file.time) for file in job.files]
    frames = await pool.decode(job.clip, At(tuple(times)))
    for file, time in zip(job.files, times, strict=True):
        picture = frames.rgb[shown_at(frames.times, time)]
        _, data = cv2.imencode(FRAME_SUFFIX, picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        file.dest.write_bytes(data.tobytes())


async def _copy(job: Job, pool: DecodePool) -> None:
    (file,) = job.files

    def copy() -> None:
        with at_hand(job.clip, as_file=True) as path:
            try:
                shutil.copyfile(path, file.dest)
            except OSError as error:
                if error.filename == path:
                    raise DecodeError("missing", f"{job.clip.path}: {error.strerror}") from None
                raise

    await asyncio.to_thread(copy)


_MAKERS: dict[Made, Callable[[Job, DecodePool], Awaitable[None]]] = {"cut": _cut, "frame": _frame, "copy": _copy}
