"""Clips in, captions out: the only scheduler.

Each clip is one coroutine that decodes, asks, filters and stores. Many run side by side, so that an engine that batches
always has questions waiting, even though the questions of one clip may have to wait for each other. What they hold is
bounded by their number and by the bytes of their decoded frames, not by how many clips there are.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter
from typing import Protocol

from recaption.clip import Caption, Clip, Frame, Frames, Question, Reply
from recaption.engines import Engine
from recaption.errors import AskError, ClipError, DecodeError, RecaptionError
from recaption.modes import MODES
from recaption.postfilter import clean
from recaption.prompts import Prompt, Prompts
from recaption.store import CAPTIONED, FAILED, Answer, Store, question_key
from recaption.video.layout import arrange
from recaption.video.sample import Sampling

log = logging.getLogger(__name__)

CHUNK = 64
"""Clips that are taken from the source at a time, in a thread, so that a slow disk does not hold up the engine."""


class Decoder(Protocol):
    """What the scheduler needs of `video.workers.DecodePool`."""

    async def decode(self, clip: Clip, sampling: Sampling, longest: int | None) -> Frames:
        """The sampled frames of a clip.

        Raises:
            DecodeError: they cannot be had.
        """
        ...


@dataclass(frozen=True)
class Settings:
    """How clips are captioned.

    Attributes:
        mode: a key of `modes.MODES`.
        prompts: the words of the questions.
        sampling: which frames are taken.
        longest: pixels; frames are shrunk until their longest side is this long; None leaves them as they are.
        max_tokens: limit of one answer.
        flags: put on every caption.
        retry_failed: take the clips that failed before, and no others.
        clips_in_flight: how many clips are worked on side by side.
        frame_bytes: how many bytes of decoded frames may be held; one clip may exceed it alone.
        decodes_in_flight: how many clips may be with the decoder at a time.
    """

    mode: str
    prompts: Prompts
    sampling: Sampling
    longest: int | None = None
    max_tokens: int = 512
    flags: tuple[str, ...] = ()
    retry_failed: bool = False
    clips_in_flight: int = 128
    frame_bytes: int = 2**28
    decodes_in_flight: int = 4


@dataclass
class Tally:
    """How far a run is.

    Attributes:
        captioned: clips that got their caption in this run.
        failed: clips that failed in this run, by reason.
        captioned_before, failed_before: clips that had their row already and were left alone.
        left: clips that were never tried and that `retry_failed` leaves out.
    """

    captioned: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    captioned_before: int = 0
    failed_before: int = 0
    left: int = 0

    @property
    def done(self) -> int:
        """Clips that this run has finished."""
        return self.captioned + self.failed.total()

    @property
    def passed_over(self) -> int:
        """Clips that needed no work, or were not asked for."""
        return self.captioned_before + self.failed_before + self.left


async def caption_clips(
    clips: Iterable[Clip], settings: Settings, engine: Engine, store: Store, pool: Decoder, tally: Tally
) -> None:
    """Caption every clip that the store does not hold yet, and write each caption or failure to the store.

    Args:
        clips: read a few at a time, in another thread. A clip that comes twice is captioned once.
        tally: counted up while the run goes on; a clip counts once its row is written.

    Raises:
        RunError: the engine died, or the store cannot be written; clips in flight are given up.
    """
    run = _Run(settings, engine, store, pool, tally)
    try:
        await run.all(clips)
    except BaseExceptionGroup as group:
        # One fault ends the run; the task group wraps it, even where it is the only one.
        fault = next((error for error in _leaves(group) if isinstance(error, RecaptionError)), None)
        raise fault or next(_leaves(group)) from None


class _Run:
    def __init__(self, settings: Settings, engine: Engine, store: Store, pool: Decoder, tally: Tally) -> None:
        self.settings = settings
        self.engine = engine
        self.store = store
        self.pool = pool
        self.tally = tally
        self.room = _Room(settings.frame_bytes)
        self.places = asyncio.Semaphore(settings.clips_in_flight)
        self.decoding = asyncio.Semaphore(settings.decodes_in_flight)
        self.in_flight: set[str] = set()

    async def all(self, clips: Iterable[Clip]) -> None:
        async with asyncio.TaskGroup() as group:
            async for clip in _stream(clips):
                if not self.is_wanted(clip):
                    continue
                self.in_flight.add(clip.id)
                await self.places.acquire()
                group.create_task(self.one(clip))

    def is_wanted(self, clip: Clip) -> bool:
        if clip.id in self.in_flight:
            return False
        seen = self.store.seen(clip)
        if seen == CAPTIONED:
            self.tally.captioned_before += 1
            return False
        if self.settings.retry_failed:
            failed = self.store.failed(clip)
            self.tally.left += not failed
            return failed
        self.tally.failed_before += seen == FAILED
        return seen is None

    async def one(self, clip: Clip) -> None:
        """Caption one clip and store what came of it."""
        try:
            await self.store.finish(clip, await self.caption(clip))
            self.tally.captioned += 1
        except ClipError as error:
            await self.fail(clip, error.reason, error.detail)
        except RecaptionError:
            raise
        except Exception as error:
            log.exception("%s: a fault of recaption itself", clip.path)
            await self.fail(clip, "internal", f"{type(error).__name__}: {error}")
        finally:
            self.in_flight.discard(clip.id)
            self.places.release()

    async def fail(self, clip: Clip, reason: str, detail: str) -> None:
        await self.store.fail(clip, reason, detail)
        self.tally.failed[reason] += 1

    async def caption(self, clip: Clip) -> Caption:
        if clip.size < 0:
            raise DecodeError("missing", f"{clip.path}: the file is not there, or may not be read")
        held = 0
        try:
            async with self.decoding:
                held = await self.room.enter()
                started = perf_counter()
                frames = await self.pool.decode(clip, self.settings.sampling, self.settings.longest)
                decode_seconds = perf_counter() - started
            held = self.room.settle(held, frames.rgb.nbytes)
            return await self.tell(clip, frames, decode_seconds)
        finally:
            self.room.settle(held, 0)

    async def tell(self, clip: Clip, frames: Frames, decode_seconds: float) -> Caption:
        """Let the mode speak about the frames, and filter what it says."""
        ask = _Ask(clip, self.engine, self.store, self.settings.max_tokens)
        draft = await MODES[self.settings.mode].caption(frames, ask, self.settings.prompts)
        cleaned = clean(draft.text, finished=not ask.was_cut(draft.text))
        if not cleaned.text:
            raise AskError("empty", f"the post-filter left nothing of {draft.text[:200]!r}")
        replies = [answer.reply for answer in ask.answers]
        cut = ("cut",) if any(map(_is_cut, replies)) else ()
        flags = (*self.settings.flags, *frames.flags, *draft.flags, *cut, *cleaned.flags)
        return Caption(
            text=cleaned.text,
            raw=draft.text,
            steps=draft.steps,
            edits=tuple(cleaned.edits),
            flags=tuple(dict.fromkeys(flags)),
            prompt_tokens=sum(reply.prompt_tokens for reply in replies),
            completion_tokens=sum(reply.completion_tokens for reply in replies),
            mean_logprob=_mean_logprob(replies),
            decode_seconds=decode_seconds,
            model_seconds=sum(answer.seconds for answer in ask.answers),
        )


class _Ask:
    """`modes.ask.Ask` for one clip: asks the engine what the store cannot answer.

    Attributes:
        answers: every answer that was given, in the order of asking.
    """

    def __init__(self, clip: Clip, engine: Engine, store: Store, max_tokens: int) -> None:
        self.answers: list[Answer] = []
        self._clip = clip
        self._engine = engine
        self._store = store
        self._max_tokens = max_tokens

    async def __call__(self, prompt: Prompt, images: Sequence[Frame] = ()) -> Reply:
        question = Question(prompt.text, tuple(arrange(prompt.layout, images)) if images else (), self._max_tokens)
        key = question_key(question)
        answer = self._store.answer(self._clip, key)
        if answer is None:
            log.debug("asking %s %s", self._clip.id, key)
            answer = await self._asked(question)
            self._store.answered(self._clip, key, answer)
        self.answers.append(answer)
        return answer.reply

    def fits(self, prompt: Prompt) -> bool:
        return self._engine.fits(Question(prompt.text, (), self._max_tokens))

    def was_cut(self, text: str) -> bool:
        """Whether a text is an answer that the limit of tokens ended."""
        return any(_is_cut(answer.reply) and answer.reply.text == text for answer in self.answers)

    async def _asked(self, question: Question) -> Answer:
        started = perf_counter()
        try:
            reply = await self._engine.ask(question)
        except RecaptionError:
            raise
        except Exception as error:
            raise AskError("engine", f"{type(error).__name__}: {error}") from error
        if not reply.text.strip():
            raise AskError("empty", f"no words in the answer to {question.prompt[:200]!r}")
        return Answer(reply, perf_counter() - started)


class _Room:
    """Bytes of decoded frames that may be held.

    How large a clip's frames are is known once they are decoded; until then it takes the room of the largest so far.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._largest = 0
        self._freed = asyncio.Event()

    async def enter(self) -> int:
        """Wait for room, and take as much as the largest clip so far needs."""
        while self._used and self._used + self._largest > self._limit:
            self._freed.clear()
            await self._freed.wait()
        self._used += self._largest
        return self._largest

    def settle(self, held: int, size: int) -> int:
        """Take `size` bytes instead of the `held` ones."""
        self._largest = max(self._largest, size)
        self._used += size - held
        self._freed.set()
        return size


def _is_cut(reply: Reply) -> bool:
    return reply.finish_reason == "length"


def _mean_logprob(replies: Sequence[Reply]) -> float | None:
    """Mean log-probability of all tokens of all replies; None when one of them is unknown."""
    total = 0.0
    for reply in replies:
        if reply.mean_logprob is None or not math.isfinite(reply.mean_logprob):
            return None
        total += reply.mean_logprob * reply.completion_tokens
    tokens = sum(reply.completion_tokens for reply in replies)
    return total / tokens if tokens else None


async def _stream(clips: Iterable[Clip]) -> AsyncIterator[Clip]:
    iterator = iter(clips)
    while chunk := await asyncio.to_thread(lambda: list(islice(iterator, CHUNK))):
        for clip in chunk:
            yield clip


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
