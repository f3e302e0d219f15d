"""Dense optical flow between the grey pictures of a shot, kept at one point of each cell of a grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from recaption.curate.shot import Shot

LONGEST = 240
"""Pixels of the longest side at which flow is computed."""
FINEST = 1
"""The finest scale of the flow, in halvings: at half of the pictures' size thin outlines are still followed, which is
lost at a quarter, the default of DIS's fastest preset."""
SHORTEST = 48
"""Pixels of the shortest side, to which a smaller one is stretched: of thinner pictures OpenCV's DIS chooses scales at
which its patches of 8 pixels do not fit, and reads outside of them."""
CELL = 8
"""Pixels of a cell of the grid."""
TEXTURE = 2e-5
"""The least eigenvalue of the gradient's covariance (Shi and Tomasi 1994, in OpenCV's scale for a block of 5) above
which a point can be told from those around it."""
LOST = 6
"""Grey levels by which a point may differ from where it is thought to have gone."""
UNEXPLAINED = 0.4
"""Share of the points with texture that may be lost; beyond it something else happened than motion, such as a fade."""
BLOCK, LEAPING = 32, 4
"""Blocks of BLOCK x BLOCK pixels (of half as many in half the size) that have lost so many points are looked for in the
whole next picture."""
ALIKE = 0.7
"""Normalised correlation from which a block is found again."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Pictures = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Flow:
    """Flow of each pair of neighbouring pictures, at the point of each cell that has the most texture.

    Attributes:
        pictures: uint8, shape (pairs + 1, height, width), slightly blurred.
        times: seconds from the start of the shot, in the middle of each pair, shape (pairs,).
        seconds: from one picture to the next, shape (pairs,).
        places: x and y of the points in pixels, shape (pairs, cells, 2).
        speeds: to the right and downwards, in picture widths a second, shape (pairs, cells, 2).
        textured: whether a point has texture, shape (pairs, cells).
        leapt: whether it went farther than DIS can see, shape (pairs, cells).
    """

    pictures: Pictures
    times: Floats
    seconds: Floats
    places: Ints
    speeds: Floats
    textured: Bools
    leapt: Bools

    @property
    def width(self) -> int:
        """Of the pictures, in pixels."""
        return int(self.pictures.shape[2])

    @property
    def height(self) -> float:
        """Of the pictures, in picture widths."""
        return float(self.pictures.shape[1] / self.width)

    @cached_property
    def points(self) -> Floats:
        """The points in picture widths from the middle, x to the right and y downwards, shape (pairs, cells, 2)."""
        middle = np.array(self.pictures.shape[:0:-1]) / 2 - 0.5
        return np.asarray((self.places - middle) / self.width)

    @cached_property
    def arrives(self) -> Bools:
        """Whether a point looks the same where its flow leads, shape (pairs, cells)."""
        return self.shows(self.speeds)

    @cached_property
    def found(self) -> Bools:
        """Whether a point has texture, and looks the same where DIS leads to, shape (pairs, cells)."""
        return np.asarray(self.textured & ~self.leapt & self.arrives)

    @cached_property
    def lost(self) -> Bools:
        """Whether a point has texture, and is neither where its flow leads nor where it was, shape (pairs, cells)."""
        return np.asarray(self.textured & ~self.arrives & ~self.shows(np.zeros_like(self.speeds)))

    @cached_property
    def explained(self) -> Bools:
        """Whether motion explains how the pictures differ, as it does not in a fade, shape (pairs,)."""
        return np.asarray(self.lost.sum(axis=1) <= UNEXPLAINED * self.textured.sum(axis=1))

    def shows(self, speeds: Floats) -> Bools:
        """Whether points look the same where speeds, as in `speeds`, lead them to; beyond the edge nobody knows."""
        misses = [self.misses(pair, speeds[pair][None])[0] for pair in range(len(speeds))]
        return np.array(misses).reshape(self.textured.shape) <= LOST

    def misses(self, pair: int, speeds: Floats) -> Floats:
        """Grey levels by which points of a pair differ from where speeds lead them to; 0 beyond the edge.

        What the points with texture differ by in the middle is taken off: that is the exposure.

        Args:
            speeds: shape (n, cells, 2), of n guesses.

        Returns:
            shape (n, cells).
        """
        before, after = self.pictures[pair], self.pictures[pair + 1]
        x, y = self.places[pair].T
        ends = (self.places[pair] + speeds * self.width * self.seconds[pair]).astype(np.float32)
        seen = cv2.remap(after, ends[..., 0], ends[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        differs = seen.astype(np.float64) - before[y, x]
        if self.textured[pair].any():
            differs -= np.median(differs[:, self.textured[pair]], axis=1, keepdims=True)
        beyond = ((ends < 0) | (ends > (after.shape[1] - 1, after.shape[0] - 1))).any(axis=2)
        return np.where(beyond, 0.0, np.abs(differs))


def flow(shot: Shot) -> Flow:
    """The flow of a shot's grey pictures, by OpenCV's DIS (Kroeger et al. 2016); no pairs of a single picture."""
    pictures = [_fitted(grey) for grey in shot.grey]
    height, width = pictures[0].shape
    times = np.array(shot.grey_times, np.float64)
    seconds = np.maximum(np.diff(times), 1e-3)
    shape = (len(seconds), (height // CELL) * (width // CELL))
    places, moved, textured = np.zeros((*shape, 2), np.int64), np.zeros((*shape, 2)), np.zeros(shape, np.bool_)
    engine = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
    engine.setFinestScale(FINEST)
    for pair, (before, after) in enumerate(pairwise(pictures)):
        places[pair], textured[pair] = _points(before)
        x, y = places[pair].T
        moved[pair] = engine.calc(before, after, None)[y, x]  # type: ignore[call-overload]
    blurred = np.stack([np.asarray(cv2.blur(picture, (3, 3)), np.uint8) for picture in pictures])
    speeds = moved / width / seconds[:, None, None]
    seen = Flow(blurred, (times[1:] + times[:-1]) / 2, seconds, places, speeds, textured, np.zeros(shape, np.bool_))
    return _with_leaps(seen)


def _fitted(grey: Pictures) -> Pictures:
    height, width = grey.shape
    share = min(1.0, LONGEST / max(height, width))
    size = (max(round(width * share), SHORTEST), max(round(height * share), SHORTEST))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _points(picture: Pictures) -> tuple[Ints, Bools]:
    """x and y of the point of each cell that has the most texture, and whether that is enough."""
    rows, columns = picture.shape[0] // CELL, picture.shape[1] // CELL
    texture = np.asarray(cv2.cornerMinEigenVal(picture, 5))[: rows * CELL, : columns * CELL]
    cells = texture.reshape(rows, CELL, columns, CELL).transpose(0, 2, 1, 3).reshape(rows * columns, CELL * CELL)
    best = cells.argmax(axis=1)
    row, column = np.divmod(np.arange(rows * columns), columns)
    return np.stack([column * CELL + best % CELL, row * CELL + best // CELL], axis=1), cells.max(axis=1) > TEXTURE


def _with_leaps(flow: Flow) -> Flow:
    """The flow with the speeds of what was lost since it went farther than DIS can see."""
    speeds, leapt = flow.speeds.copy(), flow.leapt.copy()
    blocks = flow.places // BLOCK @ (1, flow.width)
    for pair in np.flatnonzero(flow.lost.any(axis=1)):
        for block in np.unique(blocks[pair, flow.lost[pair]]):
            gone = flow.lost[pair] & (blocks[pair] == block)
            if gone.sum() < LEAPING:
                continue
            leap = _leap(flow.pictures[pair], flow.pictures[pair + 1], flow.places[pair, gone].mean(axis=0))
            if leap is not None:
                speeds[pair, gone] = leap / flow.width / flow.seconds[pair]
                leapt[pair, gone] = True
    return replace(flow, speeds=speeds, leapt=leapt) if leapt.any() else flow


def _leap(before: Pictures, after: Pictures, middle: Floats) -> Floats | None:
    """How far, in pixels, the part of a picture around a point went; None where the next picture does not show it."""
    small, later = (
        cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for picture in (before, after)
    )
    size = min(BLOCK, *small.shape)
    left, top = (
        min(max(round(at / 2) - size // 2, 0), side - size) for at, side in zip(middle, small.shape[::-1], strict=True)
    )
    alike = cv2.matchTemplate(later, small[top : top + size, left : left + size], cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(alike)
    return np.array([x - left, y - top]) * 2.0 if best >= ALIKE else None
