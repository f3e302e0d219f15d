"""Shots made of pictures that are in memory."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Frames
from recaption.curate.shot import GREY_LONGEST, GREY_RATE, PICTURE_RATE, Shot
from recaption.scripted.render import picture
from recaption.scripted.world import Script
from recaption.video.album import shrink

Pictures = npt.NDArray[np.uint8]


def shot_of(rgb: Pictures | Sequence[Pictures], rate: float) -> Shot:
    """The shot that shows each picture for 1 / rate seconds; pictures are uint8, shape (height, width, 3)."""
    rgb = np.stack(list(rgb))
    times = np.arange(len(rgb)) / rate
    luma = np.stack([cv2.cvtColor(each, cv2.COLOR_RGB2GRAY) for each in rgb])
    changes = np.abs(np.diff(luma.astype(np.float64), axis=0, prepend=luma[:1])).mean(axis=(1, 2)) / 255
    grey = _at(GREY_RATE, times)
    colour = _at(PICTURE_RATE, times)
    seconds = len(rgb) / rate
    return Shot(
        start=0.0,
        end=seconds,
        frames=Frames.of(rgb[colour], times[colour], seconds),
        grey=shrink(np.repeat(luma[grey][..., None], 3, axis=3), GREY_LONGEST)[..., 0],
        grey_times=tuple(times[grey].tolist()),
        times=tuple(times.tolist()),
        lumas=luma.mean(axis=(1, 2)) / 255,
        changes=changes,
        crops=luma[colour],
    )


def drawn(script: Script, rate: float = 12, width: int = 320) -> list[Pictures]:
    """A script's pictures, so many a second."""
    return [picture(script, time, width) for time in np.arange(0, script.seconds, 1 / rate).tolist()]


def _at(rate: float, times: npt.NDArray[np.float64]) -> list[int]:
    """The pictures that are shown so many times a second."""
    wanted = np.arange(0, times[-1] + 1e-6, 1 / rate)
    return sorted(set((np.searchsorted(times, wanted + 1e-6, side="right") - 1).tolist()))
