"""Tasks in, captions out: each clip is told, filtered and stored.

Many clips are worked on side by side, so that an engine that batches always has questions waiting, even though the
questions of one clip may have to wait for each other.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from recaption.asking import Asking
from recaption.clip import Caption, Clip, Draft, Failure, Reply
from recaption.engines import Engine
from recaption.errors import REASONS, ClipError, faults_of
from recaption.modes.ask import Ask
from recaption.postfilter import Cleaned, PostFilter
from recaption.prompts import Prompts
from recaption.schedule import Job, Tally, work_off
from recaption.store import Store

_PARAGRAPHS = re.compile(r"\n\s*\n")


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
        tasks: as the items of `schedule.work_off`.
        places: one for each clip in flight, where several runs share an engine; None for those of the settings.

    Raises:
        RunError: the engine died, or the store cannot be written; clips in flight are given up.
    """

    async def do(task: Task) -> str | None:
        told = await outcome(task, settings, engine, store)
        return told.reason if isinstance(told, Failure) else None

    jobs = (Job(task.clip, partial(do, task)) for task in tasks)
    places = places or asyncio.Semaphore(settings.clips_in_flight)
    await work_off(jobs, store, tally, places, retry_failed=settings.retry_failed)


async def outcome(task: Task, settings: Settings, engine: Engine, store: Store) -> Caption | Failure:
    """What comes of a task, once it is in the store.

    Raises:
        RecaptionError: no task has an outcome any more: the engine died, or the store cannot be written.
    """
    try:
        with faults_of(task.clip.path):
            told = await caption(task, settings, engine, store)
            if told.text:
                await store.finish(task.clip, told)
                return told
            failure = Failure(*lost(told.raw, told.flags), told)
    except ClipError as error:
        failure = Failure(error.reason, error.detail)
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
