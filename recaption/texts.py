"""`recaption rewrite` and `recaption summarize`: captions from words alone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from recaption import results
from recaption.clip import Clip, Draft, Question, Step
from recaption.command import Common, Plan, carry_out
from recaption.database import Database
from recaption.engines import Engine
from recaption.engines.choose import TINY
from recaption.engines.serving import Asked
from recaption.errors import AskError, UsageError
from recaption.modes.ask import Ask
from recaption.modes.summary import summarize as summarize_steps
from recaption.modes.svd import join
from recaption.prompts import Prompts
from recaption.prompts import load as load_prompts
from recaption.run import Settings, Task, run
from recaption.schedule import Tally
from recaption.sources import shown
from recaption.video.sample import FLAGS as DECODING_FLAGS

MOST_STEPS = 64
"""Steps for which an engine that is set up beforehand makes room: frames of a clip at most, by default."""

_KEPT_FLAGS = {*DECODING_FLAGS, TINY}
"""Those that tell of the steps; others told of the caption that was there."""


def rewrite(file: Path, common: Common) -> int:
    """Turn each line of a text file, a short prompt, into a detailed caption; see `command.carry_out`.

    Raises:
        UsageError: (also) the file cannot be read, or holds no line with words.
    """
    prompts = load_prompts(common.prompts)
    if not any(_lines(file)):
        raise UsageError(f"{shown(file)}: no prompts there; write one on each line")

    def tasks() -> Iterator[Task]:
        for number, line in _lines(file):
            # A line has its place as its name, and its words as the version of it.
            clip = Clip(f"{file.absolute()}:{number}", size=0, mtime_ns=0, text=line)
            yield Task(clip, partial(_rewritten, line, prompts))

    longest = Question(prompts.recaption("").text, (), common.max_tokens)
    return _carry_out("rewrite", "no frames", Asked(longest), tasks, common)


def summarize(folder: Path, common: Common) -> int:
    """Sum up the stored steps of a folder of captions again; see `command.carry_out`.

    Raises:
        UsageError: (also) no captions there, or captions without steps.
    """
    prompts = load_prompts(common.prompts)
    first = next(results.captions(folder), None)
    if first is None or not first["steps"]:
        made = "has no captions" if first is None else f"was made in mode {first['mode']}, which keeps no steps"
        raise UsageError(f"{shown(folder)} {made}")

    def tasks() -> Iterator[Task]:
        for row in results.captions(folder):
            yield Task(_clip(row), partial(_summarized, row, prompts))

    longest = Question(max(prompts.templates.values(), key=len), (), common.max_tokens)
    steps = f"steps of {first['mode']} by {first['model']}, prompts {first['prompts']}"
    return _carry_out("summarize", steps, Asked(longest, MOST_STEPS), tasks, common)


def _carry_out(mode: str, frames: str, asked: Asked, tasks: Callable[[], Iterator[Task]], common: Common) -> int:
    def limited() -> Iterator[Task]:
        return islice(tasks(), common.limit)

    async def work(engine: Engine, settings: Settings, database: Database, tally: Tally) -> None:
        await run(limited(), settings, engine, database, tally)

    plan = Plan(
        mode=mode,
        frames=frames,
        asked=lambda _: asked,
        work=work,
        count=lambda: sum(1 for _ in limited()),
        out=common.out,
        journal=common.journal,
        is_whole=common.limit is None,
    )
    return carry_out(plan, common)


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that have words, with their numbers from 1."""
    try:
        with open(file, encoding="utf-8") as opened:
            for number, line in enumerate(opened, 1):
                if line.strip():
                    yield number, line.strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown(file)}: cannot be read as text ({error})") from None


async def _rewritten(line: str, prompts: Prompts, ask: Ask) -> Draft:
    return Draft((await ask(prompts.recaption(line))).text)


def _clip(row: dict[str, Any]) -> Clip:
    """The clip of a row; of other steps another version."""
    steps = zlib.crc32(json.dumps(row["steps"]).encode())
    return Clip(row["path"], row["start"], row["end"], size=0, mtime_ns=steps, text=row.get("text"))


async def _summarized(row: dict[str, Any], prompts: Prompts, ask: Ask) -> Draft:
    steps = tuple(Step(**step) for step in row["steps"])
    if not steps:
        raise AskError("empty", "the row has no steps to sum up")
    one_of = join if row["mode"] == "svd" else summarize_steps
    flags = tuple(flag for flag in row["flags"] if flag in _KEPT_FLAGS)
    return Draft(await one_of(steps, ask, prompts.hinted(row.get("text"))), steps, flags)
