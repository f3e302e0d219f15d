"""The stage that captions: each actor runs the one scheduler over several blocks at a time with its own engine."""

from __future__ import annotations

import asyncio
import pickle
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import pyarrow as pa

from recaption import columns
from recaption.caption import Options, asked_of, showing_of
from recaption.clip import Caption, Clip, Frames, Question, Reply
from recaption.command import settings_of
from recaption.engines import Engine
from recaption.engines.choose import Choice
from recaption.engines.serving import load
from recaption.errors import DecodeError
from recaption.films import Films
from recaption.postfilter import PostFilter
from recaption.prompts import Prompts
from recaption.ray.blocks import Decoded, decoded_in
from recaption.run import run
from recaption.schedule import Tally
from recaption.store import Fingerprint, MemoryStore, caption_row, failure_row
from recaption.video.sample import Sampling


@dataclass(frozen=True)
class Work:
    """What every replica is told.

    Attributes:
        fingerprint: what the rows say of the run.
        alike_by: see `similarity.model_for`.
        packed: give one row for each block, with the rows of its clips pickled, and how much the engine lay idle; for
            `recaption.ray.command`.
    """

    options: Options
    choice: Choice
    prompts: Prompts
    fingerprint: Fingerprint
    alike_by: Choice | None = None
    packed: bool = False


class Replica:
    """One actor with its engine.

    Raises:
        RunError: the engine cannot be loaded, or it died.
    """

    def __init__(self, work: Work) -> None:
        options, common = work.options, work.options.common
        engine = load(work.choice, common.serving, asked_of(options, work.prompts))
        postfilter = PostFilter.of(common.without, common.budget)
        self.work = work
        self.settings = settings_of(common, postfilter, work.prompts, work.choice, engine)
        self.engine = Watched(engine, self.settings.clips_in_flight)
        self.places = asyncio.Semaphore(self.settings.clips_in_flight)
        # The frames are in Ray's object store already, which bounds them.
        showing = showing_of(options, work.prompts, engine, work.alike_by)
        self.showing = replace(showing, frame_bytes=sys.maxsize, decodes_in_flight=self.settings.clips_in_flight)
        self.name = uuid.uuid4().hex

    async def __call__(self, block: pa.Table) -> pa.Table:
        idle, seconds = self.engine.read()
        rows = await self._rows(block)
        if not self.work.packed:
            return columns.table(rows, columns.failures())
        packed = pickle.dumps(rows)
        return pa.table({"rows": [packed], "replica": [self.name], "idle": [idle], "seconds": [seconds]})

    async def _rows(self, block: pa.Table) -> list[dict[str, Any]]:
        decoded = {one.clip: one for one in decoded_in(block)}
        store = _Rows(decoded, self.work.fingerprint)
        tasks = Films(self.showing, _There(decoded)).tasks(decoded)
        await run(tasks, self.settings, self.engine, store, Tally(), self.places)
        return [store.rows[clip.id] for clip in decoded]


class Watched:
    """An engine, and how much of it lay idle since its first question.

    Args:
        places: how many questions it could have at a time, as every clip in flight has one.
    """

    def __init__(self, engine: Engine, places: int) -> None:
        self.model, self.clips_in_flight, self.longest = engine.model, engine.clips_in_flight, engine.longest
        self.fits, self.close = engine.fits, engine.close
        self._engine = engine
        self._places = places
        self._waiting = 0
        self._first: float | None = None
        self._latest = 0.0
        self._idle = 0.0

    async def ask(self, question: Question) -> Reply:
        self._count(1)
        try:
            return await self._engine.ask(question)
        finally:
            self._count(-1)

    def read(self) -> tuple[float, float]:
        """Seconds that its places stood empty, in the mean of them all, and seconds since its first question."""
        self._count(0)
        return self._idle, 0.0 if self._first is None else self._latest - self._first

    def _count(self, change: int) -> None:
        now = perf_counter()
        if self._first is None:
            if not change:
                return
            self._first = self._latest = now
        self._idle += (now - self._latest) * max(0, self._places - self._waiting) / self._places
        self._latest = now
        self._waiting += change


class _There:
    """A `films.Decoder` of what is decoded."""

    def __init__(self, decoded: Mapping[Clip, Decoded]) -> None:
        self._decoded = decoded

    async def decode(self, clip: Clip, sampling: Sampling, longest: int | None) -> Frames:
        frames = self._decoded[clip].frames
        if isinstance(frames, DecodeError):
            raise frames
        return frames


class _Rows(MemoryStore):
    """A store that keeps each clip's row.

    Attributes:
        rows: by the ids of their clips; a failure is one with a reason.
    """

    def __init__(self, decoded: Mapping[Clip, Decoded], run: Fingerprint) -> None:
        super().__init__()
        self.rows: dict[str, dict[str, Any]] = {}
        self._decoded = decoded
        self._run = run

    async def finish(self, clip: Clip, caption: Caption) -> None:
        self.rows[clip.id] = caption_row(clip, self._timed(clip, caption), self._run)

    async def fail(self, clip: Clip, reason: str, detail: str, caption: Caption | None = None) -> None:
        told = self._timed(clip, caption) if caption else None
        span = {"start": clip.start, "end": clip.end}
        self.rows[clip.id] = span | failure_row(clip, reason, detail, told, self._run)

    def _timed(self, clip: Clip, caption: Caption) -> Caption:
        return replace(caption, decode_seconds=self._decoded[clip].seconds)
