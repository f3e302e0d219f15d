"""Inputs as they were given: files, folders, tars, tables and data sets, on a disk or behind URLs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from recaption import urls
from recaption.clip import Clip
from recaption.errors import RunError, UsageError
from recaption.sources import huggingface, tables, tars
from recaption.sources.folders import SUFFIXES, paths
from recaption.sources.names import shown
from recaption.sources.rows import PATH_ALONE, Columns
from recaption.sources.shard import Shard
from recaption.storage import remote


def check(inputs: Sequence[str], columns: Columns = PATH_ALONE) -> None:
    """Refuse inputs that are not there, that cannot be read, or that hold no clip.

    Raises:
        UsageError: an input does not exist, a table lacks a column, or there is no clip in any of them.
        MissingExtra: an input needs a package that is not installed.
    """
    try:
        for path in inputs:
            _check(path, columns)
        first = next(clips(inputs, columns=columns), None)
        if first and urls.is_url(first.path) and not urls.member(first.path):
            remote.check_package(first.path)
    except (OSError, RunError) as error:
        raise UsageError(str(error)) from None
    if first is None:
        looked = ", ".join(map(shown, inputs)) or "nothing"
        raise UsageError(f"no video found in {looked} (a folder is searched for {' '.join(sorted(SUFFIXES))} .tar)")


def _check(path: str, columns: Columns) -> None:
    if huggingface.is_dataset(path):
        huggingface.check(path, columns)
        return
    if urls.is_url(path := urls.absolute(path)):
        remote.look(path)
    elif not os.path.exists(path):
        raise UsageError(f"{shown(path)}: no such file or folder")
    if table := _table(path, columns):
        tables.check(*table)


def clips(inputs: Sequence[str], shard: Shard | None = None, columns: Columns = PATH_ALONE) -> Iterator[Clip]:
    """The clips of the inputs, always in the same order: first of all local files and folders, then of all others.

    Each has its file's size and modification time (-1 when it cannot be read, 0 where nobody looked). A row of a table,
    or a place in a tar, that is wrong is a clip with a `fault`.

    Raises:
        RunError: an input cannot be read, or be read any further.
    """
    try:
        yield from _clips(inputs, shard, columns)
    except OSError as error:
        raise RunError(urls.without_secrets(str(error))) from None


def _clips(inputs: Sequence[str], shard: Shard | None, columns: Columns) -> Iterator[Clip]:
    readers = [(path, _reader(path, columns, shard)) for path in inputs]
    for path in paths([urls.absolute(path) for path, reader in readers if reader is None]):
        if tars.is_tar(path) and not os.path.isdir(path):
            yield from _share(tars.clips(path, columns), shard)
        elif shard is None or shard.holds(path):
            yield Clip(path) if os.path.isdir(path) else Clip.of(path)
    for _, reader in readers:
        if reader:
            yield from _share(reader(), shard)


def count(inputs: Sequence[str], shard: Shard | None = None, columns: Columns = PATH_ALONE) -> int | None:
    """How many clips there are; None where that would mean to read films, a data set, or what is elsewhere, twice.

    No file of a folder is looked at for it.
    """
    if any(huggingface.is_dataset(path) or urls.is_url(urls.absolute(path)) for path in inputs):
        return None
    if any((table := _table(path, columns)) and tables.holds_films(*table) for path in inputs):
        return None
    readers = [(path, _reader(path, columns, shard)) for path in inputs]
    found = 0
    for path in paths([urls.absolute(path) for path, reader in readers if reader is None]):
        if tars.is_tar(path):
            found += sum(1 for _ in _share(tars.clips(path, columns), shard))
        else:
            found += shard is None or shard.holds(path)
    return found + sum(1 for _, reader in readers if reader for _ in _share(reader(), shard))


def _share(found: Iterator[Clip], shard: Shard | None) -> Iterator[Clip]:
    return (clip for clip in found if shard is None or shard.holds(clip.path))


def _reader(path: str, columns: Columns, shard: Shard | None) -> Callable[[], Iterator[Clip]] | None:
    """What gives the clips of an input that is no local file or folder of files; None for one that is."""
    if huggingface.is_dataset(path):
        return lambda: huggingface.clips(path, columns, shard)
    if table := _table(path, columns):
        return lambda: tables.clips(*table, shard)
    if urls.is_url(place := urls.absolute(path)):
        return lambda: _remote(place, columns)
    return None


def _table(path: str, columns: Columns) -> tuple[str, Columns] | None:
    """The table that an input is, or that a folder has for its clips."""
    place = urls.absolute(path)
    if huggingface.is_dataset(path):
        return None
    if tables.is_table(place):
        return place, columns
    if urls.is_url(place):
        return tables.of_folder(place, columns) if _is_folder(place) else None
    return tables.of_folder(place, columns) if os.path.isdir(place) else None


def _is_folder(url: str) -> bool:
    return urls.suffix(url) not in SUFFIXES and not tars.is_tar(url) and remote.look(url).is_folder


def _remote(url: str, columns: Columns) -> Iterator[Clip]:
    if not _is_folder(url):
        yield from tars.clips(url, columns) if tars.is_tar(url) else [Clip.of(url)]
        return
    for found in remote.files(url):
        if tars.is_tar(found.url):
            yield from tars.clips(found.url, columns)
        elif urls.suffix(found.url) in SUFFIXES:
            yield replace(Clip.of(found.url), size=found.size, mtime_ns=found.mtime_ns)
