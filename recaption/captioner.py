"""The Python API: captions of clips from inside another program."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np

from recaption.caption import Options, asked_of, check_mode, showing_of
from recaption.clip import Caption, Clip, Draft, Frames
from recaption.command import Common, chosen, settings_of
from recaption.engines.serving import Serving, load
from recaption.errors import ClipError, RecaptionError, RunError, UsageError
from recaption.films import Films
from recaption.modes import MODES
from recaption.modes.ask import Ask
from recaption.postfilter import PostFilter
from recaption.prompts import load as load_prompts
from recaption.run import Task, caption, lost
from recaption.store import MemoryStore
from recaption.video.workers import DecodePool

log = logging.getLogger(__name__)

OnError = Literal["return", "raise", "skip"]
Source = str | os.PathLike[str] | Clip | Frames


@dataclass(frozen=True)
class Failure:
    """A clip without a caption.

    Attributes:
        reason: a key of `recaption.errors.REASONS`.
        detail: what was wrong, for a person.
        caption: what the model said, where the post-filter left nothing of it.
        clip: the clip; None for frames in memory.
    """

    reason: str
    detail: str
    caption: Caption | None = None
    clip: Clip | None = None


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
        if (
            on_error not in ("return", "raise", "skip")
            or merge not in ("rules", "llm")
            or max_tokens < 1
            or retries < 0
        ):
            raise UsageError(f"on_error={on_error!r}, merge={merge!r}, max_tokens={max_tokens}, retries={retries}")
        common = Common(
            model=model,
            revision=revision,
            serving=serving or Serving(),
            out=Path(),
            prompts=prompts,
            max_tokens=max_tokens,
            retries=retries,
            merge=merge,
            without=tuple(without),
            budget=budget,
            limit=None,
            retry_failed=False,
            new_run=False,
            journal=None,
        )
        self._options = Options(
            inputs=(),
            common=common,
            mode=mode,
            context=context,
            every=every,
            max_frames=max_frames,
            frames=frames,
            jobs=jobs,
            deadline=deadline,
            decoder=decoder,
            shard=None,
            path_column="",
            text_column=None,
            start_column=None,
            end_column=None,
        )
        check_mode(self._options)
        postfilter = PostFilter.of(common.without, common.budget)
        self._prompts = load_prompts(prompts)
        self._pool = DecodePool(jobs, deadline, decoder)
        choice = chosen(model, revision, common.serving)
        self._engine = load(choice, common.serving, asked_of(self._options, self._prompts))
        self._settings = settings_of(common, postfilter, self._prompts, choice, self._engine)
        self._places = asyncio.Semaphore(self._settings.clips_in_flight)
        self._films = Films(showing_of(self._options, self._prompts, self._engine), self._pool)
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="recaption", daemon=True)
        self._thread.start()

    def __call__(self, source: Source) -> Caption | Failure | None:
        """The caption of one clip, or of frames in memory, which the model is shown as large as they are.

        Raises:
            ClipError: there is none, and `on_error` is "raise".
            RunError: the engine died.
        """
        future = self._submit(source)
        try:
            return self._judged(future.result())
        finally:
            _give_up([future])

    def stream(self, sources: Iterable[Source], *, ordered: bool = True) -> Iterator[Caption | Failure]:
        """Captions of any number of clips, read as they are needed; what is in memory does not grow with their number.

        As many sources are read ahead as twice the clips in flight. A source must not wait for a caption of its own.

        Args:
            ordered: in the order of the sources; False gives each as it is finished.

        Raises:
            ClipError: a clip has none, and `on_error` is "raise".
            RunError: the engine died.
        """
        waiting: deque[Future[Caption | Failure]] = deque()
        try:
            for source in sources:
                waiting.append(self._submit(source))
                while len(waiting) >= self._most_waiting or _has_next(waiting, ordered):
                    yield from self._next(waiting, ordered)
            while waiting:
                yield from self._next(waiting, ordered)
        finally:
            _give_up(waiting)

    async def astream(self, sources: Iterable[Source] | AsyncIterable[Source]) -> AsyncIterator[Caption | Failure]:
        """As `stream`, in the order of the sources, for programs with an event loop of their own."""
        waiting: deque[Future[Caption | Failure]] = deque()
        try:
            async for source in _async(sources):
                waiting.append(self._submit(source))
                while len(waiting) >= self._most_waiting or _has_next(waiting, ordered=True):
                    if told := self._judged(await asyncio.wrap_future(waiting.popleft())):
                        yield told
            while waiting:
                if told := self._judged(await asyncio.wrap_future(waiting.popleft())):
                    yield told
        finally:
            _give_up(waiting)

    def batch(self, rows: Mapping[str, Sequence[Any]], column: str = "path") -> dict[str, list[str]]:
        """For `datasets.Dataset.map(captioner.batch, batched=True)`: the columns caption, raw, flags and reason.

        All are text, since `datasets` takes a column's type from its first rows; flags have spaces between them.

        Args:
            column: holds the paths.

        Raises:
            ClipError: a clip has no caption, and `on_error` is "raise"; otherwise its caption is "".
        """
        futures = [self._submit(path) for path in rows[column]]
        try:
            told = [future.result() for future in futures]
        finally:
            _give_up(futures)
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
        """Let go of the model and the decoding processes; who still waits gets RunError. Closing twice is no error."""
        if self._process != os.getpid():
            return
        with self._lock:
            if self._closed:
                return
            self._closed = True
            asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[partial[Captioner], tuple[()]]:
        return partial(Captioner, **self._given, on_error=self.on_error), ()

    @property
    def _most_waiting(self) -> int:
        return 2 * self._settings.clips_in_flight

    async def _close(self) -> None:
        unfinished = asyncio.all_tasks() - {asyncio.current_task()}
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        await self._pool.close()
        await self._engine.close()

    def _submit(self, source: Source) -> Future[Caption | Failure]:
        if self._process != os.getpid():
            raise UsageError("this Captioner was made in another process: make one here")
        with self._lock:
            if self._closed:
                raise UsageError("this Captioner is closed")
            return asyncio.run_coroutine_threadsafe(self._one(source), self._loop)

    async def _one(self, source: Source) -> Caption | Failure:
        async with self._places:
            try:
                task = self._task(source)
            except (TypeError, ValueError) as error:
                return Failure("internal", f"{source!r} is no clip ({error})")
            clip = None if isinstance(source, Frames) else task.clip
            try:
                told = await caption(task, self._settings, self._engine, MemoryStore())
            except ClipError as error:
                return Failure(error.reason, error.detail, clip=clip)
            except RecaptionError:
                raise
            except asyncio.CancelledError:
                if self._closed:
                    raise RunError("the Captioner was closed") from None
                raise
            except Exception as error:
                log.exception("%s: a fault of recaption itself", task.clip.path)
                return Failure("internal", f"{type(error).__name__}: {error}", clip=clip)
        if not told.text:
            return Failure(*lost(told.raw, told.flags), told, clip)
        return replace(told, clip=clip)

    def _task(self, source: Source) -> Task:
        if isinstance(source, Frames):
            _check_frames(source)
            return Task(Clip("frames in memory"), partial(self._tell, source))
        clip = source if isinstance(source, Clip) else Clip.of(source)
        if clip.size < 0 and not clip.fault:
            clip = replace(Clip.of(clip.path, clip.start, clip.end), text=clip.text, origin=clip.origin)
        return Task(clip, partial(self._films.tell, clip))

    async def _tell(self, frames: Frames, ask: Ask) -> Draft:
        draft = await MODES[self._options.way].caption(frames, ask, self._prompts)
        return replace(draft, flags=(*frames.flags, *draft.flags))

    def _next(self, waiting: deque[Future[Caption | Failure]], ordered: bool) -> Iterator[Caption | Failure]:
        """What is next of those that are waited for: nothing where it is skipped."""
        done = waiting[0] if ordered else next(iter(wait(waiting, return_when=FIRST_COMPLETED).done))
        waiting.remove(done)
        if told := self._judged(done.result()):
            yield told

    def _judged(self, told: Caption | Failure) -> Caption | Failure | None:
        if isinstance(told, Caption) or self.on_error == "return":
            return told
        if self.on_error == "raise":
            raise ClipError(told.reason, told.detail)
        return None


def _check_frames(frames: Frames) -> None:
    """Raises: ValueError: no frames, or none of the shape and dtype that `Frames` tells."""
    shape, dtype = frames.rgb.shape, frames.rgb.dtype
    if dtype != np.uint8 or len(shape) != 4 or shape[-1] != 3 or not len(frames.times) == shape[0] > 0:
        raise ValueError(
            f"{len(frames.times)} times and {dtype} of shape {shape}, not uint8 of (times, height, width, 3)"
        )


def _has_next(waiting: Sequence[Future[Caption | Failure]], ordered: bool) -> bool:
    return any(future.done() for future in (list(waiting)[:1] if ordered else waiting))


def _give_up(waiting: Iterable[Future[Caption | Failure]]) -> None:
    """Stop what nobody waits for any more."""
    for future in waiting:
        future.cancel()


async def _async(sources: Iterable[Source] | AsyncIterable[Source]) -> AsyncIterator[Source]:
    if isinstance(sources, AsyncIterable):
        async for source in sources:
            yield source
        return
    for source in sources:
        yield source
