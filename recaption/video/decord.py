"""Frames of a clip, decoded by decord: for comparison with datasets that were made with it.

Known errors, which are why PyAV is the default (measured with decord 0.6.0 and decord2 3.4.0 on films that carry their
frame number): wrong frames without a word on AVI, on MPEG-TS and in open groups of pictures; 0.6.0 cannot read AV1;
data that ends part-way goes unnoticed; `get_batch` has hung for hours in native code (decord's issues 269, 373 and
375), where only the deadline of a worker process helps.
"""

from __future__ import annotations

import os

import numpy as np

from recaption.clip import Clip, Frames
from recaption.errors import DecodeError, MissingExtra
from recaption.storage import at_hand
from recaption.video.album import shrunk
from recaption.video.sample import Sampling, select


def decode(clip: Clip, sampling: Sampling, longest: int | None = None) -> Frames:
    """As `recaption.video.decode.decode`, with decord; flags tell of the sampling only.

    Raises:
        DecodeError: "missing", "unreachable", "unreadable" or "span". decord does not tell damage from other failures.
        MissingExtra: decord is not installed.
    """
    try:
        import decord
    except ImportError:
        raise MissingExtra("decord", "decord") from None
    import cv2

    with at_hand(clip, as_file=True) as path:
        if not os.access(path, os.R_OK):
            raise DecodeError("missing", f"{clip.path}: no such file, or it may not be read")
        try:
            reader = decord.VideoReader(path, ctx=decord.cpu(0), num_threads=1)
            shown = reader.get_frame_timestamp(range(len(reader))).astype(np.float64)
            shown -= shown[0, 0]
            selection = select(shown[:, 0].tolist(), float(shown[-1, 1]), clip, sampling)
            batch = reader.get_batch(list(selection.indices)).asnumpy()
        except (RuntimeError, IndexError, decord.DECORDError) as error:
            raise DecodeError("unreadable", f"{clip.path}: decord: {str(error).splitlines()[0]}") from None
    height, width = batch.shape[1:3]
    size = shrunk(width, height, longest)
    if size != (width, height):
        batch = np.stack([cv2.resize(picture, size, interpolation=cv2.INTER_AREA) for picture in batch])
    return Frames(selection.times, np.ascontiguousarray(batch), selection.duration, selection.flags)
