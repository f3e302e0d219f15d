"""Of the frames that were sampled of a clip, those that differ: the rules of ShareGPT4Video.

Its `keyframe_extraction_example.py` (github.com/ShareGPT4Omni/ShareGPT4Video, commit 7e02ee6) goes through a clip in
steps of two seconds, which are `--every` here, and keeps a frame that is unlike the last one it kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from recaption.clip import Frames, Picture

SIMILAR = 0.93
"""The cosine from which on two frames are alike, as there."""

PLAIN = 4
"""Of 255: how far the pixels of one pure colour may lie apart, in each channel. There they must be equal, and come from
the decoder; ours may have been made smaller, and lossy coding leaves a little of its own."""

Looks = Callable[[Sequence[Picture]], npt.NDArray[np.float32]]
"""Features of pictures, of unit length, shape (pictures, width)."""


class Keyframes:
    """Leaves out of clips what is similar. Clips that come side by side are looked at together, and each alone where
    that fails, such as for want of memory.

    Args:
        looks: called in a thread, never twice at a time.
        at_once: pictures that are worth a call; the clips that wait are taken until there are so many.
        most: of each clip at most so many are kept; None for all that differ.
        middle: whether the frame nearest to the middle is kept, too.
    """

    def __init__(self, looks: Looks, at_once: int, most: int | None = None, middle: bool = False) -> None:
        self._looks = looks
        self._at_once = at_once
        self._most = most
        self._middle = middle
        self._waiting: list[tuple[Frames, asyncio.Future[Frames]]] = []
        self._working: asyncio.Task[None] | None = None

    async def of(self, frames: Frames) -> Frames:
        """The frames of a clip that differ, at their own times; see `kept`."""
        future: asyncio.Future[Frames] = asyncio.get_running_loop().create_future()
        self._waiting.append((frames, future))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return await future

    async def _work(self) -> None:
        while batch := self._batch():
            if not await self._answered(batch):
                for one in batch:
                    await self._answered([one])

    async def _answered(self, batch: Sequence[tuple[Frames, asyncio.Future[Frames]]]) -> bool:
        """Tell those who wait for a batch; where it fails they are told nothing yet, unless it is one clip's fault."""
        found: Sequence[Frames | Exception]
        try:
            found = await asyncio.to_thread(self._kept, [frames for frames, _ in batch])
        except Exception as error:
            if len(batch) > 1:
                return False
            found = [error]
        for (_, future), told in zip(batch, found, strict=True):
            if future.done():
                continue
            if isinstance(told, Exception):
                future.set_exception(told)
            else:
                future.set_result(told)
        return True

    def _batch(self) -> list[tuple[Frames, asyncio.Future[Frames]]]:
        self._waiting = [one for one in self._waiting if not one[1].done()]
        count, pictures = 0, 0
        while pictures < self._at_once and count < len(self._waiting):
            pictures += len(self._waiting[count][0])
            count += 1
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        return batch

    def _kept(self, clips: Sequence[Frames]) -> list[Frames]:
        looks = self._looks([picture for frames in clips for picture in frames.rgb])
        ends = np.cumsum([len(frames) for frames in clips])[:-1]
        return [self._of_one(frames, own) for frames, own in zip(clips, np.split(looks, ends), strict=True)]

    def _of_one(self, frames: Frames, looks: npt.NDArray[np.float32]) -> Frames:
        chosen = kept(frames.rgb, looks)
        if self._middle:
            chosen = sorted({*chosen, max(chosen[0], middle_of(frames))})
        if self._most is not None and len(chosen) > self._most:
            chosen = [chosen[i] for i in np.linspace(0, len(chosen) - 1, self._most).round().astype(int)]
        if len(chosen) == len(frames):
            return frames
        return Frames(tuple(frames.times[i] for i in chosen), frames.rgb[chosen], frames.duration, frames.flags)


def kept(rgb: npt.NDArray[np.uint8], looks: npt.NDArray[np.float32]) -> list[int]:
    """Indices of the frames that differ.

    Those of one pure colour at the beginning are passed over, unless there is nothing else. The first frame after them
    is kept, then each whose cosine with the last one that was kept is under SIMILAR, and always the last frame.

    Args:
        rgb: uint8, shape (frames, height, width, 3); at least one.
        looks: their features, of unit length, shape (frames, width).
    """
    last = len(rgb) - 1
    chosen = [next((i for i, picture in enumerate(rgb) if not is_plain(picture)), 0)]
    for i in range(chosen[0] + 1, last):
        if looks[i] @ looks[chosen[-1]] < SIMILAR:
            chosen.append(i)
    return chosen if chosen[-1] == last else [*chosen, last]


def middle_of(frames: Frames) -> int:
    """Index of the frame that is nearest in time to the middle of its clip."""
    return min(range(len(frames)), key=lambda i: abs(frames.times[i] - frames.duration / 2))


def is_plain(picture: Picture) -> bool:
    """Whether a picture shows one pure colour and nothing else."""
    return bool(np.ptp(picture, axis=(0, 1)).max() <= PLAIN)
