"""A set of clips and captions in a folder of its own: planned whole, written aside, and put in place at once."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from recaption import urls
from recaption.clip import Clip
from recaption.errors import DecodeError, RunError, UsageError
from recaption.export.report import Written, check_tiny, unfit
from recaption.postfilter.budget import OVER, Budget, fit
from recaption.sources import SUFFIXES, shown
from recaption.storage import at_hand

log = logging.getLogger(__name__)

Placing = Literal["link", "copy", "refer"]

MARK = ".recaption-set"
"""An empty file that tells a set from a folder of somebody else."""

_UNFIT_FOR_NAMES = re.compile(r"[^\w -]")
"""Dots too: WebDataset takes what follows the first one for the kind of file."""
_LONGEST_STEM = 200
"""Bytes; file systems bear 255 with the id and the suffix."""


@dataclass(frozen=True)
class Item:
    """One clip of a set.

    Attributes:
        name: its file in the set. The stems of a set are all different, letter case aside.
        place: how files of the set name the clip.
        caption: one line.
        row: its row of captions.jsonl.
    """

    name: str
    place: str
    caption: str
    row: dict[str, Any]

    @property
    def stem(self) -> str:
        return Path(self.name).stem


@dataclass(frozen=True)
class Format:
    """What a trainer reads.

    Attributes:
        about: who reads it, and what it consists of.
        write: writes all files of a set but the clips into a folder.
        clips: where the clips lie in the set; None where `write` puts them in itself.
        budget: of the trainer's text encoder, as `postfilter.budget.Budget.of` takes it; None where it has many.
        absolute: the trainer wants absolute paths.
        can_refer: clips may stay where they are.
        suffixes: those that the trainer finds; empty for any.
        has_times: a clip may be a span of a longer film.
        refuses: why a file cannot be taken, None where it can.
    """

    about: str
    write: Callable[[Path, Iterable[Item]], None]
    clips: str | None = ""
    budget: str | None = None
    absolute: bool = False
    can_refer: bool = True
    suffixes: tuple[str, ...] = ()
    has_times: bool = False
    refuses: Callable[[str], str | None] | None = None


@dataclass(frozen=True)
class Options:
    """How a set is made.

    Attributes:
        placing: clips are linked to, copied, or stay where they are and are referred to by their absolute paths.
        fit: shorten captions that are over the trainer's budget, by whole sentences; otherwise they are refused.
        allow_tiny: take captions of the tiny model, which knows scripted cartoons only.
        overwrite: put the set in the place of what is there.
    """

    placing: Placing = "link"
    fit: bool = False
    allow_tiny: bool = False
    overwrite: bool = False


def write(rows: Iterable[dict[str, Any]], format: Format, dest: Path, options: Options) -> Iterator[Written]:
    """Write a set, and say of each row what became of it: first those that are refused, then the others.

    A row is refused, and the others are written, when its caption is no single line or over the budget, its clip is not
    there any more or is a span of a longer film, or its path or suffix is none that the trainer reads. The set appears
    once it is complete, after the last row was told of; an earlier one stays until then.

    Raises:
        UsageError: something other than an earlier set is in `dest`, or clips of these rows are; the format cannot
            refer to clips; rows are the tiny model's; no row is left.
        RunError: the disk refuses.
    """
    if options.placing == "refer" and not (format.can_refer and format.clips is not None):
        raise UsageError("this format names clips by their place in the set: say --link or --copy")
    dest = Path(os.path.abspath(dest))
    _check_free(dest, options.overwrite)
    folders = (dest, Path(os.path.realpath(dest)))
    aside = dest.with_name(f".{dest.name}.{secrets.token_hex(4)}")
    with closing(sqlite3.connect("", isolation_level=None)) as plan:
        plan.execute("CREATE TABLE items (clip BLOB, stem TEXT, folded TEXT, suffix TEXT, caption TEXT, row TEXT)")
        plan.execute("BEGIN")
        budget = Budget.of(format.budget) if format.budget else None
        for row in rows:
            check_tiny(row, options.allow_tiny)
            _check_outside(row, folders)
            caption, refused = _caption(row, budget, options.fit)
            if refused := refused or _refused(row, format, options):
                yield Written(row["path"], refused)
            else:
                _add(plan, row, caption)
        _tell_of_names(plan)
        try:
            _make(plan, format, aside, dest, options.placing)
            for item in _items(plan, format, dest, options.placing):
                yield Written(dest / (format.clips or "") / item.name)
            _put(aside, dest, options.overwrite)
        except DecodeError as error:
            raise RunError(f"{error.detail}; nothing was written") from None
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


def _check_outside(row: dict[str, Any], folders: Sequence[Path]) -> None:
    """Refuse a set whose place, given and real, holds a clip that it is made of."""
    clip = row["path"]
    if urls.is_url(clip):
        return
    if any(Path(path).is_relative_to(folder) for path in (clip, os.path.realpath(clip)) for folder in folders):
        raise UsageError(f"{shown(clip)} lies in {shown(folders[0])}: choose another --dest")


def _tell_of_names(plan: sqlite3.Connection) -> None:
    count, like = plan.execute("SELECT count(*), count(*) - count(DISTINCT folded) FROM items").fetchone()
    if not count:
        raise UsageError("no caption can be written, so there is no set")
    if like:
        log.warning("%d clips would share a name in the set with another one, and these carry their ids", like)


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


def _refused(row: dict[str, Any], format: Format, options: Options) -> str | None:
    clip = row["path"]
    if urls.is_url(clip):
        if options.placing == "link" and format.clips is not None:
            return "no link can lead to it: say --copy, which fetches it, or --refer where the format bears that"
        if urls.is_in_row(clip):
            return "its bytes came with a row, and nobody kept them: unpack the data set to files"
    elif not os.path.isfile(clip):
        return f"{shown(clip)} is not there any more"
    if not format.has_times and (row["start"] is not None or row["end"] is not None):
        return "the clip is a span of a longer film, and this format has no times"
    known = format.suffixes or SUFFIXES
    if urls.suffix(clip) not in known:
        return f"the trainer looks for {' '.join(sorted(known))} only"
    if reason := format.refuses and format.refuses(clip):
        return reason
    if options.placing == "refer" and shown(clip) != clip:
        return "the path has characters that no list of paths bears: say --link or --copy"
    return None


def _add(plan: sqlite3.Connection, row: dict[str, Any], caption: str) -> None:
    path = Path(urls.name(row["path"]))
    stem = _UNFIT_FOR_NAMES.sub("_", path.stem).strip(" -").encode()[:_LONGEST_STEM].decode(errors="ignore")
    told = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
    values = (os.fsencode(row["path"]), stem, stem.casefold(), path.suffix.lower(), caption, told.decode())
    plan.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)", values)


def _items(plan: sqlite3.Connection, format: Format, dest: Path, placing: Placing) -> Iterator[Item]:
    """The items of a set by the paths of their clips. Those that would share a stem, or have none, carry their ids."""
    query = (
        "SELECT clip, stem, suffix, caption, row, count(*) OVER (PARTITION BY folded) > 1 OR stem = '' FROM items"
        " ORDER BY clip, row"
    )
    root = Path(os.path.abspath(dest)) if format.absolute else Path()
    for clip, stem, suffix, caption, line, needs_id in plan.execute(query):
        row = {**json.loads(line), "path": os.fsdecode(clip)}
        name = f"{stem}-{row['id']}{suffix}".lstrip("-") if needs_id else stem + suffix
        place = row["path"] if placing == "refer" else str(root / (format.clips or "") / name)
        yield Item(name, place, caption, row)


def _make(plan: sqlite3.Connection, format: Format, aside: Path, dest: Path, placing: Placing) -> None:
    aside.mkdir(parents=True)
    if format.clips is not None and placing != "refer":
        folder = aside / format.clips
        folder.mkdir(exist_ok=True)
        for item in _items(plan, format, dest, placing):
            if urls.is_url(item.row["path"]):
                with at_hand(Clip.of(item.row["path"]), as_file=True) as path:
                    shutil.copyfile(path, folder / item.name)
            else:
                put = os.symlink if placing == "link" else shutil.copy2
                put(item.row["path"], folder / item.name)
    format.write(aside, _items(plan, format, dest, placing))


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
