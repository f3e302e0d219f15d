"""The command's `caption`: from its options to a run, and from a run to its exit status."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from recaption import sources
from recaption.claim import open_run
from recaption.clip import Clip
from recaption.database import NAME, Database, open_to_read
from recaption.engines import Engine, choose
from recaption.errors import REASONS, DecodeError
from recaption.modes import MODES
from recaption.progress import shown_progress
from recaption.prompts import SEPARATE, Prompts
from recaption.prompts import load as load_prompts
from recaption.results import write_exports
from recaption.run import Settings, Tally, caption_clips
from recaption.store import CAPTIONED, FAILED, Fingerprint
from recaption.video.sample import Every, Sampling, Uniform
from recaption.video.workers import DecodePool

log = logging.getLogger(__name__)

LONGEST = 1024
"""Pixels of a frame's longest side, as ShareGPT4Video's keyframes have it (`keyframe_extraction_example.py` of
github.com/ShareGPT4Omni/ShareGPT4Video, commit 7e02ee6)."""
CLIPS_A_BATCH = 3
"""Clips in flight for each place in the engine's batch: enough that the questions of a batch are alike in length."""

FRAME_SHARE = 0.01
LEAST_FRAME_BYTES, MOST_FRAME_BYTES = 2**27, 2**32
"""The share of the machine's memory that decoded frames may take, and its bounds in bytes. A hundredth of the memory
beside a GPU holds some hundred clips of ten seconds."""

ALL_CAPTIONED = 0
SOME_FAILED = 3


@dataclass(frozen=True)
class Options:
    """The options of `recaption caption`, as README tells them."""

    inputs: tuple[str, ...]
    mode: str
    model: str | None
    revision: str | None
    engine: str
    out: Path
    every: float
    max_frames: int
    frames: int
    prompts: str
    max_tokens: int
    limit: int | None
    jobs: int
    deadline: float
    decoder: str
    retry_failed: bool
    new_run: bool
    journal: Path | None
    shard: str | None

    @property
    def sampling(self) -> Sampling:
        if MODES[self.mode].sampling == "every":
            return Every(self.every, self.max_frames)
        return Uniform(self.frames)


@dataclass(frozen=True)
class _Work:
    """What is to be done, and where it goes."""

    options: Options
    out: Path
    shard: sources.Shard | None

    @classmethod
    def of(cls, options: Options) -> _Work:
        sources.check(options.inputs)
        shard = sources.Shard.parse(options.shard) if options.shard else None
        return cls(options, options.out / f"shard-{shard.index}" if shard else options.out, shard)

    @property
    def journal(self) -> Path | None:
        """Where the database is; shards that are given the same place each have one beside it."""
        journal = self.options.journal
        if journal is None or self.shard is None:
            return journal
        return journal.with_name(f"{journal.stem}-shard-{self.shard.index}{journal.suffix}")

    def clips(self) -> Iterator[Clip]:
        return islice(sources.clips(self.options.inputs, self.shard), self.options.limit)

    def count(self) -> int:
        return sum(1 for _ in islice(sources.paths(self.options.inputs, self.shard), self.options.limit))


def run(options: Options) -> int:
    """Caption clips and return the exit status: ALL_CAPTIONED or SOME_FAILED.

    Raises:
        UsageError: wrong options, or nothing to caption.
        RunError: the run could not start or go on; what was finished is in the store.
        KeyboardInterrupt: somebody stopped it; what was finished is in the store and in the exports.
    """
    work = _Work.of(options)
    prompts = load_prompts(options.prompts)
    sampling = options.sampling
    choice = choose.choose(options.model, options.revision)
    if choice.is_tiny:
        why = "no GPU here, so the tiny model answers" if choice.by_default else "the tiny model answers"
        log.warning("%s: it knows scripted cartoons only, and its rows carry the flag tiny", why)
    fingerprint = Fingerprint(
        options.mode, choice.name, prompts.name, prompts.hash, sampling_in_words(sampling), options.max_tokens
    )
    shard = str(work.shard) if work.shard else None
    database = open_run(work.out, fingerprint, journal=work.journal, new_run=options.new_run, shard=shard)
    with closing(database):
        engine = choose.load(choice, options.engine)
        settings = Settings(
            mode=options.mode,
            prompts=prompts,
            sampling=sampling,
            longest=longest(prompts, options.mode, engine),
            max_tokens=options.max_tokens,
            flags=(choose.TINY,) if choice.is_tiny else (),
            retry_failed=options.retry_failed,
            clips_in_flight=CLIPS_A_BATCH * engine.batch_size,
            frame_bytes=_frame_bytes(),
            decodes_in_flight=options.jobs,
        )
        tally = Tally()
        try:
            asyncio.run(_run(work, settings, engine, database, tally))
        finally:
            write_exports(database, work.out)
            report(tally, work.out)
    return SOME_FAILED if tally.failed or tally.failed_before else ALL_CAPTIONED


async def _run(work: _Work, settings: Settings, engine: Engine, database: Database, tally: Tally) -> None:
    options = work.options
    try:
        async with (
            DecodePool(options.jobs, options.deadline, options.decoder) as pool,
            shown_progress(tally, work.count),
        ):
            await caption_clips(work.clips(), settings, engine, database, pool, tally)
    finally:
        await engine.close()
    if options.limit is None and not tally.left:
        database.mark_complete()


def longest(prompts: Prompts, mode: str, engine: Engine) -> int:
    """Pixels that frames are shrunk to: what the engine sees of a separate picture, or LONGEST for pasted ones."""
    pasted = any(prompts.layouts.get(role, SEPARATE) != SEPARATE for role in MODES[mode].roles)
    return LONGEST if pasted or engine.longest is None else min(LONGEST, engine.longest)


def _frame_bytes() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(max(int(memory * FRAME_SHARE), LEAST_FRAME_BYTES), MOST_FRAME_BYTES)


def report(tally: Tally, out: Path) -> None:
    """Say what came of a run."""
    log.info("%d captioned, %d failed; see %s", tally.captioned, tally.failed.total(), sources.shown(out))
    for reason, count in tally.failed.most_common():
        log.info("  %d %s: %s", count, reason, REASONS[reason])
    if tally.captioned_before:
        log.info("%d were captioned before", tally.captioned_before)
    if tally.failed_before:
        log.info("%d failed before; --retry-failed tries them again", tally.failed_before)
    if tally.left:
        log.info("%d were never tried; a run without --retry-failed takes them", tally.left)


def plan(options: Options, say: Callable[[str], object]) -> None:
    """Say, for each clip, what would be done with it and at which seconds frames would be taken."""
    asyncio.run(_plan(_Work.of(options), say))


async def _plan(work: _Work, say: Callable[[str], object]) -> None:
    options, out = work.options, sources.shown(work.out)
    prompts, sampling = load_prompts(options.prompts), options.sampling
    say(f"{options.mode}, prompts {prompts.name}, frames {sampling_in_words(sampling)}, into {out}")
    journal = work.journal or work.out / NAME
    database = open_to_read(journal) if journal.is_file() and not options.new_run else None
    with closing(database) if database else nullcontext():
        async with DecodePool(1, options.deadline, options.decoder) as pool:
            for clip in work.clips():
                doing = _before(clip, database, options.retry_failed) or await _frames(clip, sampling, pool)
                say(f"{sources.shown(clip.path)}: {doing}")


def _before(clip: Clip, database: Database | None, retry_failed: bool) -> str | None:
    """Why nothing would be done with a clip; None when it would be captioned."""
    seen = database.seen(clip) if database else None
    if seen == CAPTIONED:
        return "captioned before"
    if retry_failed:
        return None if database and database.failed(clip) else "never tried, left out by --retry-failed"
    return "failed before" if seen == FAILED else None


async def _frames(clip: Clip, sampling: Sampling, pool: DecodePool) -> str:
    try:
        planned = await pool.schedule(clip, sampling)
    except DecodeError as error:
        return f"fails with {error.reason} ({sources.shown(error.detail)})"
    times = " ".join(f"{time:.2f}" for time in planned.times)
    flags = f" [{', '.join(planned.flags)}]" if planned.flags else ""
    return f"{len(planned.times)} frames at {times} of {planned.duration:.2f} s{flags}"


def sampling_in_words(sampling: Sampling) -> str:
    """How frames are sampled, as fingerprints say it."""
    if isinstance(sampling, Every):
        return f"every {sampling.seconds:g} s, at most {sampling.max_frames}"
    return f"{sampling.frames} spread evenly"
