"""The Python API: captions of clips from inside another program."""

from __future__ import annotations

import asyncio
import os
import threading
import warnings
import weakref
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import pairwise
from math import inf
from typing import Any, Literal, Self

import numpy as np

from recaption import films, similarity
from recaption.background import BackgroundLoop
from recaption.caption import Options, asked_of, check_mode, showing_of
from recaption.clip import Caption, Clip, Failure, Frames
from recaption.command import chosen, settings_of
from recaption.engines import Engine
from recaption.engines.serving import Serving, load
from recaption.errors import ClipError, UsageError
from recaption.films import Films
from recaption.postfilter import PostFilter
from recaption.prompts import load as load_prompts
from recaption.run import Task, outcome
from recaption.store import MemoryStore
from recaption.video.album import shrink
from recaption.video.readers import Reader
from recaption.video.workers import DecodePool
from recaption.waiting import Waiting

FORGOTTEN_SECONDS = 10.0
"""How long the end of the interpreter waits for a Captioner that was not closed."""

OnError = Literal["return", "raise", "skip"]
Source = str | os.PathLike[str] | Clip | Frames | Reader
"""A path, a clip, frames in memory, or an open `decord.VideoReader` or `torchcodec.decoders.VideoDecoder`, of which the
frames are read that the mode takes. What hangs in a reader hangs; decoding from a path has a deadline."""


class Captioner:
    """Captions clips with one model, which stays loaded until `close`.

    The names and the defaults are those of `recaption caption`; see its help. Any thread may ask. Another process needs
    a Captioner of its own: a pickled one loads its model anew, and one that came over a fork refuses.

    Args:
        serving: the options about engines.
        on_error: what becomes of a clip without a caption: "return" gives a Failure in the place of its Caption,
            "raise" raises ClipError, "skip" leaves it out of streams and gives None for a single one.

    Raises:
        UsageError: options that do not go together.
        MissingExtra: a package is not installed.
        RunError: the model cannot be loaded, or the server cannot be reached.
    """

    def __init__(
        self,
        mode: str = "diffsw",
        model: str | None = None,
        *,
        context: str = "window",
        every: float = 2.0,
        max_frames: int = 64,
        frames: int = 16,
        keyframes: str = "uniform",
        keyframe_model: str | None = None,
        revision: str | None = None,
        serving: Serving | None = None,
        prompts: str = "default",
        max_tokens: int = 512,
        retries: int = 1,
        merge: str = "rules",
        without: Sequence[str] = (),
        budget: str | None = None,
        jobs: int = min(16, os.cpu_count() or 1),
        deadline: float = 120.0,
        decoder: str = "pyav",
        on_error: OnError = "return",
    ) -> None:
        self._given = {name: value for name, value in locals().items() if name not in ("self", "on_error")}
        self.on_error = on_error
        if on_error not in ("return", "raise", "skip"):
            raise UsageError(f'on_error={on_error!r}: say "return", "raise" or "skip"')
        self._options = Options.of(**self._given)
        common = self._options.common
        check_mode(self._options)
        postfilter = PostFilter.of(common.without, common.budget)
        self._prompts = load_prompts(prompts)
        self._pool = DecodePool(jobs, deadline, decoder)
        choice = chosen(model, revision, common.serving)
        alike_by = similarity.model_for(self._options, choice)
        self._engine = load(choice, common.serving, asked_of(self._options, self._prompts))
        self._settings = settings_of(common, postfilter, self._prompts, choice, self._engine)
        self._places = asyncio.Semaphore(self._settings.clips_in_flight)
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._closed = False
        self._loop = BackgroundLoop("recaption")
        self._finalizer = weakref.finalize(self, _forgotten, self._process, self._loop, self._pool, self._engine)
        try:
            self._films = Films(showing_of(self._options, self._prompts, self._engine, alike_by), self._pool)
        except BaseException:
            self._end()
            raise

    def __call__(self, source: Source) -> Caption | Failure | None:
        """The caption of one clip. Of frames in memory all are shown, or those that differ with `keyframes="similar"`,
        shrunk to what the model sees.

        Raises:
            ClipError: there is none, and `on_error` is "raise".
            RunError: the engine died.
        """
        with self._waiting() as waiting:
            self._add(waiting, source)
            (future,) = waiting.rest()
            return self._judged(future.result())

    def stream(self, sources: Iterable[Source], *, ordered: bool = True) -> Iterator[Caption | Failure]:
        """Captions of any number of clips, read as they are needed; what is in memory does not grow with their number.

        As many sources are read ahead as twice the clips in flight. A source must not wait for a caption of its own.

        Args:
            ordered: in the order of the sources; False gives each as it is finished.

        Raises:
            ClipError: a clip has none, and `on_error` is "raise".
            RunError: the engine died.
        """
        with self._waiting(ordered) as waiting:
            for source in sources:
                self._add(waiting, source)
                yield from self._told(waiting.due())
            yield from self._told(waiting.rest())

    async def astream(
        self, sources: Iterable[Source] | AsyncIterable[Source], *, ordered: bool = True
    ) -> AsyncIterator[Caption | Failure]:
        """As `stream`, for programs with an event loop of their own."""
        with self._waiting(ordered) as waiting:
            async for source in _async(sources):
                await asyncio.to_thread(self._add, waiting, source)
                async for told in self._atold(waiting.due()):
                    yield told
            async for told in self._atold(waiting.rest()):
                yield told

    def batch(self, rows: Mapping[str, Sequence[Any]], column: str = "path") -> dict[str, list[str]]:
        """For `datasets.Dataset.map(captioner.batch, batched=True)`: the columns caption, raw, flags and reason.

        All are text, since `datasets` takes a column's type from its first rows; flags have spaces between them.

        Args:
            column: holds the paths, or whatever else may be captioned.

        Raises:
            ClipError: a clip has no caption, and `on_error` is "raise"; otherwise its caption is "".
        """
        with self._waiting() as waiting:
            for source in rows[column]:
                self._add(waiting, source)
            told = [future.result() for future in waiting.rest()]
        if self.on_error == "raise":
            told = [each for each in map(self._judged, told) if each]
        captions = [each if isinstance(each, Caption) else each.caption for each in told]
        return {
            "caption": [each.text if isinstance(each, Caption) else "" for each in told],
            "raw": [each.raw if each else "" for each in captions],
            "flags": [" ".join(each.flags) if each else "" for each in captions],
            "reason": [each.reason if isinstance(each, Failure) else "" for each in told],
        }

    def close(self) -> None:
        """Let go of the models and the decoding processes; who still waits gets RunError. Closing twice is no error."""
        if self._process != os.getpid():
            return
        with self._lock:
            if self._closed:
                return
            self._end()
            self._films.showing = replace(self._films.showing, keyframes=None)

    def _end(self) -> None:
        self._closed = True
        self._finalizer.detach()
        self._loop.end(_let_go(self._pool, self._engine))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[partial[Captioner], tuple[()]]:
        return partial(Captioner, **self._given, on_error=self.on_error), ()

    def _waiting(self, ordered: bool = True) -> Waiting[Caption | Failure]:
        return Waiting(2 * self._settings.clips_in_flight, self._films.showing.frame_bytes, ordered)

    def _add(self, waiting: Waiting[Caption | Failure], source: Source) -> None:
        """Begin with a source. Frames that wait are as small as the model sees them, and do not fill the memory."""
        weight = 0
        if isinstance(source, Frames) and not _fault(source):
            source = replace(source, rgb=shrink(source.rgb, self._films.showing.longest))
            weight = source.rgb.nbytes
        if self._process != os.getpid():
            raise UsageError("this Captioner was made in another process: make one here")
        with self._lock:
            if self._closed:
                raise UsageError("this Captioner is closed")
            waiting.add(self._loop.submit(self._one(source)), weight)

    async def _one(self, source: Source) -> Caption | Failure:
        async with self._places:
            try:
                known = _known(source)
            except (TypeError, ValueError) as error:
                return Failure("row", f"{source!r} is no clip ({error})")
            clip = known if isinstance(known, Clip) else None
            task = Task(clip or Clip("frames in memory"), partial(self._films.tell, known))
            told = await outcome(task, self._settings, self._engine, MemoryStore())
        return replace(told, clip=clip)

    def _told(self, due: Iterator[Future[Caption | Failure]]) -> Iterator[Caption | Failure]:
        yield from filter(None, (self._judged(future.result()) for future in due))

    async def _atold(self, due: Iterator[Future[Caption | Failure]]) -> AsyncIterator[Caption | Failure]:
        for future in due:
            if told := self._judged(await asyncio.wrap_future(future)):
                yield told

    def _judged(self, told: Caption | Failure) -> Caption | Failure | None:
        if isinstance(told, Caption) or self.on_error == "return":
            return told
        if self.on_error == "raise":
            raise ClipError(told.reason, told.detail)
        return None


def _known(source: Source) -> films.Source:
    """Raises: TypeError, ValueError: it is no clip."""
    if isinstance(source, Frames):
        if fault := _fault(source):
            raise ValueError(fault)
        return source
    if isinstance(source, Reader):
        return source
    clip = source if isinstance(source, Clip) else Clip.of(source)
    if clip.size < 0 and not clip.fault:
        return replace(Clip.of(clip.path, clip.start, clip.end), text=clip.text, origin=clip.origin)
    return clip


def _fault(frames: Frames) -> str:
    """Why frames cannot be shown; "" where they can."""
    shape, dtype, times = frames.rgb.shape, frames.rgb.dtype, frames.times
    if dtype != np.uint8 or len(shape) != 4 or shape[-1] != 3 or not len(times) == shape[0] > 0:
        return f"{len(times)} times and {dtype} of shape {shape}, not uint8 of (times, height, width, 3)"
    if not all(before <= after for before, after in pairwise((0.0, *times, inf))):
        return f"times that are not in order from 0: {times}"
    return ""


async def _let_go(pool: DecodePool, engine: Engine) -> None:
    try:
        await pool.close()
    finally:
        await engine.close()


def _forgotten(process: int, loop: BackgroundLoop, pool: DecodePool, engine: Engine) -> None:
    """The end of a Captioner that nobody closed: let go of what it holds, in the process that made it."""
    if process != os.getpid():
        return
    warnings.warn("a Captioner was not closed: use it in a `with`, or call close()", ResourceWarning, stacklevel=2)
    # Late in the end of the interpreter nothing can be waited for in threads, and everything has been told to stop.
    with suppress(RuntimeError):
        loop.end(_let_go(pool, engine), FORGOTTEN_SECONDS)


async def _async(sources: Iterable[Source] | AsyncIterable[Source]) -> AsyncIterator[Source]:
    if isinstance(sources, AsyncIterable):
        async for source in sources:
            yield source
        return
    for source in sources:
        yield source
