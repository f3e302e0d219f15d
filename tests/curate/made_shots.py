"""Shots out of pictures in memory."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from recaption.clip import Frames, Picture
from recaption.curate.shot import GREY_LONGEST, GREY_RATE, PICTURE_LONGEST, PICTURE_RATE, Shot


def shot_of(pictures: Sequence[Picture]) -> Shot:
    """A shot of pictures that follow each other at GREY_RATE."""
    times = tuple(number / GREY_RATE for number in range(len(pictures)))
    every = round(GREY_RATE / PICTURE_RATE)
    seconds = len(pictures) / GREY_RATE
    frames = np.stack([_shrunk(picture, PICTURE_LONGEST) for picture in pictures[::every]])
    grey = np.stack([cv2.cvtColor(_shrunk(picture, GREY_LONGEST), cv2.COLOR_RGB2GRAY) for picture in pictures])
    lumas = grey.mean(axis=(1, 2)) / 255
    changes = np.array([0.0, *np.abs(np.diff(grey.astype(np.float32), axis=0)).mean(axis=(1, 2)) / 255])
    return Shot(0.0, seconds, Frames(times[::every], frames, seconds), grey, times, times, lumas, changes)


def empty_shot() -> Shot:
    """A shot of which no picture was kept."""
    none = np.zeros(0)
    return Shot(
        0.0, 1.0, Frames((), np.zeros((0, 0, 0, 3), np.uint8), 1.0), np.zeros((0, 0, 0), np.uint8), (), (), none, none
    )


def _shrunk(picture: Picture, longest: int) -> Picture:
    scale = longest / max(picture.shape[:2])
    if scale >= 1:
        return picture
    height, width = (max(1, round(side * scale)) for side in picture.shape[:2])
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
