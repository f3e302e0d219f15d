"""`captions.parquet` with all columns of captions.jsonl."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from recaption import columns
from recaption.export.sets import Item

ROWS_A_GROUP = 1000


def write(folder: Path, items: Iterable[Item]) -> None:
    """Raises: MissingExtra: pyarrow is not installed."""
    schema = columns.captions()
    import pyarrow as pa
    import pyarrow.parquet as pq

    iterator = iter(items)
    with pq.ParquetWriter(folder / "captions.parquet", schema) as writer:
        while group := list(islice(iterator, ROWS_A_GROUP)):
            writer.write_table(pa.Table.from_pylist(list(map(_row, group)), schema))


def _row(item: Item) -> dict[str, Any]:
    return {**item.row, "path": item.place, "caption": item.caption}
