"""Decoded frames to RGB pictures of one size, the way a player would turn them."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import cast

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from recaption.clip import Picture

Matrix = tuple[int, int, int, int]
"""The part (a, b, c, d) of a display matrix that turns a picture: x' = a x + c y, y' = b x + d y."""


class Shrinker:
    """Decoded frames as pictures of one size: that of the first one, shrunk until no side is above `longest` pixels.

    Args:
        longest: None leaves the size as it is; none is enlarged.
        format: "rgb24" for RGB, "gray" for pictures without colour.
    """

    def __init__(self, longest: int | None, format: str = "rgb24") -> None:
        self._longest = longest
        self._format = format
        self._reformatter = VideoReformatter()
        self._size: tuple[int, int] | None = None

    def __call__(self, frame: VideoFrame) -> Picture:
        """The picture, turned as its film says: uint8, shape (height, width, 3), or (height, width) without colour."""
        matrix = matrix_of(frame)
        turned = abs(matrix[0]) < abs(matrix[1])
        if self._size is None:
            width, height = shrunk(frame.width, frame.height, self._longest)
            self._size = (height, width) if turned else (width, height)
        width, height = self._size[::-1] if turned else self._size
        converted = self._reformatter.reformat(frame, width, height, self._format, interpolation="AREA", threads=1)
        return _turn(np.asarray(converted.to_ndarray(), np.uint8), matrix)


class Album:
    """The wanted frames of one clip, each put into its slot as RGB; see `Shrinker` for their size."""

    def __init__(self, slots: int, longest: int | None) -> None:
        self._slots = slots
        self._shrink = Shrinker(longest)
        self._rgb: npt.NDArray[np.uint8] | None = None
        self._filled: set[int] = set()

    @property
    def is_full(self) -> bool:
        return len(self._filled) == self._slots

    @property
    def rgb(self) -> npt.NDArray[np.uint8]:
        """uint8, shape (slots, height, width, 3); to be read once the album is full."""
        if self._rgb is None or not self.is_full:
            raise RuntimeError("the album is not full")
        return self._rgb

    def put(self, slot: int, frame: VideoFrame) -> None:
        """Shrink, convert and turn a frame."""
        picture = self._shrink(frame)
        if self._rgb is None:
            self._rgb = np.empty((self._slots, *picture.shape), np.uint8)
        self._rgb[slot] = picture
        self._filled.add(slot)


def shrunk(width: int, height: int, longest: int | None) -> tuple[int, int]:
    """Width and height with the same shape whose longer one is at most `longest`; never larger than they were."""
    if longest is None or max(width, height) <= longest:
        return width, height
    scale = longest / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def shrink(rgb: npt.NDArray[np.uint8], longest: int | None) -> npt.NDArray[np.uint8]:
    """Pictures that are RGB already, shrunk to the size of `shrunk`; the same array where they are small enough.

    Args:
        rgb: uint8, shape (pictures, height, width, 3).
    """
    import cv2

    height, width = rgb.shape[1:3]
    size = shrunk(width, height, longest)
    if size == (width, height):
        return rgb
    return np.stack([cv2.resize(picture, size, interpolation=cv2.INTER_AREA) for picture in rgb]).astype(np.uint8)


def matrix_of(frame: VideoFrame) -> Matrix:
    """How a frame is to be turned.

    FFmpeg's display matrix is nine native 32-bit integers, the rows (a, b, u), (c, d, v), (x, y, w)
    (libavutil/display.h).
    """
    try:
        matrix = cast(Mapping[str, bytes], frame.side_data)["DISPLAYMATRIX"]
    except KeyError:
        return 1, 0, 0, 1
    a, b, _, c, d, *_ = struct.unpack("9i", bytes(matrix))
    return a, b, c, d


def _turn(picture: Picture, matrix: Matrix) -> Picture:
    """The picture as the display matrix wants it, to the nearest quarter turn, mirrored where it says so."""
    a, b, c, d = matrix
    if abs(a) < abs(b):
        return picture.swapaxes(0, 1)[:: -1 if b < 0 else 1, :: -1 if c < 0 else 1]
    return picture[:: -1 if d < 0 else 1, :: -1 if a < 0 else 1]
