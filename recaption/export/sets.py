"""A set of clips and captions in a folder of its own: planned whole, written aside, and put in place at once."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from recaption import urls
from recaption.clip import Clip
from recaption.errors import RunError, UsageError
from recaption.export import steps
from recaption.export.items import Format, Item, Items, Made, Options, Placing
from recaption.export.making import FRAME_SUFFIX, File, Job, make
from recaption.export.report import Written, check_tiny, unfit
from recaption.postfilter.budget import OVER, Budget, fit
from recaption.sources import SUFFIXES, shown
from recaption.video.cut import SUFFIX

log = logging.getLogger(__name__)

MARK = ".recaption-set"
"""An empty file that tells a set from a folder of somebody else."""

MADE = ".made"
"""Where files lie that are made for a set which has no place for clips."""

_UNFIT_FOR_NAMES = re.compile(r"[^\w -]")
"""Dots too: WebDataset takes what follows the first one for the kind of file."""
_LONGEST_STEM = 200
"""Bytes; file systems bear 255 with the id and the suffix."""


def write(rows: Iterable[dict[str, Any]], format: Format, dest: Path, options: Options) -> Iterator[Written]:
    """Write a set, and say of each row what became of it: first those that are refused, then the others.

    A row is refused, and the others are written, when its caption is no single line or over the budget, its clip is not
    there any more, cannot be cut, or is a span of a longer film, or its path or suffix is none that the trainer reads.
    The set appears once it is complete, after the last row was told of; an earlier one stays until then.

    Raises:
        UsageError: something other than an earlier set is in `dest`, or clips of these rows are; the format cannot
            refer to clips; rows are the tiny model's; no row is left.
        RunError: the disk refuses.
    """
    if options.placing == "refer" and not (format.can_refer and format.clips is not None):
        raise UsageError("this format names clips by their place in the set: say --link or --copy")
    dest = Path(os.path.abspath(dest))
    _check_free(dest, options.overwrite)
    folders = names_of(dest)
    aside = dest.with_name(f".{dest.name}.{secrets.token_hex(4)}")
    more: set[str] = set()
    with closing(sqlite3.connect("", isolation_level=None)) as plan:
        plan.execute("CREATE TABLE items (id, clip BLOB, stem, folded, suffix, caption, row, made TEXT, name TEXT)")
        plan.execute("CREATE TABLE lost (item INTEGER, reason TEXT)")
        plan.execute("BEGIN")
        budget = Budget.of(format.budget) if format.budget else None
        for row in rows:
            check_tiny(row, options.allow_tiny)
            if not urls.is_url(row["path"]):
                check_apart(row["path"], folders)
            for piece, refused in steps.pieces(
                row, segments=options.segments, parts=options.parts, frames=options.frames
            ):
                caption, unfit_for = _caption(piece, budget, options.fit)
                made = _made(piece, format, options)
                if refused := refused or unfit_for or _refused(piece, format, options, made):
                    yield Written(row["path"], refused)
                else:
                    more |= piece.keys()
                    _add(plan, piece, caption, made)
        _name(plan)
        items = Items(
            lambda: _items(plan, format, dest, aside, options.placing),
            tuple(column for column in steps.COLUMNS if column in more),
        )
        try:
            aside.mkdir(parents=True)
            yield from _make(plan, _made_in(format, aside))
            if format.clips is not None and options.placing == "link":
                _link(items, aside / format.clips)
            format.write(aside, items)
            shutil.rmtree(aside / MADE, ignore_errors=True)
            for item in items:
                is_there = options.placing == "refer" and not item.made
                yield Written(item.source if is_there else str(dest / (format.clips or "") / item.name))
            _put(aside, dest, options.overwrite)
        except OSError as error:
            raise RunError(f"{shown(error.filename or dest)}: cannot be written ({error.strerror})") from None
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _check_free(dest: Path, overwrite: bool) -> None:
    """Refuse a place where something is that is no earlier set, or is one that nobody wants to replace."""
    if not os.path.lexists(dest):
        return
    if dest.is_symlink() or not (dest / MARK).is_file():
        raise UsageError(f"{shown(dest)}: already there, and no set of recaption: choose another --dest")
    if not overwrite:
        raise UsageError(f"{shown(dest)}: already there; --overwrite replaces it")


def names_of(path: str | Path) -> tuple[Path, Path]:
    """A path as it is given, absolute, and the real one."""
    return Path(os.path.abspath(path)), Path(os.path.realpath(path))


def check_apart(source: str | Path, folders: tuple[Path, Path]) -> None:
    """Raises: UsageError: what a set is made of lies in its place, of which `folders` are the names."""
    if any(name.is_relative_to(folder) for name in names_of(source) for folder in folders):
        raise UsageError(f"{shown(source)} lies in {shown(folders[0])}: choose another --dest")


def _name(plan: sqlite3.Connection) -> None:
    """Name each item by its stem; those that would share one, or have none, carry their ids."""
    (like,) = plan.execute("SELECT count(*) - count(DISTINCT folded) FROM items").fetchone()
    if like:
        log.warning("%d clips would share a name in the set with another one, and these carry their ids", like)
    plan.execute(
        "UPDATE items SET name = iif(stem = '' OR folded IN (SELECT folded FROM items GROUP BY folded HAVING count(*) >"
        " 1), ltrim(stem || '-' || id, '-'), stem) || suffix"
    )


def _caption(row: dict[str, Any], budget: Budget | None, shorten: bool) -> tuple[str, str | None]:
    """The caption of a row as the set has it, and why there is none."""
    caption = row["caption"].encode("utf-8", "replace").decode().strip()
    if reason := unfit(caption):
        return caption, reason
    if budget is None or budget.count(caption) <= budget.tokens:
        return caption, None
    if not shorten:
        return caption, f"the caption is over the {budget.tokens} tokens that the trainer reads: say --fit"
    shortened, _, flags = fit(caption, budget)
    over = f"the first sentence alone is over the {budget.tokens} tokens that the trainer reads"
    return shortened, over if OVER in flags else None


def _refused(row: dict[str, Any], format: Format, options: Options, made: Made | None) -> str | None:
    clip = row["path"]
    if urls.is_url(clip):
        if options.placing == "link" and made is None:
            return "no link can lead to it: say --copy, which fetches it, or --refer where the format bears that"
        if urls.is_in_row(clip):
            return "its bytes came with a row, and nobody kept them: unpack the data set to files"
    elif not os.path.isfile(clip):
        return f"{shown(clip)} is not there any more"
    elif not os.access(clip, os.R_OK):
        return f"{shown(clip)} may not be read"
    if "time" in row:
        return None
    if _is_span(row):
        if options.cut:
            return None
        if not format.has_times:
            return "the clip is a span of a longer film, and this format has no times: say --cut"
    known = format.suffixes or SUFFIXES
    if urls.suffix(clip) not in known:
        return f"the trainer looks for {' '.join(sorted(known))} only"
    if reason := format.refuses and format.refuses(clip):
        return reason
    if options.placing == "refer" and shown(clip) != clip:
        return "the path has characters that no list of paths bears: say --link or --copy"
    return None


def _is_span(row: dict[str, Any]) -> bool:
    return row["start"] is not None or row["end"] is not None


def _made(row: dict[str, Any], format: Format, options: Options) -> Made | None:
    """How the clip of a row is made into a file of its own; None where it is one."""
    if "time" in row:
        return "frame"
    if options.cut and _is_span(row):
        return "cut"
    is_copied = options.placing == "copy" if format.clips is not None else urls.is_url(row["path"])
    return "copy" if is_copied else None


def _add(plan: sqlite3.Connection, row: dict[str, Any], caption: str, made: Made | None) -> None:
    path = Path(urls.name(row["path"]))
    stem = _UNFIT_FOR_NAMES.sub("_", path.stem).strip(" -").encode()[:_LONGEST_STEM].decode(errors="ignore")
    suffix = path.suffix.lower()
    if made in ("cut", "frame"):
        stem, suffix = f"{stem}-{_span(row)}".lstrip("-"), FRAME_SUFFIX if made == "frame" else SUFFIX
    told = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
    values = (row["id"], os.fsencode(row["path"]), stem, stem.casefold(), suffix, caption, told.decode(), made)
    plan.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", values)


def _span(row: dict[str, Any]) -> str:
    """Where in its film a frame or a span is, in milliseconds, so that names sort by time."""
    start = row["start"] or 0.0
    if "time" in row:
        return f"{round((start + row['time']) * 1000):08}ms"
    end = "end" if row["end"] is None else f"{round(row['end'] * 1000):08}ms"
    return f"{round(start * 1000):08}-{end}"


def _items(plan: sqlite3.Connection, format: Format, dest: Path, aside: Path, placing: Placing) -> Iterator[Item]:
    root = (dest if format.absolute else Path()) / (format.clips or "")
    for clip, caption, line, made, name in plan.execute(
        "SELECT clip, caption, row, made, name FROM items ORDER BY clip, name"
    ):
        row = {**json.loads(line), "path": os.fsdecode(clip)}
        place = row["path"] if placing == "refer" and not made else str(root / name)
        source = str(_made_in(format, aside) / name) if made else row["path"]
        yield Item(name, place, caption, row, source, made)


def _made_in(format: Format, aside: Path) -> Path:
    """Where files that are made for a set lie."""
    return aside / (MADE if format.clips is None else format.clips)


def _make(plan: sqlite3.Connection, folder: Path) -> Iterator[Written]:
    """Make the files that are not there yet; those that cannot be had leave the plan."""

    def jobs() -> Iterator[Job]:
        query = (
            "SELECT iif(made = 'frame', id, rowid), rowid, clip, row, name, made FROM items WHERE made IS NOT NULL"
            " ORDER BY rowid"
        )
        for _, frames in groupby(plan.execute(query), itemgetter(0)):
            each = [(key, path, json.loads(line), name, made) for _, key, path, line, name, made in frames]
            _, path, row, _, made = each[0]
            files = tuple(File(key, folder / name, row.get("time")) for key, _, row, name, _ in each)
            yield Job(Clip.of(os.fsdecode(path), row["start"], row["end"]), made, files)

    if plan.execute("SELECT count(made) FROM items").fetchone()[0]:
        folder.mkdir(exist_ok=True)
        make(jobs(), lambda key, reason: plan.execute("INSERT INTO lost VALUES (?, ?)", (key, reason)))
    for clip, reason in plan.execute("SELECT clip, reason FROM lost JOIN items ON items.rowid = item ORDER BY clip"):
        yield Written(os.fsdecode(clip), reason)
    plan.execute("DELETE FROM items WHERE rowid IN (SELECT item FROM lost)")
    if not plan.execute("SELECT count(*) FROM items").fetchone()[0]:
        raise UsageError("no caption can be written, so there is no set")


def _link(items: Items, folder: Path) -> None:
    """Link to the clips of a set that were not made for it."""
    folder.mkdir(exist_ok=True)
    for item in items:
        if not item.made:
            os.symlink(item.source, folder / item.name)


def _put(aside: Path, dest: Path, overwrite: bool) -> None:
    """Put a finished set in its place; an earlier one is there until the moment before, and again if that fails."""
    (aside / MARK).touch()
    _check_free(dest, overwrite)
    if not dest.exists():
        os.replace(aside, dest)
        return
    old = aside.with_name(f"{aside.name}.old")
    os.replace(dest, old)
    try:
        os.replace(aside, dest)
    except OSError:
        os.replace(old, dest)
        raise
    shutil.rmtree(old)
