"""`metadata.json`, a list with `file_path`, `text` and `type`, for VideoX-Fun and EasyAnimate."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.lines import write_list
from recaption.export.sets import Item


def write(folder: Path, items: Iterable[Item]) -> None:
    told = ({"file_path": item.place, "text": item.caption, "type": "video"} for item in items)
    write_list(folder / "metadata.json", told)
