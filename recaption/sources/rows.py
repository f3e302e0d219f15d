"""A row becomes a clip, whether it is one of a table, of a data set or of a tar."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from recaption import urls
from recaption.clip import Clip, Place
from recaption.sources.names import shown
from recaption.sources.shard import Shard
from recaption.storage.spool import Spool

Row = Mapping[str, Any] | str
"""A row by its columns, or what is wrong with it."""

WRONG = (ValueError, TypeError, OverflowError, RecursionError)
"""What values of another kind, size or depth than a clip's come to."""

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)")


@dataclass(frozen=True)
class Columns:
    """The names of the columns of a table, or of the keys of a tar's JSON.

    Attributes:
        path: of the clip's file; relative paths count from the table. It may hold the file's bytes too, alone or as
            `datasets` keeps them, with a `path` beside. Tars have none.
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


@dataclass(frozen=True)
class Said:
    """What a row says of a clip beside its path."""

    text: str | None
    start: float | None
    end: float | None


def clip_of(
    row: Row, columns: Columns, source: str, number: int | str, folder: str, shard: Shard | None = None
) -> Clip:
    """The clip that a row names, or one with a fault.

    Args:
        source: where the row is, and `number` which one it is there.
        folder: where relative paths count from.
        shard: bytes that came with a row are kept for the clips of this share only.
    """
    bare = urls.public(source)
    origin = f"{shown(source)}, row {number}"
    try:
        if isinstance(row, str):
            raise ValueError(row)
        said = said_of(row, columns)
        value = row.get(columns.path)
        path, content = (value.get("path"), value.get("bytes")) if isinstance(value, dict) else (value, None)
        if isinstance(path, bytes):
            path, content = None, path
        if content is not None:
            if not isinstance(content, bytes):
                raise ValueError(f"the bytes in the column {columns.path!r} are none")
            name = PurePosixPath(path if isinstance(path, str) else "").name or "clip.mp4"
            inside = f"row://{number}/{name}::{bare}"
            clip = _embedded(inside, content, said) if shard is None or shard.holds(inside) else Clip(inside)
        elif not isinstance(path, str) or not path.strip() or "\0" in path:
            raise ValueError(f"no path in the column {columns.path!r}")
        else:
            clip = Clip.of(urls.absolute(path, folder), said.start, said.end)
        clip.path.encode("utf-8", "surrogateescape")
    except WRONG as error:
        return Clip(f"{bare}:{number}", origin=origin, fault=str(error))
    return replace(clip, text=said.text, origin=origin)


def said_of(row: Mapping[str, Any], columns: Columns) -> Said:
    """What a row says of a clip beside its path.

    Raises:
        ValueError: its times are none, or no span.
    """
    start = _seconds(row, columns.start)
    end = _seconds(row, columns.end)
    if (start or 0) < 0 or (end is not None and end <= (start or 0)):
        raise ValueError(f"the clip would go from {start} to {end} s")
    words = str((row.get(columns.text) if columns.text else None) or "")
    return Said(words.encode("utf-8", "replace").decode().strip() or None, start, end)


def _embedded(path: str, content: bytes, said: Said) -> Clip:
    """A clip whose bytes came with its row. They wait on the disk, since many rows are read ahead."""
    spool = Spool(content)
    return Clip(path, said.start, said.end, len(content), 0, place=Place(spool.path, held=spool))


def _seconds(row: Mapping[str, Any], column: str | None) -> float | None:
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
