"""Captions and failures as parts in parquet, in a folder or behind a URL.

OUT/run.json                   the run's fingerprint
OUT/captions/NUMBER-ID.parquet the columns of captions.jsonl
OUT/failures/NUMBER-ID.parquet those of failures.jsonl

A reader finds whole parts only. Their names sort by when they were written, and end in what follows from the ids of
their clips, so that two who write take no name from each other where no lock keeps the second out.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from recaption import columns
from recaption.database import NAME, json_line
from recaption.errors import MissingExtra, RunError, UsageError
from recaption.ids import Ids, place, repeated
from recaption.lock import Lock, LockUnsupportedError
from recaption.store import Fingerprint

log = logging.getLogger(__name__)

KINDS = CAPTIONS, FAILURES = "captions", "failures"
RUN = "run.json"
SUFFIX = ".parquet"
PLACE = ["path", "start", "end", "text"]
ASIDE = ".recaption-part"
"""How the name of a file ends that is not whole yet; nobody else's does, as what a crash left of them is deleted."""
READERS = 16
"""Parts that are read side by side; a store takes its time for each."""
BLOCK = 2**16
"""Bytes that are asked of a store at least; it would give megabytes for one column."""

Row = dict[str, Any]


class Parts:
    """The output of a run.

    Args:
        out: a folder, or a URL that fsspec knows.

    Attributes:
        captioned, failed: the ids of the clips that are there.

    Raises:
        UsageError: nothing can be opened there.
        RunError: (every method) it cannot be read or written; here also: another run's captions are there.
    """

    def __init__(self, out: str, run: Fingerprint) -> None:
        self.out = out
        self._fs, self._root = _opened(out)
        self._is_local = "file" in self._fs.protocol
        self._renames = _renames(self._fs)
        self._lock: Lock | None = None
        with self._told():
            self._claim(run)
            for kind in KINDS:
                self._fs.makedirs(f"{self._root}/{kind}", exist_ok=True)
            self._read_ids()
            numbers = (_name(path).partition("-")[0] for path in _files(self._fs, self._root, *KINDS))
            self._number = max((int(number) for number in numbers if number.isdigit()), default=0)
        self._failed_now = Ids()

    def _read_ids(self) -> None:
        self.captioned, self.failed = (
            Ids(row["id"] for _, row in _columns(self._fs, self._root, [kind], ["id"])) for kind in KINDS
        )

    def add(self, rows: Iterable[Row]) -> list[Row]:
        """Write rows as one part of captions and one of failures.

        Returns:
            Those that were written: of clips that have no caption yet, nor another failure since this was opened.
        """
        new: dict[str, Row] = {}
        for row in rows:
            is_there = row["id"] in self.captioned or ("reason" in row and row["id"] in self._failed_now)
            if not is_there and row["id"] not in new:
                new[row["id"]] = row
        told = [row for row in new.values() if "reason" not in row]
        lost = [row for row in new.values() if "reason" in row]
        with self._told():
            self._write(FAILURES, lost)
            self._write(CAPTIONS, told)
        for kind, ids in ((told, self.captioned), (lost, self.failed), (lost, self._failed_now)):
            for row in kind:
                ids.add(row["id"])
        return list(new.values())

    def close(self) -> None:
        """Let another process write. Closing twice is no error."""
        if self._lock:
            self._lock.release()
            self._lock = None

    def failed_places(self) -> Ids:
        """`ids.place` of every clip that failed."""
        with self._told():
            return Ids(_place(row) for _, row in _columns(self._fs, self._root, [FAILURES], PLACE))

    def failed_before(self) -> int:
        """How many clips failed before this was opened, and not since."""
        return len(np.setdiff1d(self.failed.all(), self._failed_now.all()))

    def settle(self) -> None:
        """Leave one row of each path and span with its text: the newest, whatever version of the file it is of.

        A caption stays where the file was away since.
        """
        with self._told():
            twice = repeated(_place(row) for _, row in _columns(self._fs, self._root, KINDS, PLACE))
            if not twice:
                return
            newest: dict[str, tuple[str, str, bool]] = {}
            crowded = set()
            for path, row in _columns(self._fs, self._root, KINDS, [*PLACE, "id", "reason"]):
                key, reason = _place(row), row.get("reason")
                if key not in twice:
                    continue
                crowded.add(path)
                if not (reason == "missing" and key in newest and newest[key][-1]):
                    newest[key] = path, row["id"], reason is None
            for path in crowded:
                there = list(_rows_of(self._fs, path))
                left = [row for row in there if newest.get(_place(row), (path, row["id"]))[:2] == (path, row["id"])]
                if not left:
                    self._fs.rm(path)
                elif len(left) < len(there):
                    self._put(path, _packed(left))
            self._read_ids()

    def _claim(self, run: Fingerprint) -> None:
        path = f"{self._root}/{RUN}"
        if any(self._fs.exists(f"{self._root}/{name}") for name in (NAME, "captions.jsonl")):
            raise RunError(f"{self.out} holds a run of one machine, in other files: choose another --out")
        self._fs.makedirs(self._root, exist_ok=True)
        if self._is_local:
            self._hold()
        for left in self._fs.ls(self._root, detail=False) if self._renames else ():
            if left.endswith(ASIDE):
                self._fs.rm(left)
        if not self._fs.exists(path):
            self._put(path, json.dumps(asdict(run)).encode())
            return
        there = Fingerprint(**json.loads(self._fs.cat_file(path)))
        if differences := there.differences(run):
            self.close()
            lines = "\n".join(f"  {line}" for line in differences)
            raise RunError(f"{self.out} holds the results of another run:\n{lines}\nchoose another --out")

    def _hold(self) -> None:
        """Keep a second process out; object stores, and some network disks, have no locks."""
        try:
            self._lock = Lock(Path(self._root, f"{RUN}.lock"))
        except LockUnsupportedError as error:
            log.warning("%s: nothing keeps a second run from using this folder too", error)

    def _write(self, kind: str, rows: list[Row]) -> None:
        if not rows:
            return
        self._number += 1
        of_ids = hashlib.sha256("".join(sorted(row["id"] for row in rows)).encode()).hexdigest()[:20]
        self._put(f"{self._root}/{kind}/{self._number:08d}-{of_ids}{SUFFIX}", _packed(rows))

    def _put(self, path: str, content: bytes) -> None:
        """Write a file that nobody finds half: one that is renamed, or an object, which is there when it is whole."""
        if not self._renames:
            self._fs.pipe_file(path, content)
            return
        aside = f"{self._root}/{_name(path)}{ASIDE}"
        with self._fs.open(aside, "wb") as file:
            file.write(content)
            if self._is_local:
                file.flush()
                os.fsync(file.fileno())
        self._fs.mv(aside, path)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RunError(f"{self.out}: cannot be read or written ({error})") from None


def are_in(folder: Path) -> bool:
    return (folder / RUN).is_file()


def run_of(folder: Path) -> Fingerprint:
    return Fingerprint(**json.loads((folder / RUN).read_text(encoding="utf-8")))


def lines(folder: Path, captioned: bool) -> Iterator[str]:
    """The lines of captions.jsonl, or those of failures.jsonl, without line ends, older parts first."""
    fs, root = _opened(os.fspath(folder))
    for path in _files(fs, root, CAPTIONS if captioned else FAILURES):
        for row in _rows_of(fs, path):
            yield json_line(_as_written(row))


def counts(folder: Path) -> tuple[int, Counter[str]]:
    """How many clips are captioned, and how many failed, by reason."""
    fs, root = _opened(os.fspath(folder))
    captioned = sum(1 for _ in _columns(fs, root, [CAPTIONS], ["id"]))
    return captioned, Counter(row["reason"] for _, row in _columns(fs, root, [FAILURES], ["reason"]))


def _opened(out: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError:
        raise MissingExtra("fsspec", "parquet") from None
    try:
        fs, root = fsspec.core.url_to_fs(out)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{out}: {error}") from None
    return fs, root.rstrip("/")


def _renames(fs: Any) -> bool:
    """Whether a file can get another name; where it cannot, as in object stores, fsspec copies it and deletes it."""
    from fsspec import AbstractFileSystem

    return type(fs).mv is not AbstractFileSystem.mv


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _files(fs: Any, root: str, *kinds: str) -> list[str]:
    """The parts, older ones first."""
    fs.invalidate_cache()
    folders = (f"{root}/{kind}" for kind in kinds)
    found = [path for folder in folders if fs.exists(folder) for path in fs.ls(folder, detail=False)]
    return sorted((path for path in found if path.endswith(SUFFIX)), key=_name)


def _columns(fs: Any, root: str, kinds: Iterable[str], names: list[str]) -> Iterator[tuple[str, Row]]:
    """Every row's part and those of its columns that it has, older parts first."""

    def read(path: str) -> list[tuple[str, Row]]:
        return [(path, row) for row in _rows_of(fs, path, names)]

    paths = iter(_files(fs, root, *kinds))
    with ThreadPoolExecutor(READERS) as pool:
        while some := list(islice(paths, 8 * READERS)):
            for rows in pool.map(read, some):
                yield from rows


def _rows_of(fs: Any, path: str, names: list[str] | None = None) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with fs.open(path, "rb", block_size=BLOCK) as file, pq.ParquetFile(file) as part:
            for batch in part.iter_batches(columns=names):
                yield from batch.to_pylist()
    except pa.ArrowInvalid as error:
        raise RunError(f"{path}: no whole part ({error})") from None


def _packed(rows: list[Row]) -> bytes:
    """A part; captions have none of the columns that tell why there is no caption."""
    import pyarrow.parquet as pq

    schema = columns.failures() if "reason" in rows[0] else columns.captions()
    file = io.BytesIO()
    pq.write_table(columns.table(rows, schema), file)
    return file.getvalue()


def _place(row: Row) -> str:
    return place(row["path"], row["start"], row["end"], row["text"])


def _as_written(row: Row) -> Row:
    """A row as captions.jsonl or failures.jsonl have it."""
    if row["caption"] is None:
        return {name: row[name] for name in ("id", "path", "text", "reason", "detail")}
    return {name: value for name, value in row.items() if value is not None or name not in ("merge", "verdict")}
