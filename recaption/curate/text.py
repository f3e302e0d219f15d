"""How much of a shot's pictures text covers, and whether it has subtitles burnt in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from recaption.curate.ink import Box
from recaption.curate.lines import Corners, box, is_level, lines
from recaption.curate.shot import Shot, Value

LOOKS = 3
"""Pictures of a shot that are looked at: the middle ones of its thirds, which fades at its ends leave alone."""
SUBTITLE_TOP, SUBTITLE_TALL, SUBTITLE_ASIDE = 2 / 3, 0.12, 0.08
"""A subtitle's middle is below so much of the height; it is at most so tall, in heights of the picture; and its middle
is at most so far from the picture's, in widths."""


def text_of(shot: Shot) -> Mapping[str, Value]:
    """Text in a shot. Each value is None for a shot without pictures.

    text: mean share of the picture, from 0 to 1, that lies in the box around some line's ink. The mean, since a title
        over a third of the time spoils a third of the shot, and since the worst of some pictures may be a false find.
        Stable Video Diffusion drops clips over about 0.07 (arXiv 2311.15127).
    subtitles: share of the pictures looked at, from 0 to 1, with a row of text low in the middle, whether its words
        change or stay.

    Raises:
        MissingExtra: rapidocr or onnxruntime is not installed.
    """
    count = len(shot.frames)
    looks = sorted({int((look + 0.5) * count / LOOKS) for look in range(LOOKS)}) if count else []
    if not looks:
        return {"text": None, "subtitles": None}
    height, width = shot.frames.rgb.shape[1:3]
    found = [lines(shot.frames.rgb[look]) for look in looks]
    return {
        "text": float(np.mean([_covered(each, width, height) for each in found])),
        "subtitles": float(np.mean([_has_subtitle(each, width, height) for each in found])),
    }


def _covered(found: Sequence[Corners], width: int, height: int) -> float:
    """The share of the picture that lies in some line."""
    import shapely

    whole = shapely.box(0, 0, width, height)
    return float(shapely.union_all([shapely.Polygon(corners) & whole for corners in found]).area / whole.area)


def _has_subtitle(found: Sequence[Corners], width: int, height: int) -> bool:
    low = [row for row in _rows([box(corners) for corners in found if is_level(corners)]) if _is_low(row, height)]
    return any(abs(left + right - width) / 2 <= SUBTITLE_ASIDE * width for left, _, right, _ in low)


def _is_low(row: Box, height: int) -> bool:
    _, top, _, bottom = row
    return (top + bottom) / 2 > SUBTITLE_TOP * height and bottom - top <= SUBTITLE_TALL * height


def _rows(boxes: Sequence[Box]) -> list[Box]:
    """Boxes whose middles are beside each other as one: the detector parts a line at a wide space."""
    rows: list[Box] = []
    for left, top, right, bottom in sorted(boxes, key=lambda each: each[1] + each[3]):
        if rows and (top + bottom) / 2 < rows[-1][3]:
            x0, y0, x1, y1 = rows.pop()
            left, top, right, bottom = min(left, x0), min(top, y0), max(right, x1), max(bottom, y1)
        rows.append((left, top, right, bottom))
    return rows
