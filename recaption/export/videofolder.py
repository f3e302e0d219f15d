"""`metadata.jsonl` with `file_name` and `text`, as `datasets.load_dataset("videofolder", data_dir=...)` reads it.

Single frames are for `"imagefolder"`, which reads the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recaption.export.items import Items
from recaption.export.lines import write_jsonl


def write(folder: Path, items: Items) -> None:
    write_jsonl(folder / "metadata.jsonl", _rows(items))


def _rows(items: Items) -> Iterator[dict[str, Any]]:
    for item in items:
        more = {column: item.row.get(column) for column in items.more}
        yield {"file_name": item.place, "text": item.caption, **more}
