"""What travels between the stages: some clips at a time, in one row, with their decoded frames once they have them.

A stage that makes one row of one row gives the same when it is done again, whatever Ray thinks of the size of a block.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from recaption.clip import Clip, Frames
from recaption.errors import DecodeError
from recaption.sources import Columns

CLIPS = "clips"
"""The column of a block that holds clips, pickled."""


@dataclass(frozen=True)
class Decoded:
    """A clip with its frames, or with the error that took their place, and the seconds that decoding it took."""

    clip: Clip
    frames: Frames | DecodeError
    seconds: float = 0.0


def of_clips(clips: Sequence[Clip]) -> pa.Table:
    return pa.table({CLIPS: [pickle.dumps(list(clips))]})


def clips_in(block: pa.Table, columns: Columns) -> list[Clip]:
    """The clips of a block that `of_clips` made, or of the rows of a dataset."""
    if CLIPS in block.column_names:
        return [clip for held in block[CLIPS].to_pylist() for clip in pickle.loads(held)]
    return list(_of_rows(block.select([name for name in columns.named if name in block.column_names]), columns))


def _of_rows(block: pa.Table, columns: Columns) -> Iterator[Clip]:
    for row in block.to_pylist():
        words = row.get(columns.text) if columns.text else None
        start, end = (row.get(name) if name else None for name in (columns.start, columns.end))
        try:
            clip = Clip.of(row[columns.path], start, end)
        except (KeyError, TypeError, ValueError) as error:
            fault = f"no path in the column {columns.path!r} ({error!r})"
            clip = Clip(str(row.get(columns.path)), origin="a row of the dataset", fault=fault)
        yield replace(clip, text=words or None)


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


def of_rows(rows: Sequence[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema)
