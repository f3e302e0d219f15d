"""What runs left in their folders: writing captions.jsonl and failures.jsonl, counting them, joining shards.

The database is the truth where there is one; a folder without it (a merged one, or one whose database lies elsewhere)
is read by its two files, and one that `recaption ray` made by its parts.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recaption import parts, urls
from recaption.database import NAME, Database, open_to_read
from recaption.errors import REASONS, RunError, UsageError
from recaption.sources import shown
from recaption.store import Fingerprint

CAPTIONS = "captions.jsonl"
FAILURES = "failures.jsonl"


@dataclass
class Part:
    """The results in one folder: those of a run, of a shard, or merged ones.

    Attributes:
        folder: where they are.
        captioned: how many clips have a caption.
        failed: how many clips have none, by reason.
        run, shard, complete: the run's fingerprint, its share ("I/N") and whether it came to its end; None where the
            files do not say it.
    """

    folder: Path
    captioned: int
    failed: Counter[str] = field(default_factory=Counter)
    run: Fingerprint | None = None
    shard: str | None = None
    complete: bool | None = None


def write_exports(database: Database, out: Path) -> None:
    """Write captions.jsonl and failures.jsonl from a database.

    Raises:
        RunError: the disk refuses; the earlier files are still whole.
    """
    write_lines(out / CAPTIONS, database.lines(captioned=True))
    write_lines(out / FAILURES, database.lines(captioned=False))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text file aside and put it in place at once, so that a reader never sees half of it.

    Raises:
        RunError: the disk refuses; the earlier file is still whole.
    """
    aside = path.with_name(path.name + ".part")
    try:
        with open(aside, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise RunError(f"{shown(path)}: cannot be written ({error.strerror})") from None


def captions(out: Path, journal: Path | None = None) -> Iterator[dict[str, Any]]:
    """The rows of captions.jsonl, as the database has them at this moment.

    Raises:
        UsageError: no captions there.
        RunError: a line is no row, or the database cannot be read.
    """
    database = journal or out / NAME
    if not database.is_file() and not (out / CAPTIONS).is_file() and not parts.are_in(out):
        merge = ": join its shards with `recaption merge` first" if shards(out) else ""
        raise UsageError(f"{shown(out)}: no {CAPTIONS} and no {NAME} there{merge}")
    return (json.loads(line) for line in _lines(out, CAPTIONS, journal))


def captions_by_path(source: Path) -> dict[str, str]:
    """Captions by the paths of their clips, from a folder of captions, or from a csv with `path` and `caption`.

    Paths in a csv are taken from where it lies.

    Raises:
        UsageError: no captions there.
    """
    if source.is_dir():
        return {row["path"]: row["caption"] for row in captions(source)}
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            rows = [(row["path"], row["caption"]) for row in csv.DictReader(lines)]
        return {
            urls.public(urls.absolute(path, str(source.absolute().parent))): caption or "" for path, caption in rows
        }
    except (OSError, UnicodeDecodeError, KeyError, TypeError, csv.Error) as error:
        raise UsageError(f"{shown(source)}: no csv with the columns path and caption ({error!r})") from None


def failures(out: Path, journal: Path | None = None) -> Iterator[dict[str, Any]]:
    """The rows of failures.jsonl, as the database has them at this moment; none where there is no such file."""
    return (json.loads(line) for line in _lines(out, FAILURES, journal))


def shards(out: Path) -> list[Path]:
    """The folders that `--shard` made in a folder, by number."""
    found = [path for path in out.glob("shard-*") if re.fullmatch(r"shard-\d+", path.name) and path.is_dir()]
    return sorted(found, key=lambda path: int(path.name.removeprefix("shard-")))


def status(out: Path, journal: Path | None = None) -> list[Part]:
    """What is in a folder; of a folder with shards, what is in each of them.

    Raises:
        UsageError: no results there.
    """
    if journal or (out / NAME).is_file():
        return [_part(out, journal)]
    if parts := [_part(folder) for folder in shards(out) if _has_results(folder)]:
        return parts
    if _has_results(out):
        return [_part(out)]
    raise UsageError(f"{shown(out)}: no captions there")


def merge(out: Path) -> tuple[Part, list[str]]:
    """Join the captions and failures of all shards of a folder into its own captions.jsonl and failures.jsonl.

    A clip that several shards have is taken once: what a person judged, else a caption, else a failure.

    Returns:
        What was joined, and what a person should know: shards that are missing or not finished.

    Raises:
        UsageError: no shards there, or the folder holds a run of its own.
        RunError: shards of different runs; a file cannot be read or written.
    """
    if (out / NAME).exists():
        raise UsageError(f"{shown(out)} holds a run of its own beside its shards; merging would hide its captions")
    parts = [_part(folder) for folder in shards(out) if _has_results(folder)]
    if not parts:
        raise UsageError(f"{shown(out)}: no shards with results there")
    _check_same_run(parts)
    # A database without a name is one that SQLite keeps on disk as far as it must, and deletes.
    with closing(sqlite3.connect("", isolation_level=None)) as rows:
        rows.execute(
            "CREATE TABLE rows (id TEXT PRIMARY KEY, path BLOB, start REAL, captioned INTEGER, rank, line TEXT)"
        )
        rows.execute("BEGIN")
        for part in parts:
            for name in (CAPTIONS, FAILURES):
                rows.executemany(
                    "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET captioned ="
                    " excluded.captioned, rank = excluded.rank, line = excluded.line WHERE excluded.rank > rows.rank",
                    _keyed(part.folder, name),
                )
        for name in (CAPTIONS, FAILURES):
            ordered = rows.execute(
                "SELECT line FROM rows WHERE captioned = ? ORDER BY path, start, id", (name == CAPTIONS,)
            )
            write_lines(out / name, (row[0] for row in ordered))
    return _part(out), _warnings(parts)


def _keyed(folder: Path, name: str) -> Iterator[tuple[str, bytes, float | None, bool, int, str]]:
    for line in _lines(folder, name):
        row = json.loads(line)
        captioned = name == CAPTIONS
        rank = 2 if "verdict" in row else int(captioned)
        yield row["id"], os.fsencode(row["path"]), row.get("start"), captioned, rank, line


def _has_results(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (NAME, CAPTIONS, FAILURES, parts.RUN))


def _part(folder: Path, journal: Path | None = None) -> Part:
    database = journal or folder / NAME
    if not database.is_file() and parts.are_in(folder):
        return Part(folder, *parts.counts(folder), parts.run_of(folder))
    if not database.is_file() and not journal:
        captioned = sum(1 for _ in _lines(folder, CAPTIONS))
        return Part(folder, captioned, Counter(json.loads(line)["reason"] for line in _lines(folder, FAILURES)))
    with closing(open_to_read(database)) as opened:
        captioned, failed = opened.counts()
        return Part(folder, captioned, Counter(failed), opened.run, opened.shard(), opened.is_complete())


def _lines(folder: Path, name: str, journal: Path | None = None) -> Iterator[str]:
    """The lines of one of the two files, from the database where there is one; each is a row in JSON."""
    database = journal or folder / NAME
    if database.is_file():
        with closing(open_to_read(database)) as opened:
            yield from opened.lines(captioned=name == CAPTIONS)
        return
    if parts.are_in(folder):
        yield from parts.lines(folder, captioned=name == CAPTIONS)
        return
    path = folder / name
    if not path.is_file():
        return
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                _check_row(path, number, line)
                yield line.rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"{shown(path)}: cannot be read ({error})") from None


def _check_row(path: Path, number: int, line: str) -> None:
    needed = {"id", "path", "caption" if path.name == CAPTIONS else "reason"}
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not needed <= row.keys():
        raise RunError(f"{shown(path)}, line {number}: no row with {', '.join(sorted(needed))}")


def _check_same_run(parts: list[Part]) -> None:
    known = [(part.folder.name, part.run) for part in parts if part.run]
    for name, run in known[1:]:
        first, first_run = known[0]
        if differences := first_run.differences(run):
            lines = "\n".join(f"  {line}" for line in differences)
            raise RunError(f"{first} and {name} are shards of different runs:\n{lines}")


def _warnings(parts: list[Part]) -> list[str]:
    warnings = [f"{part.folder.name} did not come to its end" for part in parts if part.complete is False]
    counts = {int(part.shard.partition("/")[2]) for part in parts if part.shard}
    if len(counts) > 1:
        warnings.append(f"the shards were cut in different ways: into {' and '.join(map(str, sorted(counts)))}")
    present = {part.folder.name for part in parts}
    missing = [name for i in range(max(counts, default=0)) if (name := f"shard-{i}") not in present]
    if missing:
        warnings.append(f"missing: {', '.join(missing)}")
    return warnings


def describe(parts: list[Part]) -> list[str]:
    """The lines of `recaption status`."""
    failed = sum((part.failed for part in parts), Counter[str]())
    lines = [f"captioned {sum(part.captioned for part in parts)}", f"failed    {failed.total()}"]
    lines += [f"  {count} {reason}: {REASONS.get(reason, 'unknown reason')}" for reason, count in failed.most_common()]
    for part in parts:
        if part.run is None:
            continue
        state = {True: "; finished", False: "; not finished", None: ""}[part.complete]
        shard = f", shard {part.shard}" if part.shard else ""
        run = part.run
        lines.append(
            f"{shown(part.folder)}: {run.mode}, {run.model}, prompts {run.prompts}, {run.frames}{shard}{state}"
        )
    return lines
