"""Tables of clips: csv, tsv, JSON lines and parquet, one row a clip, on a disk or behind a URL."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TextIO

from recaption import urls
from recaption.clip import Clip
from recaption.errors import MissingExtra, RunError, UsageError
from recaption.sources.names import shown
from recaption.sources.rows import Columns, Row, clip_of
from recaption.sources.shard import Shard
from recaption.storage.remote import exists, opened

if TYPE_CHECKING:
    import pyarrow as pa

KEPT = "kept.jsonl"
"""The table of clips that a curation keeps."""
_LONGEST_FIELD = 2**20
"""Characters; what is longer is a quotation mark that nobody closed."""
_EMBEDDED_ROWS = 4
"""Rows of a parquet file that are in memory at a time where films are in them."""


def is_table(path: str) -> bool:
    return urls.suffix(path) in _READERS and (urls.is_url(path) or os.path.isfile(path))


def of_folder(folder: str, columns: Columns) -> tuple[str, Columns] | None:
    """The table in a folder that names its clips; None for a plain folder.

    It is the one that `recaption curate` left on a disk, with its columns, or one as `videofolder` of `datasets` has
    it. That one's paths are in the column `file_name`, unless another one is asked for; a table without that is another
    matter.

    Raises:
        OSError: a remote folder cannot be looked into.
        UsageError: the table cannot be read.
    """
    kept = os.path.join(folder, KEPT)
    if not urls.is_url(folder) and os.path.isfile(kept):
        return kept, Columns("path", "text", "start", "end")
    if columns.path == Columns.path:
        columns = replace(columns, path="file_name")
    for suffix in (".csv", ".jsonl", ".parquet"):
        table = urls.absolute(f"metadata{suffix}", folder)
        is_there = exists(table) if urls.is_url(table) else os.path.isfile(table)
        if is_there and columns.path in (_first(table, columns) or {}):
            return table, columns
    return None


def check(table: str, columns: Columns) -> None:
    """Refuse a table whose first row has not all the columns, which JSON lines may leave out but for the path.

    Raises:
        UsageError: it has not, or the table cannot be read at all.
        MissingExtra: a package is not installed that this table needs.
    """
    row = _first(table, columns)
    if row is None:
        return
    needed = [columns.path] if urls.suffix(table) == ".jsonl" else columns.named
    missing = [name for name in needed if not isinstance(row, str) and name not in row]
    if missing:
        there = ", ".join(map(str, row))
        raise UsageError(
            f"{shown(table)}: no column {missing[0]!r} there; it has {there} (see --path-column and others)"
        )


def _first(table: str, columns: Columns) -> Row | None:
    try:
        return next((row for _, row in _rows(table, columns)), None)
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(f"{shown(table)}: cannot be read ({error})") from None


def holds_films(table: str, columns: Columns) -> bool:
    """Whether films are in a table themselves, so that who goes through it reads them all."""
    if urls.suffix(table) != ".parquet":
        return False
    with opened(table) as source:
        schema = _parquet().read_schema(source)
    return columns.path in schema.names and not _is_text(schema, columns)


def clips(table: str, columns: Columns, shard: Shard | None = None) -> Iterator[Clip]:
    """One clip for each row, read as they are asked for; `shard` as `rows.clip_of` has it.

    Raises:
        RunError: the table cannot be read any further.
    """
    place = urls.absolute(table)
    try:
        for number, row in _rows(place, columns):
            yield clip_of(row, columns, place, number, urls.parent(place), shard)
    except (OSError, ValueError, csv.Error) as error:
        raise RunError(f"{shown(table)}: cannot be read ({error})") from None


def _rows(table: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    """Number, from 1 where the rows begin, and columns of each row."""
    return _READERS[urls.suffix(table)](table, columns)


def _text(table: str, newline: str | None = None) -> TextIO:
    # Bytes that are no text may be part of a path.
    return io.TextIOWrapper(opened(table), "utf-8-sig", "surrogateescape", newline)


def _read_csv(table: str, columns: Columns, delimiter: str = ",") -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_LONGEST_FIELD)
    with _text(table, newline="") as file:
        reader = csv.DictReader(file, delimiter=delimiter, strict=True)
        for number in itertools.count(1):
            before = reader.reader.line_num
            try:
                yield number, next(reader)
            except csv.Error as error:
                lines = f"lines {before + 1} to {reader.reader.line_num}"
                yield number, f"no row of a table ({error}; {lines}, which a quotation mark may have made one)"
            except StopIteration:
                return


def _read_tsv(table: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    return _read_csv(table, columns, "\t")


def _read_jsonl(table: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    with _text(table) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, f"no JSON ({error})"
            else:
                yield number, row if isinstance(row, dict) else "no JSON object"


def _read_parquet(table: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    # Buffered, a column is read bit by bit, and not all of a row group at a time.
    with opened(table) as source, _parquet().ParquetFile(source, buffer_size=2**20) as file:
        schema = file.schema_arrow
        named = [name for name in columns.named if name in schema.names]
        if len(named) < len(columns.named):
            yield 0, dict.fromkeys(schema.names)
            return
        number = 0
        for batch in file.iter_batches(2**14 if _is_text(schema, columns) else _EMBEDDED_ROWS, columns=named):
            for row in _listed(batch):
                number += 1
                yield number, row


def _parquet() -> Any:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    return pq


def _is_text(schema: pa.Schema, columns: Columns) -> bool:
    return str(schema.field(columns.path).type) in ("string", "large_string")


def _listed(batch: pa.RecordBatch) -> list[Row]:
    """The rows of a part of a parquet file, one by one where a text in it is none."""
    try:
        return list(batch.to_pylist())
    except UnicodeDecodeError as error:
        if batch.num_rows == 1:
            return [f"a text in it is none ({error})"]
        return [row for number in range(batch.num_rows) for row in _listed(batch.slice(number, 1))]


_READERS: dict[str, Callable[[str, Columns], Iterator[tuple[int, Row]]]] = {
    ".csv": _read_csv,
    ".tsv": _read_tsv,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
}
