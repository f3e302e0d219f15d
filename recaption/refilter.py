"""Today's post-filter over what models said before: rows change, no model is asked."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from recaption.claim import open_again
from recaption.database import Database
from recaption.errors import REASONS
from recaption.postfilter import FLAGS, PostFilter
from recaption.results import write_exports
from recaption.run import lost
from recaption.verdicts import persons
from recaption.verify.verify import again

CUT = "cut"


@dataclass
class Changes:
    """What became of the rows.

    Attributes:
        rows: how many there are of which a model said something.
        changed: how many have another caption now.
        regained: how many failed and have a caption now.
        failed: how many had a caption and fail now, by reason.
    """

    rows: int = 0
    changed: int = 0
    regained: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """What a person is told."""
        lines = [f"{self.rows} filtered again, {self.changed} changed"]
        if self.regained:
            lines.append(f"  {self.regained} had failed and have a caption now")
        return lines + [
            f"  {count} fail now, {reason}: {REASONS[reason]}" for reason, count in self.failed.most_common()
        ]


def refilter(out: Path, postfilter: PostFilter, journal: Path | None = None) -> Changes:
    """Filter the raw text of every row of a run again, and write the run's exports.

    Raises:
        UsageError: no run is there.
        RunError: another process works there, or the disk refuses.
    """
    with closing(open_again(out, journal)) as database:
        changes = asyncio.run(_refilter(database, postfilter))
        database.commit()
        write_exports(database, out)
    return changes


async def _refilter(database: Database, postfilter: PostFilter) -> Changes:
    changes = Changes()
    for id, row in database.told():
        filtered = _filtered(row, postfilter, finished=not database.was_cut(id, row["raw"]))
        after = again(filtered, persons(database.judged(id, filtered)))
        changes.rows += 1
        changes.changed += after["caption"] != row["caption"]
        if "reason" in row and "reason" not in after:
            changes.regained += 1
        elif "reason" in after and "reason" not in row:
            changes.failed[after["reason"]] += 1
        if after != row:
            database.rewrite(id, after)
        await asyncio.sleep(0)  # the database commits on time
    return changes


def _filtered(row: dict[str, Any], postfilter: PostFilter, finished: bool) -> dict[str, Any]:
    """The row with its caption made again, and with or without a reason for its failing."""
    cleaned = postfilter.finish(postfilter.by_rules(row["raw"], finished=finished), row.get("merge", ""))
    told = [flag for flag in row["flags"] if flag not in FLAGS or flag == CUT]
    after = {
        **{column: value for column, value in row.items() if column not in ("reason", "detail")},
        "caption": cleaned.text,
        "edits": [asdict(edit) for edit in cleaned.edits],
        "flags": list(dict.fromkeys((*told, *cleaned.flags))),
    }
    if not cleaned.text:
        after["reason"], after["detail"] = lost(row["raw"], cleaned.flags)
    return after
