"""`videos/clip.mp4` and `labels/clip.txt`, for CogVideo's trainer on SAT, which reads a label's first line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export import sidecar
from recaption.export.items import Item


def write(folder: Path, items: Iterable[Item]) -> None:
    labels = folder / "labels"
    labels.mkdir()
    sidecar.write(labels, items)
