"""`captions.json` from each clip's file name to a list of its captions, beside the clips, for diffusion-pipe."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.items import Item
from recaption.export.lines import write_object


def write(folder: Path, items: Iterable[Item]) -> None:
    write_object(folder / "captions.json", ((item.name, [item.caption]) for item in items))
