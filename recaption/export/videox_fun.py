"""`metadata.json`, a list with `file_path`, `text` and `type`, for VideoX-Fun and EasyAnimate."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.items import Item
from recaption.export.lines import write_list


def write(folder: Path, items: Iterable[Item]) -> None:
    told = ({"file_path": item.place, "text": item.caption, "type": item.kind} for item in items)
    write_list(folder / "metadata.json", told)
