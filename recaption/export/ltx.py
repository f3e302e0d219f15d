"""`dataset.jsonl` with `caption` and `media_path`, relative to the file, for the trainers of LTX-Video and LTX-2."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.items import Item
from recaption.export.lines import write_jsonl


def write(folder: Path, items: Iterable[Item]) -> None:
    write_jsonl(folder / "dataset.jsonl", ({"caption": item.caption, "media_path": item.place} for item in items))
