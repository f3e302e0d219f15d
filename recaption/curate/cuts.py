"""Where one shot ends and the next one begins.

A cutter is fed every frame of a film, in order, as a small picture with its time, and says where new shots begin.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from recaption.clip import Picture
from recaption.errors import MissingExtra


class Cutter(Protocol):
    """Finds the cuts of one film while it is decoded.

    Attributes:
        longest: pixels of the longest side of the pictures that it wants.
        delay: how many seconds after a cut it is told at the latest, in a film of at least 24 frames a second.
    """

    longest: int
    delay: float

    def see(self, time: float, picture: Picture) -> list[float]:
        """Take the next frame.

        Args:
            time: seconds, later than the frame before.
            picture: uint8 RGB, shape (height, width, 3), of one size throughout.

        Returns:
            The cuts that are settled now and were not told before, in order: each the time of the first frame of a new
            shot, in seconds.
        """
        ...

    def end(self) -> list[float]:
        """The cuts that are left once the film has ended."""
        ...


class Cascade:
    """PySceneDetect's detectors, see `Cutter`.

    Raises:
        MissingExtra: PySceneDetect is not installed.
    """

    longest = 160
    delay = 1.0

    def __init__(self) -> None:
        try:
            from scenedetect import FrameTimecode
            from scenedetect.detectors import AdaptiveDetector
        except ImportError:
            raise MissingExtra("scenedetect", "curate") from None
        self._timecode = FrameTimecode
        self._detector = AdaptiveDetector(min_scene_len=0)
        self._times: deque[float] = deque(maxlen=10)
        self._count = 0

    def see(self, time: float, picture: Picture) -> list[float]:
        self._times.append(time)
        found = self._detector.process_frame(self._timecode(self._count, fps=1.0), picture[:, :, ::-1])
        self._count += 1
        return [self._times[cut.frame_num - self._count] for cut in found]

    def end(self) -> list[float]:
        return []


def shots(
    cuts: Sequence[float], start: float, end: float, shortest: float, longest: float
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """The shots between cuts, as (start, end) in seconds: those that are kept, and those that are too short.

    Args:
        cuts: seconds, in order, between `start` and `end`.
        start, end: of the film.
        shortest, longest: seconds. A longer shot is cut into as few equal parts as are short enough.
    """
    kept: list[tuple[float, float]] = []
    short: list[tuple[float, float]] = []
    for first, last in pairwise([start, *cuts, end]):
        parts = max(1, -int((first - last) // longest))
        edges = [first + (last - first) * part / parts for part in range(parts)] + [last]
        (short if last - first < shortest else kept).extend(pairwise(edges))
    return kept, short


CUTTERS: dict[str, type[Cutter]] = {"scenedetect": Cascade}
