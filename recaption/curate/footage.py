"""One pass over a film: its shots, one after the other, each with what its measures need.

Memory is bounded by the longest shot, not by the film.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from operator import attrgetter

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from recaption.clip import Frames, Picture
from recaption.curate.cuts import Cutter
from recaption.curate.shot import CROP, GREY_LONGEST, GREY_RATE, PICTURE_LONGEST, PICTURE_RATE, Shot
from recaption.video.album import Shrinker
from recaption.video.sample import TOLERANCE, Selection

BLOCK = 16
"""Pixels: H.264 and MPEG-4 code macroblocks of this size."""

Grey = npt.NDArray[np.uint8]
Take = Callable[[float, float, bool, Shot | None], object]


@dataclass(frozen=True)
class _Look:
    """What is kept of one frame; its time in seconds from the start of the film."""

    time: float
    luma: float
    change: float
    is_damaged: bool
    picture: Picture | None
    crop: Grey | None
    grey: Grey | None


class Footage:
    """A sink for all frames of a film, which gives each shot as soon as its end is known.

    Args:
        selection: the frames that will come.
        cutter: knows where shots begin.
        longest: seconds; a longer shot is given as several.
        take: gets start and end of each shot, in seconds from the start of the film, whether it goes on from the one
            before, and what is kept of it, or None where it is over before there is a picture of it.
    """

    def __init__(
        self,
        selection: Selection,
        cutter: Cutter,
        longest: float,
        take: Take,
    ) -> None:
        self._selection = selection
        self._damaged = frozenset(selection.damaged)
        self._cutter = cutter
        self._longest = longest
        self._take = take
        self._small, self._picture = Shrinker(cutter.longest), Shrinker(PICTURE_LONGEST)
        self._grey, self._full = Shrinker(GREY_LONGEST, "gray"), Shrinker(None, "gray")
        self.size = 0, 0
        self._looks: list[_Look] = []
        self._before: Grey | None = None
        self._start = 0.0
        self._goes_on = False
        self._count = 0

    @property
    def is_full(self) -> bool:
        return self._count == len(self._selection.times)

    def put(self, slot: int, frame: VideoFrame) -> None:
        """Look at the next frame, and give the shots that are known to have ended."""
        time = self._selection.times[slot]
        small = self._small(frame)
        self._looks.append(self._look(slot, frame, small))
        self._count += 1
        for cut in self._cutter.see(time, small):
            self._end(cut)
        # A shot that goes on and on is given away in parts; what stays is enough for two more of them.
        while time - self._cutter.delay - self._start > 2 * self._longest:
            self._give(self._start + self._longest, goes_on=True)
        if self.is_full:
            for cut in self._cutter.end():
                self._end(cut)
            self._end(self._selection.duration)

    def _look(self, slot: int, frame: VideoFrame, small: Picture) -> _Look:
        time = self._selection.times[slot]
        luma = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
        change = 0.0 if self._before is None else float(cv2.absdiff(luma, self._before).mean()) / 255
        self._before = np.asarray(luma, np.uint8)
        picture, crop = None, None
        if self._is_due(time, PICTURE_RATE):
            full = self._full(frame)
            self.size = full.shape[1], full.shape[0]
            picture, crop = self._picture(frame), _crop(full)
        grey = self._grey(frame) if self._is_due(time, GREY_RATE) else None
        return _Look(time, float(luma.mean()) / 255, change, slot in self._damaged, picture, crop, grey)

    def _is_due(self, time: float, rate: float) -> bool:
        """Whether a frame is the first one after a multiple of 1 / rate seconds."""
        return not self._looks or floor(self._looks[-1].time * rate + TOLERANCE) < floor(time * rate + TOLERANCE)

    def _end(self, end: float) -> None:
        """Give the shot that ends here, in as few parts of about one length as are short enough."""
        while (left := end - self._start) > self._longest + TOLERANCE:
            self._give(self._start + left / ceil(left / self._longest - TOLERANCE), goes_on=True)
        self._give(end)

    def _give(self, end: float, goes_on: bool = False) -> None:
        count = bisect_left(self._looks, end - TOLERANCE, key=attrgetter("time"))
        if count < len(self._looks):
            # Whoever decodes a span from here on begins with the frame that is shown then.
            end = self._looks[count].time
        looks, self._looks[:count] = self._looks[:count], []
        start, self._start = self._start, end
        is_part, self._goes_on = self._goes_on, goes_on
        if looks:
            self._take(start, end, is_part, _shot(looks, start, end))


def _crop(full: Grey) -> Grey:
    """The middle of a picture."""
    top, left = (max(0, side - CROP) // 2 // BLOCK * BLOCK for side in full.shape)
    return full[top : top + CROP, left : left + CROP].copy()


def _shot(looks: Sequence[_Look], start: float, end: float) -> Shot | None:
    pictures = [(look.time - start, look.picture) for look in looks if look.picture is not None]
    greys = [(look.time - start, look.grey) for look in looks if look.grey is not None]
    if not pictures:
        return None
    return Shot(
        start=start,
        end=end,
        frames=Frames(tuple(time for time, _ in pictures), np.stack([rgb for _, rgb in pictures]), end - start),
        grey=np.stack([grey for _, grey in greys]),
        grey_times=tuple(time for time, _ in greys),
        times=tuple(look.time - start for look in looks),
        lumas=np.array([look.luma for look in looks]),
        changes=np.array([0.0, *(look.change for look in looks[1:])]),
        crops=np.stack([look.crop for look in looks if look.crop is not None]),
        damaged=sum(look.is_damaged for look in looks) / len(looks),
    )
