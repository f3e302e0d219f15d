"""The files of a set that have to be made first: cut clips and single frames."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

from recaption.clip import Clip
from recaption.errors import DecodeError
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
        clip: the clip to cut, or the one that the frame is of.
        time: of the frame, in seconds from the start of the clip; None for a cut clip.
        dest: the file.
    """

    key: int
    clip: Clip
    time: float | None
    dest: Path


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
            if job.time is None:
                await pool.cut(job.clip, job.dest)
            else:
                (frame,) = await pool.decode(job.clip, At((job.time,)))
                _, data = cv2.imencode(FRAME_SUFFIX, frame.rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
                job.dest.write_bytes(data.tobytes())
        except DecodeError as error:
            refuse(job.key, error.detail)
