"""`metadata.csv` with `video`, or `image`, and `prompt`, for DiffSynth-Studio."""

from __future__ import annotations

from pathlib import Path

from recaption.export.items import Items
from recaption.export.tables import write_csv


def write(folder: Path, items: Items) -> None:
    write_csv(
        folder / "metadata.csv",
        ("image" if "time" in items.more else "video", "prompt"),
        ((item.place, item.caption) for item in items),
    )
