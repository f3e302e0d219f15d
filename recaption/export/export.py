"""`recaption export`: from a run's captions to files."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from recaption import results
from recaption.errors import UsageError
from recaption.export import FORMATS, beside, sets
from recaption.export.items import Format, Options
from recaption.export.report import Written

BESIDE = "sidecar"


def export(out: Path, name: str, dest: Path | None, options: Options, journal: Path | None) -> Iterator[Written]:
    """Write the captions in a folder in a format, and say of each row what became of it.

    Args:
        name: a key of FORMATS.
        dest: the folder of the set; None for text files beside the clips where they lie, which only BESIDE has.

    Raises:
        UsageError: no such format, it has no place for what is asked for, no captions there, or see `beside.write` and
            `sets.write`.
        RunError: the database cannot be read, or the disk refuses.
    """
    if name not in FORMATS:
        near = difflib.get_close_matches(name, FORMATS, n=1, cutoff=0)[0]
        raise UsageError(f"--to {name}: no such format; did you mean {near}? (`recaption formats` lists them)")
    _check_places(name, options)
    if dest is None and (name != BESIDE or options.cut or options.frames):
        raise UsageError(f"--to {name} makes a set: say where with --dest DIR")
    if dest is None and (options.fit or options.placing != "link"):
        raise UsageError("--fit, --copy and --refer are about sets: say where with --dest DIR")
    for source in (out, journal):
        if dest and source:
            sets.check_apart(source, sets.names_of(dest))
    rows = results.captions(out, journal)
    if dest is None:
        yield from beside.write(rows, allow_tiny=options.allow_tiny, overwrite=options.overwrite)
    else:
        yield from sets.write(rows, FORMATS[name], dest, options)


def places(format: Format) -> list[str]:
    """What a format has a place for beside clips and captions."""
    said = {
        "spans": format.has_times,
        "--segments": format.has_columns,
        "--parts": format.has_columns,
        "motion and camera": format.has_columns,
        "--frames": format.has_pictures,
    }
    return [place for place, has in said.items() if has]


def _check_places(name: str, options: Options) -> None:
    """Raises: UsageError: what is asked for has no place in the format, or does not go together."""
    asked = {"--segments": options.segments, "--parts": options.parts, "--frames": options.frames}
    for option in (option for option, is_asked in asked.items() if is_asked):
        if option not in places(FORMATS[name]):
            able = ", ".join(other for other, format in FORMATS.items() if option in places(format))
            raise UsageError(f"--to {name} has no place for {option}; these have: {able}")
    if options.frames and (options.segments or options.parts):
        raise UsageError("--frames makes a set of pictures, which have no segments or parts: make two sets")
