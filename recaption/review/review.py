"""`recaption review`: from its options to the page, and the exports at its end."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from recaption import results
from recaption.claim import open_again
from recaption.database import NAME, open_to_read
from recaption.errors import MissingExtra, RunError, UsageError
from recaption.review.reviews import Reviews
from recaption.sources import shown

log = logging.getLogger(__name__)


def review(out: Path, old: Path | None, port: int, journal: Path | None, say: Callable[[str], object]) -> None:
    """Serve the page for the captions in a folder until Ctrl-C, then write the run's exports.

    Args:
        old: other captions of the same clips: a folder of captions, or a csv with `path` and `caption`.
        port: 0 for a free one.
        say: is told the page's address.

    Raises:
        MissingExtra: starlette and uvicorn are not installed.
        UsageError: no run is there; `old` has no captions.
        RunError: the port is taken, the database cannot be read, or the exports cannot be written.
    """
    try:
        from recaption.review.server import serve
    except ImportError:
        raise MissingExtra("starlette or uvicorn", "review") from None
    database = journal or out / NAME
    if not database.is_file():
        raise UsageError(f"{shown(database)}: no such database; a folder of shards is reviewed shard by shard")
    open_to_read(database).close()
    captions = results.captions_by_path(old) if old else {}
    name = shown(os.path.basename(os.path.abspath(old))) if old else ""
    serve(Reviews(database, captions, name), shown(out), port, say)
    try:
        opened = open_again(out, journal)
    except RunError as error:
        log.warning("%s; %s is written when it has ended", error, results.CAPTIONS)
        return
    with closing(opened):
        results.write_exports(opened, out)
