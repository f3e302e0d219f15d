"""Text over a picture, in the fonts that matplotlib brings along."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from recaption.clip import Picture
from recaption.errors import MissingExtra
from recaption.scripted.world import Lettering

EDGE = 0.07
"""How thick the dark edge of outlined letters is, in sizes of the font."""


def letter(canvas: Picture, text: Lettering, colour: tuple[int, ...], edge: tuple[int, ...]) -> None:
    """Draw a line of text into a picture.

    Args:
        canvas: uint8 RGB, shape (height, width, 3); changed.
        colour, edge: RGB of the letters and of their edge.

    Raises:
        MissingExtra: Pillow or matplotlib is not installed.
    """
    height, width = canvas.shape[:2]
    if text.outlined:
        _paint(canvas, _ink(text, width, height, True), edge)
    _paint(canvas, _ink(text, width, height, False), colour)


def box(text: Lettering, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is drawn of a line of text, in pixels; four zeros where nothing is.

    Raises:
        MissingExtra: Pillow or matplotlib is not installed.
    """
    drawn = _ink(text, width, height, text.outlined) > 127
    left, top, wide, tall = cv2.boundingRect(drawn.astype(np.uint8))
    return left, top, left + wide, top + tall


@lru_cache(maxsize=32)
def _ink(text: Lettering, width: int, height: int, edge: bool) -> Picture:
    """How much of each pixel the letters cover, uint8, shape (height, width)."""
    try:
        from matplotlib import get_data_path
    except ImportError:
        raise MissingExtra("matplotlib", "train") from None
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError:
        raise MissingExtra("pillow", "local") from None

    size = max(1, round(text.size * height))
    font = ImageFont.truetype(Path(get_data_path()) / "fonts" / "ttf" / f"{text.font}.ttf", size)
    sheet = Image.new("L", (width, height))
    thick = max(1, round(size * EDGE)) if edge else 0
    at = (text.x * width, text.y * height)
    ImageDraw.Draw(sheet).text(at, text.words, 255, font, anchor="mm", stroke_width=thick)
    return np.asarray(sheet)


def _paint(canvas: Picture, ink: Picture, colour: tuple[int, ...]) -> None:
    left, top, wide, tall = cv2.boundingRect(ink)
    patch = canvas[top : top + tall, left : left + wide]
    share = ink[top : top + tall, left : left + wide, None] / 255
    patch[:] = np.rint(patch * (1 - share) + np.array(colour) * share).astype(np.uint8)
