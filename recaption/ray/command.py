"""`recaption ray`: from its options to parts in a folder or behind a URL.

The captions come back to this process, some kilobytes a clip, and it alone writes: what a replica did twice, because
another one or its machine died, is written once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import re
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

import numpy as np
import ray
import ray.data
from ray.data import DataContext
from ray.data.exceptions import SystemException

from recaption import errors, sources, urls
from recaption.caption import Options
from recaption.command import ALL_CAPTIONED, SOME_FAILED, report
from recaption.errors import RunError
from recaption.parts import Parts
from recaption.progress import shown_progress
from recaption.ray.pipeline import Pipeline
from recaption.ray.source import Clips, Wanted
from recaption.schedule import Tally

log = logging.getLogger(__name__)

_OURS = re.compile(rf"^{re.escape(errors.__name__)}\.\w+: (.*)$", re.MULTILINE)

PART_ROWS = 1000
PART_SECONDS = 60.0
"""A part is written when so many rows have come, or when the first of them is so old: what a crash loses."""


@dataclass(frozen=True)
class Cluster:
    """The options about Ray.

    Attributes:
        address: of a cluster; None for that of RAY_ADDRESS, else one on this machine for as long as the run takes.
        replicas, gpus, decode_cpus: see `recaption.ray.caption`.
    """

    address: str | None
    replicas: int
    gpus: float | None
    decode_cpus: int | None

    def connect(self) -> None:
        """Raises: RunError: there is no such cluster."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        # Its last word is ours to say.
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)
        warnings.filterwarnings("ignore", module="ray.data")
        address = self.address or os.environ.get("RAY_ADDRESS")
        quiet: dict[str, Any] = {"logging_level": logging.ERROR}
        if not address:
            cores = os.cpu_count() or 1
            cpus = self.replicas + (self.decode_cpus or cores) + 1
            quiet |= {"num_cpus": cpus, "include_dashboard": False}
        try:
            ray.init(address or "local", **quiet)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise RunError(f"Ray at {address or 'this machine'}: {error}") from None


def run(options: Options, out: str, cluster: Cluster) -> int:
    """Caption clips and return the exit status: ALL_CAPTIONED or SOME_FAILED.

    Raises:
        UsageError: wrong options.
        RunError: the run could not start or go on; what was finished is in the parts, but for the latest.
        KeyboardInterrupt: somebody stopped it; what was finished is in the parts.
    """
    sources.check(options.inputs, options.columns)
    cluster.connect()
    try:
        pipeline = Pipeline(options, cluster.replicas, cluster.gpus, cluster.decode_cpus)
        with closing(Parts(out, pipeline.work.fingerprint)) as parts:
            tally, idle = asyncio.run(_work(options, pipeline, parts))
    finally:
        ray.shutdown()
    report(tally, out)
    if idle.seconds:
        log.info("idle share of the engines: %.1f%%", 100 * idle.share)
    return SOME_FAILED if tally.failed or tally.failed_before else ALL_CAPTIONED


@dataclass
class Idle:
    """How much the replicas lay idle, from each one's first question until it got its last clips.

    Attributes:
        seconds: idle ones and all, by replica.
    """

    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)

    def note(self, replica: str, idle: float, seconds: float) -> None:
        if seconds >= self.seconds.get(replica, (0.0, 0.0))[1]:
            self.seconds[replica] = idle, seconds

    @property
    def share(self) -> float:
        all_seconds = sum(seconds for _, seconds in self.seconds.values())
        return sum(idle for idle, _ in self.seconds.values()) / all_seconds if all_seconds else 0.0


async def _work(options: Options, pipeline: Pipeline, parts: Parts) -> tuple[Tally, Idle]:
    retry = options.common.retry_failed
    tally, idle = Tally(captioned_before=len(parts.captioned)), Idle()
    tally.failed_before = 0 if retry else len(parts.failed)
    writing = _Writing(parts, tally)
    async with shown_progress(tally, partial(_count, options, parts)):
        await _written(iter(_packed(options, pipeline, parts).iter_rows()), writing, idle)
    parts.settle()
    tally.failed_before = parts.failed_before()
    return tally, idle


async def _written(rows: Iterator[dict[str, Any]], writing: _Writing, idle: Idle) -> None:
    """Write what the replicas packed, as it comes; see `replica.Replica`."""
    coming = _next(rows)
    try:
        while True:
            await asyncio.wait([coming], timeout=writing.seconds_left())
            if not coming.done():
                writing.flush()
            elif (row := await coming) is None:
                return
            else:
                idle.note(row["replica"], row["idle"], row["seconds"])
                writing.add(pickle.loads(row["rows"]))
                coming = _next(rows)
    except (ray.exceptions.RayError, SystemException) as error:
        # Ray keeps the words of what was raised in another process, with pages around them.
        ours = _OURS.search(str(error))
        raise RunError(ours[1] if ours else f"Ray gave up: {error}") from None
    except (asyncio.CancelledError, RunError):
        # The thread waits for the next block, and the end of the program for the thread.
        coming.cancel()
        ray.shutdown()
        raise
    finally:
        writing.flush()


def _next(rows: Iterator[dict[str, Any]]) -> asyncio.Task[dict[str, Any] | None]:
    return asyncio.create_task(asyncio.to_thread(next, rows, None))


def _packed(options: Options, pipeline: Pipeline, parts: Parts) -> ray.data.Dataset:
    retry = options.common.retry_failed
    done = parts.captioned.all() if retry else np.union1d(parts.captioned.all(), parts.failed.all())
    wanted = Wanted(ray.put(done), ray.put(parts.failed_places().all()) if retry else None)
    # Other processes work in other folders.
    inputs = [urls.absolute(path) for path in options.inputs]
    clips = Clips(inputs, options.columns, wanted, pipeline.block, options.common.limit)
    context = DataContext.get_current().copy()
    context.enable_progress_bars = False
    # A row of ours is a block, however small it is.
    context.target_max_block_size = 1
    with DataContext.current(context):
        dataset = ray.data.read_datasource(clips, num_cpus=0, override_num_blocks=len(clips.shares))
        return pipeline.captions(dataset, packed=True)


def _count(options: Options, parts: Parts) -> int | None:
    if options.common.retry_failed:
        return len(parts.captioned) + len(parts.failed)
    found = sources.count(options.inputs, None, options.columns)
    return found if found is None or options.common.limit is None else min(found, options.common.limit)


class _Writing:
    """Rows become parts."""

    def __init__(self, parts: Parts, tally: Tally) -> None:
        self._parts = parts
        self._tally = tally
        self._rows: list[dict[str, Any]] = []
        self._since = 0.0

    def add(self, rows: list[dict[str, Any]]) -> None:
        if not self._rows:
            self._since = monotonic()
        self._rows += rows
        if len(self._rows) >= PART_ROWS:
            self.flush()

    def seconds_left(self) -> float | None:
        """Until what is there must be written; None where there is nothing."""
        return max(0.0, self._since + PART_SECONDS - monotonic()) if self._rows else None

    def flush(self) -> None:
        rows, self._rows = self._rows, []
        for row in self._parts.add(rows):
            if "reason" in row:
                self._tally.failed[row["reason"]] += 1
            else:
                self._tally.captioned += 1
