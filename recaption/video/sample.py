"""Which frames of a clip are taken.

Times are presentation times in seconds. A frame is shown from its own time until the next frame's, so the frame shown
at t is the last one at or before t.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np

from recaption.clip import Clip
from recaption.errors import DecodeError, UsageError

FLAGS: dict[str, str] = {
    "interval_widened": "--every would have taken more than --max-frames frames, so they are further apart",
    "fewer_frames": "the clip has fewer frames than --frames asks for; each was taken once",
    "truncated": "the file's data ends part-way; the clip is what was there before",
    "late_start": "the file begins with frames that cannot be decoded; the clip begins with the first whole one",
    "guessed_times": "the file holds no usable presentation times; they follow from the frame rate",
    "span_shortened": "the clip's end lies after the end of the file",
}
"""Every flag that Frames may carry."""

TOLERANCE = 1e-6
"""Seconds. A frame this little after t counts as shown at t: sums of decimal intervals are not exact in binary."""

SPAN_TOLERANCE = 1e-3
"""Seconds. Lists of cuts are usually rounded to milliseconds, and a span must not begin with the shot before it."""

END_TOLERANCE = 0.1
"""Seconds by which a span may end after its file without a flag, and a time that is asked for lie beyond the end."""


@dataclass(frozen=True)
class Every:
    """The frame shown at 0, s, 2 s, ... seconds, and the last frame of the clip.

    That the last frame is always kept is the rule of ShareGPT4Video's `keyframe_extraction_example.py`
    (github.com/ShareGPT4Omni/ShareGPT4Video, commit 7e02ee6), as is the interval of 2 s that the command takes.

    Attributes:
        seconds: interval.
        max_frames: when there would be more frames, the interval is widened until there are not.
    """

    seconds: float
    max_frames: int

    def __post_init__(self) -> None:
        if not 0 < self.seconds < float("inf"):
            raise UsageError(f"--every {self.seconds}: the interval must be a number of seconds above 0")
        if self.max_frames < 2:
            raise UsageError(f"--max-frames {self.max_frames}: at least 2, the first and the last frame")

    def choose(self, times: Sequence[float]) -> tuple[list[int], tuple[str, ...]]:
        """Indices into `times` (sorted seconds from the start of the clip, at least one), and flags."""
        indices = _at_multiples(times, self.seconds)
        if len(indices) <= self.max_frames:
            return indices, ()
        return _at_multiples(times, times[-1] / (self.max_frames - 1)), ("interval_widened",)


@dataclass(frozen=True)
class Uniform:
    """A number of frames spread evenly over the clip by frame count, as ShareGPT4Video-8B takes them for its grid.

    index_k = int(seg / 2) + round(seg * k) with seg = (N - 1) / frames, from `run.py` of
    github.com/ShareGPT4Omni/ShareGPT4Video, commit 7e02ee6. A clip with fewer frames gives each of them once.
    """

    frames: int

    def __post_init__(self) -> None:
        if self.frames < 1:
            raise UsageError(f"--frames {self.frames}: at least 1")

    def choose(self, times: Sequence[float]) -> tuple[list[int], tuple[str, ...]]:
        """Indices into `times` (sorted seconds from the start of the clip, at least one), and flags."""
        if len(times) <= self.frames:
            return list(range(len(times))), ("fewer_frames",) if len(times) < self.frames else ()
        segment = (len(times) - 1) / self.frames
        return [int(segment / 2) + round(segment * k) for k in range(self.frames)], ()


@dataclass(frozen=True)
class At:
    """The frames shown at given times; times that show the same frame take it once.

    Attributes:
        times: seconds from the start of the clip, sorted, at least one.
    """

    times: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.times or not all(0 <= a <= b < inf for a, b in pairwise((0.0, *self.times))):
            raise UsageError(f"frames at {self.times}: at least one time, in order, none of them below 0")

    def choose(self, times: Sequence[float]) -> tuple[list[int], tuple[str, ...]]:
        """Indices into `times` (sorted seconds from the start of the clip, at least one), and flags."""
        return sorted({shown_at(times, time) for time in self.times}), ()


@dataclass(frozen=True)
class All:
    """Every frame."""

    def choose(self, times: Sequence[float]) -> tuple[list[int], tuple[str, ...]]:
        """Indices into `times` (sorted seconds from the start of the clip, at least one), and flags."""
        return list(range(len(times))), ()


Sampling = Every | Uniform | At | All


@dataclass(frozen=True)
class Selection:
    """The frames to take.

    Attributes:
        indices: into the file's sorted presentation times.
        times: seconds from the start of the clip.
        duration: length of the clip in seconds.
        flags: keys of FLAGS.
        damaged: places in `indices` of frames that the decoder cannot give whole; of those too that come before a lost
            one, where `video.decode.pour` was asked for damaged ones.
    """

    indices: tuple[int, ...]
    times: tuple[float, ...]
    duration: float
    flags: tuple[str, ...]
    damaged: tuple[int, ...] = ()


def select(times: Sequence[float], end: float, clip: Clip, sampling: Sampling) -> Selection:
    """The frames to take of a clip.

    Args:
        times: presentation times of all frames of the file, in seconds from the first one's, sorted.
        end: when the last frame ends, on the same clock.
        clip: its start and end are on that clock too. A span holds the frames that are shown in it: it begins with the
            frame shown at its start, whose time is then 0, and ends before the frame that begins at its end.
        sampling: which of these.

    Raises:
        DecodeError: "span" when the clip lies outside the file or is empty, or ends before a time that `At` asks for.
    """
    start = 0.0 if clip.start is None else clip.start
    stop = end if clip.end is None else min(clip.end, end)
    if clip.start is not None or clip.end is not None:
        _check_span(clip, start, stop, end)
    if isinstance(sampling, At) and sampling.times[-1] > stop - start + END_TOLERANCE:
        raise DecodeError("span", f"{clip.path}: {sampling.times[-1]:g} s is beyond the end at {stop - start:.3f} s")
    first = max(0, bisect_right(times, start + SPAN_TOLERANCE) - 1) if clip.start is not None else 0
    beyond = len(times) if clip.end is None else bisect_left(times, clip.end - SPAN_TOLERANCE)
    own = [max(0.0, time - start) for time in times[first : max(beyond, first + 1)]]
    indices, flags = sampling.choose(own)
    if clip.end is not None and clip.end > end + END_TOLERANCE:
        flags += ("span_shortened",)
    return Selection(tuple(first + i for i in indices), tuple(own[i] for i in indices), stop - start, flags)


def shown_at(times: Sequence[float], time: float) -> int:
    """Index of the frame that is shown at a time, of frames that begin at `times` (sorted seconds, at least one)."""
    return max(0, bisect_right(times, time + TOLERANCE) - 1)


def _check_span(clip: Clip, start: float, stop: float, end: float) -> None:
    if 0 <= start < stop:
        return
    asked = f"{start:g} s to {'its end' if clip.end is None else f'{clip.end:g} s'}"
    raise DecodeError("span", f"{clip.path}: {asked} is no part of a file of {end:.3f} s")


def _at_multiples(times: Sequence[float], step: float) -> list[int]:
    """Indices of the frames shown at multiples of `step`, and of the last frame."""
    # The multiples k * step at which frame i is shown are those with reached[i] <= k < reached[i + 1].
    reached = np.ceil((np.asarray(times) - TOLERANCE) / step)
    reached[0] = 0
    shown = np.append(reached[:-1] < reached[1:], True)
    return [int(i) for i in np.flatnonzero(shown)]
