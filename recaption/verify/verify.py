"""All captions of a folder held against what was measured of their clips."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from recaption import parts
from recaption.claim import open_again
from recaption.clip import Clip, Edit
from recaption.curate.shot import Value
from recaption.database import NAME, Database
from recaption.errors import ClipError, UsageError
from recaption.postfilter import replay
from recaption.results import shards, write_exports
from recaption.sources import shown
from recaption.verdicts import persons
from recaption.verify.claim import Kind, Verdict
from recaption.verify.claims import claims
from recaption.verify.judging import BOUNDS, CONTRADICTED, judge
from recaption.verify.mending import CODE, PHRASE, Mended, camera_phrase, mend

FLAGS = {CODE: "it says something of the camera, cuts, motion or picture that was measured otherwise"}

USED = ("camera", "cuts", "moving", "black", "bars_share", *dict.fromkeys(bounds.measure for bounds in BOUNDS.values()))
"""The measures that a verdict may rest on."""
IN_FLIGHT = 64
"""Clips whose measures are waited for at a time: more than a machine decodes side by side."""
OTHER_FILE = "the file was replaced or changed after it was captioned; caption it again"
"""Why what is there is not measured."""
_UNDONE = "an earlier call had --fix or --camera-phrase, and this one has not"

_KINDS: tuple[Kind, ...] = ("camera", "shots", "motion", "picture")
_OUTCOMES = ("confirmed", "contradicted", "unknown")

Measures = Callable[[Clip], Awaitable[Mapping[str, Value]]]
"""What is measured of a clip, by the names of `judging.judge`; raises ClipError where the clip cannot be decoded."""
Measuring = AbstractAsyncContextManager[Measures]
"""What it takes to measure, such as processes that decode, for as long as it is needed."""


@dataclass
class Findings:
    """What became of the captions.

    Attributes:
        captions: how many were looked at.
        claims: how many there are by kind and outcome.
        flagged: paths of the clips whose captions are left with a contradicted claim, in their order.
        mended: how many captions lost a claim.
        phrases: how many got the camera's phrase.
        undone: how many lost what an earlier call with other options made of them.
        unmeasured: how many clips could not be measured, by reason.
    """

    captions: int = 0
    claims: Counter[tuple[str, str]] = field(default_factory=Counter)
    flagged: list[str] = field(default_factory=list)
    mended: int = 0
    phrases: int = 0
    undone: int = 0
    unmeasured: Counter[str] = field(default_factory=Counter)

    def lines(self, examples: int = 3) -> list[str]:
        """A table for a person, with some of the clips that were flagged."""
        lines = [f"{self.captions} captions", " " * 9 + "".join(f"{outcome:>14}" for outcome in _OUTCOMES)]
        for kind in _KINDS:
            lines.append(f"{kind:9}" + "".join(f"{self.claims[kind, outcome]:14}" for outcome in _OUTCOMES))
        lines.append(f"{len(self.flagged):6} {CODE}: {FLAGS[CODE]}")
        lines += [f"         {path}" for path in self.flagged[:examples]]
        if self.mended:
            lines.append(f"{self.mended:6} lost what was contradicted")
        if self.phrases:
            lines.append(f"{self.phrases:6} say at their end what the camera does")
        if self.undone:
            lines.append(f"{self.undone:6} captions have their words again: {_UNDONE}")
        lines += [f"{count:6} could not be measured: {reason}" for reason, count in self.unmeasured.most_common()]
        return lines

    def add(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Count one row, as it was and as it is."""
        self.captions += 1
        self.claims.update((each["kind"], each["outcome"]) for each in after["verified"])
        had, codes = ({edit["code"] for edit in row["edits"]} & {CODE, PHRASE} for row in (before, after))
        self.mended += CODE in codes
        self.phrases += PHRASE in codes
        self.undone += not had <= codes
        if CODE in after["flags"]:
            self.flagged.append(str(before["path"]))


def verify(out: Path, fix: bool, phrase: bool, measuring: Measuring, journal: Path | None = None) -> Findings:
    """Hold the captions of a run against their clips, and flag those that say what was measured otherwise.

    Each row gets `verified`, a list of claims with `outcome` and `measure`, and `verified_by`, the measures and options
    by which `again` makes the same of a caption that was filtered anew. What an earlier call made of a row goes first.
    A caption that a person accepted or wrote gets verdicts and the flag, and no edit. What was measured of a clip by an
    earlier call is not measured again.

    Args:
        fix: take contradicted claims out, where a caption is left.
        phrase: say at the end of each caption what the camera does; what is said otherwise of the camera goes.

    Raises:
        UsageError: no run with a database is there.
        RunError: another process works there, or the disk refuses.
    """
    if not (journal or out / NAME).is_file():
        _say_where_rows_are(out)
    findings = Findings()
    with closing(open_again(out, journal)) as database:
        asyncio.run(_verify(database, fix, phrase, measuring, findings))
        database.commit()
        write_exports(database, out)
    findings.flagged.sort()
    return findings


def again(row: dict[str, Any], words: str | None = None) -> dict[str, Any]:
    """A row of which the caption was made anew, verified by the measures and options that its `verified_by` holds.

    A row that was never verified stays as it is; one without a caption claims nothing.

    Args:
        words: of a person, see `verdicts.persons`.
    """
    known = row.get("verified_by")
    if known is None:
        return row
    return _verified(row, words, known["measures"], known["fix"], known["camera_phrase"])


def _say_where_rows_are(out: Path) -> None:
    """Raises: UsageError: a folder holds captions in another form than a database."""
    if found := shards(out):
        first = shown(found[0])
        raise UsageError(
            f"{shown(out)} holds shards: verify each shard (`recaption verify {first}`), then merge again"
            f" (`recaption merge {shown(out)}`)"
        )
    if parts.are_in(out):
        raise UsageError(f"{shown(out)} holds what `recaption ray` made: verify reads runs with a database")


async def _verify(database: Database, fix: bool, phrase: bool, measuring: Measuring, findings: Findings) -> None:
    rows = database.told()
    async with measuring as measures:
        await asyncio.gather(*(_take(rows, database, fix, phrase, measures, findings) for _ in range(IN_FLIGHT)))


async def _take(
    rows: Iterator[tuple[str, dict[str, Any]]],
    database: Database,
    fix: bool,
    phrase: bool,
    measures: Measures,
    findings: Findings,
) -> None:
    for id, row in rows:
        said = database.judged(id, row)
        if "reason" in said:
            continue
        found = _known(row) or await _measured(row, measures, findings.unmeasured)
        words = persons(said)
        used = {name: found[name] for name in USED if name in found}
        after = _verified(_undone(row) if words is None else row, words, used, fix, phrase)
        findings.add(row, after)
        if after != row:
            database.rewrite(id, after)
        await asyncio.sleep(0)  # the database commits on time


def _known(row: Mapping[str, Any]) -> Mapping[str, Value]:
    """What an earlier call measured of this version of the file; nothing where there was none, or it failed."""
    found: Mapping[str, Value] = row.get("verified_by", {}).get("measures", {})
    return found


async def _measured(row: Mapping[str, Any], measures: Measures, unmeasured: Counter[str]) -> Mapping[str, Value]:
    """What is measured of a row's clip; nothing, and counted, where it cannot be, or is another one than was told."""
    clip = replace(Clip.of(row["path"], row["start"], row["end"]), text=row["text"])
    if _is_other(clip, row):
        unmeasured[OTHER_FILE] += 1
        return {}
    try:
        return await measures(clip)
    except ClipError as error:
        unmeasured[error.reason] += 1
        return {}


def _is_other(clip: Clip, row: Mapping[str, Any]) -> bool:
    """Whether a file on a disk is another one, or another version of it, than the row tells of.

    The rows of `summarize` tell of steps, and the file may be any.
    """
    return clip.size > 0 and row["mode"] != "summarize" and clip.id != row["id"]


def _undone(row: dict[str, Any]) -> dict[str, Any]:
    """The row without the edits of an earlier call."""
    edits = [edit for edit in row["edits"] if edit["code"] not in (CODE, PHRASE)]
    if len(edits) == len(row["edits"]):
        return row
    return row | {"edits": edits, "caption": replay(row["raw"], (Edit(**edit) for edit in edits))}


def _verified(
    row: dict[str, Any], words: str | None, measures: Mapping[str, Value], fix: bool, phrase: bool
) -> dict[str, Any]:
    """The row with the verdicts on its caption, or on what a person made of it, which stays."""
    text = row["caption"] if words is None else words
    verdicts = judge(claims(text), measures)
    mended = Mended(text)
    if words is None:
        told = camera_phrase(measures) if phrase else ""
        mended = mend(text, verdicts, told, _KINDS if fix else ("camera",) if told else ())
        row = row | {"caption": mended.text, "edits": [*row["edits"], *map(asdict, mended.edits)]}
    still = {(claim.kind, claim.value) for claim in claims(mended.text)}
    wrong = {(each.claim.kind, each.claim.value) for each in verdicts if each.outcome == CONTRADICTED}
    flags = [flag for flag in row["flags"] if flag not in FLAGS] + [CODE] * bool(wrong & still)
    return row | {
        "flags": flags,
        "verified": [_told(each, text) for each in verdicts],
        "verified_by": {"fix": fix, "camera_phrase": phrase, "measures": dict(measures)}
        | ({} if words is None else {"words": words}),
    }


def _told(verdict: Verdict, text: str) -> dict[str, str]:
    claim = verdict.claim
    words = text[claim.start : claim.end]
    return {
        "kind": claim.kind,
        "value": claim.value,
        "words": words,
        "outcome": verdict.outcome,
        "measure": verdict.measure,
    }
