"""`metadata.csv` with `video` and `prompt`, for DiffSynth-Studio."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.sets import Item
from recaption.export.tables import write_csv


def write(folder: Path, items: Iterable[Item]) -> None:
    write_csv(folder / "metadata.csv", ("video", "prompt"), ((item.place, item.caption) for item in items))
