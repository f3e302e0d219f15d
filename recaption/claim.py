"""Taking a folder of captions for a run: the lock, the fingerprint, and what another run left there."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path

from recaption import parts
from recaption.database import CURATION, NAME, Database, connect, open_to_read
from recaption.errors import RunError, UsageError
from recaption.lock import Lock, LockUnsupportedError
from recaption.store import Fingerprint

CURATED = ("clips.jsonl", "failures.jsonl", "kept.jsonl", "recipe.yaml")
"""The tables of a curation, which are made from its database."""

log = logging.getLogger(__name__)


def open_run(
    out: Path, run: Fingerprint, *, journal: Path | None = None, new_run: bool = False, shard: str | None = None
) -> Database:
    """Lock a folder of captions and open its store for writing.

    Args:
        journal: where the database is, when not in `out`.
        new_run: move what another run left into a folder of its own, and start over.
        shard: the share of the clips that this run takes, for `Database.shard`.

    Raises:
        RunError: another process works there, another run's rows are there, or the disk refuses.
    """
    path = journal or out / NAME
    is_curation = path.name == CURATION
    if (out / (NAME if is_curation else CURATION)).exists():
        there = "a run of captions" if is_curation else "a curation"
        raise RunError(f"{out} holds {there}: choose another --out")
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"{error.filename or out}: cannot be made ({error.strerror})") from None
    if parts.are_in(out):
        raise RunError(f"{out} holds what `recaption ray` made: choose another --out")
    locks = _locks(out, path)
    try:
        if new_run:
            _set_aside(out, path)
        elif not path.exists() and (out / "captions.jsonl").exists():
            raise RunError(
                f"{out} holds captions.jsonl, but its database {path} is not there: say where it is with --journal,"
                " choose another --out, or start over with --new-run"
            )
        connection = connect(path)
        _hold_against(out, path, connection, run, shard)
    except BaseException:
        for lock in locks:
            lock.release()
        raise
    return Database(path, connection, run, locks)


def open_again(out: Path, journal: Path | None = None) -> Database:
    """Lock a folder of captions and open its store for changing what is there.

    Raises:
        UsageError: no run is there.
        RunError: another process works there, or the disk refuses.
    """
    path = journal or out / NAME
    if not path.is_file():
        shards = "; its shards have databases of their own" if any(out.glob(f"shard-*/{NAME}")) else ""
        raise UsageError(f"{path}: no such database{shards}")
    locks = _locks(out, path)
    try:
        with closing(open_to_read(path)) as there:
            run = there.run
        return Database(path, connect(path), run, locks)
    except BaseException:
        for lock in locks:
            lock.release()
        raise


def _locks(out: Path, path: Path) -> list[Lock]:
    own = Lock(Path(f"{path}.lock"))
    if path.resolve() == (out / NAME).resolve():
        return [own]
    try:
        return [own, *_lock_out(out)]
    except BaseException:
        own.release()
        raise


def _lock_out(out: Path) -> list[Lock]:
    """The lock of a folder whose database, with a lock of its own, is elsewhere; some network disks have no locks."""
    try:
        return [Lock(out / f"{NAME}.lock")]
    except LockUnsupportedError as error:
        log.warning("%s: nothing keeps a run with another --journal from using this folder too", error)
        return []


def _hold_against(out: Path, path: Path, connection: sqlite3.Connection, run: Fingerprint, shard: str | None) -> None:
    """Write the fingerprint into a database without rows, or hold it against the one that is there."""
    try:
        row = connection.execute("SELECT fingerprint FROM run").fetchone()
        filled = connection.execute("SELECT EXISTS (SELECT 1 FROM clips) OR EXISTS (SELECT 1 FROM answers)").fetchone()[
            0
        ]
        there = Fingerprint(**json.loads(row[0])) if row else run
        if there == run or not filled:
            # One statement each way, so that a reader never finds the table empty once it was filled.
            if row:
                connection.execute("UPDATE run SET fingerprint = ?, shard = ?, complete = 0", (_json(run), shard))
            else:
                connection.execute("INSERT INTO run (fingerprint, shard) VALUES (?, ?)", (_json(run), shard))
            return
    except sqlite3.Error as error:
        raise RunError(f"{path}: {error}") from None
    connection.close()
    differences = "\n".join(f"  {line}" for line in there.differences(run))
    raise RunError(
        f"{out} holds the results of another run:\n{differences}\n"
        "choose another --out, or start over with --new-run (what is there moves into a folder of its own)"
    )


def _json(run: Fingerprint) -> str:
    return json.dumps(asdict(run))


def _set_aside(out: Path, path: Path) -> None:
    """Move an earlier run's database and exports into `out/before-K`."""
    if path.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    logs = [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]
    names = CURATED if path.name == CURATION else ("captions.jsonl", "failures.jsonl")
    files = [file for file in (path, *logs, *(out / name for name in names)) if file.exists()]
    if not files:
        return
    number = 1
    while (aside := out / f"before-{number}").exists():
        number += 1
    try:
        aside.mkdir()
        for file in files:
            own = path.name if path.parent == out else NAME
            shutil.move(file, aside / file.name.replace(path.name, own, 1))
    except OSError as error:
        raise RunError(f"{aside}: cannot be written ({error.strerror})") from None
    log.warning("the earlier run is in %s now", aside)
