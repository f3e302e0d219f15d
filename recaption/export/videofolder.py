"""`metadata.jsonl` with `file_name` and `text`, as `datasets.load_dataset("videofolder", data_dir=...)` reads it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.lines import write_jsonl
from recaption.export.sets import Item


def write(folder: Path, items: Iterable[Item]) -> None:
    write_jsonl(folder / "metadata.jsonl", ({"file_name": item.place, "text": item.caption} for item in items))
