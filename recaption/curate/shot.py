"""One shot, and what is kept of its pictures, so that one decode serves all measures.

A measure is a function from a Shot to numbers and words by name, which a row of JSON can hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recaption.clip import Frames

PICTURE_RATE, PICTURE_LONGEST = 2.0, 640
"""Colour pictures a second, and pixels of their longest side. Two a second is the rate at which Stable Video Diffusion
measures motion (arXiv 2311.15127, appendix C)."""
GREY_RATE, GREY_LONGEST = 8.0, 320
"""Grey pictures a second, for what moves, and pixels of their longest side."""
CROP = 256


@dataclass(frozen=True)
class Shot:
    """What is kept of one shot; all times are seconds from its start.

    Attributes:
        start, end: seconds from the start of the film.
        frames: colour pictures, PICTURE_RATE a second, never enlarged.
        grey: uint8, shape (n, height, width), GREY_RATE a second, never enlarged.
        grey_times: of each grey picture.
        times: of every frame of the shot.
        lumas: mean brightness of every frame, from 0 (black) to 1 (white).
        changes: mean absolute difference of brightness from the frame before, from 0 to 1; 0 for the first frame.
        crops: uint8, shape (pictures, height, width): the middle of each colour picture, grey, as large as in the film,
            at most CROP pixels high and wide, from a multiple of 16 pixels on, where the blocks of coders begin.
        damaged: share of the frames, from 0 to 1, that the decoder could not give whole, or that stand for a lost one.
    """

    start: float
    end: float
    frames: Frames
    grey: npt.NDArray[np.uint8]
    grey_times: tuple[float, ...]
    times: tuple[float, ...]
    lumas: npt.NDArray[np.float64]
    changes: npt.NDArray[np.float64]
    crops: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty((0, 0, 0), np.uint8))
    damaged: float = 0.0

    @property
    def seconds(self) -> float:
        return self.end - self.start


Value = float | int | str | bool | None | list["Value"] | dict[str, "Value"]
"""What a row of JSON can hold."""

Measure = Callable[[Shot], Mapping[str, Value]]
