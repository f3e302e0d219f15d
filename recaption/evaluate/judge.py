"""Events of captions against those of reference captions, as a language model judges: AutoDQ of DREAM-1K.

Tarsier (arXiv 2407.00634, section 4.2): at most ten events are taken from each text; recall is the share of the
reference's events that the caption entails, precision the share of the caption's that the reference entails; both are
means over clips, and a text without events counts as 1. The prompts are ours (`prompts/judge`).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from recaption import results, urls
from recaption.asking import Asking
from recaption.claim import open_run
from recaption.clip import Clip
from recaption.database import Database
from recaption.engines import Engine
from recaption.errors import AskError, UsageError
from recaption.evaluate.score import with_intervals
from recaption.prompts import Prompt
from recaption.store import Fingerprint

log = logging.getLogger(__name__)

Reference = str | Sequence[str]
"""A text, or the events that it tells."""

MOST_EVENTS = 10
MAX_TOKENS = 512

_BULLET = re.compile(r"\s*(?:[-*•]|\d{1,2}[.):])?\s*(.*?)\s*\Z")
_VERDICT = re.compile(r"^\W*(\d{1,2})\W+(?:\w+\W+){0,3}?(entail\w*|neutral|contradict\w*)", re.I | re.M)


@dataclass(frozen=True)
class Judged:
    """One clip: how many events of the caption the reference entails, and how many of the reference's the caption."""

    right: int
    told: int
    recalled: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        return self.recalled / self.true if self.true else 1.0


class Judge:
    """Asks an engine for events and for what entails them; a clip's replies are kept in a store."""

    def __init__(self, engine: Engine, store: Database) -> None:
        self._engine = engine
        self._store = store
        self._places = asyncio.Semaphore(engine.clips_in_flight)

    async def clip(self, clip: Clip, caption: str, reference: Reference) -> Judged:
        """Judge one caption.

        Raises:
            AskError: the engine gave no usable answer.
        """
        async with self._places:
            ask = Asking(clip, self._engine, self._store, MAX_TOKENS)
            told = await self._events(ask, caption)
            true = await self._events(ask, reference) if isinstance(reference, str) else list(reference)
            said = reference if isinstance(reference, str) else " ".join(reference)
            return Judged(
                await self._entailed(ask, said, told), len(told), await self._entailed(ask, caption, true), len(true)
            )

    async def _events(self, ask: Asking, text: str) -> list[str]:
        if not text.strip():
            return []
        reply = await ask(Prompt(_template("events").format(text=text)))
        lines = [match[1] for line in reply.text.splitlines() if (match := _BULLET.match(line))]
        return [line for line in lines if line and line.strip(".").lower() != "none"][:MOST_EVENTS]

    async def _entailed(self, ask: Asking, text: str, events: Sequence[str]) -> int:
        if not events:
            return 0
        listed = "\n".join(f"{number}: {event}" for number, event in enumerate(events, 1))
        reply = await ask(Prompt(_template("entails").format(text=text, events=listed)))
        verdicts = {int(number): word.lower() for number, word in _VERDICT.findall(reply.text)}
        if missing := [number for number in range(1, len(events) + 1) if number not in verdicts]:
            raise AskError("engine", f"the judge has no verdict on events {missing}: {reply.text[:200]!r}")
        return sum(verdicts[number].startswith("entail") for number in range(1, len(events) + 1))


def judge(out: Path, references: Path, engine: Engine) -> dict[str, Any]:
    """Scores of the captions in a folder against references; see `judge_clips`."""
    (clips,) = judge_clips([out], references, engine)
    judged = [each for each in clips.values() if each]
    return {
        "judge": engine.model,
        "clips": len(judged),
        "unjudged": len(clips) - len(judged),
        **with_intervals(judged, _figures),
    }


def judge_clips(outs: Sequence[Path], references: Path, engine: Engine) -> list[dict[str, Judged | None]]:
    """The clips of each folder by path, those that stand in the references; None for one that could not be judged.

    The engine is closed at the end. A clip that failed counts as a caption without words.

    Args:
        references: JSON lines with `path` (as in the rows, or relative to this file) and `caption` or `events`.

    Raises:
        UsageError: the references cannot be read, or no clip of a folder stands in them.
        RunError: the engine died, or its replies cannot be kept.
    """
    known = _references(references)
    return asyncio.run(_judge_folders([(out, _pairs(out, known, references)) for out in outs], engine))


def _pairs(out: Path, known: Mapping[str, Reference], references: Path) -> dict[str, tuple[str, Reference]]:
    told = {row["path"]: "" for row in results.failures(out)}
    told |= {row["path"]: row["caption"] for row in results.captions(out)}
    pairs = {path: (told[path], reference) for path, reference in known.items() if path in told}
    if not pairs:
        raise UsageError(f"{references}: no clip of {out} stands there")
    return pairs


async def _judge_folders(
    folders: Sequence[tuple[Path, dict[str, tuple[str, Reference]]]], engine: Engine
) -> list[dict[str, Judged | None]]:
    fingerprint = Fingerprint("judge", engine.model, "judge", _hash(), "no frames", MAX_TOKENS)
    judged = []
    try:
        for out, pairs in folders:
            with closing(open_run(_cache(out, fingerprint), fingerprint)) as store:
                made = Judge(engine, store)
                told = await asyncio.gather(*(_judged(made, path, *pair) for path, pair in pairs.items()))
                judged.append(dict(zip(pairs, told, strict=True)))
    finally:
        await engine.close()
    return judged


async def _judged(judge: Judge, path: str, caption: str, reference: Reference) -> Judged | None:
    try:
        return await judge.clip(Clip(path, size=0, mtime_ns=0), caption, reference)
    except AskError as error:
        log.warning("%s: not judged: %s", path, error.detail)
        return None


def _figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Means over clips, and F1 of the two means."""
    count = max(len(judged), 1)
    precision, recall = sum(each.precision for each in judged) / count, sum(each.recall for each in judged) / count
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"event_precision": precision, "event_recall": recall, "event_f1": f1}


def _references(file: Path) -> dict[str, Reference]:
    known: dict[str, Reference] = {}
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error})") from None
    for number, line in enumerate(filter(str.strip, lines), 1):
        try:
            row = json.loads(line)
            path = urls.public(urls.absolute(row["path"], str(file.absolute().parent)))
            known[path] = row["events"] if "events" in row else row["caption"]
        except (ValueError, TypeError, KeyError) as error:
            raise UsageError(f"{file}, line {number}: path and caption (or events) are needed ({error!r})") from None
    return known


def _cache(out: Path, fingerprint: Fingerprint) -> Path:
    """A folder for the replies of one judge with one set of prompts."""
    return out / "judged" / hashlib.sha256(f"{fingerprint.model} {fingerprint.prompts_hash}".encode()).hexdigest()[:8]


def _template(name: str) -> str:
    return (resources.files("recaption") / "_prompts" / "judge" / f"{name}.txt").read_text(encoding="utf-8")


def _hash() -> str:
    return hashlib.sha256((_template("events") + _template("entails")).encode()).hexdigest()[:16]
