"""`recaption review`: from its options to the page, and the exports at its end."""

from __future__ import annotations

import logging
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
        RunError: the port is taken, or the database cannot be read.
    """
    try:
        from recaption.review.server import serve
    except ImportError:
        raise MissingExtra("starlette or uvicorn", "review") from None
    database = journal or out / NAME
    if not database.is_file():
        raise UsageError(f"{shown(database)}: no such database; a folder of shards is reviewed shard by shard")
    with closing(open_to_read(database)):
        pass
    captions = results.captions_by_path(old) if old else {}
    serve(Reviews(database, captions, shown(old.name) if old else ""), shown(out), port, say)
    try:
        with closing(open_again(out, journal)) as opened:
            results.write_exports(opened, out)
    except RunError as error:
        log.warning("%s; %s is written when it has ended", error, results.CAPTIONS)
