"""`recaption curate`: from its options to films that are cut, measured, and kept or dropped by a recipe."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recaption import sources, urls
from recaption.claim import open_again, open_run
from recaption.clip import Clip
from recaption.command import ALL_CAPTIONED, SOME_FAILED
from recaption.curate import rows
from recaption.curate.measuring import measure
from recaption.curate.recipe import Recipe, check_packages, load
from recaption.database import CURATION, Database, json_line
from recaption.engines.choose import choose
from recaption.errors import REASONS, ClipError, UsageError, faults_of
from recaption.export import making
from recaption.films import check
from recaption.progress import shown_progress
from recaption.results import FAILURES, failures, write_lines
from recaption.schedule import Job, Tally, work_off
from recaption.sources.tables import KEPT
from recaption.store import Fingerprint
from recaption.verify.mending import camera_phrase
from recaption.video.cut import SUFFIX
from recaption.video.workers import DecodePool

if TYPE_CHECKING:
    from recaption.curate.appeal import Appeal

log = logging.getLogger(__name__)

LONGEST_STEM = 160
"""Bytes of a film's name that are part of a clip's; a name has 255 at most."""
CLIPS = "clips.jsonl"
RECIPE = "recipe.yaml"
FILES = "clips"
DEFAULT = "svd"


@dataclass(frozen=True)
class Options:
    """The options of `recaption curate`, as its help tells them."""

    inputs: tuple[str, ...]
    out: Path
    recipe: str | None
    write_clips: bool
    camera_hint: bool
    jobs: int
    deadline: float
    limit: int | None
    retry_failed: bool
    new_run: bool
    path_column: str
    text_column: str | None
    start_column: str | None
    end_column: str | None

    @property
    def columns(self) -> sources.Columns:
        return sources.Columns(self.path_column, self.text_column, self.start_column, self.end_column)


def run(options: Options) -> int:
    """Measure films, write which of their clips are kept, and return the exit status: ALL_CAPTIONED or SOME_FAILED.

    Without inputs the recipe is applied to what was measured before.

    Raises:
        UsageError: wrong options.
        RunError: the run could not start or go on; what was measured is in the database.
        KeyboardInterrupt: somebody stopped it; what was measured is in the database and in the tables.
    """
    recipe = load(options.recipe or (DEFAULT if options.inputs else str(options.out / RECIPE)))
    check_packages(recipe)
    with closing(_opened(options, recipe)) as database:
        try:
            if options.inputs:
                asyncio.run(_measure(options, recipe, database))
        finally:
            _write(database, recipe, options)
        refused = 0
        if options.write_clips:
            refused = _cut(options)
            write_lines(options.out / KEPT, map(json_line, _kept(options.out, options.camera_hint)))
        for line in summary(options.out):
            log.info("%s", line)
        return SOME_FAILED if refused or database.counts()[1] else ALL_CAPTIONED


def _opened(options: Options, recipe: Recipe) -> Database:
    path = options.out / CURATION
    if options.inputs:
        sources.check(options.inputs, options.columns)
        _check_apart(options)
        model = recipe.embedding.model and choose(recipe.embedding.model, option="embedding.model").name
        run = Fingerprint("curate", model, "", "", recipe.measuring, 0)
        return open_run(options.out, run, journal=path, new_run=options.new_run)
    database = open_again(options.out, path)
    if database.run.frames != recipe.measuring:
        database.close()
        raise UsageError(
            f"{options.recipe} measures otherwise than what is in {sources.shown(options.out)}: give the films too"
        )
    return database


def _check_apart(options: Options) -> None:
    """Raises: UsageError: what is written would be taken for footage."""
    out = os.path.realpath(options.out)
    for path in options.inputs:
        if os.path.isdir(path) and Path(out).is_relative_to(os.path.realpath(path)):
            raise UsageError(f"--out {sources.shown(options.out)} lies in {sources.shown(path)}: choose another one")


async def _measure(options: Options, recipe: Recipe, database: Database) -> None:
    appeal, tally = appeal_of(recipe), Tally()
    async with DecodePool(options.jobs, options.deadline) as pool:

        async def do(film: Clip) -> str | None:
            try:
                with faults_of(film.path):
                    await database.put(film, await row_of(film, recipe, pool, appeal))
                return None
            except ClipError as error:
                await database.fail(film, error.reason, error.detail)
                return error.reason

        films = islice(sources.clips(options.inputs, columns=options.columns), options.limit)
        jobs = (Job(film, partial(do, film)) for film in films)
        async with shown_progress(tally, partial(sources.count, options.inputs, columns=options.columns), "curating"):
            await work_off(
                jobs, database, tally, asyncio.Semaphore(2 * options.jobs), retry_failed=options.retry_failed
            )
    if options.limit is None and not tally.left:
        database.mark_complete()


async def row_of(film: Clip, recipe: Recipe, pool: DecodePool, appeal: Appeal | None) -> dict[str, Any]:
    """The row of a film, measured by a recipe.

    Raises:
        ClipError: it cannot be measured.
    """
    check(film)
    measured = await pool.do_in_parts(film, partial(measure, film, recipe))
    if appeal:
        measured = await asyncio.to_thread(appeal.of_film, measured, film.text)
    return rows.film_row(film, measured)


def appeal_of(recipe: Recipe) -> Appeal | None:
    """What scores looks and words; None, which is said, where the recipe names no model for it."""
    if not recipe.embedding.model:
        log.info("no aesthetic score and no text similarity: the recipe names no CLIP or SigLIP (embedding.model)")
        return None
    from recaption.curate.appeal import Appeal

    return Appeal(recipe.embedding)


def _write(database: Database, recipe: Recipe, options: Options) -> None:
    """Write what the recipe makes of the measures: all clips, those that are kept, films that failed, the recipe."""
    out = options.out
    films = partial(_films, database)
    write_lines(out / CLIPS, map(json_line, rows.clips(films, recipe)))
    write_lines(out / FAILURES, database.lines(captioned=False))
    write_lines(out / RECIPE, recipe.to_yaml().splitlines())
    write_lines(out / KEPT, map(json_line, _kept(out, options.camera_hint)))


def _films(database: Database) -> Iterator[dict[str, Any]]:
    return map(json.loads, database.lines(captioned=True))


def all_clips(out: Path) -> Iterator[dict[str, Any]]:
    """The rows of clips.jsonl.

    Raises:
        UsageError: nothing was curated there.
    """
    try:
        with (out / CLIPS).open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    except OSError as error:
        raise UsageError(f"{sources.shown(out)}: nothing was curated there ({CLIPS}: {error.strerror})") from None


def _kept(out: Path, camera_hint: bool) -> Iterator[dict[str, Any]]:
    """The clips that are kept, as a table to caption.

    Args:
        camera_hint: what the camera does is part of the text, which captioning takes for a hint.
    """
    for row in all_clips(out):
        if row["keep"]:
            kept = {name: row[name] for name in ("path", "start", "end", "text")}
            if (file := _file(out, row)).is_file():
                kept |= {"path": str(file), "start": None, "end": None}
            phrase = camera_phrase(row["measures"]) if camera_hint else ""
            if phrase and not (row["text"] or "").endswith(phrase):
                kept["text"] = " ".join(filter(None, (row["text"], phrase)))
            yield kept


def _file(out: Path, row: dict[str, Any]) -> Path:
    """Where a clip's own file is once it is written."""
    stem = os.fsdecode(os.fsencode(Path(urls.name(row["path"])).stem)[:LONGEST_STEM])
    return out.absolute() / FILES / f"{stem}-{row['id']}{SUFFIX}"


def _cut(options: Options) -> int:
    """Write each clip that is kept, and is a part of its film, as a file of its own, where it is not there yet.

    Returns:
        How many could not be written; why is in the log.
    """
    out = options.out
    (out / FILES).mkdir(exist_ok=True)
    refused = 0

    def refuse(_: int, why: str) -> None:
        nonlocal refused
        refused += 1
        log.warning("%s", why)

    def jobs() -> Iterator[making.Job]:
        for row in all_clips(out):
            file = _file(out, row)
            if row["keep"] and (row["start"], row["end"]) != (None, None) and not file.is_file():
                clip = replace(Clip.of(row["path"], row["start"], row["end"]), text=row["text"])
                if clip.size > 0 and clip.id != row["id"]:
                    refuse(0, f"{sources.shown(clip.path)}: it was changed since it was measured")
                else:
                    yield making.Job(clip, "cut", (making.File(0, file),))

    making.make(jobs(), refuse, options.jobs)
    return refused


def summary(out: Path) -> list[str]:
    """What a person is told: how many clips are kept, how many each threshold drops, by itself or with others, and how
    many films could not be measured.
    """
    count, kept = 0, 0
    dropped, alone = Counter[str](), Counter[str]()
    for row in all_clips(out):
        count += 1
        kept += row["keep"]
        dropped.update(row["dropped_by"])
        alone.update(row["dropped_by"] if len(row["dropped_by"]) == 1 else ())
    failed = Counter(row["reason"] for row in failures(out, out / CURATION))
    return [
        f"{count} clips, {kept} kept",
        *(f"  {number} dropped by {name}, {alone[name]} by it alone" for name, number in dropped.most_common()),
        *(f"{number} films failed, {reason}: {REASONS[reason]}" for reason, number in failed.most_common()),
    ]
