"""Whether one shot fades into another about a time: what the film looks like before and after it, and in between.

About a time lies a fade when the colours after are others than before, by much more than they change on their own on
either side, and either nothing else does that (STARK), or the picture is faint on the way (FAINT): edges are weak in two
pictures that shine through each other, and in one that goes dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Picture

RATE = 12.0
"""Samples a second: a fade of a quarter of a second still has three."""
GAP, LOOK = 0.55, 0.75
"""Seconds from the middle of a fade to what was before or is after, so that fades may last twice as long, and how many
seconds of that are looked at on either side."""
REACH = GAP + LOOK
FEWEST = 5
"""Samples on either side without which nothing can be told."""
BAR = 16
"""Grey level up to which half of a row or column may be for it to count as one of a bar: subtitles may stand in it."""
BINS = 8
STEADY = 0.05
"""How far colours spread where nothing moves, for noise and coding."""
LIKELY, STARK = 5.0, 7.0
"""How many times further colours move from before to after than they spread on either side: at least LIKELY for a fade
that is FAINT on the way, else STARK. Set on scripted films (seeds 77 and 78 of `scripts.prove_cuts`): cameras that move
reach 4.9 with a faint picture on the way, and 6.3 without; nineteen fades in twenty have more."""
FAINT, NEVER = 0.75, 1.3
"""The weakest edges, or light, on the way, of those on the weaker side: below FAINT for a picture that is faint, and
never above NEVER in a fade; a camera that sets its exposure has 1.4 and more in `intel_car-detection.mp4`."""
LEAST = 0.25
"""The least distance of colours, from 0 to the root of 2."""
FLASH = 1.1
"""How many times the light of the brighter side is no part of a fade but a flash."""
SMOOTH = np.eye(BINS) / 2 + (np.eye(BINS, k=1) + np.eye(BINS, k=-1)) / 4
"""Spreads what is in a bin over its neighbours: a shade more or less of light shall not be another colour."""


@dataclass(frozen=True)
class Sample:
    """What is kept of a frame.

    Attributes:
        time: seconds.
        colours: root of a smoothed RGB histogram, float32, BINS ** 3 values.
        edges: sum of the squares of the differences between neighbouring pixels, in grey levels of an 80 x 45 picture.
        light: mean grey level, from 0 to 255.
    """

    time: float
    colours: npt.NDArray[np.float32]
    edges: float
    light: float


def sample(time: float, picture: Picture) -> Sample:
    """What is kept of a frame: uint8 RGB, shape (height, width, 3)."""
    counts = cv2.calcHist([picture], [0, 1, 2], None, [BINS] * 3, [0, 256] * 3) / (picture.shape[0] * picture.shape[1])
    for _ in range(3):
        counts = np.tensordot(counts, SMOOTH, (0, 0))
    small = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (80, 45), interpolation=cv2.INTER_AREA)
    colours = np.sqrt(counts).ravel().astype(np.float32)
    return Sample(time, colours, _edges(small.astype(np.float32)), float(small.mean()))


def _edges(grey: npt.NDArray[np.float32]) -> float:
    """Sum of the squared differences of neighbouring pixels, without bars, whose edges outshine those of the scene."""
    scene = grey[np.median(grey, axis=1) > BAR][:, np.median(grey, axis=0) > BAR]
    return float((np.diff(scene, axis=0) ** 2).sum() + (np.diff(scene, axis=1) ** 2).sum())


def fade(samples: Sequence[Sample], first: float, last: float) -> float | None:
    """The middle of the starkest fade of one shot into another between two times, in seconds; None where there is none.

    Args:
        samples: RATE a second, in order, of a stretch of film without hard cuts.
    """
    found = [change for s in samples if first <= s.time <= last and (change := _change(samples, s.time))]
    fades = [change for change in found if change.is_fade]
    return max(fades, key=lambda change: change.stark).middle if fades else None


@dataclass(frozen=True)
class _Change:
    """How the film changes about a time: see LEAST, LIKELY and FAINT; and where the middle of the change is."""

    distance: float
    stark: float
    faint: float
    middle: float

    @property
    def is_fade(self) -> bool:
        if self.distance < LEAST or self.faint > NEVER:
            return False
        return self.stark >= (LIKELY if self.faint < FAINT else STARK)


def _change(samples: Sequence[Sample], time: float) -> _Change | None:
    before = [s for s in samples if time - REACH <= s.time <= time - GAP]
    after = [s for s in samples if time + GAP <= s.time <= time + REACH]
    if min(len(before), len(after)) < FEWEST:
        return None
    (old, old_spread), (new, new_spread) = _colours(before), _colours(after)
    distance = float(np.linalg.norm(new - old))
    stark = distance / (max(old_spread, new_spread) + STEADY)
    between = [s for s in samples if time - GAP < s.time < time + GAP]
    edges, light = (_there(name, between, before, after) for name in ("edges", "light"))
    dark = light.min() < FAINT
    faint = min(edges.min(), light.min()) if dark else edges.min()
    return _Change(distance, stark, float(faint), _darkest(between, light) if dark else _half_way(between, old, new))


def _colours(side: Sequence[Sample]) -> tuple[npt.NDArray[np.float32], float]:
    """Mean colours, and how far they spread about it."""
    colours = np.stack([s.colours for s in side])
    mean = colours.mean(axis=0)
    return mean, float(np.linalg.norm(colours - mean, axis=1).mean())


def _there(
    name: str, between: Sequence[Sample], before: Sequence[Sample], after: Sequence[Sample]
) -> npt.NDArray[np.float64]:
    """How much of the weaker side's edges or light is still in each sample between; all of it in a flash."""
    weaker = min(np.mean([getattr(s, name) for s in side]) for side in (before, after))
    brightest = max(np.mean([s.light for s in side]) for side in (before, after)) * FLASH
    return np.array([1.0 if s.light > brightest else getattr(s, name) / max(weaker, 1e-9) for s in between])


def _darkest(between: Sequence[Sample], light: npt.NDArray[np.float64]) -> float:
    weights = np.clip(1 - light, 0, None) ** 4
    return float(np.array([s.time for s in between]) @ weights / weights.sum())


def _half_way(between: Sequence[Sample], old: npt.NDArray[np.float32], new: npt.NDArray[np.float32]) -> float:
    """When the colours are half the way from the old to the new ones."""
    way = np.maximum.accumulate([s.colours @ (new - old) for s in between])
    return float(np.interp((old + new) @ (new - old) / 2, way, [s.time for s in between]))
