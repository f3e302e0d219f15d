"""Captions and failures as parts in parquet, in a folder or behind a URL.

OUT/run.json            the run's fingerprint
OUT/captions/ID.parquet the columns of captions.jsonl
OUT/failures/ID.parquet those of failures.jsonl

A part is written aside and then put in its place, so that a reader finds whole ones only; its name follows from the ids
of its clips. One process writes.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from recaption import columns
from recaption.database import NAME, json_line
from recaption.errors import MissingExtra, RunError, UsageError
from recaption.ids import Ids, place
from recaption.lock import Lock, LockUnsupportedError
from recaption.store import Fingerprint

log = logging.getLogger(__name__)

CAPTIONS, FAILURES = "captions", "failures"
RUN = "run.json"
SUFFIX = ".parquet"
PLACE = ["path", "start", "end"]

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
        self._lock: Lock | None = None
        with self._told():
            self._claim(run)
            for kind in (CAPTIONS, FAILURES):
                self._fs.makedirs(f"{self._root}/{kind}", exist_ok=True)
            self.captioned = Ids(row["id"] for row in _rows(self._fs, self._root, CAPTIONS, ["id"]))
            self.failed = Ids(row["id"] for row in _rows(self._fs, self._root, FAILURES, ["id"]))

    def add(self, rows: Iterable[Row]) -> list[Row]:
        """Write rows as one part of captions and one of failures.

        Returns:
            Those of clips that were not there yet, which are those that were written.
        """
        new: dict[str, Row] = {}
        for row in rows:
            is_there = row["id"] in self.captioned or ("reason" in row and row["id"] in self.failed)
            if not is_there and row["id"] not in new:
                new[row["id"]] = row
        told = [row for row in new.values() if "reason" not in row]
        lost = [row for row in new.values() if "reason" in row]
        with self._told():
            self._write(CAPTIONS, told)
            self._write(FAILURES, lost)
        for kind, ids in ((told, self.captioned), (lost, self.failed)):
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
            return Ids(map(_place, _rows(self._fs, self._root, FAILURES, PLACE)))

    def drop_spent_failures(self) -> None:
        """Take out the failures of clips that have their caption by now, whatever version of the file it is of."""
        failed = self.failed_places()
        with self._told():
            captioned = Ids(key for key in map(_place, _rows(self._fs, self._root, CAPTIONS, PLACE)) if key in failed)
            if not len(captioned):
                return
            for path in _files(self._fs, self._root, FAILURES):
                there = list(_rows_of(self._fs, path))
                left = [row for row in there if _place(row) not in captioned]
                if len(left) < len(there):
                    self._write(FAILURES, left)
                    self._fs.rm(path)
            self.failed = Ids(row["id"] for row in _rows(self._fs, self._root, FAILURES, ["id"]))

    def _claim(self, run: Fingerprint) -> None:
        path = f"{self._root}/{RUN}"
        if any(self._fs.exists(f"{self._root}/{name}") for name in (NAME, "captions.jsonl")):
            raise RunError(f"{self.out} holds a run of one machine, in other files: choose another --out")
        self._fs.makedirs(self._root, exist_ok=True)
        if self._is_local:
            self._hold()
        if not self._fs.exists(path):
            self._put(path, lambda file: file.write(json.dumps(asdict(run)).encode()))
            return
        there = Fingerprint(**json.loads(self._fs.cat_file(path)))
        if differences := there.differences(run):
            self.close()
            lines = "\n".join(f"  {line}" for line in differences)
            raise RunError(f"{self.out} holds the captions of another run:\n{lines}\nchoose another --out")

    def _hold(self) -> None:
        """Keep a second process out; object stores, and some network disks, have no locks."""
        try:
            self._lock = Lock(Path(self._root, f"{RUN}.lock"))
        except LockUnsupportedError as error:
            log.warning("%s: nothing keeps a second run from using this folder too", error)

    def _write(self, kind: str, rows: list[Row]) -> None:
        if not rows:
            return
        import pyarrow.parquet as pq

        schema = columns.captions() if kind == CAPTIONS else columns.failures()
        table = columns.table(rows, schema)
        name = hashlib.sha256("".join(sorted(row["id"] for row in rows)).encode()).hexdigest()[:20]
        self._put(f"{self._root}/{kind}/{name}{SUFFIX}", lambda file: pq.write_table(table, file))

    def _put(self, path: str, write: Callable[[Any], object]) -> None:
        """Write a file aside, where readers of parquet do not look, and put it in its place."""
        folder, _, name = path.rpartition("/")
        aside = f"{folder}/_{name}.part"
        with self._fs.open(aside, "wb") as file:
            write(file)
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
    """The lines of captions.jsonl, or those of failures.jsonl, without line ends, in no order."""
    fs, root = _opened(os.fspath(folder))
    for row in _rows(fs, root, CAPTIONS if captioned else FAILURES):
        yield json_line(_as_written(row))


def counts(folder: Path) -> tuple[int, Counter[str]]:
    """How many clips are captioned, and how many failed, by reason."""
    fs, root = _opened(os.fspath(folder))
    captioned = sum(1 for _ in _rows(fs, root, CAPTIONS, ["id"]))
    return captioned, Counter(row["reason"] for row in _rows(fs, root, FAILURES, ["reason"]))


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


def _files(fs: Any, root: str, kind: str) -> list[str]:
    fs.invalidate_cache()
    found = fs.ls(f"{root}/{kind}", detail=False) if fs.exists(f"{root}/{kind}") else []
    return sorted(path for path in found if path.endswith(SUFFIX))


def _rows(fs: Any, root: str, kind: str, names: list[str] | None = None) -> Iterator[Row]:
    for path in _files(fs, root, kind):
        yield from _rows_of(fs, path, names)


def _rows_of(fs: Any, path: str, names: list[str] | None = None) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with fs.open(path, "rb") as file, pq.ParquetFile(file) as part:
            for batch in part.iter_batches(columns=names):
                yield from batch.to_pylist()
    except pa.ArrowInvalid as error:
        raise RunError(f"{path}: no whole part ({error})") from None


def _place(row: Row) -> str:
    return place(row["path"], row["start"], row["end"])


def _as_written(row: Row) -> Row:
    """A row as captions.jsonl or failures.jsonl have it."""
    if row["caption"] is None:
        return {name: row[name] for name in ("id", "path", "text", "reason", "detail")}
    return {name: value for name, value in row.items() if value is not None or name not in ("merge", "verdict")}
