"""The box around the ink of one level line of text: its strokes in one colour, and their outline."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Picture

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""
Colour = tuple[float, float, float]
"""Blue, green and red, from 0 to 255."""

REACH = 0.3
"""How far around a box strokes are looked for, in heights of the box: ascenders and descenders reach so far."""
CELL, COLOURS, RARE = 32, 6, 0.02
"""Width of a cell of the colour space, and the most cells of a line that are looked at; fewer, where the next one has
under that share of its pixels. Six are always enough on seeds 1 to 4: with eight every figure stays."""
SAME = (18, 60)
"""Difference from a colour up to which a pixel always has it, compression's noise included, and from which it never
has it entirely."""
CORE, NEARBY = 1 / 3, 0.08
"""Share of the difference between a colour and what is behind up to which a pixel is mostly of that colour, and how far
away what is behind it is looked for, in heights of the line: about half a stroke."""
FOUND = 0.35
"""Share of a line's length over which strokes must be found."""
TALL = (0.3, 1.45)
"""How tall all strokes of a line are, in heights of its region: in seeds 1 to 4, 98 in 100 are from 0.67 to 1.33, and
less where the region took in scenery."""
THICK = 0.4
"""Thickest stroke, in heights of all: in seeds 1 to 4 that of 99 lines in 100 is under 0.37."""
PURE = 16
"""Difference from a colour up to which a pixel counts as wholly of it. Colours between the text's and another's, at the
edges of letters, have few such pixels."""
WIDEST = 0.1
"""Width of the widest outline, in heights of the strokes; the drawn ones are some 0.08 wide."""
AROUND, DROP = 0.75, 0.2
"""Least share of what is next to the strokes that has the outline's colour, less than all since half covered pixels are
among it; and how much less of it must have that colour where the outline has ended."""


def ink(bgr: Picture, region: Box) -> Box:
    """The box around the strokes of a line and their outline; the region itself where no colour is its own.

    Args:
        bgr: uint8, shape (height, width, 3), blue first.
        region: where the line is, more or less.
    """
    left, top, right, bottom = region
    reach = REACH * (bottom - top)
    x, y = max(0, int(left - reach)), max(0, int(top - reach))
    patch = bgr[y : int(np.ceil(bottom + reach)), x : int(np.ceil(right + reach))]
    around = left - x, top - y, right - x, bottom - y
    found = [strokes for colour in _colours(patch, around) if (strokes := _strokes(patch, around, colour))]
    if not found:
        return region
    best = max(found, key=lambda each: each.worth)
    wide = _outline(patch, best)
    x0, y0, x1, y1 = best.box
    return x + x0 - wide, y + y0 - wide, x + x1 + wide, y + y1 + wide


@dataclass(frozen=True)
class _Strokes:
    """What has one colour in a line, in the pixels of the patch around it.

    Attributes:
        colour: BGR.
        mask: bool, shape (height, width).
        box: around the mask.
        worth: how much it looks like all letters of a line, from 0 to 1.
    """

    colour: Colour
    mask: npt.NDArray[np.bool_]
    box: tuple[int, int, int, int]
    worth: float


def _colours(patch: Picture, around: Box) -> list[Colour]:
    """The most frequent colours in a line, each the mean of a cell of the colour space."""
    left, top, right, bottom = around
    inner = patch[max(0, int(top)) : int(np.ceil(bottom)), max(0, int(left)) : int(np.ceil(right))].reshape(-1, 3)
    if not len(inner):
        return []
    cells = (inner // CELL).astype(np.int32) @ np.array([64, 8, 1], np.int32)
    counts = np.bincount(cells, minlength=512)
    sums = np.stack([np.bincount(cells, inner[:, channel], 512) for channel in range(3)], axis=1)
    colours: list[Colour] = []
    for cell in np.argsort(-counts, kind="stable").tolist():
        if len(colours) == COLOURS or counts[cell] < RARE * len(inner):
            break
        blue, green, red = (sums[cell] / counts[cell]).tolist()
        if all(max(abs(blue - b), abs(green - g), abs(red - r)) >= CELL for b, g, r in colours):
            colours.append((blue, green, red))
    return colours


def _strokes(patch: Picture, around: Box, colour: Colour) -> _Strokes | None:
    """The connected parts of a colour whose middle lies in a line and end near it; None if they are no letters."""
    left, top, right, bottom = around
    tall = bottom - top
    off = _off(patch, colour)
    covering = _covered(off, tall)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(covering.astype(np.uint8), connectivity=8)
    starts, ends = stats[1:, :2], stats[1:, :2] + stats[1:, 2:4]
    free = (starts > 0).all(axis=1) & (ends < patch.shape[1::-1]).all(axis=1)
    middle = (starts + ends) / 2
    beside = free & (middle[:, 0] > left) & (middle[:, 0] < right)
    within = beside & (middle[:, 1] > top) & (middle[:, 1] < bottom)
    if not within.any():
        return None
    y0, y1 = starts[within, 1].min(), ends[within, 1].max()
    # A comma's middle may lie below.
    kept = within | (beside & (starts[:, 1] < min(bottom, y1)) & (ends[:, 1] > max(top, y0)))
    mask = np.concatenate([[False], kept])[labels]
    covered = np.count_nonzero(mask.any(axis=0)) / (right - left)
    if covered < FOUND or not TALL[0] * tall <= y1 - y0 <= TALL[1] * tall:
        return None
    thick = 2 * float(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3).max()) / (y1 - y0)
    if thick > THICK:
        return None
    y0, y1 = int(starts[kept, 1].min()), int(ends[kept, 1].max())
    # Letters that touch scenery of their colour count for the ends of the line, as far as its region reaches.
    first, end = max(0, int(left)), int(np.ceil(right))
    columns = first + np.flatnonzero(covering[y0:y1, first:end].any(axis=0))
    x0, x1 = min(int(starts[kept, 0].min()), int(columns[0])), max(int(ends[kept, 0].max()), int(columns[-1]) + 1)
    pure = float(np.mean(off[mask] < PURE))
    return _Strokes(colour, mask, (x0, y0, x1, y1), pure * covered * (1 - thick))


def _covered(off: npt.NDArray[np.uint8], tall: float) -> npt.NDArray[np.bool_]:
    """Where a colour covers more than half of a pixel, next to where it covers most of one.

    Args:
        off: how far each pixel is off the colour; what is farthest nearby stands for what is behind.
        tall: the line's height in pixels.
    """
    size = 2 * max(1, round(NEARBY * tall)) + 1
    behind = cv2.dilate(off, np.ones((size, size), np.uint8))
    core = off < np.clip(behind * CORE, *SAME)
    grown = cv2.dilate(core.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.asarray(grown & (off < np.maximum(behind / 2, SAME[0])))


def _off(patch: Picture, colour: Colour) -> npt.NDArray[np.uint8]:
    """How far each pixel is off a colour, in the channel where it is farthest."""
    table = np.abs(np.arange(256)[:, None] - np.rint(colour)).astype(np.uint8)
    blue, green, red = cv2.split(cv2.LUT(patch, table[None]))
    return np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8)


def _outline(patch: Picture, strokes: _Strokes) -> float:
    """How wide the outline of strokes is in pixels: a colour that is all around them up to a distance, not beyond."""
    _, y0, _, y1 = strokes.box
    away = cv2.distanceTransform((~strokes.mask).astype(np.uint8), cv2.DIST_L2, 5)
    blue, green, red = np.median(patch[(away >= 1) & (away < 2)], axis=0).tolist()
    apart = max(abs(one - other) for one, other in zip((blue, green, red), strokes.colour, strict=True))
    same = _off(patch, (blue, green, red)) < apart / 4
    rings = np.rint(away).astype(np.int32)
    count = int(np.ceil(WIDEST * (y1 - y0))) + 2
    sizes = np.maximum(1, np.bincount(rings.ravel(), minlength=count + 1))
    shares = (np.bincount(rings[same], minlength=count + 1)[: count + 1] / sizes[: count + 1])[1:]
    near = int(shares[:3].argmax())
    most, least = shares[near], shares[-2:].min()
    if most < AROUND or most - least < DROP:
        return 0
    # An outline ends at once; scenery that happens to have one colour around the strokes does not.
    whole = np.clip((shares[near:] - least) / (most - least), 0, 1)
    end = int(np.argmax(whole < 0.5))
    if whole[end - 1] - whole[min(end + 1, len(whole) - 1)] < 0.5:
        return 0
    return near + float(whole[: end + 1].sum())
