"""The backgrounds: a sky with a gradient, a textured ground, and landmarks, so that a move of the camera shows."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from recaption.clip import Picture

MARGIN_X, MARGIN_Y = 0.4, 0.35
"""How far a background reaches beyond the picture on each side, in pictures."""
HORIZON = 0.5

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Place:
    """Colours (RGB) of a place, the texture of its ground, and what stands about in it."""

    sky: tuple[Colour, Colour]
    ground: tuple[Colour, Colour]
    texture: str
    landmark: str
    tint: Colour


PLACES: dict[str, Place] = {
    "meadow": Place(
        ((150, 190, 220), (205, 225, 230)), ((150, 185, 120), (115, 155, 95)), "strokes", "cloud", (232, 238, 240)
    ),
    "desert": Place(
        ((190, 205, 215), (235, 225, 200)), ((225, 200, 150), (195, 165, 115)), "waves", "hill", (205, 175, 130)
    ),
    "beach": Place(
        ((160, 200, 215), (200, 225, 225)), ((235, 220, 185), (215, 195, 150)), "dots", "cloud", (235, 240, 242)
    ),
    "street": Place(
        ((185, 190, 200), (215, 215, 215)), ((150, 150, 152), (120, 120, 124)), "dashes", "building", (165, 160, 160)
    ),
    "snowfield": Place(
        ((175, 190, 210), (210, 220, 230)), ((228, 234, 240), (200, 210, 222)), "dots", "hill", (185, 200, 215)
    ),
    "room": Place(
        ((215, 200, 185), (200, 185, 170)), ((170, 140, 110), (140, 112, 85)), "planks", "window", (190, 215, 230)
    ),
    "night field": Place(
        ((40, 45, 75), (70, 75, 105)), ((75, 95, 80), (55, 72, 60)), "strokes", "spark", (200, 200, 180)
    ),
    "hall": Place(
        ((200, 200, 190), (180, 182, 178)), ((190, 188, 180), (150, 150, 146)), "checks", "pillar", (160, 160, 152)
    ),
}


def background(place: str, seed: int, width: int, height: int) -> Picture:
    """The background of a shot, with its margins.

    Returns:
        uint8 RGB, shape (height * (1 + 2 * MARGIN_Y), width * (1 + 2 * MARGIN_X), 3), rounded.
    """
    look = PLACES[place]
    rng = np.random.RandomState(seed)
    tall, wide = round(height * (1 + 2 * MARGIN_Y)), round(width * (1 + 2 * MARGIN_X))
    horizon = round(height * (HORIZON + MARGIN_Y))
    canvas = np.empty((tall, wide, 3), np.uint8)
    canvas[:horizon] = _gradient(look.sky, horizon, rng)[:, None]
    _landmarks(canvas[:horizon], look, rng, height)
    canvas[horizon:] = _gradient(look.ground, tall - horizon, rng)[:, None]
    _texture(canvas[horizon:], look, rng, height)
    return canvas


def _gradient(ends: tuple[Colour, Colour], rows: int, rng: np.random.RandomState) -> Picture:
    top, bottom = np.array(ends, np.float64) + rng.uniform(-10, 10, 3)
    share = np.linspace(0, 1, rows)[:, None]
    return np.asarray(np.clip(top * (1 - share) + bottom * share, 0, 255), np.uint8)


def _landmarks(sky: Picture, look: Place, rng: np.random.RandomState, height: int) -> None:
    wide = sky.shape[1]
    x = rng.uniform(0, 0.2) * height
    while x < wide:
        size = rng.uniform(0.12, 0.24) * height
        tint = tuple(int(v) for v in np.clip(np.array(look.tint) + rng.uniform(-14, 14), 0, 255))
        _landmark(sky, look.landmark, x, size, tint, rng)
        x += rng.uniform(0.25, 0.6) * height


def _landmark(
    sky: Picture, kind: str, x: float, size: float, tint: tuple[int, ...], rng: np.random.RandomState
) -> None:
    foot = sky.shape[0]
    high = int(rng.uniform(0.15, 0.8) * foot)
    left, right, half = int(x - size / 2), int(x + size / 2), int(size / 2)
    if kind == "cloud":
        for dx, dy, share in ((-0.5, 0.1, 0.6), (0, 0, 0.8), (0.5, 0.1, 0.6)):
            at = (int(x + dx * size), int(high + dy * size))
            cv2.ellipse(sky, at, (int(share * size * 0.7), int(share * size * 0.4)), 0, 0, 360, tint, -1, cv2.LINE_AA)
    elif kind == "hill":
        cv2.ellipse(sky, (int(x), foot), (int(size * 1.6), int(size * 1.1)), 0, 180, 360, tint, -1, cv2.LINE_AA)
    elif kind == "building":
        cv2.rectangle(sky, (left, foot - int(size * 1.8)), (right, foot), tint, -1)
        for row in range(3):
            y = foot - int(size * (1.6 - 0.45 * row))
            cv2.rectangle(sky, (left + half // 3, y), (right - half // 3, y + half // 3), (120, 125, 135), -1)
    elif kind == "window":
        y = int(0.55 * foot)
        cv2.rectangle(sky, (left, y - half), (right, y + half), tint, -1)
        cv2.rectangle(sky, (left, y - half), (right, y + half), (120, 95, 75), max(2, half // 8))
        cv2.line(sky, (int(x), y - half), (int(x), y + half), (120, 95, 75), max(2, half // 10))
    elif kind == "pillar":
        cv2.rectangle(sky, (left + half // 2, 0), (right - half // 2, foot), tint, -1)
    else:
        for _ in range(5):
            at = (int(x + rng.uniform(-2, 2) * size), int(rng.uniform(0, 0.95) * foot))
            cv2.circle(sky, at, max(2, half // 7), tint, -1, cv2.LINE_AA)


def _texture(ground: Picture, look: Place, rng: np.random.RandomState, height: int) -> None:
    tall, wide = ground.shape[:2]
    shade = tuple(int(v) for v in np.array(look.ground[1]) * 0.86)
    thick = max(1, height // 160)
    step = max(4, int(height * rng.uniform(0.07, 0.1)))
    if look.texture == "planks":
        for i, y in enumerate(range(0, tall, step)):
            cv2.line(ground, (0, y), (wide, y), shade, thick)
            for x in range((i % 2) * step * 2, wide, step * 4):
                cv2.line(ground, (x, y), (x, y + step), shade, thick)
    elif look.texture == "checks":
        for i, y in enumerate(range(0, tall, step)):
            for x in range((i % 2) * step * 2, wide, step * 4):
                cv2.rectangle(ground, (x, y), (x + step * 2 - 1, y + step - 1), shade, -1)
    elif look.texture == "waves":
        xs = np.arange(0, wide, 8)
        for y in range(step // 2, tall, step):
            ys = y + step * 0.25 * np.sin(xs / (step * 1.5) + rng.uniform(0, 6))
            cv2.polylines(ground, [np.stack([xs, ys], 1).astype(np.int32)], False, shade, thick, cv2.LINE_AA)
    else:
        for y in range(step // 2, tall, step):
            for x in range(0, wide, step * 2):
                at = (int(x + rng.uniform(0, step)), int(y + rng.uniform(-0.3, 0.3) * step))
                _mark(ground, look.texture, at, step, shade, thick)


def _mark(ground: Picture, texture: str, at: tuple[int, int], step: int, shade: tuple[int, ...], thick: int) -> None:
    x, y = at
    if texture == "strokes":
        cv2.line(ground, (x, y), (x + step // 5, y - step // 2), shade, thick, cv2.LINE_AA)
    elif texture == "dots":
        cv2.circle(ground, at, max(1, step // 8), shade, -1, cv2.LINE_AA)
    else:
        cv2.line(ground, (x, y), (x + step, y), shade, thick * 2)
