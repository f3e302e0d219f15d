"""What near-duplicates have in common: a few small pictures of a shot, each the mean of a moment."""

from __future__ import annotations

import base64
import binascii

import numpy as np
import numpy.typing as npt

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

Thumbnails = npt.NDArray[np.uint8]
"""The pictures of a print: uint8, shape (MOMENTS, SIDE, SIDE), the smoothed brightness of each part of the picture."""


def print_of(shot: Shot) -> dict[str, str]:
    """The print of a shot, of 1.4 KB.

    Returns:
        print: the bytes of its `Thumbnails` as base64, see `thumbnails`.
    """
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
    return {"print": text_of(np.rint(found).astype(np.uint8))}


def text_of(pictures: Thumbnails) -> str:
    """The text of a print, which JSON can hold."""
    return base64.b64encode(pictures.tobytes()).decode()


def thumbnails(text: str) -> Thumbnails:
    """The pictures of a print.

    Raises:
        UsageError: not the text of a print, or one of another size.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != MOMENTS * SIDE * SIDE:
        raise UsageError(f"print {text[:20]!r}...: not {MOMENTS} pictures of {SIDE} x {SIDE}; measure the clip again")
    return np.frombuffer(data, np.uint8).reshape(MOMENTS, SIDE, SIDE)
