"""The store of the command: one SQLite file, written by one process.

Tables: `clips` has one row a finished clip (`row` is its line of captions.jsonl or failures.jsonl, `reason` is NULL for
a captioned one; `told`, `flags` and `logprob` repeat what lists are made by), `answers` one row a finished question,
`run` the fingerprint that all of them share. What persons say is in `verdicts` (see `recaption.verdicts`), which
`recaption review` writes, also beside a run. Paths are kept as bytes, since a file's name need not be text.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from recaption.clip import Caption, Clip, Reply
from recaption.errors import RunError
from recaption.lock import Lock
from recaption.store import CAPTIONED, FAILED, Answer, Fingerprint, caption_row, failure_row
from recaption.verdicts import ACCEPTED, AGAIN, EDITED, REJECTED, SPENT, judged
from recaption.verdicts import SCHEMA as VERDICTS_SCHEMA

log = logging.getLogger(__name__)

NAME = "recaption.db"
CURATION = "curation.db"
"""The database of films that were measured, which is no run of captions."""
VERSION = 2
COMMIT_SECONDS = 0.1
READ_ROWS = 256
BY_LINE = "rewrite"
"""The mode in which a clip is a line of a file, and its text the version of it."""
NETWORK_DISKS = frozenset(
    ("9p", "afs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4")
    + ("pvfs2", "smb3", "smbfs", "virtiofs", "wekafs")
)
"""File systems by their names in /proc/self/mounts; a write-ahead log needs a local disk (sqlite.org/wal.html)."""

SCHEMA = f"""
CREATE TABLE run (fingerprint TEXT NOT NULL, shard TEXT, complete INTEGER NOT NULL DEFAULT 0);
CREATE TABLE clips (
    id TEXT PRIMARY KEY, path BLOB NOT NULL, start REAL, "end" REAL, reason TEXT,
    told INTEGER NOT NULL, flags TEXT NOT NULL, logprob REAL, row TEXT NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX clips_by_place ON clips (path, start, "end");
CREATE TABLE answers (
    clip TEXT NOT NULL, key TEXT NOT NULL, reply TEXT NOT NULL, seconds REAL NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (clip, key)
) WITHOUT ROWID;
{VERDICTS_SCHEMA}
PRAGMA user_version = {VERSION};
"""


class Database:
    """A `store.Store` on disk. Open it with `claim.open_run` to write, with `open_to_read` to read.

    Writes go into one transaction, which is committed at most COMMIT_SECONDS after its first write; what is not
    committed when the process is killed was in flight.

    Raises:
        RunError: (every method) the file cannot be read or written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, run: Fingerprint, locks: list[Lock]) -> None:
        self.path = path
        self.run = run
        self._db = connection
        self._locks = locks
        self._timer: asyncio.TimerHandle | None = None
        self._committed: asyncio.Future[None] | None = None
        self._broken: RunError | None = None

    def seen(self, clip: Clip) -> str | None:
        row = self._one("SELECT outcome FROM judged WHERE id = ?", clip.id)
        if row is None or row[0] == AGAIN:
            return None
        return CAPTIONED if row[0] is None else REJECTED if row[0] == REJECTED else FAILED

    def failed(self, clip: Clip) -> bool:
        query = f"SELECT 1 FROM judged WHERE {_PLACE} AND outcome <> '{REJECTED}'"
        return self._one(query, *_place(clip)) is not None

    def times_again(self, clip: Clip) -> int:
        row = self._one("SELECT times_again FROM verdicts WHERE clip = ?", clip.id)
        return row[0] if row else 0

    def answer(self, clip: Clip, key: str) -> Answer | None:
        row = self._one("SELECT reply, seconds FROM answers WHERE clip = ? AND key = ?", clip.id, key)
        return None if row is None else Answer(Reply(**json.loads(row[0])), row[1])

    def answered(self, clip: Clip, key: str, answer: Answer) -> None:
        self._write(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            *(clip.id, key, json.dumps(asdict(answer.reply)), answer.seconds, time.time()),
        )

    async def finish(self, clip: Clip, caption: Caption) -> None:
        await self.put(clip, caption_row(clip, caption, self.run))

    async def fail(self, clip: Clip, reason: str, detail: str, caption: Caption | None = None) -> None:
        await self.put(clip, failure_row(clip, reason, detail, caption, self.run))

    def told(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Id and row of every clip of which the model said something, by id. Rows may be rewritten meanwhile."""
        query = "SELECT id, row FROM clips WHERE id > ? AND told ORDER BY id LIMIT ?"
        last = ""
        while chunk := list(self._rows(query, last, READ_ROWS)):
            yield from ((id, json.loads(row)) for id, row in chunk)
            last = chunk[-1][0]

    def judged(self, id: str, row: dict[str, Any]) -> dict[str, Any]:
        """A row as the verdict on its clip leaves it; see `verdicts.judged`."""
        said = self._one("SELECT verdict, caption FROM verdicts WHERE clip = ?", id)
        return judged(row, *said) if said else row

    def was_cut(self, clip: str, text: str) -> bool:
        """Whether a text is an answer to a question of a clip that the limit of tokens ended."""
        replies = (Reply(**json.loads(row[0])) for row in self._rows("SELECT reply FROM answers WHERE clip = ?", clip))
        return any(reply.is_cut and reply.text == text for reply in replies)

    def rewrite(self, id: str, row: dict[str, object]) -> None:
        """Put another row in the place of one; it is one of captions.jsonl where it has no `reason`."""
        update = "UPDATE clips SET reason = ?, told = ?, flags = ?, logprob = ?, row = ? WHERE id = ?"
        self._write(update, *_columns(row), id)

    def counts(self) -> tuple[int, dict[str, int]]:
        """How many clips are captioned, and how many failed for each reason (most frequent first)."""
        groups = dict(self._rows("SELECT outcome, count(*) AS n FROM judged GROUP BY outcome ORDER BY n DESC, outcome"))
        return groups.pop(None, 0), groups

    def shard(self) -> str | None:
        """The share of the clips (I/N) that the latest start took; None for all."""
        shard: str | None = self._one("SELECT shard FROM run")[0]
        return shard

    def is_complete(self) -> bool:
        """Whether the latest start came to the end of its inputs."""
        return bool(self._one("SELECT complete FROM run")[0])

    def mark_complete(self) -> None:
        """Note that every clip of the inputs has its row; the next start takes the note back."""
        self._write("UPDATE run SET complete = 1")

    def lines(self, captioned: bool) -> Iterator[str]:
        """The lines of captions.jsonl, or those of failures.jsonl, without line ends, sorted by path and span.

        They are as the verdicts of persons leave them.
        """
        wanted = "IS NULL" if captioned else "IS NOT NULL"
        query = f'SELECT row, verdict, caption FROM judged WHERE outcome {wanted} ORDER BY path, start, "end", id'
        for row, verdict, caption in self._rows(query):
            yield json_line(judged(json.loads(row), verdict, caption)) if verdict else row

    def close(self) -> None:
        """Commit, close and release the lock. Closing twice is no error."""
        try:
            self.commit()
        finally:
            self._db.close()
            while self._locks:
                self._locks.pop().release()

    async def put(self, clip: Clip, row: dict[str, Any]) -> None:
        """Write a clip's row, one of a failure where it has a `reason`.

        That of an older version of the file goes, and what a person said of it is spent. A caption yields
        to no failure, also where it is a person's or the file is only away, and to another caption only where a person
        asked for one. Where that one could not be had, the next run asks with other seeds.
        """
        same = (*_place(clip), clip.text, self.run.mode == BY_LINE)
        if clip.size < 0 and self._one(f"SELECT 1 FROM judged WHERE {_SAME} AND outcome IS NULL", *same):
            return
        older = f"SELECT id FROM clips WHERE {_SAME} AND id <> ?"
        spend = f"UPDATE OR REPLACE verdicts SET clip = ?, verdict = '{SPENT}'"
        self._write(f"DELETE FROM answers WHERE clip IN ({older})", *same, clip.id)
        self._write(f"{spend} WHERE clip IN ({older})", clip.id, *same, clip.id)
        self._write(f"DELETE FROM clips WHERE {_SAME} AND id <> ?", *same, clip.id)
        said = "EXISTS (SELECT 1 FROM verdicts WHERE clip = clips.id AND verdict IN ({}))"
        by_person = said.format(f"'{ACCEPTED}', '{EDITED}'")
        again = said.format(f"'{AGAIN}'")
        self._write(
            "INSERT INTO clips VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " reason = excluded.reason, told = excluded.told, flags = excluded.flags, logprob = excluded.logprob,"
            " row = excluded.row, at = excluded.at"
            f" WHERE clips.reason IS NOT NULL AND NOT {by_person} OR excluded.reason IS NULL AND {again}",
            *(clip.id, *_place(clip), *_columns(row), time.time()),
        )
        answered = f"WHERE clip = ? AND verdict = '{AGAIN}'"
        if "reason" in row:
            self._write(f"UPDATE verdicts SET times_again = times_again + 1 {answered}", clip.id)
        else:
            self._write(f"UPDATE verdicts SET verdict = '{SPENT}' {answered}", clip.id)
        if self._committed is None:
            self._committed = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._committed)

    def _write(self, sql: str, *values: object) -> None:
        if self._broken:
            raise self._broken
        try:
            if not self._db.in_transaction:
                self._db.execute("BEGIN")
            self._db.execute(sql, values)
        except sqlite3.Error as error:
            # Half of a change must not be committed; SQLite itself may have rolled back what others wait for.
            self._db.rollback()
            self._broken = self._error(error)
            raise self._broken from error
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(COMMIT_SECONDS, self._commit_on_time)

    def _commit_on_time(self) -> None:
        """Commit, and tell those who wait for it how it went; nobody else would hear of an error in a timer."""
        self._timer = None
        waiting, self._committed = self._committed, None
        try:
            self.commit()
        except RunError as error:
            self._broken = error
        if waiting is None:
            return
        if self._broken:
            waiting.set_exception(self._broken)
        else:
            waiting.set_result(None)

    def commit(self) -> None:
        """Put what was written on disk, and let others write."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        try:
            if self._db.in_transaction:
                self._db.execute("COMMIT")
        except sqlite3.ProgrammingError:  # closed before
            return
        except sqlite3.Error as error:
            raise self._error(error) from error

    def _one(self, sql: str, *values: object) -> Any:
        return next(self._rows(sql, *values), None)

    def _rows(self, sql: str, *values: object) -> Iterator[Any]:
        try:
            yield from self._db.execute(sql, values)
        except sqlite3.Error as error:
            raise self._error(error) from error

    def _error(self, error: sqlite3.Error) -> RunError:
        return RunError(f"{self.path}: {error}")


_PLACE = 'path = ? AND start IS ? AND "end" IS ?'
_SAME = f"{_PLACE} AND (json_extract(row, '$.text') IS ? OR ?)"
"""One clip in all its versions: of a film that comes with several texts, each is a clip of its own."""


def _place(clip: Clip) -> tuple[bytes, float | None, float | None]:
    return os.fsencode(clip.path), clip.start, clip.end


def _columns(row: dict[str, Any]) -> tuple[object, ...]:
    """`reason, told, flags, logprob, row` of a row."""
    flags = json.dumps(row.get("flags", []))
    return row.get("reason"), "raw" in row, flags, row.get("mean_logprob"), json_line(row)


def open_to_read(path: Path) -> Database:
    """Open a database without a lock, also while a run writes to it.

    Raises:
        RunError: it is not there, or no database of this version.
    """
    if not path.is_file():
        raise RunError(f"{path}: no such database")
    try:
        connection = connect_to(path, "ro")
        fingerprint = connection.execute("SELECT fingerprint FROM run").fetchone()[0]
    except (sqlite3.Error, TypeError) as error:
        raise RunError(f"{path}: cannot be read ({error})") from None
    return Database(path, connection, Fingerprint(**json.loads(fingerprint)), [])


def connect_to(path: Path, mode: Literal["ro", "rw"], timeout: float = 30) -> sqlite3.Connection:
    """A connection to a database that is there, which must be closed; others may write to it meanwhile.

    Args:
        timeout: seconds to wait for another one that writes.

    Raises:
        sqlite3.Error: it cannot be opened.
        RunError: it is of another version.
    """
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=timeout)
    _check_version(path, connection)
    return connection


def json_line(row: dict[str, object]) -> str:
    """A row as one line of JSON, in plain UTF-8; a name that is no text is written with escapes."""
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(row)
    return line


def connect(path: Path) -> sqlite3.Connection:
    """Open a database for writing, made when it is not there.

    Raises:
        RunError: no database of this version, or the disk refuses.
    """
    try:
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        if _on_network_disk(path):
            log.warning("%s lies on a network disk, where the database is slow: --journal puts it elsewhere", path)
            connection.execute("PRAGMA journal_mode = TRUNCATE")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            connection.executescript(f"BEGIN;{SCHEMA}COMMIT;")
        _check_version(path, connection)
    except sqlite3.Error as error:
        raise RunError(f"{path}: cannot be opened as a database ({error})") from None
    return connection


def _check_version(path: Path, connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        raise RunError(
            f"{path}: a database of version {version}, and this recaption reads version {VERSION}: use the one that"
            " wrote it, choose another --out, or start over with --new-run"
        )


def _on_network_disk(path: Path) -> bool:
    """Whether the longest mount point above a path belongs to a network file system; False where nobody can say."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text().splitlines()]
    except OSError:
        return False
    real = Path(os.path.realpath(path))
    above = [(len(point), kind) for point, kind in mounts if real.is_relative_to(point)]
    return bool(above) and max(above)[1] in NETWORK_DISKS
