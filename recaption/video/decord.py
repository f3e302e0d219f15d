"""Frames of a clip, decoded by decord: for comparison with datasets that were made with it.

Known errors, which are why PyAV is the default (measured with decord 0.6.0 and decord2 3.4.0 on films that carry their
frame number): wrong frames without a word on AVI, on MPEG-TS and in open groups of pictures; 0.6.0 cannot read AV1;
data that ends part-way goes unnoticed; `get_batch` has hung for hours in native code (decord's issues 269, 373 and
375), where only the deadline of a worker process helps.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np

from recaption.clip import Clip, Frames
from recaption.errors import DecodeError, MissingExtra
from recaption.pictures import rgb_of
from recaption.storage import at_hand
from recaption.video import probe
from recaption.video.album import shrink
from recaption.video.sample import Sampling, select


@runtime_checkable
class DecordReader(Protocol):
    """What is needed of a `decord.VideoReader`."""

    def __len__(self) -> int: ...

    def get_frame_timestamp(self, idx: Sequence[int], /) -> Any: ...

    def get_batch(self, indices: list[int], /) -> Any: ...


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
    with at_hand(clip, as_file=True) as path:
        if not os.access(path, os.R_OK):
            raise DecodeError("missing", f"{clip.path}: no such file, or it may not be read")
        with probe.opened(path, clip.path):  # it refuses lists of other files, which decord would follow
            pass
        try:
            return read(decord.VideoReader(path, ctx=decord.cpu(0), num_threads=1), clip, sampling, longest)
        except (RuntimeError, IndexError, decord.DECORDError) as error:
            raise DecodeError("unreadable", f"{clip.path}: decord: {str(error).splitlines()[0]}") from None


def read(reader: DecordReader, clip: Clip, sampling: Sampling, longest: int | None) -> Frames:
    """The sampled frames of a clip from a reader that is open, whatever framework it hands its arrays to.

    Raises:
        DecodeError: "span".
        Exception: what decord raises, and what it hands on.
    """
    shown = reader.get_frame_timestamp(range(len(reader))).astype(np.float64)
    shown -= shown[0, 0]
    selection = select(shown[:, 0].tolist(), float(shown[-1, 1]), clip, sampling)
    rgb = shrink(rgb_of(reader.get_batch(list(selection.indices))), longest)
    return Frames(selection.times, rgb, selection.duration, selection.flags)
