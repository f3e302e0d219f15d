"""`dataset.jsonl` with `video_path`, or `image_path`, and `caption`, for musubi-tuner.

It opens paths from where it is started.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.items import Item
from recaption.export.lines import write_jsonl


def write(folder: Path, items: Iterable[Item]) -> None:
    told = ({f"{item.kind}_path": item.place, "caption": item.caption} for item in items)
    write_jsonl(folder / "dataset.jsonl", told)
