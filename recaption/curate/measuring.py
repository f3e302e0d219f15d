"""A film, decoded once: its shots, and what is measured of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import cv2

from recaption.clip import Clip, Picture
from recaption.curate.cuts import CUTTERS
from recaption.curate.footage import Footage
from recaption.curate.measures import MEASURES
from recaption.curate.recipe import Recipe
from recaption.curate.shot import Shot, Value
from recaption.video.album import shrink
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
        damaged: share of all frames, from 0 to 1, that the decoder could not give whole.
    """

    shots: tuple[dict[str, Any], ...]
    width: int
    height: int
    duration: float
    flags: tuple[str, ...]
    damaged: float = 0.0


BEAT_SECONDS = 1.0
VIEWS = "views"
"""What the row of a shot holds for a CLIP or SigLIP model: its first, middle and last picture as JPEGs.

Those three are the pictures that Open-Sora scores (`tools/scoring/README.md` of github.com/hpcaitech/Open-Sora).
"""
VIEW_LONGEST = 448
"""Pixels of a view's longest side; the largest CLIP and SigLIP models that are common take 384."""
QUALITY = 95


def measure(clip: Clip, recipe: Recipe, alive: Callable[[], object]) -> Measured:
    """Cut a film into shots and measure each.

    Args:
        alive: is called about once a second while frames come.

    Raises:
        DecodeError: "missing", "unreachable", "unreadable", "no_video", "span", or "damaged" where no frame is whole.
        MissingExtra: the recipe needs a package that is not installed.
    """
    cv2.setNumThreads(1)
    shots: list[dict[str, Any]] = []

    def take(start: float, end: float, is_part: bool, shot: Shot | None) -> None:
        row: dict[str, Any] = {"start": start, "end": end, "goes_on": is_part, "seconds": end - start}
        if shot:
            row |= {"fps": len(shot.times) / shot.seconds, "damaged": shot.damaged}
            for name in recipe.measures:
                row.update(MEASURES[name].measure(shot))
            if recipe.embedding.model:
                row[VIEWS] = [
                    _view(shot.frames[i].rgb) for i in sorted({0, (len(shot.frames) - 1) // 2, len(shot.frames) - 1})
                ]
        shots.append({name: _rounded(value) for name, value in row.items()})

    beaten = monotonic()

    def beat() -> None:
        nonlocal beaten
        if monotonic() - beaten >= BEAT_SECONDS:
            beaten = monotonic()
            alive()

    def begin(selection: Selection) -> Footage:
        shots.clear()
        return Footage(selection, CUTTERS[recipe.cuts.by](), recipe.cuts.longest, take)

    selection, footage = pour(clip, All(), begin, damaged_too=True, alive=beat)
    damaged = len(selection.damaged) / len(selection.times)
    return Measured(tuple(shots), *footage.size, selection.duration, selection.flags, damaged)


def _view(picture: Picture) -> bytes:
    """A picture as a JPEG, small enough to wait with those of all other shots of a film."""
    small = shrink(picture[None], VIEW_LONGEST)[0]
    return cv2.imencode(".jpg", small[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()


def _rounded(value: Value) -> Value:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return value
