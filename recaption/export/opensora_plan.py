"""`captions.json`, a list with `path` and a list of captions in `cap`, for Open-Sora-Plan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.items import Item
from recaption.export.lines import write_list


def write(folder: Path, items: Iterable[Item]) -> None:
    write_list(folder / "captions.json", ({"path": item.place, "cap": [item.caption]} for item in items))
