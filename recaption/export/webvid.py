"""`metadata.csv` as WebVid has it, and clips that its `videoid` names, for AnimateDiff and whatever reads WebVid."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.items import Item
from recaption.export.tables import write_csv


def write(folder: Path, items: Iterable[Item]) -> None:
    write_csv(
        folder / "metadata.csv", ("videoid", "name", "page_dir"), ((item.stem, item.caption, "") for item in items)
    )
