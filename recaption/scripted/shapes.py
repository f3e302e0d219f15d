"""The outlines of the things, as filled polygons.

A shape is a list of parts, drawn one over the other. A part is a tone and an outline in the thing's own box: x from
-0.5 to 0.5 times `aspect`, y from 0 (its foot) to 1 (its top). Tones: "main" is the thing's colour, "dark" and "light"
are shades of it, "ink" is nearly black, "paper" nearly white.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Outline = npt.NDArray[np.float64]
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Part:
    tone: str
    outline: Outline


@dataclass(frozen=True)
class Shape:
    """One kind of thing.

    Attributes:
        aspect: width / height of its box.
        parts: what is drawn, from the back to the front.
        upright: whether somebody sees that it stands on its head.
    """

    aspect: float
    parts: tuple[Part, ...]
    upright: bool = True


def _poly(points: Points, tone: str = "main") -> Part:
    return Part(tone, np.array(points, dtype=np.float64))


def _box(left: float, bottom: float, right: float, top: float, tone: str = "main") -> Part:
    return _poly([(left, bottom), (right, bottom), (right, top), (left, top)], tone)


def _round(x: float, y: float, rx: float, ry: float, tone: str = "main", arc: tuple[float, float] = (0, 360)) -> Part:
    angles = np.radians(np.linspace(arc[0], arc[1], 28))
    return Part(tone, np.stack([x + rx * np.cos(angles), y + ry * np.sin(angles)], axis=1))


def _star(x: float, y: float, outer: float, inner: float, points: int, tone: str = "main") -> Part:
    corners = []
    for i in range(points * 2):
        angle = math.pi / 2 + math.pi * i / points
        radius = inner if i % 2 else outer
        corners.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    return _poly(corners, tone)


def _heart() -> Part:
    t = np.linspace(0, 2 * math.pi, 48)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return Part("main", np.stack([x / 33, (y + 17) / 30], axis=1))


SHAPES: dict[str, Shape] = {
    "ball": Shape(
        1.0,
        (
            _round(0, 0.5, 0.5, 0.5),
            _round(0, 0.5, 0.5, 0.13, "light"),
            _round(-0.17, 0.72, 0.1, 0.08, "paper"),
        ),
        upright=False,
    ),
    "box": Shape(
        1.0,
        (
            _box(-0.5, 0, 0.5, 0.9),
            _box(-0.5, 0.62, 0.5, 0.74, "dark"),
            _box(-0.08, 0, 0.08, 0.9, "light"),
        ),
        upright=False,
    ),
    "star": Shape(1.0, (_star(0, 0.48, 0.52, 0.2, 5),), upright=False),
    "heart": Shape(1.0, (_heart(),)),
    "house": Shape(
        1.1,
        (
            _box(-0.42, 0, 0.42, 0.55),
            _poly([(-0.55, 0.52), (0.55, 0.52), (0, 1)], "dark"),
            _box(-0.1, 0, 0.12, 0.34, "ink"),
            _box(0.2, 0.22, 0.36, 0.4, "paper"),
            _box(-0.36, 0.22, -0.2, 0.4, "paper"),
        ),
    ),
    "tree": Shape(
        0.8,
        (
            _box(-0.07, 0, 0.07, 0.4, "ink"),
            _round(0, 0.5, 0.38, 0.2),
            _round(0, 0.68, 0.31, 0.2),
            _round(0, 0.84, 0.2, 0.16, "light"),
        ),
    ),
    "car": Shape(
        1.9,
        (
            _poly(
                [(-0.95, 0.2), (0.95, 0.2), (0.95, 0.52), (0.55, 0.6), (0.3, 1), (-0.45, 1), (-0.65, 0.6), (-0.95, 0.5)]
            ),
            _poly([(-0.4, 0.9), (0.24, 0.9), (0.42, 0.62), (-0.52, 0.62)], "paper"),
            _round(-0.55, 0.2, 0.22, 0.2, "ink"),
            _round(0.55, 0.2, 0.22, 0.2, "ink"),
        ),
    ),
    "boat": Shape(
        1.2,
        (
            _poly([(-0.6, 0.3), (0.6, 0.3), (0.38, 0), (-0.38, 0)]),
            _box(-0.04, 0.3, 0.04, 1, "ink"),
            _poly([(0.07, 0.38), (0.07, 0.96), (0.5, 0.38)], "paper"),
            _poly([(-0.07, 0.38), (-0.07, 0.85), (-0.4, 0.38)], "light"),
        ),
    ),
    "rocket": Shape(
        0.6,
        (
            _poly([(-0.3, 0.05), (-0.14, 0.4), (0.14, 0.4), (0.3, 0.05)], "dark"),
            _poly([(-0.16, 0.12), (0.16, 0.12), (0.18, 0.7), (0, 1), (-0.18, 0.7)]),
            _round(0, 0.6, 0.09, 0.08, "paper"),
            _poly([(-0.1, 0.12), (0.1, 0.12), (0, -0.0)], "ink"),
        ),
    ),
    "balloon": Shape(
        0.62,
        (
            _poly([(-0.012, 0), (0.012, 0), (0.012, 0.4), (-0.012, 0.4)], "ink"),
            _round(0, 0.69, 0.31, 0.31),
            _poly([(-0.07, 0.34), (0.07, 0.34), (0, 0.42)], "dark"),
            _round(-0.11, 0.8, 0.06, 0.07, "paper"),
        ),
    ),
    "umbrella": Shape(
        1.1,
        (
            _box(-0.03, 0.1, 0.03, 0.95, "ink"),
            _box(-0.16, 0, 0.03, 0.07, "ink"),
            _round(0, 0.5, 0.55, 0.5, "main", (0, 180)),
            _round(-0.36, 0.5, 0.19, 0.1, "dark", (0, 180)),
            _round(0, 0.5, 0.18, 0.1, "dark", (0, 180)),
            _round(0.36, 0.5, 0.19, 0.1, "dark", (0, 180)),
        ),
    ),
    "cup": Shape(
        1.0,
        (
            _round(0.28, 0.5, 0.22, 0.26, "dark"),
            _round(0.28, 0.5, 0.12, 0.15, "paper"),
            _poly([(-0.42, 1), (0.28, 1), (0.2, 0), (-0.34, 0)]),
            _round(-0.07, 0.96, 0.35, 0.07, "ink"),
        ),
    ),
    "bottle": Shape(
        0.42,
        (
            _poly(
                [(-0.2, 0), (0.2, 0), (0.2, 0.56), (0.08, 0.72), (0.08, 0.9), (-0.08, 0.9), (-0.08, 0.72), (-0.2, 0.56)]
            ),
            _box(-0.2, 0.18, 0.2, 0.44, "paper"),
            _box(-0.1, 0.88, 0.1, 1, "ink"),
        ),
    ),
    "lamp": Shape(
        0.7,
        (
            _box(-0.2, 0, 0.2, 0.07, "ink"),
            _box(-0.035, 0.05, 0.035, 0.6, "ink"),
            _poly([(-0.35, 0.52), (0.35, 0.52), (0.17, 1), (-0.17, 1)]),
        ),
    ),
    "chair": Shape(
        0.7,
        (
            _box(-0.32, 0.4, -0.2, 1),
            _box(-0.32, 0.38, 0.35, 0.5),
            _box(-0.32, 0, -0.22, 0.4, "dark"),
            _box(0.24, 0, 0.34, 0.4, "dark"),
        ),
    ),
    "table": Shape(
        1.5,
        (
            _box(-0.75, 0.8, 0.75, 1),
            _box(-0.62, 0, -0.48, 0.8, "dark"),
            _box(0.48, 0, 0.62, 0.8, "dark"),
        ),
    ),
    "key": Shape(
        0.5,
        (
            _box(-0.06, 0, 0.06, 0.62),
            _box(0.05, 0.02, 0.24, 0.12),
            _box(0.05, 0.2, 0.19, 0.3),
            _round(0, 0.77, 0.25, 0.23),
            _round(0, 0.78, 0.11, 0.1, "ink"),
        ),
    ),
    "fish": Shape(
        1.5,
        (
            _poly([(-0.4, 0.5), (-0.75, 0.95), (-0.75, 0.05)], "dark"),
            _round(0.1, 0.5, 0.62, 0.42),
            _round(0.45, 0.6, 0.09, 0.09, "paper"),
            _round(0.47, 0.6, 0.045, 0.045, "ink"),
            _poly([(0.0, 0.55), (-0.22, 0.4), (0.02, 0.28)], "light"),
        ),
        upright=False,
    ),
    "bird": Shape(
        1.2,
        (
            _box(-0.08, 0, -0.04, 0.22, "ink"),
            _box(0.08, 0, 0.12, 0.22, "ink"),
            _poly([(-0.6, 0.62), (-0.2, 0.35), (-0.2, 0.55)], "dark"),
            _round(0, 0.46, 0.36, 0.28),
            _round(0.28, 0.78, 0.2, 0.2),
            _poly([(0.44, 0.84), (0.44, 0.7), (0.62, 0.76)], "ink"),
            _round(0.31, 0.82, 0.05, 0.05, "paper"),
            _poly([(-0.25, 0.56), (0.14, 0.56), (-0.1, 0.3)], "dark"),
        ),
    ),
    "cat": Shape(
        1.0,
        (
            _poly([(-0.28, 0.1), (-0.48, 0.5), (-0.42, 0.66), (-0.36, 0.5), (-0.2, 0.2)], "dark"),
            _round(-0.02, 0.25, 0.3, 0.26),
            _round(0.06, 0.66, 0.29, 0.23),
            _poly([(-0.22, 0.74), (-0.2, 1), (0.02, 0.84)]),
            _poly([(0.34, 0.74), (0.32, 1), (0.1, 0.84)]),
            _round(-0.04, 0.69, 0.05, 0.055, "paper"),
            _round(0.17, 0.69, 0.05, 0.055, "paper"),
            _poly([(0.02, 0.6), (0.11, 0.6), (0.065, 0.54)], "ink"),
        ),
    ),
    "snail": Shape(
        1.5,
        (
            _poly([(-0.75, 0), (0.6, 0), (0.74, 0.3), (0.66, 0.62), (0.5, 0.6), (0.48, 0.26), (-0.5, 0.2)], "light"),
            _box(0.56, 0.58, 0.6, 0.85, "ink"),
            _box(0.68, 0.58, 0.72, 0.85, "ink"),
            _round(-0.1, 0.56, 0.44, 0.44),
            _round(-0.1, 0.56, 0.29, 0.29, "dark"),
            _round(-0.1, 0.56, 0.14, 0.14, "light"),
        ),
    ),
    "flower": Shape(
        0.7,
        (
            _box(-0.03, 0, 0.03, 0.6, "ink"),
            _poly([(0, 0.18), (0.28, 0.36), (0.05, 0.12)], "ink"),
            *(_round(0.21 * math.cos(a), 0.7 + 0.19 * math.sin(a), 0.15, 0.13) for a in np.arange(6) * math.pi / 3),
            _round(0, 0.7, 0.12, 0.1, "paper"),
        ),
    ),
    "mushroom": Shape(
        1.0,
        (
            _poly([(-0.17, 0), (0.17, 0), (0.12, 0.5), (-0.12, 0.5)], "paper"),
            _round(0, 0.45, 0.5, 0.55, "main", (0, 180)),
            _round(-0.2, 0.65, 0.09, 0.09, "paper"),
            _round(0.18, 0.6, 0.1, 0.09, "paper"),
            _round(0.02, 0.84, 0.08, 0.07, "paper"),
        ),
    ),
    "cactus": Shape(
        0.8,
        (
            _poly([(-0.4, 0.45), (-0.4, 0.78), (-0.27, 0.78), (-0.27, 0.5), (-0.1, 0.5), (-0.1, 0.36), (-0.3, 0.36)]),
            _poly([(0.4, 0.55), (0.4, 0.88), (0.27, 0.88), (0.27, 0.62), (0.1, 0.62), (0.1, 0.46), (0.3, 0.46)]),
            _box(-0.14, 0, 0.14, 0.9),
            _round(0, 0.88, 0.14, 0.12),
            _box(-0.02, 0.05, 0.02, 0.9, "dark"),
        ),
    ),
    "apple": Shape(
        0.95,
        (
            _box(-0.03, 0.75, 0.03, 1, "ink"),
            _round(-0.18, 0.42, 0.29, 0.41),
            _round(0.18, 0.42, 0.29, 0.41),
            _round(0.16, 0.92, 0.14, 0.06, "dark"),
            _round(-0.24, 0.6, 0.07, 0.1, "paper"),
        ),
    ),
    "guitar": Shape(
        0.6,
        (
            _box(-0.045, 0.45, 0.045, 0.95, "ink"),
            _box(-0.09, 0.88, 0.09, 1, "dark"),
            _round(0, 0.2, 0.3, 0.21),
            _round(0, 0.45, 0.21, 0.15),
            _round(0, 0.36, 0.09, 0.07, "ink"),
        ),
    ),
    "bell": Shape(
        0.95,
        (
            _round(0, 0.09, 0.11, 0.1, "ink"),
            _poly(
                [
                    (-0.47, 0.14),
                    (0.47, 0.14),
                    (0.3, 0.36),
                    (0.26, 0.72),
                    (0.12, 0.92),
                    (-0.12, 0.92),
                    (-0.26, 0.72),
                    (-0.3, 0.36),
                ]
            ),
            _box(-0.47, 0.14, 0.47, 0.24, "dark"),
            _round(0, 0.94, 0.08, 0.06, "ink"),
        ),
    ),
    "hat": Shape(
        1.3,
        (
            _round(0, 0.12, 0.65, 0.13, "dark"),
            _poly([(-0.36, 0.12), (0.36, 0.12), (0.33, 1), (-0.33, 1)]),
            _box(-0.36, 0.2, 0.36, 0.38, "paper"),
        ),
    ),
    "ladder": Shape(
        0.5,
        (
            _box(-0.24, 0, -0.14, 1),
            _box(0.14, 0, 0.24, 1),
            *(_box(-0.16, y, 0.16, y + 0.07) for y in (0.1, 0.28, 0.46, 0.64, 0.82)),
        ),
        upright=False,
    ),
    "flag": Shape(
        0.9,
        (
            _box(-0.43, 0, -0.36, 1, "ink"),
            _poly([(-0.36, 0.98), (0.44, 0.94), (0.3, 0.74), (0.44, 0.52), (-0.36, 0.5)]),
        ),
    ),
    "crown": Shape(
        1.3,
        (
            _poly([(-0.6, 0), (0.6, 0), (0.65, 0.9), (0.33, 0.45), (0, 1), (-0.33, 0.45), (-0.65, 0.9)]),
            _box(-0.6, 0, 0.6, 0.2, "dark"),
            _round(0, 0.1, 0.07, 0.08, "paper"),
        ),
    ),
    "robot": Shape(
        0.75,
        (
            _box(-0.22, 0, -0.08, 0.22, "dark"),
            _box(0.08, 0, 0.22, 0.22, "dark"),
            _box(-0.37, 0.26, -0.27, 0.56, "dark"),
            _box(0.27, 0.26, 0.37, 0.56, "dark"),
            _box(-0.26, 0.18, 0.26, 0.6),
            _box(-0.22, 0.63, 0.22, 0.92),
            _box(-0.02, 0.9, 0.02, 1, "ink"),
            _box(-0.15, 0.74, -0.05, 0.84, "paper"),
            _box(0.05, 0.74, 0.15, 0.84, "paper"),
        ),
    ),
    "ghost": Shape(
        0.8,
        (
            _poly(
                [(-0.4, 0.0), (-0.27, 0.13), (-0.13, 0), (0, 0.13), (0.13, 0), (0.27, 0.13), (0.4, 0), (0.4, 0.62)]
                + [(0.4 * math.cos(a), 0.62 + 0.38 * math.sin(a)) for a in np.linspace(0, math.pi, 20)]
                + [(-0.4, 0.62)]
            ),
            _round(-0.14, 0.68, 0.08, 0.1, "ink"),
            _round(0.14, 0.68, 0.08, 0.1, "ink"),
        ),
    ),
    "snowman": Shape(
        0.62,
        (
            _round(0, 0.24, 0.31, 0.24),
            _round(0, 0.58, 0.22, 0.18),
            _round(0, 0.83, 0.15, 0.13),
            _box(-0.17, 0.9, 0.17, 0.94, "ink"),
            _box(-0.1, 0.92, 0.1, 1.02, "ink"),
            _round(0, 0.3, 0.04, 0.03, "ink"),
            _round(0, 0.56, 0.04, 0.03, "ink"),
        ),
    ),
    "duck": Shape(
        1.2,
        (
            _poly([(-0.6, 0.6), (-0.5, 0.2), (-0.2, 0.0), (0.25, 0.0), (0.45, 0.25), (0.35, 0.45), (-0.25, 0.42)]),
            _round(0.27, 0.72, 0.23, 0.26),
            _poly([(0.45, 0.78), (0.45, 0.6), (0.65, 0.66)], "ink"),
            _round(0.32, 0.8, 0.05, 0.06, "paper"),
            _poly([(-0.32, 0.36), (0.12, 0.36), (-0.08, 0.14)], "dark"),
        ),
    ),
    "butterfly": Shape(
        1.2,
        (
            _round(-0.31, 0.68, 0.28, 0.3),
            _round(0.31, 0.68, 0.28, 0.3),
            _round(-0.23, 0.25, 0.2, 0.24, "light"),
            _round(0.23, 0.25, 0.2, 0.24, "light"),
            _round(0, 0.5, 0.06, 0.42, "ink"),
            _round(-0.31, 0.7, 0.11, 0.12, "dark"),
            _round(0.31, 0.7, 0.11, 0.12, "dark"),
        ),
    ),
}
KINDS = tuple(SHAPES)
