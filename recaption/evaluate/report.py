"""The report of `recaption evaluate`: the rows of a run against the scripts of its clips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recaption import results
from recaption.clip import Question
from recaption.command import chosen
from recaption.engines import Engine
from recaption.engines.serving import Asked, Serving, load
from recaption.errors import RunError, UsageError
from recaption.evaluate import compare
from recaption.evaluate import judge as judges
from recaption.evaluate.score import confusions, match, oracle, scores, truth
from recaption.scripted import files
from recaption.scripted.render import FPS
from recaption.scripted.world import Script
from recaption.video.sample import Every, Sampling

EVERY, MAX_FRAMES = 2.0, 64
"""How the command samples frames when nobody says otherwise."""


def evaluation(
    out: Path, truth: Path | None, references: Path | None, judge: str | None, serving: Serving
) -> dict[str, Any]:
    """Scores of the captions in a run's folder, against scripts or by a judge against references.

    Raises:
        UsageError: neither scripts nor both references and judge are given; the folder has no captions.
        RunError: no clip of it stands in what is given; the judge cannot be loaded.
    """
    if truth and not (references or judge):
        return report(out, truth)
    if truth or not (references and judge):
        raise UsageError("say --truth SCRIPTS, or --references FILE and --judge MODEL")
    return judges.judge(out, references, _engine(judge, serving))


def judging(truth: Path | None, references: Path | None, judge: str | None, serving: Serving) -> compare.Judging | None:
    """How `compare` judges; None where nothing is given to judge by.

    Raises:
        UsageError: scripts and references at once, or one of references and judge without the other.
        RunError: the judge cannot be loaded.
    """
    if truth and not (references or judge):
        return compare.by_truth(truth)
    if truth or bool(references) != bool(judge):
        raise UsageError("say --truth SCRIPTS, or --references FILE and --judge MODEL, or none of them")
    return compare.by_judge(references, _engine(judge, serving)) if references and judge else None


def _engine(judge: str, serving: Serving) -> Engine:
    return load(chosen(judge, None, serving), serving, Asked(Question("", max_tokens=judges.MAX_TOKENS)))


def report(out: Path, scripts: Path) -> dict[str, Any]:
    """Scores of the captions in a run's folder; a clip that failed counts as a caption that tells nothing.

    Raises:
        UsageError: the folder has no captions.
        RunError: no clip of it stands in the scripts.
    """
    known = files.read(scripts)
    captions = {row["path"]: row for row in results.captions(out)}
    failures = {row["path"] for row in results.failures(out)} - set(captions)
    clips = [path for path in known if path in captions or path in failures]
    if not clips:
        raise RunError(f"{out}: no captioned clip of it stands in {scripts}")
    told = {path: captions[path]["caption"] if path in captions else "" for path in clips}
    wrong: Counter[str] = Counter()
    for path in clips:
        wrong.update(confusions(told[path], truth(known[path])))
    best = scores([oracle(known[p], frame_times(known[p], captions.get(p))) for p in clips])
    return {
        "clips": len(clips),
        "failed": len(failures & set(clips)),
        "events": sum(len(truth(known[path])) for path in clips),
        **scores([match(told[path], truth(known[path])) for path in clips]),
        "oracle_f1": best["event_f1"],
        "confusions": dict(wrong.most_common()),
    }


def frame_times(script: Script, row: Mapping[str, Any] | None = None) -> list[float]:
    """The frames that a row's steps saw, each its own, or those that the command samples, in seconds."""
    if row and row["steps"] and row.get("mode") != "svd":
        return [step["end"] for step in row["steps"]]
    return sampled(script, Every(EVERY, MAX_FRAMES))


def sampled(script: Script, sampling: Sampling) -> list[float]:
    """The times in seconds of the frames that a sampling takes of a clip's file."""
    times = [number / FPS for number in range(round(script.seconds * FPS))]
    return [times[index] for index in sampling.choose(times)[0]]
