"""Two runs over the same clips: what the new captions add and what they cost, and whether they say more."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from recaption import results
from recaption.engines import Engine
from recaption.errors import UsageError
from recaption.evaluate.judge import judge_clips
from recaption.evaluate.plot import draw
from recaption.evaluate.score import DRAWS, Match, match, truth
from recaption.evaluate.words import FIGURES, Tagger, count
from recaption.postfilter.budget import Budget
from recaption.results import write_lines
from recaption.scripted import files

NOT_JUDGED = "not judged"


@dataclass(frozen=True)
class Telling:
    """How well one caption tells what happens.

    Attributes:
        precision, recall: shares of its events that are true, and of the true ones that it tells.
        order: share of the pairs of events that come in the right order; None where a judge does not tell.
    """

    precision: float
    recall: float
    order: float | None = None


Judging = Callable[[Sequence[Path]], list[dict[str, Telling]]]
"""From folders of captions to how well each caption tells, by its clip's path; what cannot be judged is left out."""


def compare(old: Path, new: Path, human: Path | None = None, judging: Judging | None = None) -> dict[str, Any]:
    """Figures of the captions of the clips that two runs share.

    Args:
        human: a csv with `path` and `caption`, a third column of the table for those of its clips.
        judging: says how well captions tell what happens; None for a verdict of NOT_JUDGED.

    Raises:
        UsageError: no captions there, or no clip in both; the csv cannot be read.
        MissingExtra: the tagger is not installed.
    """
    told = {name: {row["path"]: row for row in results.captions(out)} for name, out in (("old", old), ("new", new))}
    paths = [path for path in told["old"] if path in told["new"]]
    if not paths:
        raise UsageError(f"{old} and {new} have no captioned clip in common")
    tagger = Tagger()
    tokens = Budget.of("cogvideox").count
    captions = {
        name: {path: (rows[path]["caption"], rows[path]["raw"]) for path in paths} for name, rows in told.items()
    }
    if human:
        captions["human"] = {
            path: (text, text) for path, text in results.captions_by_path(human).items() if path in paths
        }
    counted = {name: _counted(texts, tagger, tokens) for name, texts in captions.items()}
    judged = dict(zip(("old", "new"), judging([old, new]), strict=True)) if judging else {}
    return {
        "clips": len(paths),
        "tagger_accuracy": round(tagger.accuracy(), 4),
        "overall": {name: _means(list(each.values())) for name, each in counted.items()},
        "events": {name: _events(list(each.values())) for name, each in judged.items()},
        "verdict": _verdict(counted, judged),
        "by_clip": {path: {name: each[path] for name, each in counted.items() if path in each} for path in paths},
    }


def by_truth(scripts: Path) -> Judging:
    """Judging by the scripts of scripted clips."""
    known = files.read(scripts)

    def judge(outs: Sequence[Path]) -> list[dict[str, Telling]]:
        return [
            {
                row["path"]: _telling(match(row["caption"], truth(known[row["path"]])))
                for row in results.captions(out)
                if row["path"] in known
            }
            for out in outs
        ]

    return judge


def by_judge(references: Path, engine: Engine) -> Judging:
    """Judging by a language model against references; see `evaluate.judge`."""

    def judge(outs: Sequence[Path]) -> list[dict[str, Telling]]:
        told = judge_clips(outs, references, engine)
        return [{path: Telling(each.precision, each.recall) for path, each in clips.items() if each} for clips in told]

    return judge


def _telling(match: Match) -> Telling:
    return Telling(
        match.right / match.told if match.told else 1.0,
        match.right / match.true if match.true else 1.0,
        match.ordered / match.pairs if match.pairs else None,
    )


def table(result: dict[str, Any]) -> list[str]:
    """The overall figures as lines of text."""
    overall, events = result["overall"], result["events"]
    names = list(overall)
    lines = [f"{result['clips']} clips; the tagger is right in {result['tagger_accuracy']:.1%} of hand-marked words"]
    lines.append(f"{'a caption has':22}" + "".join(f"{name:>10}" for name in names) + f"{'new/old':>10}")
    for figure in overall["old"]:
        values = [overall[name][figure] for name in names]
        ratio = f"{values[1] / values[0]:10.2f}" if values[0] else f"{'':10}"
        lines.append(f"{figure:22}" + "".join(f"{value:10.2f}" for value in values) + ratio)
    for figure in dict.fromkeys(figure for told in events.values() for figure in told):
        told = (events[name].get(figure) for name in ("old", "new"))
        lines.append(f"{figure:22}" + "".join(f"{'':10}" if each is None else f"{each:10.3f}" for each in told))
    return [*lines, f"verdict: {result['verdict']}"]


def write(result: dict[str, Any], json_file: Path | None, plot_file: Path | None) -> None:
    """Write the figures, and draw them.

    Raises:
        MissingExtra: matplotlib is not installed.
        RunError: the disk refuses.
    """
    if json_file:
        write_lines(json_file, [json.dumps(result, ensure_ascii=False, indent=1)])
    if plot_file:
        draw(result, plot_file)


def _counted(
    texts: dict[str, tuple[str, str]], tagger: Tagger, tokens: Callable[[str], int]
) -> dict[str, dict[str, float]]:
    captions, raws = [text for text, _ in texts.values()], [raw for _, raw in texts.values()]
    made = count(captions, raws, tagger)
    return {
        path: {"tokens": tokens(text), **asdict(each)} for path, text, each in zip(texts, captions, made, strict=True)
    }


def _means(counted: Sequence[dict[str, float]]) -> dict[str, float]:
    return (
        {figure: round(mean(each[figure] for each in counted), 4) for figure in ("tokens", *FIGURES)} if counted else {}
    )


def _events(told: Sequence[Telling]) -> dict[str, float]:
    precision, recall = mean(each.precision for each in told), mean(each.recall for each in told)
    orders = [each.order for each in told if each.order is not None]
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    figures = {"event_precision": precision, "event_recall": recall, "event_f1": f1}
    return {name: round(value, 4) for name, value in {**figures, **({"order": mean(orders)} if orders else {})}.items()}


def _verdict(counted: dict[str, dict[str, dict[str, float]]], judged: dict[str, dict[str, Telling]]) -> str:
    """Whether the new captions are longer, and whether they say more of what happens or more that is wrong."""
    length = mean(each["words"] for each in counted["new"].values()) / mean(
        each["words"] for each in counted["old"].values()
    )
    size = f"the new captions have {length:.2f} times the words"
    if not judged:
        return f"{size}; whether they say more of what happens: {NOT_JUDGED}"
    both = [(judged["old"][path], judged["new"][path]) for path in judged["old"] if path in judged["new"]]
    more = _difference([new.recall - old.recall for old, new in both])
    truer = _difference([new.precision - old.precision for old, new in both])
    says = "say more of what happens" if more[1] > 0 else "say less of what happens" if more[2] < 0 else "say no more"
    wrong = "more of it wrong" if truer[2] < 0 else "less of it wrong" if truer[1] > 0 else "no more of it wrong"
    return (
        f"{size}, {says} (recall {more[0]:+.3f}, {more[1]:+.3f} to {more[2]:+.3f}), {wrong} (precision {truer[0]:+.3f},"
        f" {truer[1]:+.3f} to {truer[2]:+.3f})"
    )


def _difference(differences: Sequence[float]) -> tuple[float, float, float]:
    """The mean of differences clip by clip, and its 95% bootstrap interval."""
    rng = random.Random(0)
    means = sorted(mean(rng.choices(differences, k=len(differences))) for _ in range(DRAWS))
    return mean(differences), means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS)]
