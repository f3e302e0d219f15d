"""`captions.parquet` with all columns of captions.jsonl."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

from recaption.errors import MissingExtra
from recaption.export.items import Item, Items

ROWS_A_GROUP = 1000


def write(folder: Path, items: Items) -> None:
    """Raises: MissingExtra: pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    text, number = pa.string(), pa.float64()
    step = pa.struct({"start": number, "end": number, "text": text})
    segment = pa.struct({"start": number, "end": number, "caption": text})
    edit = pa.struct({"code": text, "before": text, "after": text})
    schema = pa.schema(
        {
            **dict.fromkeys(("id", "path"), text),
            **dict.fromkeys(("start", "end"), number),
            **dict.fromkeys(("text", "mode", "model", "prompts", "caption", "raw", "merge", "verdict"), text),
            "steps": pa.list_(step),
            "edits": pa.list_(edit),
            "flags": pa.list_(text),
            "tokens": pa.struct({"prompt": pa.int64(), "completion": pa.int64()}),
            "mean_logprob": number,
            "seconds": pa.struct({"decode": number, "model": number}),
            **{column: {"time": number, "segments": pa.list_(segment)}.get(column, text) for column in items.more},
        }
    )
    iterator = iter(items)
    with pq.ParquetWriter(folder / "captions.parquet", schema) as writer:
        while group := list(islice(iterator, ROWS_A_GROUP)):
            writer.write_table(pa.Table.from_pylist(list(map(_row, group)), schema))


def _row(item: Item) -> dict[str, Any]:
    """Its columns; `motion` and `camera` are text, and JSON where they are something else."""
    columns = item.columns
    for column in ("motion", "camera"):
        value = columns.get(column)
        if value is not None and not isinstance(value, str):
            columns[column] = json.dumps(value, ensure_ascii=False)
    return columns
