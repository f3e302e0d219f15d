"""The captions of a run as a person goes through them, and what the person says of them."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recaption import urls
from recaption.check import FLAGS as CHECK_FLAGS
from recaption.clip import Clip
from recaption.database import connect_to
from recaption.errors import RunError, UsageError
from recaption.postfilter import FLAGS as POSTFILTER_FLAGS
from recaption.sources import shown
from recaption.verdicts import ACCEPTED, AGAIN, EDITED, SPENT, VERDICTS, judged
from recaption.verify.verify import FLAGS as VERIFY_FLAGS
from recaption.video.sample import FLAGS as DECODING_FLAGS

_FLAGS = "CASE WHEN verdict IS NULL THEN flags ELSE flags_left(row, verdict, caption) END"
"""The flags of a caption as its verdict leaves them; only what somebody judged has to be read for it."""

ORDERS = {
    "path": '+path, start, "end", id',
    "confidence": "logprob IS NULL, logprob, path, start, id",
    "flags": f"json_array_length({_FLAGS}) DESC, path, start, id",
}
"""By name and span; the least sure first; those with most flags first. The plus keeps SQLite from walking the index on
places, which reads the rows all over the file."""

OPEN, ALL = "open", "all"
FILTERS = {
    OPEN: f"(verdict IS NULL OR verdict = '{SPENT}')",
    **{verdict: f"verdict = '{verdict}'" for verdict in VERDICTS},
    ALL: "1",
}

MOST_LISTED = 10_000
"""Captions that are listed at a time. A list of so many is about a megabyte for the page."""


WAIT_SECONDS = 10
"""For a run that writes at the same moment; it commits ten times a second."""


class StaleError(RunError):
    """The caption is not the one any more that the person saw."""


@dataclass(frozen=True)
class Reviews:
    """The captions in a database, to which a run may write meanwhile.

    Attributes:
        old: other captions of the same clips by path, to be shown beside; `old_name` says whose they are.

    Raises:
        RunError: (every method) the database cannot be read or written.
    """

    path: Path
    old: Mapping[str, str] = field(default_factory=dict)
    old_name: str = ""

    def overview(self) -> dict[str, Any]:
        """How many captions have each flag and each verdict, and what these mean."""
        with self._opened() as db:
            flags = db.execute(
                f"SELECT value, count(*) FROM judged, json_each({_FLAGS})"
                " WHERE told GROUP BY value ORDER BY 2 DESC, value"
            ).fetchall()
            said = dict(db.execute(f"SELECT coalesce(verdict, '{SPENT}'), count(*) FROM judged WHERE told GROUP BY 1"))
        return {
            "flags": [{"flag": flag, "count": count, "about": _ABOUT.get(flag, "")} for flag, count in flags],
            "verdicts": {OPEN: said.get(SPENT, 0), **{verdict: said.get(verdict, 0) for verdict in VERDICTS}},
            "captions": sum(said.values()),
        }

    def listed(self, order: str = "path", verdict: str = OPEN, flag: str = "") -> dict[str, Any]:
        """`count` captions, and the first MOST_LISTED of them in `captions`, each in short.

        Args:
            order: a key of ORDERS.
            verdict: a key of FILTERS.
            flag: one that the captions have; "" for any or none.

        Raises:
            UsageError: no such order or verdict.
        """
        if order not in ORDERS or verdict not in FILTERS:
            raise UsageError(f"an order is one of {', '.join(ORDERS)}, and a verdict one of {', '.join(FILTERS)}")
        has_flag = f"EXISTS (SELECT 1 FROM json_each({_FLAGS}) WHERE value = :flag)" if flag else "1"
        where = f"told AND {FILTERS[verdict]} AND {has_flag}"
        with self._opened() as db:
            count = db.execute(f"SELECT count(*) FROM judged WHERE {where}", {"flag": flag}).fetchone()[0]
            rows = db.execute(
                f"SELECT id, path, verdict, logprob, json_array_length({_FLAGS})"
                f" FROM judged WHERE {where} ORDER BY {ORDERS[order]} LIMIT {MOST_LISTED}",
                {"flag": flag},
            )
            captions = [
                {
                    "id": id,
                    "name": _name(path),
                    "verdict": said,
                    "logprob": sure,
                    "flags": flags,
                }
                for id, path, said, sure, flags in rows
            ]
        return {"count": count, "captions": captions}

    def one(self, id: str) -> dict[str, Any] | None:
        """A row as its verdict leaves it, with what the page shows beside; None where there is no such caption."""
        with self._opened() as db:
            return self._row(db, id)

    def clip(self, id: str) -> Clip | None:
        """The clip of a caption, as its file is now."""
        with self._opened() as db:
            found = db.execute('SELECT path, start, "end" FROM clips WHERE id = ?', (id,)).fetchone()
        return Clip.of(os.fsdecode(found[0]), *found[1:]) if found else None

    def judge(self, id: str, verdict: str | None, seen: str, caption: str = "") -> None:
        """Write a person's verdict; None takes it back.

        Args:
            seen: the caption that the person saw.
            caption: what the person wrote, for EDITED.

        Raises:
            UsageError: no such caption or verdict, or words that are no caption.
            StaleError: the caption is another one now.
        """
        if verdict is not None and verdict not in VERDICTS:
            raise UsageError(f"no verdict {verdict!r}; there are {', '.join(VERDICTS)}")
        if verdict == EDITED and (not caption.strip() or len(caption.splitlines()) > 1):
            raise UsageError("a caption is one line of words")
        with self._opened() as db:
            db.execute("BEGIN IMMEDIATE")
            row = self._row(db, id)
            if row is None:
                raise UsageError(f"no caption {id!r}")
            if verdict is not None and seen != row["caption"]:
                raise StaleError("the caption has changed since it was shown")
            if verdict == ACCEPTED and not seen:
                raise UsageError("there is no caption to accept")
            self._write(db, id, verdict, caption.strip() if verdict == EDITED else seen)
            db.execute("COMMIT")

    def _write(self, db: sqlite3.Connection, id: str, verdict: str | None, caption: str) -> None:
        """A verdict that is taken back is spent: its words stay beside, and what it asked for is asked no more."""
        if verdict is None:
            db.execute(
                f"UPDATE verdicts SET times_again = times_again - (verdict = '{AGAIN}'), verdict = '{SPENT}'"
                " WHERE clip = ?",
                (id,),
            )
            return
        again = int(verdict == AGAIN)
        db.execute(
            "INSERT INTO verdicts VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET verdict = ?2, caption = ?3,"
            f" at = ?5, times_again = times_again - (verdict = '{AGAIN}') + ?4",
            (id, verdict, caption, again, time.time()),
        )

    def _row(self, db: sqlite3.Connection, id: str) -> dict[str, Any] | None:
        found = db.execute("SELECT row, verdict, judged.caption FROM judged WHERE id = ? AND told", (id,)).fetchone()
        if found is None:
            return None
        row = json.loads(found[0])
        verdict, caption = found[1:]
        return {
            **judged(row, verdict, caption),
            "path": shown(row["path"]),
            "said": verdict if verdict in VERDICTS else None,
            "others": self._others(row, verdict, caption),
        }

    def _others(self, row: dict[str, Any], verdict: str | None, caption: str) -> list[dict[str, str]]:
        """Other captions of the same clip, each with whose it is."""
        given = (
            (self.old_name, self.old.get(row["path"])),
            ("before", caption if verdict == SPENT and caption != row["caption"] else None),
            ("given", row["text"]),
        )
        return [{"whose": whose, "caption": text} for whose, text in given if text]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(connect_to(self.path, "rw", WAIT_SECONDS)) as db:
                db.create_function("flags_left", 3, _flags_left, deterministic=True)
                yield db
        except sqlite3.Error as error:
            raise RunError(f"{shown(self.path)}: {error}") from None


def _flags_left(row: str, verdict: str, caption: str) -> str:
    return json.dumps(judged(json.loads(row), verdict, caption)["flags"])


def _name(path: bytes) -> str:
    return shown(urls.name(os.fsdecode(path)))


_ABOUT = {**DECODING_FLAGS, **POSTFILTER_FLAGS, **CHECK_FLAGS, **VERIFY_FLAGS}
