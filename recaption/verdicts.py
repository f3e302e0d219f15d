"""What a person says of a caption, kept beside what the model said, so that neither overwrites the other.

A verdict lies over its row at reading: it survives the post-filter and later runs, and whoever reads the captions of a
run gets what the person left standing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from recaption.postfilter.rule import whole_edit

ACCEPTED, EDITED, REJECTED, AGAIN, SPENT = "accepted", "edited", "rejected", "again", "spent"

VERDICTS = {
    ACCEPTED: "the caption stays as it was seen, whatever later rules say",
    EDITED: "the person's words are the caption",
    REJECTED: "the clip has no caption; no run asks for another one",
    AGAIN: "the next run asks for another caption",
}
"""What a person can say, and what follows from it."""

PERSON = "person"
"""Code of the edit that leads from what the post-filter left to what the person left."""

CONTRADICTED = "contradicted"
"""Flag of a caption that says what was measured otherwise; see `recaption.verify`."""

SCHEMA = f"""
CREATE TABLE verdicts (
    clip TEXT PRIMARY KEY, verdict TEXT NOT NULL, caption TEXT NOT NULL, times_again INTEGER NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;
CREATE VIEW judged AS SELECT
    clips.*, verdicts.verdict, verdicts.caption, times_again,
    CASE verdict WHEN '{REJECTED}' THEN '{REJECTED}' WHEN '{AGAIN}' THEN '{AGAIN}'
        WHEN '{ACCEPTED}' THEN NULL WHEN '{EDITED}' THEN NULL ELSE reason END AS outcome
    FROM clips LEFT JOIN verdicts ON verdicts.clip = clips.id;
"""
"""`caption` of a verdict is the one that the person saw, or wrote. The verdict is SPENT where that one is the caption
of an earlier answer or of an earlier version of the file. `outcome` is the reason why the clip has no caption to
export, NULL where it has one."""


def judged(row: dict[str, Any], verdict: str | None, caption: str) -> dict[str, Any]:
    """A row of the store as its verdict leaves it: one of captions.jsonl where it has no `reason`.

    What `recaption verify` found of other words than those that are left goes.

    Args:
        verdict, caption: as in the table; None where nobody has said anything.
    """
    if verdict in (None, SPENT):
        return _without_verified_of_others(row, row)
    told = {column: value for column, value in row.items() if column not in ("reason", "detail")}
    edits: list[dict[str, str]] = [*row["edits"]]
    if caption != row["caption"]:
        edits.append(asdict(whole_edit(PERSON, row["caption"], caption)))
    told |= {"caption": caption, "edits": edits, "verdict": verdict}
    if verdict in (REJECTED, AGAIN):
        told |= {"reason": verdict, "detail": f"a person said so of {caption[:200]!r}"}
    return _without_verified_of_others(row, told)


def _without_verified_of_others(row: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """What is told of a row, without the flag and the claims of a caption that is not told."""
    if "verified" not in row or row["verified_by"].get("words", row["caption"]) == told["caption"]:
        return told
    kept = {column: value for column, value in told.items() if column != "verified"}
    return kept | {"flags": [flag for flag in told["flags"] if flag != CONTRADICTED]}


def persons(told: Mapping[str, Any]) -> str | None:
    """The caption of a row that was `judged`, where a person accepted or wrote it; None where it is nobody's."""
    return told["caption"] if told.get("verdict") in (ACCEPTED, EDITED) else None
