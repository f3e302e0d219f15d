"""Whether one shot fades into another about a time: what the film looks like before and after it, and in between.

About a time lies a fade when the colours after are others than before, by much more than they spread and drift on
either side, and the more so when the picture is faint on the way: edges are weak in two pictures that shine through
each other, and in one that goes dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Picture

Colours = npt.NDArray[np.float32]

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
LEAST = 0.12
"""The least distance of the colours before and after a fade, from 0 to the root of 2."""
STARK = 4.4
"""How stark a change is a fade, see `_change`. In a hundred scripted films (seeds 77, 81 and 82 of
`scripts.prove_cuts`) 97 fades in a hundred are as stark, and nothing else is. Of the real clips without fades
`intel_bottle-detection.mp4` reaches 3.6, where two bottles are lifted out at once."""
FAINT, FAINTEST, NEVER = 0.75, 0.4, 1.5
"""The least of the edges, or of the light, on the way, as a share of those on the weaker side: below FAINT of the light
the picture goes dark; less than FAINTEST of the edges says no more than that; more than NEVER is no fade, but a camera
that sets its exposure."""
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
    colours: Colours
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
    is_scene = grey > BAR
    scene = grey[is_scene.mean(axis=1) > 0.5][:, is_scene.mean(axis=0) > 0.5]
    return float((np.diff(scene, axis=0) ** 2).sum() + (np.diff(scene, axis=1) ** 2).sum())


def fade(samples: Sequence[Sample], first: float, last: float) -> float | None:
    """The middle of the starkest fade of one shot into another between two times, in seconds; None where there is none.

    Args:
        samples: RATE a second, in order, of a stretch of film without hard cuts.
    """
    found = [change for s in samples if first <= s.time <= last and (change := _change(samples, s.time))]
    stark, middle = max(found, default=(0.0, 0.0))
    return middle if stark >= STARK else None


def _change(samples: Sequence[Sample], time: float) -> tuple[float, float] | None:
    """How stark the film changes about a time, and where the middle of the change is; None where it does not fade.

    Stark is how many times further the colours move than they spread on either side, and than they drift there in as
    many seconds: the geometric mean of both, over how much of the edges is still there on the way.
    """
    before = [s for s in samples if time - REACH <= s.time <= time - GAP]
    after = [s for s in samples if time + GAP <= s.time <= time + REACH]
    if min(len(before), len(after)) < FEWEST:
        return None
    between = [s for s in samples if time - GAP < s.time < time + GAP]
    old, new = (np.stack([s.colours for s in side]) for side in (before, after))
    edges, light = (_there(name, between, before, after) for name in ("edges", "light"))
    is_dark = light.min() < FAINT
    faint = min(edges.min(), light.min()) if is_dark else edges.min()
    distance = np.linalg.norm(new.mean(axis=0) - old.mean(axis=0))
    if distance < LEAST or faint > NEVER:
        return None
    far = distance / (max(_spread(old), _spread(new)) + STEADY)
    fast = np.linalg.norm(new[:3].mean(axis=0) - old[-3:].mean(axis=0)) / (max(_drift(old), _drift(new)) + STEADY)
    middle = _darkest(between, light) if is_dark else _half_way(between, old.mean(axis=0), new.mean(axis=0))
    return float(np.sqrt(far * fast) / max(faint, FAINTEST)), middle


def _spread(colours: Colours) -> float:
    """How far colours spread about their mean; shape (samples, BINS ** 3)."""
    return float(np.linalg.norm(colours - colours.mean(axis=0), axis=1).mean())


def _drift(colours: Colours) -> float:
    """How far the colours of one side would drift in the seconds between the sides; shape (samples, BINS ** 3)."""
    half = len(colours) // 2
    drift = np.linalg.norm(colours[:half].mean(axis=0) - colours[-half:].mean(axis=0))
    return float(drift * 2 * GAP / (LOOK / 2))


def _there(
    name: str, between: Sequence[Sample], before: Sequence[Sample], after: Sequence[Sample]
) -> npt.NDArray[np.float64]:
    """How much of the weaker side's edges or light is still in each sample between; all of it in a flash."""
    sides = [[getattr(s, name) for s in side] for side in (before, after)]
    weaker = min(np.mean(side) for side in sides) if name == "light" else min(min(side) for side in sides)
    brightest = max(np.mean([s.light for s in side]) for side in (before, after)) * FLASH
    return np.array([np.inf if s.light > brightest else getattr(s, name) / max(weaker, 1e-9) for s in between])


def _darkest(between: Sequence[Sample], light: npt.NDArray[np.float64]) -> float:
    weights = np.clip(1 - light, 0, None) ** 4
    return float(np.array([s.time for s in between]) @ weights / weights.sum())


def _half_way(between: Sequence[Sample], old: Colours, new: Colours) -> float:
    """When the colours are half the way from the old to the new ones."""
    way = np.maximum.accumulate([s.colours @ (new - old) for s in between])
    return float(np.interp((old + new) @ (new - old) / 2, way, [s.time for s in between]))
