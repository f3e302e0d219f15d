"""`recaption caption`: from its options to a run over films."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from recaption import similarity, sources
from recaption.asking import turn
from recaption.clip import Clip, Exchange, Frame, Question
from recaption.command import Common, Plan, carry_out
from recaption.database import NAME, Database, open_to_read
from recaption.engines import Engine
from recaption.engines.choose import Choice
from recaption.engines.serving import Asked, Serving
from recaption.errors import DecodeError, UsageError
from recaption.films import Showing, caption_clips, check
from recaption.modes import MODES
from recaption.prompts import PASTED, SEPARATE, Prompt, Prompts
from recaption.prompts import load as load_prompts
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.store import CAPTIONED, FAILED
from recaption.video.keyframes import SIMILAR
from recaption.video.sample import Every, Uniform
from recaption.video.workers import DecodePool

LONGEST = 1024
"""Pixels of a frame's longest side, as ShareGPT4Video's keyframes have it (`keyframe_extraction_example.py` of
github.com/ShareGPT4Omni/ShareGPT4Video, commit 7e02ee6)."""
FRAME_SHARE = 0.01
LEAST_FRAME_BYTES, MOST_FRAME_BYTES = 2**27, 2**32
"""The share of the machine's memory that decoded frames may take, and its bounds in bytes. A hundredth of the memory
beside a GPU holds some hundred clips of ten seconds."""


@dataclass(frozen=True)
class Options:
    """The options of `recaption caption`, as its help tells them."""

    common: Common
    mode: str
    context: str
    every: float
    max_frames: int
    frames: int
    deadline: float
    decoder: str
    keyframes: str = "uniform"
    keyframe_model: str | None = None
    inputs: tuple[str, ...] = ()
    jobs: int = 1
    shard: str | None = None
    path_column: str = "path"
    text_column: str | None = None
    start_column: str | None = None
    end_column: str | None = None

    @classmethod
    def of(cls, serving: Serving | None, without: Sequence[str], **given: Any) -> Options:
        """Those that a caller from Python gives by name, of a run that writes nowhere.

        Raises:
            UsageError: one has a value that the command would refuse.
        """
        for name, allowed in {
            "merge": given["merge"] in ("rules", "llm"),
            "max_tokens": given["max_tokens"] >= 1,
            "retries": given["retries"] >= 0,
        }.items():
            if not allowed:
                raise UsageError(f"{name}={given[name]!r}: see `recaption caption --help`")
        shared = {field.name: given.pop(field.name) for field in fields(Common) if field.name in given}
        return cls(Common(serving=serving or Serving(), without=tuple(without), **shared), **given)

    @property
    def columns(self) -> sources.Columns:
        return sources.Columns(self.path_column, self.text_column, self.start_column, self.end_column)

    @property
    def way(self) -> str:
        """The key of MODES that mode and context stand for."""
        return self.mode if self.context == "window" else f"{self.mode}, {self.context}"

    @property
    def leaves_out(self) -> bool:
        """Whether frames that are sampled are left out where they are similar."""
        return self.keyframes == "similar"

    @property
    def is_spread(self) -> bool:
        """Whether the mode shows so many frames as `frames` says, and not as many as the clip is long."""
        return MODES[self.way].sampling == "uniform"

    @property
    def sampling(self) -> Every | Uniform:
        spread = Uniform(self.frames) if self.is_spread else None
        if spread is None or self.leaves_out:
            return Every(self.every, self.max_frames)
        return spread

    @property
    def most_frames(self) -> int:
        """Frames that are shown of a clip, at most."""
        return self.frames if self.is_spread else self.max_frames


@dataclass(frozen=True)
class _Work:
    """What is to be done, and where it goes; for `alike_by` see `similarity.model_for`."""

    options: Options
    out: Path
    shard: sources.Shard | None
    alike_by: Choice | None = None

    @classmethod
    def of(cls, options: Options) -> _Work:
        check_mode(options)
        sources.check(options.inputs, options.columns)
        out = options.common.out
        shard = sources.Shard.parse(options.shard) if options.shard else None
        return cls(options, out / f"shard-{shard.index}" if shard else out, shard)

    @property
    def journal(self) -> Path | None:
        """Where the database is; shards that are given the same place each have one beside it."""
        journal = self.options.common.journal
        if journal is None or self.shard is None:
            return journal
        return journal.with_name(f"{journal.stem}-shard-{self.shard.index}{journal.suffix}")

    @property
    def limit(self) -> int | None:
        return self.options.common.limit

    def clips(self) -> Iterator[Clip]:
        return islice(sources.clips(self.options.inputs, self.shard, self.options.columns), self.limit)

    def count(self) -> int | None:
        found = sources.count(self.options.inputs, self.shard, self.options.columns)
        return found if found is None or self.limit is None else min(found, self.limit)

    async def caption(self, engine: Engine, settings: Settings, database: Database, tally: Tally) -> None:
        options = self.options
        prompts = load_prompts(options.common.prompts)
        showing = showing_of(options, prompts, engine, self.alike_by)
        async with DecodePool(options.jobs, options.deadline, options.decoder) as pool:
            await caption_clips(self.clips(), showing, settings, engine, database, pool, tally)


def check_mode(options: Options) -> None:
    """Raises: UsageError: there is no such mode, or it has no such context or keyframes."""
    if options.mode not in MODES:
        raise UsageError(
            f"--mode {options.mode}: known modes are {', '.join(mode for mode in MODES if ',' not in mode)}"
        )
    if options.way not in MODES:
        raise UsageError(f"--context {options.context} goes with --mode diffsw, and this is {options.mode}")
    similarity.check(options)


def asked_of(options: Options, prompts: Prompts) -> Asked:
    """The largest question of a run, with grey pictures."""
    mode, frames = MODES[options.way], options.most_frames
    grey = np.full((LONGEST * 9 // 16, LONGEST, 3), 128, np.uint8)
    words = max(prompts.templates.values(), key=len)
    times = range(frames)
    shown = [
        turn(Prompt(words, prompts.layouts.get(role, SEPARATE)), [Frame(float(time), grey) for time in times[:count]])
        for role, count in mode.roles.items()
    ]
    most = max(shown, key=lambda one: sum(picture.size for picture in one.pictures))
    earlier = (Exchange(most, ""),) * (frames - 1) if mode.grows else ()
    return Asked(Question(words, most.pictures, options.common.max_tokens, most.times, earlier), frames)


def showing_of(options: Options, prompts: Prompts, engine: Engine, alike_by: Choice | None = None) -> Showing:
    """What of a film is shown, by the options.

    Args:
        alike_by: see `similarity.model_for`; it is loaded here.

    Raises:
        RunError: it cannot be loaded.
    """
    return Showing(
        mode=options.way,
        prompts=prompts,
        sampling=options.sampling,
        longest=longest(prompts, options.way, engine),
        frame_bytes=_frame_bytes(),
        decodes_in_flight=options.jobs,
        keyframes=similarity.keyframes(options, alike_by),
    )


def run(options: Options) -> int:
    """Caption clips and return the exit status; see `command.carry_out`."""
    work = _Work.of(options)
    alike_by = similarity.model_for(options)
    work = replace(work, alike_by=alike_by)
    plan = Plan(
        mode=options.way,
        frames=frames_in_words(options, alike_by.name if alike_by else ""),
        asked=partial(asked_of, options),
        work=work.caption,
        count=work.count,
        out=work.out,
        journal=work.journal,
        is_whole=work.limit is None,
        shard=str(work.shard) if work.shard else None,
    )
    return carry_out(plan, options.common)


def longest(prompts: Prompts, mode: str, engine: Engine) -> int:
    """Pixels that frames are shrunk to: what the engine sees of a separate picture, or LONGEST for pasted ones."""
    return longest_side(prompts, mode, engine.longest)


def longest_side(prompts: Prompts, mode: str, seen: int | None) -> int:
    """As `longest`, from what the model sees of a picture: pixels of its longest side, None for any number."""
    pasted = any(prompts.layouts.get(role, SEPARATE) in PASTED for role in MODES[mode].roles)
    return LONGEST if pasted or seen is None else min(LONGEST, seen)


def _frame_bytes() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(max(int(memory * FRAME_SHARE), LEAST_FRAME_BYTES), MOST_FRAME_BYTES)


def plan(options: Options, say: Callable[[str], object]) -> None:
    """Say, for each clip, what would be done with it and at which seconds frames would be taken."""
    asyncio.run(_plan(_Work.of(options), say))


async def _plan(work: _Work, say: Callable[[str], object]) -> None:
    options, out = work.options, sources.shown(work.out)
    prompts = load_prompts(options.common.prompts)
    alike_by = options.keyframe_model or "the captioner's own tower"
    say(f"{options.way}, prompts {prompts.name}, frames {frames_in_words(options, alike_by)}, into {out}")
    journal = work.journal or work.out / NAME
    database = open_to_read(journal) if journal.is_file() and not options.common.new_run else None
    with closing(database) if database else nullcontext():
        async with DecodePool(1, options.deadline, options.decoder) as pool:
            for clip in work.clips():
                doing = _before(clip, database, options.common.retry_failed) or await _frames(clip, options, pool)
                say(f"{sources.shown(clip.path)}: {doing}")


def _before(clip: Clip, database: Database | None, retry_failed: bool) -> str | None:
    """Why nothing would be done with a clip; None when it would be captioned."""
    seen = database.seen(clip) if database else None
    if seen == CAPTIONED:
        return "captioned before"
    if retry_failed:
        return None if database and database.failed(clip) else "never tried, left out by --retry-failed"
    return "failed before" if seen == FAILED else None


async def _frames(clip: Clip, options: Options, pool: DecodePool) -> str:
    try:
        check(clip)
        planned = await pool.schedule(clip, options.sampling)
    except DecodeError as error:
        return f"fails with {error.reason} ({sources.shown(error.detail)})"
    times = " ".join(f"{time:.2f}" for time in planned.times)
    flags = f" [{', '.join(planned.flags)}]" if planned.flags else ""
    what = "candidates" if options.leaves_out else "frames"
    return f"{len(planned.times)} {what} at {times} of {planned.duration:.2f} s{flags}"


def frames_in_words(options: Options, alike_by: str) -> str:
    """How frames are taken, as fingerprints say it.

    Args:
        alike_by: the model that says which frames are similar, where those are left out.
    """
    sampling = options.sampling
    if isinstance(sampling, Uniform):
        return f"{sampling.frames} spread evenly"
    every = f"every {sampling.seconds:g} s, at most {sampling.max_frames}"
    if not options.leaves_out:
        return every
    most = f", {options.frames} at most" if options.is_spread else ""
    return f"{every}; kept where the cosine by {alike_by} is under {SIMILAR}{most}"
