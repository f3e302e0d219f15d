"""`dataset.csv` with `path`, `text` and what the file's header tells, for Open-Sora 1.x and 2.0.

Its loader appends the frame rate to the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.clip import Clip
from recaption.errors import ClipError
from recaption.export.items import Item
from recaption.export.tables import write_csv
from recaption.storage import at_hand
from recaption.video.probe import opened, scan

COLUMNS = ("path", "text", "num_frames", "height", "width", "aspect_ratio", "fps", "resolution")


def write(folder: Path, items: Iterable[Item]) -> None:
    write_csv(folder / "dataset.csv", COLUMNS, map(_row, items))


def refuses(path: str) -> str | None:
    """Why a file's header cannot be read; None where it can."""
    try:
        with at_hand(Clip.of(path)) as place, opened(place, path) as (_, stream):
            return None if stream.height and stream.width else "the file does not say how large its pictures are"
    except ClipError as error:
        return error.detail


def _row(item: Item) -> list[object]:
    clip = Clip.of(item.source)
    with at_hand(clip) as place, opened(place, clip.path) as (container, stream):
        table = scan(container, stream, keep=False)
        height, width = stream.height, stream.width
    frames = len(table.pts) - len(table.hidden)
    rate = round(float(table.rate), 3) if table.rate else ""
    return [item.place, item.caption, frames, height, width, round(height / width, 4), rate, height * width]
