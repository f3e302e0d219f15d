"""Tasks in, captions out: the only scheduler.

Each clip is one coroutine that tells, filters and stores. Many run side by side, so that an engine that batches always
has questions waiting, even though the questions of one clip may have to wait for each other. What they hold is bounded
by their number, not by how many clips there are.
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from recaption.asking import Asking
from recaption.clip import Caption, Clip, Draft, Failure, Reply
from recaption.engines import Engine
from recaption.errors import REASONS, ClipError, RecaptionError
from recaption.modes.ask import Ask
from recaption.postfilter import Cleaned, PostFilter
from recaption.prompts import Prompts
from recaption.store import CAPTIONED, FAILED, Store
from recaption.verdicts import REJECTED

log = logging.getLogger(__name__)

_PARAGRAPHS = re.compile(r"\n\s*\n")

CHUNK = 64
"""Tasks that are taken from the source at a time, in a thread, so that a slow disk does not hold up the engine."""


@dataclass(frozen=True)
class Task:
    """A clip, and what tells of it. `tell` may raise ClipError for a clip of which nothing can be told."""

    clip: Clip
    tell: Callable[[Ask], Awaitable[Draft]]


@dataclass(frozen=True)
class Settings:
    """How the work goes.

    Attributes:
        max_tokens: limit of one answer.
        retries: how often a question is asked again whose answer is cut, loops or refuses.
        postfilter: makes a caption of what the model said.
        merge: the prompt set by which the engine makes one paragraph of several; None where the rules do.
        flags: put on every caption.
        retry_failed: take the clips that failed before, and no others.
        clips_in_flight: how many clips are worked on side by side.
    """

    max_tokens: int = 512
    retries: int = 0
    postfilter: PostFilter = field(default_factory=PostFilter)
    merge: Prompts | None = None
    flags: tuple[str, ...] = ()
    retry_failed: bool = False
    clips_in_flight: int = 128


@dataclass
class Tally:
    """How far a run is.

    Attributes:
        captioned: clips that got their caption in this run.
        failed: clips that failed in this run, by reason.
        captioned_before, failed_before: clips that had their row already and were left alone.
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


async def run(
    tasks: Iterable[Task],
    settings: Settings,
    engine: Engine,
    store: Store,
    tally: Tally,
    places: asyncio.Semaphore | None = None,
) -> None:
    """Caption every clip that the store does not hold yet, and write each caption or failure to the store.

    Args:
        tasks: read a few at a time, in another thread. A clip that comes twice is captioned once.
        tally: counted up while the run goes on; a clip counts once its row is written.
        places: one for each clip in flight, where several runs share an engine; None for those of the settings.

    Raises:
        RunError: the engine died, or the store cannot be written; clips in flight are given up.
    """
    try:
        await _Run(settings, engine, store, tally, places or asyncio.Semaphore(settings.clips_in_flight)).all(tasks)
    except BaseExceptionGroup as group:
        # One fault ends the run; the task group wraps it, even where it is the only one.
        fault = next((error for error in _leaves(group) if isinstance(error, RecaptionError)), None)
        raise fault or next(_leaves(group)) from None


class _Run:
    def __init__(
        self, settings: Settings, engine: Engine, store: Store, tally: Tally, places: asyncio.Semaphore
    ) -> None:
        self.settings = settings
        self.engine = engine
        self.store = store
        self.tally = tally
        self.places = places
        self.in_flight: set[str] = set()

    async def all(self, tasks: Iterable[Task]) -> None:
        async with asyncio.TaskGroup() as group:
            async for task in _stream(tasks):
                if not self.is_wanted(task.clip):
                    continue
                self.in_flight.add(task.clip.id)
                await self.places.acquire()
                group.create_task(self.one(task))

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
        if self.settings.retry_failed:
            failed = self.store.failed(clip)
            self.tally.left += not failed
            return failed
        self.tally.failed_before += seen == FAILED
        return seen is None

    async def one(self, task: Task) -> None:
        """Caption one clip and count what came of it."""
        try:
            told = await outcome(task, self.settings, self.engine, self.store)
        finally:
            self.in_flight.discard(task.clip.id)
            self.places.release()
        if isinstance(told, Failure):
            self.tally.failed[told.reason] += 1
        else:
            self.tally.captioned += 1


async def outcome(task: Task, settings: Settings, engine: Engine, store: Store) -> Caption | Failure:
    """What comes of a task, once it is in the store.

    Raises:
        RecaptionError: no task has an outcome any more: the engine died, or the store cannot be written.
    """
    try:
        told = await caption(task, settings, engine, store)
        if told.text:
            await store.finish(task.clip, told)
            return told
        failure = Failure(*lost(told.raw, told.flags), told)
    except ClipError as error:
        failure = Failure(error.reason, error.detail)
    except RecaptionError:
        raise
    except Exception as error:
        log.exception("%s: a fault of recaption itself", task.clip.path)
        failure = Failure("internal", f"{type(error).__name__}: {error}")
    await store.fail(task.clip, failure.reason, failure.detail, failure.caption)
    return failure


async def caption(task: Task, settings: Settings, engine: Engine, store: Store) -> Caption:
    """Let the task tell, and filter what it says; without a text where the filter leaves nothing.

    Raises:
        ClipError: nothing can be told of the clip.
        RunError: the engine died, or the store cannot be written.
    """
    ask = Asking(task.clip, engine, store, settings.max_tokens, settings.retries)
    draft = await task.tell(ask)
    cleaned = settings.postfilter.by_rules(draft.text, finished=not ask.was_cut(draft.text))
    merge_reply = await _merged(cleaned, draft.text, settings.merge, ask)
    cleaned = settings.postfilter.finish(cleaned, merge_reply)
    replies = [answer.reply for answer in ask.answers]
    cut = ("cut",) if any(reply.is_cut for reply in ask.taken) else ()
    flags = (*settings.flags, *draft.flags, *cut, *cleaned.flags)
    return Caption(
        text=cleaned.text,
        raw=draft.text,
        merge=merge_reply,
        steps=draft.steps,
        edits=tuple(cleaned.edits),
        flags=tuple(dict.fromkeys(flags)),
        prompt_tokens=sum(reply.prompt_tokens for reply in replies),
        completion_tokens=sum(reply.completion_tokens for reply in replies),
        mean_logprob=_mean_logprob(ask.taken),
        decode_seconds=draft.decode_seconds,
        model_seconds=sum(answer.seconds for answer in ask.answers),
    )


async def _merged(cleaned: Cleaned, raw: str, prompts: Prompts | None, ask: Asking) -> str:
    """What the engine makes of a caption that was several paragraphs; "" where it is not asked."""
    if prompts is None or not cleaned.text or not _PARAGRAPHS.search(raw.strip()):
        return ""
    prompt = prompts.merge(cleaned.text)
    return (await ask(prompt)).text if ask.fits(prompt) else ""


def lost(raw: str, flags: Sequence[str]) -> tuple[str, str]:
    """Reason (a key of `errors.REASONS`) and detail of a raw text of which the post-filter left nothing."""
    reason = next((flag for flag in flags if flag in REASONS), "empty")
    return reason, f"the post-filter left nothing of {raw[:200]!r}"


def _mean_logprob(replies: Sequence[Reply]) -> float | None:
    """Mean log-probability of all tokens of all replies; None when one of them is unknown."""
    total = 0.0
    for reply in replies:
        if reply.mean_logprob is None or not math.isfinite(reply.mean_logprob):
            return None
        total += reply.mean_logprob * reply.completion_tokens
    tokens = sum(reply.completion_tokens for reply in replies)
    return total / tokens if tokens else None


async def _stream(tasks: Iterable[Task]) -> AsyncIterator[Task]:
    iterator = iter(tasks)
    while chunk := await asyncio.to_thread(lambda: list(islice(iterator, CHUNK))):
        for task in chunk:
            yield task


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
