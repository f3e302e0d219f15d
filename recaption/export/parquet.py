"""`captions.parquet` with all columns of captions.jsonl."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

from recaption import columns
from recaption.export.items import Item, Items

ROWS_A_GROUP = 1000


def write(folder: Path, items: Items) -> None:
    """Raises: MissingExtra: pyarrow is not installed."""
    schema = columns.captions()
    import pyarrow as pa
    import pyarrow.parquet as pq

    text, number = pa.string(), pa.float64()
    segment = pa.struct({"start": number, "end": number, "caption": text})
    kinds = {"time": number, "segments": pa.list_(segment)}
    for column in items.more:
        schema = schema.append(pa.field(column, kinds.get(column, text)))
    iterator = iter(items)
    with pq.ParquetWriter(folder / "captions.parquet", schema) as writer:
        while group := list(islice(iterator, ROWS_A_GROUP)):
            writer.write_table(columns.table(map(_row, group), schema))


def _row(item: Item) -> dict[str, Any]:
    """Its columns; `motion` and `camera` are text, and JSON where they are something else."""
    columns = item.columns
    for column in ("motion", "camera"):
        value = columns.get(column)
        if value is not None and not isinstance(value, str):
            columns[column] = json.dumps(value, ensure_ascii=False)
    return columns
