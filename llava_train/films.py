"""Frames of films for training, from the captioner's own decoder.

One decode worker for each process that asks, with a deadline: a film that hangs or crashes a decoder is one sample.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from llava_train.samples import SampleError
from recaption.clip import Clip, Frame
from recaption.errors import DecodeError
from recaption.video.sample import At, Sampling, shown_at
from recaption.video.workers import DecodePool

DEADLINE = 120.0
"""Seconds that one film may take, as for the captioner."""

T = TypeVar("T")


def times(clip: Clip, sampling: Sampling) -> tuple[float, ...]:
    """When the frames are shown that a sampling takes, in seconds from the start of the clip; no frame is decoded.

    Raises:
        SampleError: with the reason of recaption's DecodeError.
    """
    pool, runner = _decoder()
    return _run(runner, pool.schedule(clip, sampling)).times


def frames(clip: Clip, shown: Sequence[float], longest: int) -> list[Frame]:
    """The frame shown at each of the times (seconds from the start of the clip, sorted), at most `longest` pixels.

    Raises:
        SampleError: with the reason of recaption's DecodeError; "span" for a time beyond the end.
    """
    pool, runner = _decoder()
    decoded = _run(runner, pool.decode(clip, At(tuple(shown)), longest))
    return [Frame(time, decoded[shown_at(decoded.times, time)].rgb) for time in shown]


def close() -> None:
    """End this process's decode worker; the next film starts another one."""
    if decoder := _decoders.pop(os.getpid(), None):
        pool, runner = decoder
        runner.run(pool.close())
        runner.close()


def _decoder() -> tuple[DecodePool, asyncio.Runner]:
    if os.getpid() not in _decoders:
        _decoders[os.getpid()] = DecodePool(1, DEADLINE), asyncio.Runner()
    return _decoders[os.getpid()]


def _run(runner: asyncio.Runner, work: Coroutine[Any, Any, T]) -> T:
    try:
        return runner.run(work)
    except DecodeError as error:
        raise SampleError(error.reason, error.detail) from None


_decoders: dict[int, tuple[DecodePool, asyncio.Runner]] = {}
"""By process: one that was forked off must not talk to its parent's worker, nor close its event loop."""
