"""`captions.parquet` with all columns of captions.jsonl."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from recaption.errors import MissingExtra
from recaption.export.sets import Item

ROWS_A_GROUP = 1000


def write(folder: Path, items: Iterable[Item]) -> None:
    """Raises: MissingExtra: pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    text, number = pa.string(), pa.float64()
    step = pa.struct({"start": number, "end": number, "text": text})
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
        }
    )
    iterator = iter(items)
    with pq.ParquetWriter(folder / "captions.parquet", schema) as writer:
        while group := list(islice(iterator, ROWS_A_GROUP)):
            writer.write_table(pa.Table.from_pylist(list(map(_row, group)), schema))


def _row(item: Item) -> dict[str, Any]:
    return {**item.row, "path": item.place, "caption": item.caption}
