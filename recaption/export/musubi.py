"""`dataset.jsonl` with `video_path` and `caption`, for musubi-tuner, which opens paths from where it is started."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.lines import write_jsonl
from recaption.export.sets import Item


def write(folder: Path, items: Iterable[Item]) -> None:
    write_jsonl(folder / "dataset.jsonl", ({"video_path": item.place, "caption": item.caption} for item in items))
