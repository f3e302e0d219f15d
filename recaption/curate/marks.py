"""What was put on a shot's pictures after they were taken: black bars, a logo; and pictures of one colour."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
import numpy.typing as npt

from recaption.curate.shot import Shot, Value

Bars = dict[str, float]
"""Bars at "top" and "bottom" as shares of the height, at "left" and "right" as shares of the width."""
Plane = npt.NDArray[np.float32]
"""A number for each pixel, shape (height, width)."""

SIDES = ("top", "bottom", "left", "right")
BLACK, DARKEST, STEADY = 24.0, 8.0, 8.0
"""Of a bar's brightest channel, at most, of 255: the mean over time, how far it is above the picture's darkest place,
and the standard deviation. Black is 16 where a file tells its range wrongly, and noise adds to it."""
NOISE = 5
"""Pixels over which noise is smoothed; a median leaves straight edges where they are."""
LIT = 20.0
"""How far the picture beside a bar is above the darkest place, at least."""
DEEPEST = 0.45
"""Share of the height or width up to which black can be a bar."""
SHOWN, STRAIGHT, STRAY = 0.25, 0.4, 0.006
"""Of the lines from an edge of the picture inwards, so many must leave the black at all; of these so many at the same
depth and at once, give or take so much of the height or width. Dark scenery ends at all depths, and bit by bit;
subtitles may stand in a bar."""

LOOKS, FEWEST = 24, 8
"""Grey pictures that are looked at for a logo, spread evenly, and the fewest that can show one."""
EDGE = 4.0
"""Difference of brightness from pixel to pixel, of 255, from which there is an edge."""
STAYING = 0.1
"""An edge stays when it is there, in the same direction, at all but so much of the time."""
MOVING = 0.1
"""Share of the upright or of the level edges away from the corners that may stay, for a shot to move enough: of one of
the two, since edges along the camera's way seem to stay."""
FULL = 0.006
"""Share of the pixels that must be such edges on the move, nearly all the time: a car that passes shows nothing,
nor does the noise of a plain road, on which some 0.004 of the pixels seem to move."""
CORNER, LARGEST = 0.3, 0.33
"""A logo's middle is so near to a corner, and it is at most so long, in heights and widths of the picture."""
SMALLEST = 0.001
"""Share of the picture that a logo covers at least: some 8 x 7 pixels of 320 x 180."""
ONE_WAY = 0.15
"""Share of a logo's edges that are upright, and that are level, at least."""
JOINED = 0.03
"""Share of the width by which the letters of one logo lie apart at most."""

PLAIN, OUTLIERS = 8, 0.01
"""Difference of brightness, of 255, in a picture of one colour, at most, and the share of its pixels at either end that
are left out."""


def marks_of(shot: Shot) -> Mapping[str, Value]:
    """Marks of a shot. Each value is None for a shot without pictures.

    bars: near-black bars that are there all the time, {"top", "bottom": shares of the height, "left", "right": shares
        of the width}; 0 where there is none. Dark scenery is none, since it does not end at once in a straight
        line; beside scenery that is as dark, a bar is not seen. Bars of other colours are not looked for.
    bars_share: share of the picture that they cover, from 0 to 1.
    logo: share of the picture, from 0 to 1, that lies in boxes around what stays in a corner while the rest moves; 0
        where nothing does; None where too little moves to tell, as with a camera that stands still.
    flat: share of the time in which the picture is of one colour, from 0 to 1.
    """
    if not len(shot.frames) or not len(shot.grey):
        return {"bars": None, "bars_share": None, "logo": None, "flat": None}
    bars = _bars(shot)
    pixels = _logo(_inside(shot.grey, bars))
    return {
        "bars": {side: bars[side] for side in SIDES},
        "bars_share": 1 - (1 - bars["top"] - bars["bottom"]) * (1 - bars["left"] - bars["right"]),
        "logo": None if pixels is None else pixels / shot.grey[0].size,
        "flat": float(np.mean([_is_plain(picture) for picture in shot.grey])),
    }


def _is_plain(picture: npt.NDArray[np.uint8]) -> bool:
    """Whether a picture is of one colour, but for a hundredth of its pixels at either end."""
    counts = np.cumsum(np.bincount(picture.ravel(), minlength=256)) / picture.size
    return bool(np.searchsorted(counts, 1 - OUTLIERS) - np.searchsorted(counts, OUTLIERS, side="right") <= PLAIN)


def _bars(shot: Shot) -> Bars:
    total, squares = (np.zeros(shot.frames.rgb.shape[1:3], np.float32) for _ in range(2))
    for picture in shot.frames.rgb:
        red, green, blue = cv2.split(picture)
        brightest = cv2.max(cv2.max(red, green), blue)
        cv2.accumulate(brightest, total)
        cv2.accumulateSquare(brightest, squares)
    mean = total / len(shot.frames)
    deviation = np.sqrt(np.maximum(squares / len(shot.frames) - mean**2, 0))
    level, swing = (np.asarray(cv2.medianBlur(plane, NOISE), np.float32) for plane in (mean, deviation))
    above = level - level.min()
    black = (level <= BLACK) & (above <= DARKEST) & (swing <= STEADY)
    unlit = black | (above <= LIT)
    ways = {"top": np.s_[:], "bottom": np.s_[::-1], "left": np.s_[:], "right": np.s_[::-1]}
    return {
        side: _depth(*(plane.T[way] if side in ("left", "right") else plane[way] for plane in (black, unlit)))
        for side, way in ways.items()
    }


def _depth(black: npt.NDArray[np.bool_], unlit: npt.NDArray[np.bool_]) -> float:
    """How deep a bar at the top is, as a share of the height; 0 for none.

    Args:
        black: which pixels are always black, shape (height, width).
        unlit: which are no brighter than what a bar may blur into.
    """
    height, width = black.shape
    blacks, unlits = _run(black), _run(unlit)
    ending = blacks <= DEEPEST * height
    if ending.sum() < SHOWN * width:
        return 0.0
    depth, stray = int(np.bincount(blacks[ending]).argmax()), max(1, STRAY * height)
    straight = ending & (np.abs(blacks - depth) <= stray) & (unlits <= depth + 2 * stray)
    return depth / height if straight.sum() >= STRAIGHT * ending.sum() else 0.0


def _run(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """How many pixels in a row are set, from the top of each column."""
    return np.asarray(np.where(mask.all(axis=0), len(mask), (~mask).argmax(axis=0)))


def _inside(pictures: npt.NDArray[np.uint8], bars: Bars) -> npt.NDArray[np.uint8]:
    """Pictures without their bars, nor the bars' blurred edges."""
    height, width = pictures.shape[1:]
    top, bottom = (round(bars[side] * height) + 2 * (bars[side] > 0) for side in ("top", "bottom"))
    left, right = (round(bars[side] * width) + 2 * (bars[side] > 0) for side in ("left", "right"))
    return pictures[:, top : height - bottom, left : width - right]


def _logo(pictures: npt.NDArray[np.uint8]) -> int | None:
    """The pixels that logos cover; 0 for none, None where too little moves.

    A logo that is half transparent keeps its edges, too: the median of the gradients over time shows watermarks (Dekel
    et al., "On the Effectiveness of Visible Watermarks", CVPR 2017). Here a low quantile takes the median's place, so
    that scenery which stands still for most of the shot and then moves is none.
    """
    count, height, width = pictures.shape
    if count < FEWEST or min(height, width) < 1 / JOINED:
        return None
    looks = pictures[np.linspace(0, count - 1, min(count, LOOKS)).astype(int)]
    gradients = np.stack([_gradient(picture) for picture in looks])
    usual = np.asarray(np.median(gradients, axis=0), np.float32)
    stays = _staying(gradients, usual) >= EDGE
    upright = np.abs(usual[..., 0]) > np.abs(usual[..., 1])
    edges = np.abs(gradients) >= EDGE
    if not any(_moves(edges[..., way], stays & (upright != way)) for way in range(2)):
        return None
    return sum(_logos(stays, upright))


def _moves(edges: npt.NDArray[np.bool_], stays: npt.NDArray[np.bool_]) -> bool:
    """Whether edges away from the corners move nearly all the time, and nearly none of them stays.

    Args:
        edges: where there is one in each picture, shape (pictures, height, width).
        stays: where one stays, shape (height, width).
    """
    elsewhere = ~_corners(*stays.shape)
    moving = (edges & elsewhere & ~stays).mean(axis=(1, 2))
    usual = edges[:, elsewhere].sum(axis=1).mean()
    return bool(np.quantile(moving, STAYING) >= FULL and stays[elsewhere].sum() <= MOVING * usual)


def _gradient(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Brightness a pixel to the right and down, shape (height, width, 2)."""
    ways = [cv2.Sobel(picture, cv2.CV_32F, *way, ksize=3, scale=1 / 8) for way in ((1, 0), (0, 1))]
    return np.asarray(np.stack(ways, axis=-1), np.float32)


def _staying(gradients: npt.NDArray[np.float32], usual: npt.NDArray[np.float32]) -> Plane:
    """How strong an edge is at all but the share STAYING of the time, in its usual direction.

    Args:
        gradients: shape (pictures, height, width, 2).
        usual: their median over time, shape (height, width, 2).
    """
    direction = usual / np.maximum(np.linalg.norm(usual, axis=-1, keepdims=True), 1e-6)
    along = np.einsum("nhwd,hwd->nhw", gradients, direction)
    return np.asarray(np.quantile(along, STAYING, axis=0), np.float32)


def _corners(height: int, width: int) -> npt.NDArray[np.bool_]:
    rows, columns = (_near_ends(length) for length in (height, width))
    return np.asarray(rows[:, None] & columns, bool)


def _near_ends(length: int) -> npt.NDArray[np.bool_]:
    places = (np.arange(length) + 0.5) / length
    return np.minimum(places, 1 - places) <= CORNER


def _logos(stays: npt.NDArray[np.bool_], upright: npt.NDArray[np.bool_]) -> list[int]:
    """Pixels of the box around each logo.

    Args:
        stays: where an edge stays, shape (height, width).
        upright: where it is upright rather than level.
    """
    height, width = stays.shape
    reach = round(JOINED * width) | 1
    joined = cv2.morphologyEx(stays.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    corners = _corners(height, width)
    areas = []
    for left, top, wide, tall, _ in stats[1:].tolist():
        fits = wide <= LARGEST * width and tall <= LARGEST * height and wide * tall >= SMALLEST * height * width
        if not fits or not corners[top + tall // 2, left + wide // 2]:
            continue
        inside = slice(top, top + tall), slice(left, left + wide)
        if ONE_WAY <= upright[inside][stays[inside]].mean() <= 1 - ONE_WAY:
            areas.append(wide * tall)
    return areas
