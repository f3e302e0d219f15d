"""What else a row tells than its caption: segments with times, content and motion apart, single frames.

Steps hold what the model said; what goes out has been through the post-filter, as captions have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from recaption.postfilter import clean

Row = dict[str, Any]

COLUMNS = ("time", "segments", "first_frame", "changes", "motion", "camera")
"""What a row may have beside the columns that every one has. `motion` and `camera` come from whoever measured them."""


OURS = COLUMNS[:4]


def pieces(row: Row, *, segments: bool, parts: bool, frames: bool) -> Iterator[tuple[Row, str | None]]:
    """What of a row goes into a set: itself, with columns of COLUMNS, or each frame of it that has words of its own.

    Yields:
        A row, and why it cannot go there, None where it can. Those of frames have `time`, in seconds from the start of
        the clip, and that frame's words as their caption.
    """
    if frames:
        yield from _frames(row)
        return
    row = {column: value for column, value in row.items() if column not in OURS}
    more: Row = {}
    if segments:
        more["segments"] = _segments(row)
        if not more["segments"]:
            yield row, "no segments: no steps of it follow each other, as --mode diffsw makes them, or none was left"
            return
    if parts:
        more |= _parts(row)
        if not more.get("first_frame"):
            yield row, "it has no description of its first frame and what changes, which --mode diffsw makes"
            return
    yield row | more, None


def _frames(row: Row) -> Iterator[tuple[Row, str | None]]:
    moments = [step for step in row["steps"] if _is_moment(step)]
    if not moments:
        yield row, "no step tells of one frame alone, as in --mode frames, in diffsw of the first, in svd of the middle"
    for step in moments:
        words = _words(row, step)
        refused = (
            None if words else f"the post-filter left nothing of what was said of the frame at {step['start']:g} s"
        )
        yield row | {"caption": words, "time": step["start"]}, refused


def _segments(row: Row) -> list[Row]:
    """Stretches of a clip and what is said of each, without gaps, in seconds from its start.

    What is said of a moment begins the stretch that follows it. A stretch without words belongs to the one before, and
    at the beginning to the one after. What is said of a last moment lasts until None, the end of the clip. Steps that
    tell of the same stretch, as those of `--mode svd`, make none.
    """
    if not _follow_each_other(row["steps"]):
        return []
    found: list[Row] = []
    begun: list[str] = []
    start: float | None = 0.0
    for step, after in pairwise([*row["steps"], None]):
        begun += filter(None, [_words(row, step)])
        end = step["end"] if not _is_moment(step) else after["start"] if after else None
        if end == start or not (begun or found):
            continue
        if begun:
            found.append({"start": start, "end": end, "caption": " ".join(begun)})
        else:
            found[-1]["end"] = end
        begun, start = [], end
    return found


def _parts(row: Row) -> Row:
    """The first frame's description, and what changes from then on; empty where the row is none of DiffSW."""
    first, *changes = row["steps"] or [None]
    if first is None or not _is_moment(first) or any(map(_is_moment, changes)) or not _follow_each_other(row["steps"]):
        return {}
    told = " ".join(filter(None, (_words(row, step) for step in changes)))
    return {"first_frame": _words(row, first), "changes": told}


def _follow_each_other(steps: Sequence[Row]) -> bool:
    return all(before["end"] <= after["start"] for before, after in pairwise(steps))


def _is_moment(step: Row) -> bool:
    return bool(step["start"] == step["end"])


def _words(row: Row, step: Row) -> str:
    """One line, or "" where nothing is left of it. Which of a row's answers were cut is not known."""
    return clean(step["text"], finished="cut" not in row["flags"]).text
