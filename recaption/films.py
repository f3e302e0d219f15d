"""Clips that are films: decoded, then told by a mode. What they hold is bounded by the bytes of their frames."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import Protocol

from recaption.clip import Clip, Draft, Frames
from recaption.engines import Engine
from recaption.errors import DecodeError
from recaption.modes import MODES
from recaption.modes.ask import Ask
from recaption.prompts import Prompts
from recaption.run import Settings, Task, run
from recaption.schedule import Tally
from recaption.store import Store
from recaption.video.keyframes import Keyframes
from recaption.video.readers import Reader, read
from recaption.video.sample import Every, Sampling, Uniform

Source = Clip | Frames | Reader
"""Where the frames of a clip come from: its file, memory, or a reader that is open."""


class Decoder(Protocol):
    """What films need of `video.workers.DecodePool`."""

    async def decode(self, clip: Clip, sampling: Sampling, longest: int | None) -> Frames:
        """The sampled frames of a clip.

        Raises:
            DecodeError: they cannot be had.
        """
        ...


@dataclass(frozen=True)
class Showing:
    """What of a film is shown, and how.

    Attributes:
        mode: a key of `modes.MODES`.
        prompts: the words of the questions.
        sampling: which frames are taken.
        longest: pixels; frames are shrunk until their longest side is this long; None leaves them as they are.
        frame_bytes: how many bytes of decoded frames may be held; one clip may exceed it alone.
        decodes_in_flight: how many clips may be with the decoder at a time.
        keyframes: leaves out frames that are similar; None where all that are sampled are shown.
    """

    mode: str
    prompts: Prompts
    sampling: Every | Uniform
    longest: int | None = None
    frame_bytes: int = 2**28
    decodes_in_flight: int = 4
    keyframes: Keyframes | None = None


async def caption_clips(
    clips: Iterable[Clip],
    showing: Showing,
    settings: Settings,
    engine: Engine,
    store: Store,
    decoder: Decoder,
    tally: Tally,
) -> None:
    """Caption every clip that the store does not hold yet; see `run.run`."""
    films = Films(showing, decoder)
    await run(films.tasks(clips), settings, engine, store, tally)


def check(clip: Clip) -> None:
    """Raises: DecodeError: there is no such clip, or its file cannot be read."""
    if clip.fault:
        raise DecodeError("row", f"{clip.origin}: {clip.fault}")
    if clip.size < 0:
        named = f" ({clip.origin})" if clip.origin else ""
        raise DecodeError("missing", f"{clip.path}: the file is not there, or may not be read{named}")


class Films:
    """Clips as tasks of a run.

    Args:
        decoder: gives their frames.
    """

    def __init__(self, showing: Showing, decoder: Decoder) -> None:
        self.showing = showing
        self.decoder = decoder
        self.room = _Room(showing.frame_bytes)
        self.decoding = asyncio.Semaphore(showing.decodes_in_flight)

    def tasks(self, clips: Iterable[Clip]) -> Iterator[Task]:
        return (Task(clip, partial(self.tell, clip)) for clip in clips)

    async def tell(self, source: Source, ask: Ask) -> Draft:
        """Get the frames of a clip and let the mode speak about them."""
        if isinstance(source, Clip):
            check(source)
        held = 0
        try:
            async with self.decoding:
                held = await self.room.enter()
                started = perf_counter()
                frames = await self._frames(source)
                decode_seconds = perf_counter() - started
            held = self.room.settle(held, frames.rgb.nbytes)
            if self.showing.keyframes:
                frames = await self.showing.keyframes.of(frames)
                held = self.room.settle(held, frames.rgb.nbytes)
            prompts = self.showing.prompts.hinted(source.text if isinstance(source, Clip) else None)
            draft = await MODES[self.showing.mode].caption(frames, ask, prompts)
            return replace(draft, flags=(*frames.flags, *draft.flags), decode_seconds=decode_seconds)
        finally:
            self.room.settle(held, 0)

    async def _frames(self, source: Source) -> Frames:
        showing = self.showing
        if isinstance(source, Clip):
            return await self.decoder.decode(source, showing.sampling, showing.longest)
        if isinstance(source, Frames):
            return source
        return await asyncio.to_thread(read, source, showing.sampling, showing.longest)


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
