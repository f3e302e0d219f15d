"""What every format has to say about a row: the file that it went into, or why it was refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Written:
    """What became of one row: `path` holds it now, unless `refused` says why it does not."""

    path: Path
    refused: str | None = None
