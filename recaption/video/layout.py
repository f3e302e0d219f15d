"""How the frames of one question are laid out as pictures.

"pair" and "strip" are drawn as the demo of ShareCaptioner-Video draws them (`captioner/app.py`), "grid" as
ShareGPT4Video-8B draws it (`run.py`); both from github.com/ShareGPT4Omni/ShareGPT4Video, commit 7e02ee6.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

import cv2
import numpy as np

from recaption.clip import Frame, Picture
from recaption.video.album import shrunk

WHITE = 255

PAIR_GAP = 50
"""Pixels between the two frames of a pair."""

STRIP_GAP = 20
"""Pixels between two frames of a strip; half of it is above the first frame and below the last one."""

STRIP_RIGHT = 20
"""Pixels to the right of a strip."""

SEPARATOR = 2
"""Height in pixels of the black line between two frames of a strip."""

GRID_BAND = 50
"""Pixels between two cells of a grid, before the grid is shrunk."""

GRID_LONGEST = 1920
"""Longest side in pixels of a whole grid."""


def arrange(layout: str, frames: Sequence[Frame], longest: int | None = None) -> tuple[Picture, ...]:
    """The pictures for one question.

    Args:
        layout: "separate" and "video" (each frame as it is), "pair" (one above the other), "strip" (all in one column,
            numbered) or "grid" (in rows and columns).
        frames: at least one, all of one size.
        longest: pixels; a picture of several frames is shrunk until its longest side is this long; None leaves it.

    Returns:
        One picture for each frame with "separate" and "video", else one picture; that one is read-only.
    """
    pictures = [frame.rgb for frame in frames]
    match layout:
        case "separate" | "video":
            return tuple(pictures)
        case "pair":
            canvas = _pair(pictures)
        case "strip":
            canvas = _strip(pictures)
        case "grid":
            canvas = _grid(pictures)
            longest = GRID_LONGEST if longest is None else min(longest, GRID_LONGEST)
        case _:
            raise ValueError(f"unknown layout {layout!r}")
    canvas = _within(canvas, longest)
    canvas.flags.writeable = False
    return (canvas,)


def strip_margin(width: int) -> int:
    """Pixels to the left of frames of this width in a strip, where their labels stand."""
    return max(width // 4, 100)


def grid_shape(count: int) -> tuple[int, int]:
    """(columns, rows) of a grid of so many frames."""
    columns = ceil(sqrt(count))
    return columns, ceil(count / columns)


def _pair(pictures: Sequence[Picture]) -> Picture:
    height, width = pictures[0].shape[:2]
    step = height + PAIR_GAP
    canvas = _white(len(pictures) * step - PAIR_GAP, width)
    for i, picture in enumerate(pictures):
        canvas[i * step : i * step + height] = picture
    return canvas


def _strip(pictures: Sequence[Picture]) -> Picture:
    height, width = pictures[0].shape[:2]
    margin, step = strip_margin(width), height + STRIP_GAP
    canvas = _white(len(pictures) * step + STRIP_GAP, margin + width + STRIP_RIGHT)
    for i, picture in enumerate(pictures):
        top = STRIP_GAP // 2 + i * step
        canvas[top : top + height, margin : margin + width] = picture
        _label(canvas, f"<IMAGE {i}>", top + height // 2, margin)
        if i + 1 < len(pictures):
            line = top + height + (STRIP_GAP - SEPARATOR) // 2
            canvas[line : line + SEPARATOR] = 0
    return canvas


def _label(canvas: Picture, text: str, top: int, margin: int) -> None:
    """Write a label at the left edge, a fifth of the margin high, or less where it would not fit into the margin."""
    font, thickness = cv2.FONT_HERSHEY_SIMPLEX, max(1, margin // 100)
    (width, height), _ = cv2.getTextSize(text, font, 1.0, thickness)
    scale = min(margin / 5 / height, 0.95 * margin / width)
    cv2.putText(canvas, text, (0, top + round(height * scale)), font, scale, (0, 0, 0), thickness, cv2.LINE_AA)


def _grid(pictures: Sequence[Picture]) -> Picture:
    height, width = pictures[0].shape[:2]
    columns, rows = grid_shape(len(pictures))
    canvas = _white(rows * (height + GRID_BAND) - GRID_BAND, columns * (width + GRID_BAND) - GRID_BAND)
    for i, picture in enumerate(pictures):
        top, left = i // columns * (height + GRID_BAND), i % columns * (width + GRID_BAND)
        canvas[top : top + height, left : left + width] = picture
    return canvas


def _within(canvas: Picture, longest: int | None) -> Picture:
    height, width = canvas.shape[:2]
    size = shrunk(width, height, longest)
    if size == (width, height):
        return canvas
    return np.asarray(cv2.resize(canvas, size, interpolation=cv2.INTER_AREA), np.uint8)


def _white(height: int, width: int) -> Picture:
    return np.full((height, width, 3), WHITE, np.uint8)
