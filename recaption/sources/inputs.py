"""Inputs as they were given: files, folders and tables of clips."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from recaption.clip import Clip
from recaption.errors import UsageError
from recaption.sources import tables
from recaption.sources.folders import SUFFIXES, paths
from recaption.sources.names import shown
from recaption.sources.shard import Shard
from recaption.sources.tables import PATH_ALONE, Columns


def check(inputs: Sequence[str], columns: Columns = PATH_ALONE) -> None:
    """Refuse inputs that are not there, that cannot be read, or that hold no clip.

    Raises:
        UsageError: an input does not exist, a table lacks a column, or there is no clip in any of them.
        MissingExtra: a table needs a package that is not installed.
    """
    absent = [path for path in inputs if not os.path.exists(path)]
    if absent:
        raise UsageError(f"{shown(absent[0])}: no such file or folder")
    for table in filter(tables.is_table, inputs):
        tables.check(table, columns)
    if next(clips(inputs, columns=columns), None) is None:
        looked = ", ".join(map(shown, inputs)) or "nothing"
        raise UsageError(f"no video found in {looked} (a folder is searched for {' '.join(sorted(SUFFIXES))})")


def clips(inputs: Sequence[str], shard: Shard | None = None, columns: Columns = PATH_ALONE) -> Iterator[Clip]:
    """The clips of the inputs, always in the same order: first of all files and folders, then of the tables.

    Each has its file's size and modification time (-1 when it cannot be read). A row of a table that is wrong is a clip
    with a `fault`.
    """
    for path in _files(inputs, shard):
        yield Clip(path) if os.path.isdir(path) else Clip.of(path)
    yield from _rows(inputs, shard, columns)


def count(inputs: Sequence[str], shard: Shard | None = None, columns: Columns = PATH_ALONE) -> int:
    """How many clips there are; no file of a folder is looked at for it."""
    return sum(1 for _ in _files(inputs, shard)) + sum(1 for _ in _rows(inputs, shard, columns))


def _files(inputs: Sequence[str], shard: Shard | None) -> Iterator[str]:
    found = paths([path for path in inputs if not tables.is_table(path)])
    return (path for path in found if shard is None or shard.holds(path))


def _rows(inputs: Sequence[str], shard: Shard | None, columns: Columns) -> Iterator[Clip]:
    for table in filter(tables.is_table, inputs):
        yield from (clip for clip in tables.clips(table, columns) if shard is None or shard.holds(clip.path))
