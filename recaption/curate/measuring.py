"""A film, decoded once: its shots, and what is measured of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2

from recaption.clip import Clip
from recaption.curate.cuts import CUTTERS
from recaption.curate.footage import Footage
from recaption.curate.measures import MEASURES
from recaption.curate.recipe import Recipe
from recaption.curate.shot import Shot, Value
from recaption.video.decode import pour
from recaption.video.sample import All, Selection

DIGITS = 5
"""Decimals of a measure; shares, seconds and picture widths are known no better."""


@dataclass(frozen=True)
class Measured:
    """A film that was measured.

    Attributes:
        shots: of each its `start` and `end` in seconds from the start of the film, whether it `goes_on` from the one
            before, which was too long, and its measures by name.
        width, height: of the film in pixels, as it is shown.
        duration: seconds.
        flags: keys of `video.sample.FLAGS`.
    """

    shots: tuple[dict[str, Any], ...]
    width: int
    height: int
    duration: float
    flags: tuple[str, ...]


def measure(clip: Clip, recipe: Recipe, alive: Callable[[], object]) -> Measured:
    """Cut a film into shots and measure each.

    Args:
        alive: is called after each shot.

    Raises:
        DecodeError: "missing", "unreachable", "unreadable", "no_video", "damaged" or "span".
        MissingExtra: the recipe needs a package that is not installed.
    """
    cv2.setNumThreads(1)
    shots: list[dict[str, Value]] = []

    def take(start: float, end: float, is_part: bool, shot: Shot | None) -> None:
        row: dict[str, Value] = {"start": start, "end": end, "goes_on": is_part, "seconds": end - start}
        if shot:
            row["fps"] = len(shot.times) / shot.seconds
            for name in recipe.measures:
                row.update(MEASURES[name].measure(shot))
        shots.append({name: _rounded(value) for name, value in row.items()})
        alive()

    def begin(selection: Selection) -> Footage:
        shots.clear()
        return Footage(selection, CUTTERS[recipe.cuts.by](), recipe.cuts.longest, take)

    selection, footage = pour(clip, All(), begin)
    return Measured(tuple(shots), *footage.size, selection.duration, selection.flags)


def _rounded(value: Value) -> Value:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return value
