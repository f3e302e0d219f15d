"""`captions.csv` with a row for each clip, for any program that reads tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from recaption.export.items import Items
from recaption.export.tables import write_csv

COLUMNS = ("path", "caption", "id", "start", "end", "text", "mode", "model", "mean_logprob", "flags")


def write(folder: Path, items: Items) -> None:
    columns = (*COLUMNS, *items.more)
    rows = ([_cell(item.columns.get(column)) for column in columns] for item in items)
    write_csv(folder / "captions.csv", columns, rows)


def _cell(value: Any) -> object:
    """Flags with spaces between them, and what else has parts as JSON."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
