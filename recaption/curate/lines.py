"""Lines of text in one picture, each as the box around its ink.

RapidOCR's detector finds them. It is made to miss none, and its boxes are made for a reader: wider than the ink. So
what is not plainly a line is read, and is text when it reads like some; and the box of a level line is fitted to the
strokes within it: those of the colour that looks most like letters all along the line, with the outline around them.
What is behind the letters has other colours, even where it touches them. Arabic and Cyrillic, which the reader does not
know, are found only where they are plainly lines.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Picture
from recaption.curate.ink import Box, ink
from recaption.curate.shot import PICTURE_LONGEST
from recaption.errors import MissingExtra, RunError

Corners = npt.NDArray[np.float64]
"""The corners of a line in pixels, shape (4, 2): x and y of top left, top right, bottom right and bottom left."""

LEAST = 32
"""Pixels of a picture's shorter side, under which nothing is looked for: the detector's stride."""
UNCLIP = 0.8
"""How far the detector's regions are widened (area over length, as in DB, arXiv 1911.08947). RapidOCR's 1.6 is for
reading: on drawn text (`scripts/prove_text.py`, seeds 1 and 2) its boxes are half as large again as the ink; with 0.8
they are as large on average."""
LONG = 5.0
"""Length over height from which a region is a line without being read: of 693 false ones on the same seeds one was."""
READ_SCORE, READ_CHARACTERS = 0.6, 3
"""Least confidence of the reader, and letters and digits that it must have read: wings and wheels read as "88" or "O".
On the same seeds, 6 of the 693 false ones had as many characters with that confidence; of true lines read, all but 1 in
100 have 0.9."""
LEVEL = 0.1
"""Slope up to which a line counts as level, some 6 degrees."""


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
    return [_fitted(bgr, corners) if is_level(corners) else corners for corners in kept]


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


def _fitted(bgr: Picture, corners: Corners) -> Corners:
    """The corners of the box around the ink of a level line."""
    left, top, right, bottom = ink(bgr, box(corners))
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float64)


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
            "Det.score_mode": "slow",  # over the region, not the box around it, which misses lines on strong scenery
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
