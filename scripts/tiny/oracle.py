"""Oracle pictures: what each patch of a picture shows, as numbers, straight from the script.

A language model can learn to read pictures before it has a tower: each patch is given as the sum of word embeddings and
learned directions for what it shows. Later the projector learns to give the same from the tower's features.
"""

from __future__ import annotations

import math
from itertools import accumulate, pairwise

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from recaption.scripted.render import outlines, picture, shadow, speed_lines
from recaption.scripted.scenery import HORIZON, PLACES
from recaption.scripted.shapes import KINDS
from recaption.scripted.sight import Sight, differences
from recaption.scripted.world import ACTIONS, CAMERA, COLOURS, Camera, Script, Thing

RASTER = 96
"""Pixels of the raster on each side, a multiple of the patches on each side."""
_PLACES = sorted(PLACES)


def _columns(*widths: int) -> list[slice]:
    ends = [0, *accumulate(widths)]
    return [slice(first, last) for first, last in pairwise(ends)]


KIND, COLOUR, MARKS, HEIGHT, THINGS, PLACE, GROUND, WHERE, LIGHT = _columns(
    len(KINDS), len(COLOURS), 4, 1, 1, len(_PLACES), 2, 20, 4
)
"""Columns of `patches`: the shares of each kind and of each colour; of upside-down things, shadows, and speed lines to
the left and to the right; how high in its thing the patch is, and the share of things; the place; the shares of sky and
of ground; where the patch is, as sines and cosines; and the brightness of its four quarters, which shows the landmarks
that a move of the camera shifts."""
SIZE = LIGHT.stop
SMALL = 0.01
"""Share of the picture below which what is left of a thing says little about where it is."""
LOUDNESS = 3.0
"""How much louder what a patch shows is than where it is; without it the words drown in the positions."""


def patches(script: Script, time: float, side: int) -> npt.NDArray[np.float32]:
    """What each patch of the picture at a time shows.

    Args:
        side: patches on each side.

    Returns:
        float32, shape (side * side, SIZE), row by row; see KIND and the other columns.
    """
    shot = script.shot_at(time)
    things = sorted((t for t in shot.things_at(time) if t.here), key=lambda t: t.y)
    raster = _Raster(script, shot.camera_at(time))
    for thing in things:
        raster.draw(thing)
    result = np.zeros((side * side, SIZE), np.float32)
    for number, thing in enumerate(things, 1):
        share = _shares(raster.things == number, side)
        result[:, KIND][:, KINDS.index(thing.kind)] += share
        result[:, COLOUR][:, COLOURS.index(thing.colour)] += share
    result[:, MARKS.start : THINGS.stop] = np.stack([_shares(plane, side) for plane in raster.planes()], axis=1)
    result[:, PLACE][:, _PLACES.index(shot.place)] = 1
    sky, free = raster.sky(), raster.things == 0
    result[:, GROUND] = np.stack([_shares(sky & free, side), _shares(~sky & free, side)], axis=1)
    result[:, WHERE] = _positions(side)
    result[:, LIGHT] = _brightness(script, time, side)
    return result


def changes(
    first: Sight, second: Sight, before: npt.NDArray[np.float32], after: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """What happened between two frames, told at the patches of the second where it can be seen.

    Args:
        first, second: what the two frames show.
        before, after: their patches.

    Returns:
        float32, shape (patches, ACTIONS): the share of each patch that is a thing to which the action happened, at the
        place where it was when it is gone; 1 everywhere for what the camera did.
    """
    result = np.zeros((len(after), len(ACTIONS)), np.float32)
    for difference in differences(first, second):
        column = ACTIONS.index(difference.action)
        if difference.name == CAMERA:
            result[:, column] = 1
            continue
        kind = KIND.start + KINDS.index(difference.name.split(" ", 1)[1])
        place = after[:, kind] if after[:, kind].any() else before[:, kind]
        result[:, column] = np.maximum(result[:, column], place)
    return result


def motion(before: npt.NDArray[np.float32], after: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """How each thing moved between two frames, told at its patches in the second.

    Args:
        before, after: the frames' patches.

    Returns:
        float32, shape (patches, 4): the share of the patch that things which both frames show cover, then how far they
        went to the right and down, in eighths of the picture, and how much larger they got, in factors of 1.4.
    """
    places = _middles(math.isqrt(len(after)))
    result = np.zeros((len(after), 4), np.float32)
    for kind in range(KIND.start, KIND.stop):
        was, now = before[:, kind], after[:, kind]
        if min(was.mean(), now.mean()) < SMALL:
            continue
        went = now @ places / now.sum() - was @ places / was.sum()
        mostly = now > result[:, 0]
        result[mostly, 0] = now[mostly]
        result[mostly, 1:] = *(8 * went), 3 * np.log(now.sum() / was.sum())
    return result


def flow(first: Sight, second: Sight, after: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """How the scenery moved between two frames of a shot, because the camera did, told at its patches in the second.

    Args:
        first, second: what the two frames show.
        after: the second one's patches.

    Returns:
        float32, shape (patches, 4): the share of the patch that scenery covers, then as `motion`.
    """
    places = _middles(math.isqrt(len(after)))
    x, y = second.camera.place(*places.T)
    result = np.empty((len(after), 4), np.float32)
    result[:, 0] = after[:, GROUND].sum(axis=1)
    result[:, 1:3] = 8 * (places - np.stack(first.camera.sees(x, y), axis=1))
    result[:, 3] = 3 * math.log(second.camera.zoom / first.camera.zoom)
    return result


def _middles(side: int) -> npt.NDArray[np.float64]:
    """Where the middles of the patches are, in pictures: (side * side, 2)."""
    return (np.stack([np.arange(side * side) % side, np.arange(side * side) // side], axis=1) + 0.5) / side


class _Raster:
    """What each pixel of a small square picture shows; things are drawn from the back to the front.

    Attributes:
        things: number of the thing drawn there, from 1 on, or 0.
    """

    def __init__(self, script: Script, camera: Camera) -> None:
        self.script, self.camera = script, camera
        self.things = np.zeros((RASTER, RASTER), np.uint8)
        self._marks = np.zeros((4, RASTER, RASTER), np.uint8)
        self._height = np.zeros((RASTER, RASTER), np.float32)
        self._count = 0

    def draw(self, thing: Thing) -> None:
        view = (thing, self.camera, self.script.width, self.script.height)
        _, shade, left, right = range(4)
        for outline in self._square([shadow(*view)]):
            _fill(self._marks[shade], outline)
        for outline in self._square(speed_lines(*view)):
            _fill(self._marks[left if thing.heading < 0 else right], outline)
        parts = self._square([outline for _, outline in outlines(*view)])
        mask = np.zeros_like(self.things)
        for outline in parts:
            _fill(mask, outline)
        here = mask > 0
        self._count += 1
        self.things[here] = self._count
        self._marks[:, here] = 0
        self._marks[0][here] = 90 < thing.angle % 360 < 270
        foot, top = max(part[:, 1].max() for part in parts), min(part[:, 1].min() for part in parts)
        rows = np.arange(RASTER, dtype=np.float32)[:, None]
        share = np.clip((foot - rows) / max(foot - top, 1), 0, 1)
        self._height[here] = np.broadcast_to(share, self._height.shape)[here]

    def planes(self) -> tuple[np.ndarray, ...]:
        """Upside-down things, shadows, speed lines (left, right), how high in its thing a pixel is, and things."""
        return *self._marks, self._height, self.things > 0

    def sky(self) -> np.ndarray:
        horizon = round(self.camera.sees(0, HORIZON)[1] * RASTER)
        return np.broadcast_to(np.arange(RASTER)[:, None] < horizon, (RASTER, RASTER))

    def _square(self, outlines: list[np.ndarray]) -> list[np.ndarray]:
        """Outlines in pixels of the script, as pixels of the raster."""
        return [o * (RASTER / self.script.width, RASTER / self.script.height) for o in outlines]


def _shares(plane: np.ndarray, side: int) -> npt.NDArray[np.float32]:
    """Mean of a raster's plane over each patch."""
    step = RASTER // side
    return plane.astype(np.float32).reshape(side, step, side, step).mean(axis=(1, 3)).ravel()


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
        self.rest = nn.Linear(SIZE - COLOUR.stop, width, bias=False)
        nn.init.normal_(self.rest.weight, std=0.05)
        with torch.no_grad():
            self._weights(WHERE).mul_(0.4)
            self._weights(MARKS)[:, 1:].mul_(4.0)  # shadows and speed lines cover little of a patch

    def forward(self, patches: torch.Tensor, embeddings: torch.Tensor) -> torch.Tensor:
        """(..., patches, SIZE) float32 and the table of embeddings -> (..., patches, width)."""
        named, rest = patches[..., : COLOUR.stop], patches[..., COLOUR.stop :]
        return LOUDNESS * named @ embeddings[self.words] + self.rest(rest)

    def _weights(self, columns: slice) -> torch.Tensor:
        return self.rest.weight[:, columns.start - COLOUR.stop : columns.stop - COLOUR.stop]
