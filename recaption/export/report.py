"""What every export has to say about a row: the file that it went into, or why it was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recaption.errors import UsageError
from recaption.sources import shown


@dataclass(frozen=True)
class Written:
    """What became of one row: `path` is where it went, or where it would have come from if `refused` says why not."""

    path: str
    refused: str | None = None


def check_tiny(row: dict[str, Any], allow_tiny: bool) -> None:
    """Raises: UsageError: the row is one of the tiny model, and nobody said that such rows may go out."""
    if "tiny" in row["flags"] and not allow_tiny:
        raise UsageError(
            f"{shown(row['path'])} and others were captioned by the tiny model, which knows scripted cartoons only:"
            " caption them with a real model, or say --allow-tiny"
        )


def unfit(caption: str) -> str | None:
    """Why a caption cannot be one line of a trainer's file; None where it can."""
    if not caption.strip():
        return "the caption is empty"
    if len(caption.splitlines()) > 1:
        return "the caption has more than one line"
    return None
