"""A text file beside each clip: `clip.mp4` gets `clip.txt`, which holds the caption as its only line.

finetrainers, musubi-tuner, ai-toolkit, SimpleTuner, OneTrainer, sd-scripts, diffusion-pipe and Mochi's fine-tuner read
it. Some of them take only the first line, others draw one at random, so a caption must never have two.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from recaption import urls
from recaption.errors import UsageError
from recaption.export.report import Written, check_tiny, unfit
from recaption.sources import shown


def write(rows: Iterable[dict[str, Any]], *, allow_tiny: bool = False, overwrite: bool = False) -> Iterator[Written]:
    """Write the sidecar of each row, in the order of their paths.

    A row is refused, and the others are written, when its caption is empty or more than one line, its clip is not there
    any more or on no disk of this machine, its sidecar cannot be written, or the sidecar holds something else and
    `overwrite` is not set. Nothing is written at all when rows of the tiny model are among them without `allow_tiny`,
    or when two rows share a sidecar.

    Args:
        rows: rows of captions.jsonl, in any order; read once.
        allow_tiny: take captions of the tiny model, which knows scripted cartoons only.
        overwrite: replace text files whose content is another one.

    Raises:
        UsageError: nothing can be written, for the reasons above.
    """
    # A database without a name is one that SQLite keeps on disk as far as it must, and deletes.
    with closing(sqlite3.connect("", isolation_level=None)) as planned:
        planned.execute("CREATE TABLE files (sidecar BLOB PRIMARY KEY, clip BLOB, span TEXT, caption TEXT)")
        planned.execute("BEGIN")
        for row in rows:
            if urls.is_url(row["path"]):
                yield Written(row["path"], "no file can be put beside it: make a set with --dest DIR --copy")
            else:
                _plan(row, planned, allow_tiny)
        for sidecar, clip, caption in planned.execute("SELECT sidecar, clip, caption FROM files ORDER BY clip"):
            path = Path(os.fsdecode(sidecar))
            yield Written(str(path), _written(path, os.fsdecode(clip), caption, overwrite))


def _plan(row: dict[str, Any], planned: sqlite3.Connection, allow_tiny: bool) -> None:
    check_tiny(row, allow_tiny)
    clip = row["path"]
    sidecar = os.fsencode(Path(clip).with_suffix(".txt"))
    span = "" if row["start"] is None and row["end"] is None else f" from {row['start']} to {row['end']} s"
    values = (sidecar, os.fsencode(clip), span, row["caption"].encode("utf-8", "replace").decode())
    if planned.execute("INSERT INTO files VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", values).rowcount:
        return
    other, other_span = planned.execute("SELECT clip, span FROM files WHERE sidecar = ?", (sidecar,)).fetchone()
    raise UsageError(
        f"{shown(os.fsdecode(sidecar))} would have to hold two captions, of {shown(os.fsdecode(other))}{other_span} and"
        f" of {shown(clip)}{span}: this format has one text for one file, and nothing was written"
    )


def _written(path: Path, clip: str, caption: str, overwrite: bool) -> str | None:
    """Write one sidecar; the reason when it is refused."""
    if reason := unfit(caption):
        return reason
    if os.path.abspath(path) == os.path.abspath(clip):
        return "the clip itself has that name"
    if not os.path.isfile(clip):
        return f"{shown(clip)} is not there any more"
    content = f"{caption.strip()}\n".encode()
    aside = path.with_name(path.name + ".part")
    try:
        if path.exists() and not overwrite and path.read_bytes() != content:
            return "a file with another text is there; --overwrite replaces it"
        aside.write_bytes(content)
        os.replace(aside, path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        return f"cannot be written ({error.strerror})"
    return None
