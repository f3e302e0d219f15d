"""`prompts.txt` and `videos.txt`, of which line k belongs to line k, for the fine-tuners of diffusers and CogVideo.

Their loader drops blank lines from each file on its own, so that an empty caption would shift every later one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.items import Item


def write(folder: Path, items: Iterable[Item]) -> None:
    with (
        (folder / "prompts.txt").open("w", encoding="utf-8", newline="\n") as prompts,
        (folder / "videos.txt").open("w", encoding="utf-8", newline="\n") as videos,
    ):
        for item in items:
            prompts.write(f"{item.caption}\n")
            videos.write(f"{item.place}\n")
