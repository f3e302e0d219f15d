"""Lines of text in one picture, each as the box around its ink.

RapidOCR's detector finds them. It is made to miss none, and its boxes are made for a reader: wider than the ink. So
what is not plainly a line is read, and is text when it reads like some; and the box of a level line is fitted to the
strokes within it. Arabic and Cyrillic, which the reader does not know, are found only where they are plainly lines.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Picture
from recaption.curate.shot import PICTURE_LONGEST
from recaption.errors import MissingExtra, RunError

Corners = npt.NDArray[np.float64]
"""The corners of a line in pixels, shape (4, 2): x and y of top left, top right, bottom right and bottom left."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""

LEAST = 32
"""Pixels of a picture's shorter side, under which nothing is looked for: the detector's stride."""
UNCLIP = 0.8
"""How far the detector's regions are widened (area over length, as in DB, arXiv 1911.08947). RapidOCR's 1.6 is for
reading: on drawn text (`scripts/prove_text.py`, seeds 1 and 2) its boxes are half as large again as the ink; with 0.8
they are as large on average."""
LONG = 5.0
"""Length over height from which a region is a line without being read: of 458 false ones on the same seeds none was."""
READ_SCORE, READ_CHARACTERS = 0.6, 3
"""Least confidence of the reader, and letters and digits that it must have read: wings and wheels read as "88" or "O".
On the same seeds, 7 of the 458 false ones had as many characters, 4 of these with that confidence; of true lines read,
all but 1 in 100 have 0.9."""
LEVEL = 0.1
"""Slope up to which a line counts as level, some 6 degrees."""
REACH = 0.3
"""How far around a box strokes are looked for, in heights of the box: ascenders and descenders reach so far."""
CONTRASTS = (0.07, 0.15, 0.3, 0.5)
"""Shares of the strongest edges in a box from which an edge belongs to a stroke: the first sees faint outlines, the
last tells strokes from what is behind them."""
FAINTEST = 8.0
"""Edges under this difference of brightness, of 255, are noise."""
FOUND, BETTER = 0.35, 0.05
"""Share of a box's length over which strokes must be found, and how much more a higher contrast must find than a lower
one that did."""
TALL = 0.5
"""Share of a box's height that its strokes must reach over."""
SHORT = 0.4
"""Heights by which the strokes may end before a box does; where they end earlier, some could not be told apart."""


def lines(picture: Picture) -> list[Corners]:
    """The lines of text in a picture.

    Args:
        picture: uint8 RGB, shape (height, width, 3); smaller text is found in larger pictures, and 640 pixels suffice
            for text of 1/20 of the height.

    Raises:
        MissingExtra: rapidocr or onnxruntime is not installed.
        RunError: rapidocr has no weights.
    """
    if min(picture.shape[:2]) < LEAST:
        return []
    bgr = np.ascontiguousarray(picture[:, :, ::-1])
    found = _ocr()(bgr, use_det=True, use_cls=False, use_rec=False).boxes
    regions = [] if found is None else [np.asarray(corners, np.float64) for corners in found]
    kept = [corners for corners in regions if _is_long(corners) or _reads(bgr, corners)]
    if not kept:
        return []
    edges = np.asarray(cv2.morphologyEx(bgr, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).max(axis=2), np.uint8)
    return [_fitted(edges, corners) if is_level(corners) else corners for corners in kept]


def is_level(corners: Corners) -> bool:
    right, down = corners[1] - corners[0]
    return bool(right > 0 and abs(down) <= LEVEL * right)


def box(corners: Corners) -> Box:
    """The box of a level line, each of its sides through the middle of the line's."""
    middles = (corners + np.roll(corners, 1, axis=0)) / 2
    left, top, right, bottom = middles[range(4), [0, 1, 0, 1]].tolist()
    return left, top, right, bottom


def _size(corners: Corners) -> tuple[float, float]:
    return float(np.linalg.norm(corners[1] - corners[0])), float(np.linalg.norm(corners[3] - corners[0]))


def _is_long(corners: Corners) -> bool:
    width, height = _size(corners)
    return max(width, height) >= LONG * min(width, height)


def _reads(bgr: Picture, corners: Corners) -> bool:
    """Whether a region reads like text; what stands upright is read from top to bottom."""
    width, height = (max(1, round(side)) for side in _size(corners))
    target = np.array([(0, 0), (width, 0), (width, height)], np.float32)
    upright = cv2.warpAffine(bgr, cv2.getAffineTransform(corners[:3].astype(np.float32), target), (width, height))
    line = np.rot90(upright) if height > 1.5 * width else upright
    read = _ocr()(np.ascontiguousarray(line), use_det=False, use_cls=False, use_rec=True)
    return any(
        score >= READ_SCORE and sum(map(str.isalnum, words)) >= READ_CHARACTERS
        for words, score in zip(read.txts or (), read.scores or (), strict=True)
    )


def _fitted(edges: npt.NDArray[np.uint8], corners: Corners) -> Corners:
    """The box around the strokes of a level line; the line's own box where they cannot be told from the scenery.

    Of several contrasts, the one counts that finds strokes over most of the line.
    """
    left, top, right, bottom = fitted = box(corners)
    tall, best = bottom - top, FOUND
    strongest = float(np.percentile(edges[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1], 98))
    for contrast in CONTRASTS:
        strokes = _strokes(edges, (left, top, right, bottom), max(contrast * strongest, FAINTEST))
        covered = _length(strokes) / (right - left)
        if covered < best or np.ptp(strokes[:, 1::2]) < TALL * tall:
            continue
        best = covered + BETTER
        (x0, y0), (x1, y1) = strokes[:, :2].min(axis=0), strokes[:, 2:].max(axis=0)
        fitted = (x0 if x0 - left <= SHORT * tall else left, y0, x1 if right - x1 <= SHORT * tall else right, y1)
    x0, y0, x1, y1 = fitted
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float64)


def _strokes(edges: npt.NDArray[np.uint8], around: Box, least: float) -> npt.NDArray[np.int32]:
    """The boxes of the strokes in a line: connected edges whose middle lies in it, and which end within REACH of it.

    Returns:
        shape (strokes, 4): left, top, right and bottom of each in pixels.
    """
    left, top, right, bottom = around
    reach = REACH * (bottom - top)
    x, y = max(0, int(left - reach)), max(0, int(top - reach))
    patch = edges[y : int(np.ceil(bottom + reach)), x : int(np.ceil(right + reach))]
    _, _, stats, _ = cv2.connectedComponentsWithStats((patch >= least).astype(np.uint8), connectivity=8)
    found = np.concatenate([stats[1:, :2], stats[1:, :2] + stats[1:, 2:4]], axis=1)
    ends = (found[:, :2] > 0).all(axis=1) & (found[:, 2:] < patch.shape[::-1]).all(axis=1)
    middle = (found[:, :2] + found[:, 2:]) / 2 + (x, y)
    within = (middle > (left, top)).all(axis=1) & (middle < (right, bottom)).all(axis=1)
    # An edge is one pixel wider on every side than what it is the edge of.
    return np.asarray(found[ends & within] + (x + 1, y + 1, x - 1, y - 1), np.int32)


def _length(strokes: npt.NDArray[np.int32]) -> int:
    """Columns that have a stroke."""
    columns: set[int] = set()
    for left, _, right, _ in strokes.tolist():
        columns.update(range(left, right))
    return len(columns)


@cache
def _ocr() -> Any:
    """RapidOCR with the weights of its wheel, on one thread, silent; it would look for others on the network."""
    try:
        import onnxruntime  # noqa: F401 - rapidocr names no engine among its requirements
        import rapidocr
    except ImportError as error:
        raise MissingExtra(error.name or "rapidocr", "curate") from None
    folder = Path(rapidocr.__file__).parent / "models"
    detector, reader = (_weights(folder, part) for part in ("det", "rec"))
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Det.model_path": detector,
            "Det.limit_type": "max",
            "Det.limit_side_len": PICTURE_LONGEST,
            "Det.unclip_ratio": UNCLIP,
            "Rec.model_path": reader,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _weights(folder: Path, part: str) -> str:
    found = sorted(folder.glob(f"*_{part}_*.onnx"))
    if not found:
        raise RunError(
            f"{folder}: no weights of RapidOCR's {part} model; install rapidocr again, version 3.10 has them"
        )
    return str(found[0])
