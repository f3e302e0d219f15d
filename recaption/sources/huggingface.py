"""Data sets of Hugging Face: a folder of `save_to_disk`, and a name on the Hub, which is read as a stream."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from recaption import urls
from recaption.clip import Clip
from recaption.errors import MissingExtra, RunError, UsageError
from recaption.sources.names import shown
from recaption.sources.rows import Columns, clip_of
from recaption.sources.shard import Shard

_ON_THE_HUB = re.compile(r"(hf://datasets/([^/@:]+/[^/@:]+))(?:@([^/:]+))?(?::([^/]+))?/?")
"""A whole data set: its name, revision and configuration. What lies deeper is a file or folder of its repository."""


def is_dataset(path: str) -> bool:
    place = urls.absolute(path)
    return bool(_ON_THE_HUB.fullmatch(path)) or any(
        os.path.isfile(os.path.join(place, name)) for name in ("state.json", "dataset_dict.json")
    )


def check(path: str, columns: Columns) -> None:
    """Refuse a data set that cannot be loaded, or that has no column of clips.

    Raises:
        UsageError: it cannot, or has none.
        MissingExtra: `datasets` is not installed.
    """
    for _, rows in _splits(path):
        _prepared(path, rows, columns)


def clips(path: str, columns: Columns, shard: Shard | None = None) -> Iterator[Clip]:
    """One clip for each row of each split, read as they are asked for; `shard` as `rows.clip_of` has it.

    Raises:
        RunError: the data set cannot be read any further.
    """
    hub = _ON_THE_HUB.fullmatch(path)
    # Other revisions and configurations have other rows, but their repository's files lie in one place.
    place = path.rstrip("/") if hub else urls.absolute(path)
    folder = hub[1] + (f"@{hub[3]}" if hub[3] else "") if hub else place
    for split, rows in _splits(path):
        prepared, named = _prepared(path, rows, columns)
        try:
            for number, row in enumerate(prepared, 1):
                yield clip_of(row, named, place, f"{split}{number}", folder, shard)
        except Exception as error:  # datasets raises whatever comes to it of a file or a server
            raise RunError(f"{shown(path)}: cannot be read ({_words(error)})") from None


def _splits(path: str) -> list[tuple[str, Any]]:
    """The splits of a data set, each with what is put before its rows' numbers."""
    try:
        import datasets
    except ImportError:
        raise MissingExtra("datasets", "datasets") from None
    try:
        if hub := _ON_THE_HUB.fullmatch(path):
            loaded = datasets.load_dataset(hub[2], hub[4], revision=hub[3], streaming=True)
        else:
            loaded = datasets.load_from_disk(urls.absolute(path))
    except Exception as error:  # as above
        raise UsageError(f"{shown(path)}: no data set that can be read ({_words(error)})") from None
    return [(f"{split}/", rows) for split, rows in loaded.items()] if isinstance(loaded, dict) else [("", loaded)]


def _prepared(path: str, rows: Any, columns: Columns) -> tuple[Any, Columns]:
    """Rows of the columns that are needed, with films as they are stored, and the columns' names."""
    import datasets

    features = rows.features or {}
    films = [name for name, feature in features.items() if isinstance(feature, datasets.Video)]
    if columns.path not in features and columns.path == Columns.path and len(films) == 1:
        columns = replace(columns, path=films[0])
    missing = [name for name in columns.named if features and name not in features]
    if missing:
        there = ", ".join(features)
        raise UsageError(
            f"{shown(path)}: no column {missing[0]!r} there; it has {there} (see --path-column and others)"
        )
    for name in films:
        rows = rows.cast_column(name, datasets.Video(decode=False))
    return (rows.select_columns(columns.named) if features else rows), columns


def _words(error: Exception) -> str:
    return urls.without_secrets(str(error)).partition("\n")[0] or type(error).__name__
