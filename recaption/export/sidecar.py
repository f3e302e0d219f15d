"""A text file beside each clip of a set: `clip.mp4` and `clip.txt`, whose only line is the caption.

Some trainers read the whole file, some the first line, and some draw one of its lines at random.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.items import Item


def write(folder: Path, items: Iterable[Item]) -> None:
    for item in items:
        (folder / f"{item.stem}.txt").write_text(f"{item.caption}\n", encoding="utf-8", newline="\n")
