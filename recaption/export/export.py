"""`recaption export`: from a run's captions to files."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from recaption import results
from recaption.errors import UsageError
from recaption.export import FORMATS, beside, sets
from recaption.export.report import Written

BESIDE = "sidecar"


def export(out: Path, name: str, dest: Path | None, options: sets.Options, journal: Path | None) -> Iterator[Written]:
    """Write the captions in a folder in a format, and say of each row what became of it.

    Args:
        name: a key of FORMATS.
        dest: the folder of the set; None for text files beside the clips where they lie, which only BESIDE has.

    Raises:
        UsageError: no such format, no captions there, or see `beside.write` and `sets.write`.
        RunError: the database cannot be read, or the disk refuses.
    """
    if name not in FORMATS:
        near = difflib.get_close_matches(name, FORMATS, n=1, cutoff=0)[0]
        raise UsageError(f"--to {name}: no such format; did you mean {near}? (`recaption formats` lists them)")
    rows = results.captions(out, journal)
    if dest is not None:
        yield from sets.write(rows, FORMATS[name], dest, options)
    elif name == BESIDE:
        yield from beside.write(rows, allow_tiny=options.allow_tiny, overwrite=options.overwrite)
    else:
        raise UsageError(f"--to {name} makes a set: say where with --dest DIR")
