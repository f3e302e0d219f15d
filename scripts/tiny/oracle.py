"""Oracle pictures: what each patch of a picture shows, as numbers, straight from the script.

A language model can learn to read pictures before it has a tower: each patch is given as the sum of word embeddings and
learned directions for what it shows. Later the projector learns to give the same from the tower's features.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from recaption.scripted.render import outlines, picture, shadow, speed_lines
from recaption.scripted.scenery import HORIZON, PLACES
from recaption.scripted.shapes import KINDS
from recaption.scripted.world import COLOURS, Script

RASTER = 96
"""Pixels of the raster on each side, a multiple of the patches on each side."""
_PLACES = sorted(PLACES)
SHAPE, HUE = len(KINDS), len(COLOURS)
REST = 6 + len(_PLACES) + 2 + 20 + 4
LOUDNESS = 3.0
"""How much louder what a patch shows is than where it is; without it the words drown in the positions."""
SIZE = SHAPE + HUE + REST
"""Numbers a patch: share of each kind, share of each colour, then the rest (see `patches`)."""


def patches(script: Script, time: float, side: int) -> npt.NDArray[np.float32]:
    """What each patch of the picture at a time shows.

    Args:
        side: patches on each side.

    Returns:
        float32, shape (side * side, SIZE), row by row. The last REST numbers: upside-down share, shadow, speed lines
        (left, right), the foot and the top of a thing, the place (one of many) times its sky's or ground's share, sky,
        ground, where the patch is (sines and cosines), and the brightness of its four quarters, which shows the
        landmarks that a move of the camera shifts.
    """
    shot = script.shot_at(time)
    camera = shot.camera_at(time)
    things = sorted((t for t in shot.things_at(time) if t.here), key=lambda t: t.y)
    layers = np.zeros((RASTER, RASTER), np.uint8)
    marks = np.zeros((4, RASTER, RASTER), np.uint8)
    height = np.zeros((RASTER, RASTER), np.float32)
    rows = np.arange(RASTER, dtype=np.float32)[:, None]
    for number, thing in enumerate(things, 1):
        for outline in _square([shadow(thing, camera, script.width, script.height)], script):
            _fill(marks[0], outline)
        for outline in _square(speed_lines(thing, camera, script.width, script.height), script):
            _fill(marks[1 if thing.heading < 0 else 2], outline)
        mask = np.zeros_like(layers)
        parts = _square([o for _, o in outlines(thing, camera, script.width, script.height)], script)
        for outline in parts:
            _fill(mask, outline)
        here = mask > 0
        layers[here] = number
        marks[:, here] = 0
        foot, top = max(o[:, 1].max() for o in parts), min(o[:, 1].min() for o in parts)
        share = np.clip((foot - rows) / max(foot - top, 1), 0, 1)
        height[here] = np.broadcast_to(share, height.shape)[here]
        if 90 < thing.angle % 360 < 270:
            marks[3][here] = 1
    result = _pool(shot.place, camera.sees(0, HORIZON)[1], things, layers, marks, height, side)
    result[:, -4:] = _brightness(script, time, side)
    return result


def _pool(place, horizon, things, layers, marks, height, side):  # type: ignore[no-untyped-def]
    def shares(plane: np.ndarray) -> np.ndarray:
        step = RASTER // side
        return plane.astype(np.float32).reshape(side, step, side, step).mean(axis=(1, 3)).ravel()

    result = np.zeros((side * side, SIZE), np.float32)
    for number, thing in enumerate(things, 1):
        share = shares(layers == number)
        result[:, KINDS.index(thing.kind)] += share
        result[:, SHAPE + COLOURS.index(thing.colour)] += share
    rest = result[:, SHAPE + HUE :]
    for column, plane in enumerate((marks[3], marks[0], marks[1], marks[2], height, layers > 0)):
        rest[:, column] = shares(plane)
    sky = np.zeros((RASTER, RASTER), np.float32)
    sky[: int(np.clip(round(horizon * RASTER), 0, RASTER))] = 1
    free = layers == 0
    rest[:, 6 + _PLACES.index(place)] = 1
    rest[:, 6 + len(_PLACES)] = shares(sky * free)
    rest[:, 7 + len(_PLACES)] = shares((1 - sky) * free)
    rest[:, 8 + len(_PLACES) : -4] = _positions(side)
    return result


def _brightness(script: Script, time: float, side: int) -> npt.NDArray[np.float32]:
    """Brightness of the quarters of each patch, less the picture's mean: float32 (side * side, 4)."""
    grey = cv2.cvtColor(picture(script, time, 2 * RASTER), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (2 * side, 2 * side), interpolation=cv2.INTER_AREA).astype(np.float32)
    quarters = ((small - small.mean()) / 40).reshape(side, 2, side, 2)
    return quarters.transpose(0, 2, 1, 3).reshape(side * side, 4)


def _positions(side: int) -> npt.NDArray[np.float32]:
    middle = (np.arange(side) + 0.5) / side
    waves = [f(middle * np.pi * k) for k in (1, 2, 4, 8, 16) for f in (np.sin, np.cos)]
    waves_t = np.stack(waves, 1)
    across = np.tile(waves_t, (side, 1))
    return np.concatenate([across, np.repeat(waves_t, side, axis=0)], axis=1).astype(np.float32)


def _square(outlines: list[np.ndarray], script: Script) -> list[np.ndarray]:
    """Outlines in pixels of the script, as pixels of the square raster."""
    return [o * (RASTER / script.width, RASTER / script.height) for o in outlines]


def _fill(canvas: np.ndarray, outline: np.ndarray) -> None:
    cv2.fillPoly(canvas, [np.round(outline * 16).astype(np.int32)], 1, cv2.LINE_8, 4)


class Oracle(nn.Module):
    """Patches as the language model reads them: kinds and colours are its own words, the rest is learned.

    Args:
        words: token ids of the kinds, then of the colours.
        width: of the language model.
    """

    words: torch.Tensor

    def __init__(self, words: list[int], width: int) -> None:
        super().__init__()
        self.register_buffer("words", torch.tensor(words))
        self.rest = nn.Linear(REST, width, bias=False)
        nn.init.normal_(self.rest.weight, std=0.02)

    def forward(self, patches: torch.Tensor, embeddings: torch.Tensor) -> torch.Tensor:
        """(..., patches, SIZE) float32 and the table of embeddings -> (..., patches, width)."""
        return LOUDNESS * patches[..., : SHAPE + HUE] @ embeddings[self.words] + self.rest(patches[..., SHAPE + HUE :])
