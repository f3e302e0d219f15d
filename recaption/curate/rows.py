"""The rows of a curation: one a film in the database, one a clip in what people and programs read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

from recaption.clip import Clip
from recaption.curate.duplicates import dropped, rank
from recaption.curate.measuring import Measured
from recaption.curate.recipe import Recipe

WHOLE_TOLERANCE = 1e-3
"""Seconds. A shot that is a film but for this much is the whole film, which needs no cutting."""

NOT_MEASURED = ("start", "end", "goes_on")
"""What the row of a shot holds beside its measures."""

DUPLICATE = "duplicate"
"""What drops a clip that another one is nearly the same as."""


def film_row(film: Clip, measured: Measured) -> dict[str, Any]:
    """What is kept of a film: what its clips are made from, and the shots with their measures."""
    return {
        "id": film.id,
        "path": film.path,
        "start": film.start,
        "end": film.end,
        "size": film.size,
        "mtime_ns": film.mtime_ns,
        "text": film.text,
        "width": measured.width,
        "height": measured.height,
        "duration": measured.duration,
        "flags": list(measured.flags),
        "shots": list(measured.shots),
    }


def clips(films: Callable[[], Iterator[dict[str, Any]]], recipe: Recipe) -> Iterator[dict[str, Any]]:
    """The rows of all clips, film by film: what was measured, and whether a recipe keeps them.

    A clip that several spans of a film hold is there once.

    Args:
        films: gives the rows of films, as often as it is asked.
    """
    twins = _duplicates(films(), recipe)
    path, ids = None, set[str]()
    for film in films():
        if film["path"] != path:
            path, ids = film["path"], set()
        for row in judged(film, recipe):
            if row["id"] in ids:
                continue
            ids.add(row["id"])
            if row["id"] in twins:
                row |= {"keep": False, "duplicate_of": twins[row["id"]]}
                row["dropped_by"].append(DUPLICATE)
            yield row


def judged(film: dict[str, Any], recipe: Recipe) -> Iterator[dict[str, Any]]:
    """The rows of the clips of one film, by the thresholds alone."""
    for row in _clips(film):
        reasons = broken(row["measures"], recipe)
        yield row | {"keep": not reasons, "dropped_by": reasons}


def broken(measures: Mapping[str, Any], recipe: Recipe) -> list[str]:
    """The keys of the thresholds that drop a clip. What was not measured, or could not be, drops none."""
    return [
        name
        for name, threshold in recipe.drop.items()
        if (value := number(measures, name)) is not None and threshold.broken_by(value)
    ]


def number(measures: Mapping[str, Any], path: str) -> float | None:
    """A number among measures by its path, such as "camera.strength"; None where there is none."""
    value: Any = measures
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return float(value) if isinstance(value, int | float) else None


def _clips(film: dict[str, Any]) -> Iterator[dict[str, Any]]:
    offset = film["start"] or 0.0
    for shot in film["shots"]:
        of_shot = {name: value for name, value in shot.items() if name not in NOT_MEASURED}
        measures = {"width": film["width"], "height": film["height"], **of_shot}
        start, end = film["start"], film["end"]
        if shot["start"] > WHOLE_TOLERANCE or shot["end"] < film["duration"] - WHOLE_TOLERANCE:
            start, end = offset + shot["start"], offset + shot["end"]
        clip = Clip(film["path"], start, end, film["size"], film["mtime_ns"], film["text"])
        yield {
            "id": clip.id,
            "path": clip.path,
            "start": start,
            "end": end,
            "text": clip.text,
            "flags": film["flags"],
            "measures": measures,
        }


def _duplicates(films: Iterator[dict[str, Any]], recipe: Recipe) -> dict[str, str]:
    """Id of each clip that is nearly the same as another one -> id of that one, which is kept.

    Those that a threshold drops are no reason to drop others, nor are the same pictures with another text.
    """
    if recipe.duplicates == "keep":
        return {}
    # A database without a name is one that SQLite keeps on disk as far as it must, and deletes.
    with closing(sqlite3.connect("", isolation_level=None)) as prints:
        prints.execute(
            "CREATE TABLE prints (longest, seconds, number, id, print, path BLOB, start, stop,"
            " UNIQUE (path, start, stop))"
        )
        prints.execute("BEGIN")
        prints.executemany("INSERT OR IGNORE INTO prints VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _prints(films, recipe))
        sorted_prints = prints.execute("SELECT id, print FROM prints ORDER BY longest, seconds, number")
        return {id: other for id, other, _ in dropped(sorted_prints, mirrored=recipe.duplicates == "drop mirrored")}


def _prints(films: Iterator[dict[str, Any]], recipe: Recipe) -> Iterator[tuple[object, ...]]:
    """Rank, id, print and place of each clip that has one and that no threshold drops."""
    for number, row in enumerate(row for film in films for row in _clips(film)):
        measures = row["measures"]
        if "print" in measures and not broken(measures, recipe):
            longest = max(measures["width"], measures["height"])
            # An empty start or end is a value like others here, which NULL is not.
            place = os.fsencode(row["path"]), str(row["start"]), str(row["end"])
            yield *rank(longest, measures["seconds"], number), row["id"], measures["print"], *place
