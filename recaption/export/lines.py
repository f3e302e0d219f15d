"""Files of JSON that are written item by item."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def write_jsonl(path: Path, values: Iterable[dict[str, Any]]) -> None:
    """One value on each line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{json.dumps(value, ensure_ascii=False)}\n" for value in values)


def write_list(path: Path, values: Iterable[Any]) -> None:
    """One JSON list."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        _write_parts(file, "[]", (json.dumps(value, ensure_ascii=False) for value in values))


def write_object(path: Path, pairs: Iterable[tuple[str, Any]]) -> None:
    """One JSON object."""
    told = (f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}" for key, value in pairs)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        _write_parts(file, "{}", told)


def _write_parts(file: Any, brackets: str, parts: Iterable[str]) -> None:
    file.write(brackets[0])
    for i, part in enumerate(parts):
        file.write(f"{',' if i else ''}\n{part}")
    file.write(f"\n{brackets[1]}\n")
