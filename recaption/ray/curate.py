"""From raw footage to clips on Ray Data: films in, a row for each clip of theirs out."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pyarrow as pa
import ray
from ray.data import ActorPoolStrategy, Dataset

from recaption.clip import Clip
from recaption.curate import recipe as recipes
from recaption.curate import rows
from recaption.curate.curate import appeal_of, row_of
from recaption.curate.recipe import Recipe
from recaption.errors import ClipError, faults_of
from recaption.ray.blocks import clips_in
from recaption.sources import Columns
from recaption.video.workers import DecodePool

BLOCK = 4
"""Films that travel together: they are long, and only their rows travel on."""

SCHEMA = pa.schema(
    {
        **dict.fromkeys(("id", "path"), pa.string()),
        **dict.fromkeys(("start", "end"), pa.float64()),
        **dict.fromkeys(("text", "measures"), pa.string()),
        "keep": pa.bool_(),
        **dict.fromkeys(("dropped_by", "flags"), pa.list_(pa.string())),
        **dict.fromkeys(("reason", "detail"), pa.string()),
    }
)


def curate(
    dataset: Dataset,
    recipe: str = "svd",
    *,
    cpus: int | None = None,
    gpus_per_actor: float = 0,
    block: int = BLOCK,
    deadline: float = 600.0,
    path_column: str = "path",
    text_column: str | None = None,
    start_column: str | None = None,
    end_column: str | None = None,
) -> Dataset:
    """The clips of the films that the rows of a dataset name; nothing is done before somebody reads them.

    Those that are kept can be captioned as they come:

    >>> clips = curate(films).filter(lambda row: row["keep"])
    >>> captions = caption(clips, text_column="text", start_column="start", end_column="end")

    Args:
        recipe: a name or a file, see `recaption curate`. Duplicates are left in: no worker sees all clips.
        cpus: actors that decode and measure; None for all CPUs but one.
        gpus_per_actor: for a CLIP or SigLIP model that the recipe names, such as 0.1.
        block: films that travel together.
        deadline: seconds within which each shot has to be done.

    Returns:
        One row for each clip with the columns of clips.jsonl, where `measures` is JSON; for a film that failed one row
        with `reason` and `detail`, whose `keep` is false.

    Raises:
        UsageError: a recipe that cannot be used.
    """
    told = recipes.load(recipe)
    recipes.check_packages(told)
    if not ray.is_initialized():
        ray.init(include_dashboard=False)
    columns = Columns(path_column, text_column, start_column, end_column)
    size = cpus or max(1, int(ray.cluster_resources().get("CPU", 0)) - 1)
    return dataset.repartition(target_num_rows_per_block=block).map_batches(
        Curate,
        fn_constructor_args=(columns, told, deadline),
        batch_size=None,
        batch_format="pyarrow",
        num_cpus=1,
        num_gpus=gpus_per_actor,
        # The second block is there when the first is done.
        compute=ActorPoolStrategy(size=size, max_concurrent_calls_per_actor=2),
    )


class Curate:
    """One actor; its worker process ends with it, however it ends.

    Args:
        columns: of datasets that name films by rows.
    """

    def __init__(self, columns: Columns, recipe: Recipe, deadline: float) -> None:
        self.columns = columns
        self.recipe = recipe
        self.pool = DecodePool(1, deadline)
        self.appeal = appeal_of(recipe)

    async def __call__(self, block: pa.Table) -> pa.Table:
        found = await asyncio.gather(*map(self._one, clips_in(block, self.columns)))
        return pa.Table.from_pylist([row for film in found for row in film], SCHEMA)

    async def _one(self, film: Clip) -> list[dict[str, Any]]:
        try:
            with faults_of(film.path):
                told = await row_of(film, self.recipe, self.pool, self.appeal)
                clips = list(rows.judged(told, self.recipe))
                return [row | {"measures": json.dumps(row["measures"])} for row in clips]
        except ClipError as error:
            row = {"id": film.id, "path": film.path, "start": film.start, "end": film.end, "text": film.text}
            no_clip = {"keep": False, "dropped_by": [], "flags": []}
            return [row | no_clip | {"reason": error.reason, "detail": error.detail}]
