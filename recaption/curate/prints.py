"""What near-duplicates have in common: a few small pictures of a shot, each the mean of a moment, and its colours."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from recaption.clip import Frames
from recaption.curate.shot import Shot
from recaption.errors import UsageError

MOMENTS, SIDE = 4, 16
"""Moments of a print, spread evenly over the shot, and pixels of each side of their pictures."""
FINE, SMOOTHED = 48, 0.6
"""Pixels of each side before the last step, and the standard deviation, in pixels of a thumbnail, of the Gaussian that
smooths a picture in it: what is left can be moved by parts of a pixel, as a small crop does."""
MOMENT_SECONDS = 1.0
"""How long a moment lasts. What moves is smeared in it, so that a shot that is trimmed by a fifth of it has nearly the
same moments."""
PARTS = 4
"""Parts of each side of the picture that have a colour in a print."""
NO_COLOUR = 128
"""Cr and Cb of grey (ITU-T T.871)."""

Thumbnails = npt.NDArray[np.uint8]
"""The pictures of a print: uint8, shape (MOMENTS, SIDE, SIDE), the smoothed brightness of each part of the picture."""
Colours = npt.NDArray[np.uint8]
"""Cr and Cb of each part of the picture, the mean of the whole shot: uint8, shape (PARTS, PARTS, 2)."""


@dataclass(frozen=True)
class Print:
    """What is kept of a shot to find its near-duplicates by."""

    pictures: Thumbnails
    colours: Colours

    @classmethod
    def of(cls, text: str) -> Self:
        """The print that a text holds.

        Raises:
            UsageError: not the text of a print, or one of another size.
        """
        try:
            data = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            data = b""
        split, end = MOMENTS * SIDE * SIDE, PARTS * PARTS * 2
        if len(data) != split + end:
            raise UsageError(f"print {text[:20]!r}...: not {split} and {end} bytes; measure the clip again")
        pictures, colours = np.split(np.frombuffer(data, np.uint8), [split])
        return cls(pictures.reshape(MOMENTS, SIDE, SIDE), colours.reshape(PARTS, PARTS, 2))

    @property
    def text(self) -> str:
        """A text that JSON can hold: the bytes of pictures and colours as base64, 1.4 KB."""
        return base64.b64encode(self.pictures.tobytes() + self.colours.tobytes()).decode()

    @property
    def mirrored(self) -> Print:
        """What the mirror image has, left for right."""
        return Print(self.pictures[:, :, ::-1], self.colours[:, ::-1])


def print_of(shot: Shot) -> dict[str, str]:
    """The print of a shot.

    Returns:
        print: its text, see `Print`.
    """
    return {"print": Print(_pictures(shot), _colours(shot.frames)).text}


def _pictures(shot: Shot) -> Thumbnails:
    import cv2

    times = np.asarray(shot.grey_times)
    found = []
    for middle in (np.arange(MOMENTS) + 0.5) / MOMENTS * shot.seconds:
        weights = np.maximum(1 - np.abs(times - middle) * 2 / MOMENT_SECONDS, 0)
        if not weights.any():
            weights[np.abs(times - middle).argmin()] = 1
        inside = np.flatnonzero(weights)
        mean = np.average(shot.grey[inside].astype(np.float32), axis=0, weights=weights[inside])
        fine = cv2.resize(mean, (FINE, FINE), interpolation=cv2.INTER_AREA)
        smooth = cv2.GaussianBlur(fine, (0, 0), SMOOTHED * FINE / SIDE, borderType=cv2.BORDER_REFLECT)
        found.append(cv2.resize(smooth, (SIDE, SIDE), interpolation=cv2.INTER_AREA))
    return np.rint(found).astype(np.uint8)


def _colours(frames: Frames) -> Colours:
    import cv2

    small = [cv2.resize(rgb, (PARTS, PARTS), interpolation=cv2.INTER_AREA) for rgb in frames.rgb]
    mean = np.rint(np.mean(small, axis=0)).astype(np.uint8)
    return np.asarray(cv2.cvtColor(mean, cv2.COLOR_RGB2YCrCb)[..., 1:], np.uint8)
