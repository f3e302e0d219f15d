"""What travels between the stages: some clips at a time, in one row, with their decoded frames once they have them.

A stage that makes one row of one row gives the same when it is done again, whatever Ray thinks of the size of a block.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from recaption.clip import Clip, Frames, Place
from recaption.errors import DecodeError
from recaption.sources import Columns
from recaption.sources.rows import said_of
from recaption.storage.spool import Spool

CLIPS = "clips"
"""The column of a block that holds clips, pickled."""


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
    return list(_of_rows(block.select([name for name in columns.named if name in block.column_names]), columns))


def _holding(clip: Clip, film: bytes) -> Clip:
    spool = Spool(film)
    return replace(clip, place=Place(spool.path, held=spool))


def _of_rows(block: pa.Table, columns: Columns) -> Iterator[Clip]:
    for row in block.to_pylist():
        try:
            said = said_of(row, columns)
            clip = Clip.of(row[columns.path], said.start, said.end)
            yield replace(clip, text=said.text)
        except (KeyError, TypeError) as error:
            yield _faulty(row, columns, f"no path in the column {columns.path!r} ({error!r})")
        except (ValueError, OverflowError) as error:
            yield _faulty(row, columns, str(error))


def _faulty(row: dict[str, Any], columns: Columns, fault: str) -> Clip:
    return Clip(str(row.get(columns.path)), origin="a row of the dataset", fault=fault)


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
