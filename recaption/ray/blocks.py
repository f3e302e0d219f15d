"""What travels between the stages: some clips at a time, in one row, with their decoded frames once they have them.

A stage that makes one row of one row gives the same when it is done again, whatever Ray thinks of the size of a block.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from recaption import urls
from recaption.clip import Clip, Frames, Place
from recaption.errors import DecodeError
from recaption.sources import Columns
from recaption.sources.rows import clip_of
from recaption.storage.spool import Spool

CLIPS = "clips"
"""The column of a block that holds clips, pickled."""
DATASET = "dataset"
LONGEST_NAME = 200
"""Characters by which a row of a dataset is named."""


@dataclass(frozen=True)
class Decoded:
    """A clip with its frames, or with the error that took their place, and the seconds that decoding it took."""

    clip: Clip
    frames: Frames | DecodeError
    seconds: float = 0.0


def of_clips(clips: Sequence[Clip]) -> pa.Table:
    """A film that only this process holds, such as one that was a row's bytes, goes along."""
    return pa.table({CLIPS: [pickle.dumps([(clip, _held(clip)) for clip in clips])]})


def _held(clip: Clip) -> bytes | None:
    if not clip.place or not clip.place.held:
        return None
    with open(clip.place.url, "rb") as file:
        file.seek(clip.place.offset)
        return file.read(clip.place.size)


def clips_in(block: pa.Table, columns: Columns) -> list[Clip]:
    """The clips of a block that `of_clips` made, or of the rows of a dataset."""
    if CLIPS in block.column_names:
        packed = [pair for pickled in block[CLIPS].to_pylist() for pair in pickle.loads(pickled)]
        return [clip if film is None else _holding(clip, film) for clip, film in packed]
    named = block.select([name for name in columns.named if name in block.column_names])
    return [_of_row(row, columns) for row in named.to_pylist()]


def _holding(clip: Clip, film: bytes) -> Clip:
    spool = Spool(film)
    return replace(clip, place=Place(spool.path, held=spool))


def _of_row(row: dict[str, Any], columns: Columns) -> Clip:
    """Rows of a dataset have no numbers: what they say tells them apart, bytes aside."""
    said = {name: "bytes" if isinstance(value, bytes) else value for name, value in row.items()}
    name = urls.without_secrets(json.dumps(said, default=str))[:LONGEST_NAME]
    return clip_of(row, columns, DATASET, name, os.getcwd())


def of_decoded(decoded: Sequence[Decoded]) -> pa.Table:
    """Frames lie outside of the pickle, so that who reads the block does not copy them."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(list(decoded), protocol=5, buffer_callback=buffers.append)
    pixels = pa.array([[buffer.raw() for buffer in buffers]], pa.list_(pa.large_binary()))
    return pa.table({"head": [head], "pixels": pixels})


def decoded_in(block: pa.Table) -> list[Decoded]:
    """What `of_decoded` packed; the frames are only there as long as the block."""
    found: list[Decoded] = []
    for head, pixels in zip(block["head"].to_pylist(), block["pixels"], strict=True):
        found += pickle.loads(head, buffers=[one.as_buffer() for one in pixels.values])
    return found
