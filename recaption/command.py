"""What every command that asks a model has in common: options, the model, the store, the exports, the exit status."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from recaption import sources
from recaption.claim import open_run
from recaption.database import Database
from recaption.engines import Engine, choose
from recaption.engines.serving import Asked, Serving, engine_of, load
from recaption.errors import REASONS, UsageError
from recaption.postfilter import PostFilter
from recaption.progress import shown_progress
from recaption.prompts import Prompts
from recaption.prompts import load as load_prompts
from recaption.results import write_exports
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.store import Fingerprint

log = logging.getLogger(__name__)

ALL_CAPTIONED = 0
SOME_FAILED = 3

Work = Callable[[Engine, Settings, Database, Tally], Awaitable[None]]


@dataclass(frozen=True)
class Common:
    """The options of all commands that ask a model, as their help tells them."""

    model: str | None
    revision: str | None
    serving: Serving
    prompts: str
    max_tokens: int
    retries: int
    merge: str
    without: tuple[str, ...]
    budget: str | None
    out: Path = Path()
    limit: int | None = None
    retry_failed: bool = False
    new_run: bool = False
    journal: Path | None = None


@dataclass(frozen=True)
class Plan:
    """What a command is about to do.

    Attributes:
        mode, frames: what the fingerprint says of it.
        asked: what the model will be asked.
        work: does it; puts rows into the database and counts them in the tally.
        count: how many rows there will be; None where nobody can say before.
        out, journal: where the rows go.
        is_whole: every row is asked for; no limit is set.
        shard: the share that is done, "I/N".
    """

    mode: str
    frames: str
    asked: Callable[[Prompts], Asked]
    work: Work
    count: Callable[[], int | None]
    out: Path
    journal: Path | None
    is_whole: bool
    shard: str | None = None


def carry_out(plan: Plan, common: Common) -> int:
    """Do what is planned and return the exit status: ALL_CAPTIONED or SOME_FAILED.

    Raises:
        UsageError: wrong options.
        RunError: the run could not start or go on; what was finished is in the store.
        KeyboardInterrupt: somebody stopped it; what was finished is in the store and in the exports.
    """
    postfilter = PostFilter.of(common.without, common.budget)
    prompts = load_prompts(common.prompts)
    choice = chosen(common.model, common.revision, common.serving)
    warn_of_tiny(choice)
    fingerprint = Fingerprint(plan.mode, choice.name, prompts.name, prompts.hash, plan.frames, common.max_tokens)
    database = open_run(plan.out, fingerprint, journal=plan.journal, new_run=common.new_run, shard=plan.shard)
    with closing(database):
        engine = load(choice, common.serving, plan.asked(prompts))
        settings = settings_of(common, postfilter, prompts, choice, engine)
        tally = Tally()
        try:
            asyncio.run(_work(plan, engine, settings, database, tally))
        finally:
            write_exports(database, plan.out)
            report(tally, sources.shown(plan.out))
    return SOME_FAILED if tally.failed or tally.failed_before else ALL_CAPTIONED


def warn_of_tiny(choice: choose.Choice) -> None:
    if choice.is_tiny:
        why = "no GPU here, so the tiny model answers" if choice.by_default else "the tiny model answers"
        log.warning("%s: it knows scripted cartoons only, and its rows carry the flag tiny", why)


def settings_of(
    common: Common, postfilter: PostFilter, prompts: Prompts, choice: choose.Choice, engine: Engine
) -> Settings:
    """How the work goes, by the options."""
    return Settings(
        max_tokens=common.max_tokens,
        retries=common.retries,
        postfilter=postfilter,
        merge=prompts if common.merge == "llm" else None,
        flags=(choose.TINY,) if choice.is_tiny else (),
        retry_failed=common.retry_failed,
        clips_in_flight=common.serving.clips or engine.clips_in_flight,
    )


def chosen(model: str | None, revision: str | None, serving: Serving) -> choose.Choice:
    """The model that a command asks.

    Raises:
        UsageError: no such model, or options that do not go together.
        RunError: the server cannot be reached.
    """
    if engine_of(serving) != "openai":
        choice = choose.choose(model, revision)
        return choose.with_adapter(choice, serving.lora) if serving.lora else choice
    if revision:
        raise UsageError("--revision goes with a Hub id; what a server runs is the server's")
    from recaption.engines.openai import served

    return served(str(serving.base_url), model, serving.key_file)


async def _work(plan: Plan, engine: Engine, settings: Settings, database: Database, tally: Tally) -> None:
    try:
        async with shown_progress(tally, plan.count):
            await plan.work(engine, settings, database, tally)
    finally:
        await engine.close()
    if plan.is_whole and not tally.left:
        database.mark_complete()


def report(tally: Tally, out: str) -> None:
    """Say what a run came to."""
    log.info("%d captioned, %d failed; see %s", tally.captioned, tally.failed.total(), out)
    for reason, count in tally.failed.most_common():
        log.info("  %d %s: %s", count, reason, REASONS[reason])
    if tally.captioned_before:
        log.info("%d were captioned before", tally.captioned_before)
    if tally.failed_before:
        log.info("%d failed before; --retry-failed tries them again", tally.failed_before)
    if tally.rejected_before:
        log.info("a person had rejected the captions of %d", tally.rejected_before)
    if tally.left:
        log.info("%d were never tried; a run without --retry-failed takes them", tally.left)
