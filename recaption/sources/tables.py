"""Tables of clips: csv, tsv, JSON lines and parquet, one row a clip."""

from __future__ import annotations

import csv
import itertools
import json
import math
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from recaption.clip import Clip
from recaption.errors import MissingExtra, RunError, UsageError
from recaption.sources.names import shown

Row = dict[str, Any] | str
"""A row by its columns, or what is wrong with it."""

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)")
_LONGEST_FIELD = 2**20
"""Characters; what is longer is a quotation mark that nobody closed."""


@dataclass(frozen=True)
class Columns:
    """The names of the columns of a table.

    Attributes:
        path: of the clip's file; relative paths count from the table.
        text: what a person said of the clip in a few words; None for nothing.
        start, end: seconds from the start of the file, or H:MM:SS; None for the file's own, as an empty field is.
    """

    path: str = "path"
    text: str | None = None
    start: str | None = None
    end: str | None = None

    @property
    def named(self) -> list[str]:
        return [name for name in (self.path, self.text, self.start, self.end) if name]


PATH_ALONE = Columns()


def is_table(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in _READERS and os.path.isfile(path)


def check(table: str, columns: Columns) -> None:
    """Refuse a table whose first row has not all the columns, which JSON lines may leave out but for the path.

    Raises:
        UsageError: it has not, or the table cannot be read at all.
        MissingExtra: pyarrow is not installed, and the table is a parquet file.
    """
    try:
        _, row = next(_rows(table, columns), (0, {name: "" for name in columns.named}))
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(f"{shown(table)}: cannot be read ({error})") from None
    needed = [columns.path] if table.lower().endswith(".jsonl") else columns.named
    missing = [name for name in needed if not isinstance(row, str) and name not in row]
    if missing:
        there = ", ".join(map(str, row))
        raise UsageError(
            f"{shown(table)}: no column {missing[0]!r} there; it has {there} (see --path-column and others)"
        )


def clips(table: str, columns: Columns) -> Iterator[Clip]:
    """One clip for each row, read as they are asked for.

    Raises:
        RunError: the table cannot be read any further.
    """
    try:
        for number, row in _rows(table, columns):
            yield _clip(os.path.abspath(table), number, row, columns)
    except (OSError, ValueError, csv.Error) as error:
        raise RunError(f"{shown(table)}: cannot be read ({error})") from None


def _clip(table: str, number: int, row: Row, columns: Columns) -> Clip:
    origin = f"{shown(table)}, row {number}"
    try:
        if isinstance(row, str):
            raise ValueError(row)
        path = row.get(columns.path)
        if not isinstance(path, str) or not path.strip() or "\0" in path:
            raise ValueError(f"no path in the column {columns.path!r}")
        text = row.get(columns.text) if columns.text else None
        start = _seconds(row, columns.start)
        end = _seconds(row, columns.end)
        if (start or 0) < 0 or (end is not None and end <= (start or 0)):
            raise ValueError(f"the clip would go from {start} to {end} s")
        clip = Clip.of(os.path.join(os.path.dirname(table), path), start, end)
    except (ValueError, OverflowError) as error:
        return Clip(f"{table}:{number}", origin=origin, fault=str(error))
    words = str(text or "").encode("utf-8", "replace").decode().strip()
    return replace(clip, text=words or None, origin=origin)


def _seconds(row: dict[str, Any], column: str | None) -> float | None:
    value = row.get(column) if column else None
    if value is None or value == "":
        return None
    clock = _CLOCK.fullmatch(str(value).strip())
    if clock:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3])
    try:
        seconds = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        seconds = math.nan
    if not math.isfinite(seconds):
        raise ValueError(f"{value!r} in the column {column!r} is no time")
    return seconds


def _rows(table: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    """Number, from 1 where the rows begin, and columns of each row."""
    return _READERS[os.path.splitext(table)[1].lower()](table, columns)


def _read_csv(table: str, columns: Columns, delimiter: str = ",") -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_LONGEST_FIELD)
    # Bytes that are no text may be part of a path.
    with open(table, encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.DictReader(file, delimiter=delimiter, strict=True)
        for number in itertools.count(1):
            try:
                yield number, next(reader)
            except csv.Error as error:
                yield number, f"no row of a table ({error})"
            except StopIteration:
                return


def _read_tsv(table: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    return _read_csv(table, columns, "\t")


def _read_jsonl(table: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    with open(table, encoding="utf-8-sig", errors="surrogateescape") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                yield number, f"no JSON ({error})"
            else:
                yield number, row if isinstance(row, dict) else "no JSON object"


def _read_parquet(table: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    with pq.ParquetFile(table) as file:
        there = file.schema_arrow.names
        named = [name for name in columns.named if name in there]
        if len(named) < len(columns.named):
            yield 0, dict.fromkeys(there)
            return
        number = 0
        for batch in file.iter_batches(columns=named):
            for row in batch.to_pylist():
                number += 1
                yield number, row


_READERS: dict[str, Callable[[str, Columns], Iterator[tuple[int, Row]]]] = {
    ".csv": _read_csv,
    ".tsv": _read_tsv,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
}
