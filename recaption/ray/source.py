"""The stage that reads: what people name on the command line, as blocks of clips, read as they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import ray
from ray.data import Datasource, ReadTask
from ray.data.block import BlockMetadata

from recaption import sources
from recaption.clip import Clip
from recaption.ids import is_among, place
from recaption.ray.blocks import of_clips

READERS = 8
"""How many inputs are read side by side."""
CHUNK = 256
"""Clips that are looked up at a time."""


@dataclass(frozen=True)
class Wanted:
    """Which clips are to be captioned.

    Attributes:
        done: `Ids.all()` of those that are not, in Ray's object store, where all readers of a machine share them.
        places: the same those that are, by `ids.place`, and no others; None for all.
    """

    done: ray.ObjectRef[Any]
    places: ray.ObjectRef[Any] | None = None

    def filter(self, clips: Iterable[Clip]) -> Iterator[Clip]:
        done: npt.NDArray[np.bytes_] = ray.get(self.done)
        places = None if self.places is None else ray.get(self.places)
        iterator = iter(clips)
        while chunk := list(islice(iterator, CHUNK)):
            wanted = ~is_among([clip.id for clip in chunk], done)
            if places is not None:
                wanted &= is_among([place(clip.path, clip.start, clip.end, clip.text) for clip in chunk], places)
            yield from (clip for clip, is_wanted in zip(chunk, wanted, strict=True) if is_wanted)


class Clips(Datasource):
    """The clips of some inputs; see `sources.clips`.

    Args:
        limit: of clips; with one, the inputs are read one after the other.
        block: how many clips travel together.
    """

    def __init__(
        self, inputs: Sequence[str], columns: sources.Columns, wanted: Wanted, block: int, limit: int | None = None
    ) -> None:
        super().__init__()
        self.columns = columns
        self.wanted = wanted
        self.block = block
        self.limit = limit
        readers = READERS if limit is None else 1
        self.shares = [share for number in range(readers) if (share := inputs[number::readers])]

    def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:
        return [ReadTask(self._reading(share), BlockMetadata(None, None, None, None)) for share in self.shares]

    def estimate_inmemory_data_size(self) -> None:
        return None

    def _reading(self, share: Sequence[str]) -> Callable[[], Iterator[pa.Table]]:
        columns, wanted, block, limit = self.columns, self.wanted, self.block, self.limit

        def read() -> Iterator[pa.Table]:
            clips = wanted.filter(islice(sources.clips(share, None, columns), limit))
            while together := list(islice(clips, block)):
                yield of_clips(together)

        return read
