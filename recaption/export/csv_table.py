"""`captions.csv` with a row for each clip, for any program that reads tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recaption.export.sets import Item
from recaption.export.tables import write_csv

COLUMNS = ("path", "caption", "id", "start", "end", "text", "mode", "model", "mean_logprob", "flags")


def write(folder: Path, items: Iterable[Item]) -> None:
    write_csv(folder / "captions.csv", COLUMNS, map(_row, items))


def _row(item: Item) -> list[object]:
    told = {**item.row, "path": item.place, "caption": item.caption, "flags": " ".join(item.row["flags"])}
    return [told[column] for column in COLUMNS]
