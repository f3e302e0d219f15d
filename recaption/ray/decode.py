"""The stage that decodes: clips in, frames out, a killable worker process in each actor."""

from __future__ import annotations

import asyncio
from time import perf_counter

import pyarrow as pa

from recaption.clip import Clip
from recaption.errors import DecodeError
from recaption.films import check
from recaption.ray.blocks import Decoded, clips_in, of_decoded
from recaption.sources import Columns
from recaption.video.sample import Sampling
from recaption.video.workers import DecodePool


class Decode:
    """One actor; its worker process ends with it, however it ends.

    Args:
        columns: of datasets that name clips by rows.
        longest: see `films.Showing`.
    """

    def __init__(
        self, columns: Columns, sampling: Sampling, longest: int | None, deadline: float, decoder: str
    ) -> None:
        self.columns = columns
        self.sampling = sampling
        self.longest = longest
        self.pool = DecodePool(1, deadline, decoder)

    async def __call__(self, block: pa.Table) -> pa.Table:
        return of_decoded(await asyncio.gather(*map(self._one, clips_in(block, self.columns))))

    async def _one(self, clip: Clip) -> Decoded:
        started = perf_counter()
        try:
            check(clip)
            frames = await self.pool.decode(clip, self.sampling, self.longest)
        except DecodeError as error:
            return Decoded(clip, error)
        return Decoded(clip, frames, perf_counter() - started)
