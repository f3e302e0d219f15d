"""Captions in the formats that trainers read: one file for each format; FORMATS names them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from recaption.export import sidecar
from recaption.export.report import Written

FORMATS: dict[str, Callable[..., Iterator[Written]]] = {
    "sidecar": sidecar.write,
}
"""Each takes rows of captions.jsonl and `allow_tiny`, `overwrite`, and yields what became of each row."""
