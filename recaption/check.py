"""A look across all captions of a run, for what no caption shows by itself.

The same words on different clips, lengths and probabilities far from the others', refusals that were left in, and
captions that share next to nothing with the short caption that a person gave. What is found becomes a flag of the row.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from recaption.claim import open_again
from recaption.database import Database
from recaption.errors import MissingExtra
from recaption.postfilter.assistant.refusals import is_refusal
from recaption.postfilter.merge import stems
from recaption.results import write_exports

FLAGS = {
    "same_caption": "another clip has the same caption",
    "near_caption": "another clip has nearly the same caption",
    "refusal_left": "a sentence of the caption is a refusal",
    "odd_length": "much longer or shorter than the other captions",
    "low_probability": "the model was much less sure than of the other captions",
    "disagrees": "hardly a word of the short caption that was given for the clip is in it",
}

SHINGLE = 3
"""Words in a row that near captions are compared by."""
NEAR = 0.8
"""Jaccard similarity of the shingles of two captions that are nearly the same."""
PERMUTATIONS = 128
"""Of a MinHash, datasketch's default: the similarity is estimated within 0.09 (1 / sqrt(128))."""
FAR = 3.5
"""Modified z-score of an outlier (Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993)."""
SHARED = 0.25
"""Share of a short caption's stems that its long caption should have at least. A choice of ours: synonyms are common,
so that the flag means that a person should look."""

_WORD = re.compile(r"[^\W_]+")


@dataclass
class Findings:
    """What a check found.

    Attributes:
        captions: how many were looked at.
        flagged: ids of clips by flag, those of one group of like captions beside each other.
        paths: of the flagged clips, by id.
    """

    captions: int = 0
    flagged: dict[str, list[str]] = field(default_factory=lambda: {flag: [] for flag in FLAGS})
    paths: dict[str, str] = field(default_factory=dict)

    def lines(self, examples: int = 3) -> list[str]:
        """A table for a person, with some clips for each flag."""
        lines = [f"{self.captions} captions"]
        for flag, ids in self.flagged.items():
            lines.append(f"{len(ids):6} {flag}: {FLAGS[flag]}")
            lines += [f"         {self.paths[id]}" for id in ids[:examples]]
        return lines


@dataclass(frozen=True)
class _Seen:
    id: str
    digest: bytes
    words: int
    mean_logprob: float | None


def check(out: Path, journal: Path | None = None) -> Findings:
    """Look across the captions of a run, and flag its rows; flags of an earlier check go.

    Raises:
        MissingExtra: datasketch is not installed.
        UsageError: no run is there.
        RunError: another process works there, or the disk refuses.
    """
    try:
        import datasketch  # noqa: F401 - so that its absence is told before anything is read
    except ImportError:
        raise MissingExtra("datasketch", "check") from None
    with closing(open_again(out, journal)) as database:
        findings = asyncio.run(_check(database))
        database.commit()
        write_exports(database, out)
    return findings


async def _check(database: Database) -> Findings:
    from datasketch import MinHash, MinHashLSH

    near = MinHashLSH(threshold=NEAR, num_perm=PERMUTATIONS)
    seen: list[_Seen] = []
    findings = Findings()
    hashes: dict[bytes, Any] = {}
    for id, row in _captioned(database):
        words = _WORD.findall(row["caption"].casefold())
        digest = hashlib.blake2b(" ".join(words).encode(), digest_size=16).digest()
        seen.append(_Seen(id, digest, len(words), row["mean_logprob"]))
        if digest not in hashes:
            hashes[digest] = MinHash(num_perm=PERMUTATIONS)
            hashes[digest].update_batch(_shingles(words))
            near.insert(digest, hashes[digest])
        if is_refusal(row["caption"]):
            findings.flagged["refusal_left"].append(id)
        if row["text"] and _shared(row["text"], row["caption"]) < SHARED:
            findings.flagged["disagrees"].append(id)
    findings.captions = len(seen)
    by_digest = defaultdict(list)
    for each in seen:
        by_digest[each.digest].append(each.id)
    for digest, ids in by_digest.items():
        others = [other for other in near.query(hashes[digest]) if other != digest]
        if len(ids) > 1:
            findings.flagged["same_caption"] += ids
        if any(hashes[digest].jaccard(hashes[other]) >= NEAR for other in others):
            findings.flagged["near_caption"] += ids
    findings.flagged["odd_length"] = _outliers([(each.id, np.log1p(each.words)) for each in seen], both=True)
    sure = [(each.id, each.mean_logprob) for each in seen if each.mean_logprob is not None]
    findings.flagged["low_probability"] = _outliers(sure, both=False)
    await _flag(database, findings)
    return findings


def _captioned(database: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and row of every caption, as persons left them."""
    judged = ((id, database.judged(id, row)) for id, row in database.told())
    return ((id, row) for id, row in judged if "reason" not in row)


def _shingles(words: Sequence[str]) -> list[bytes]:
    return [" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))]


def _shared(short: str, caption: str) -> float:
    """The share of a short caption's stems that a caption has; 1 for one without any."""
    wanted = stems(short)
    return len(wanted & stems(caption)) / len(wanted) if wanted else 1.0


def _outliers(values: Sequence[tuple[str, float]], *, both: bool) -> list[str]:
    """Ids of the values far from the median: on both sides, or below it; none where more than half are alike."""
    if not values:
        return []
    numbers = np.array([value for _, value in values])
    away = numbers - np.median(numbers)
    scale = np.median(np.abs(away)) / 0.6745
    if not scale:
        return []
    far = (np.abs(away) if both else -away) > FAR * scale
    return [id for (id, _), is_far in zip(values, far, strict=True) if is_far]


async def _flag(database: Database, findings: Findings) -> None:
    flags: dict[str, list[str]] = defaultdict(list)
    for flag, ids in findings.flagged.items():
        for id in ids:
            flags[id].append(flag)
    for id, row in database.told():
        if id in flags:
            findings.paths[id] = row["path"]
        after = [flag for flag in row["flags"] if flag not in FLAGS] + flags.get(id, [])
        if after != row["flags"]:
            database.rewrite(id, {**row, "flags": after})
        await asyncio.sleep(0)  # the database commits on time
