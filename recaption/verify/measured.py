"""What captions are held against, measured in one decode of each clip."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

from recaption.clip import Clip
from recaption.curate.measuring import measure
from recaption.curate.recipe import Recipe
from recaption.curate.shot import Value
from recaption.curate.whole import of_clip
from recaption.errors import DecodeError
from recaption.verify.verify import Measures
from recaption.video.workers import DecodePool

RECIPE = Recipe(measures=("motion", "looks", "marks"))


@asynccontextmanager
async def measuring(jobs: int, deadline: float) -> AsyncIterator[Measures]:
    """Measure clips in so many processes.

    Args:
        deadline: seconds within which each shot of a clip has to be done.
    """
    async with DecodePool(jobs, deadline) as pool:

        async def measures(clip: Clip) -> Mapping[str, Value]:
            measured = await pool.do_in_parts(clip, partial(measure, clip, RECIPE))
            if measured.damaged:
                raise DecodeError("damaged", f"{clip.path}: broken frames are no measure of what was shown")
            return of_clip(measured)

        yield measures
