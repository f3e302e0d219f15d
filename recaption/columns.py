"""The columns of captions.jsonl and failures.jsonl as parquet has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from recaption.errors import MissingExtra


def captions() -> Any:
    """A `pyarrow.Schema` with the columns of captions.jsonl.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    text, number = pa.string(), pa.float64()
    step = pa.struct({"start": number, "end": number, "text": text})
    edit = pa.struct({"code": text, "before": text, "after": text})
    return pa.schema(
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


def failures() -> Any:
    """The same, of failures.jsonl: what the model said is null where it said nothing."""
    import pyarrow as pa

    schema = captions()
    for name in ("reason", "detail"):
        schema = schema.append(pa.field(name, pa.string()))
    return schema


def table(rows: Iterable[dict[str, Any]], schema: Any) -> Any:
    """A `pyarrow.Table` of rows. What is no text, as names of files need not be and answers may not, is escaped."""
    import pyarrow as pa

    return pa.Table.from_pylist([_escaped(row) for row in rows], schema)


def escaped(text: str) -> str:
    """A text as parquet takes it."""
    return text.encode("utf-8", "backslashreplace").decode()


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, dict):
        return {name: _escaped(each) for name, each in value.items()}
    return [_escaped(each) for each in value] if isinstance(value, list) else value
