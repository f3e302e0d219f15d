"""How well a model tells scripted clips that it was never trained on, from pixels alone.

python -m scripts.bench_tiny --model tiny --count 200 --work build/bench-tiny --out benchmarks/tiny.json

Renders the clips, then measures
  pairs    what happened between two sampled frames, with the true text of the step before: event F1
  blank    the same with every picture grey: what guessing reaches
  diffsw, grid, fast    whole captions, through the command, by `recaption evaluate`
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recaption import prompts
from recaption.clip import Clip, Frame, Question
from recaption.engines import Engine
from recaption.engines.choose import choose
from recaption.engines.serving import load
from recaption.evaluate.matcher import read
from recaption.evaluate.report import EVERY, MAX_FRAMES, report
from recaption.evaluate.score import Known, confusions, match, scores
from recaption.scripted import files, grammar
from recaption.scripted.world import Script
from recaption.video.decode import decode
from recaption.video.layout import arrange
from recaption.video.sample import Every
from scripts.measure import recaption, surroundings, write

SEED = 424_242
SECONDS, SIZE = (8.0, 14.0), (854, 480)
MODES = ("diffsw", "grid", "fast")
LONGEST = 1024


@dataclass(frozen=True)
class Pair:
    """Two neighbouring sampled frames of a clip, the true text of the step before, and the true events between them."""

    number: int
    before: Frame
    after: Frame
    previous: str
    events: tuple[Known, ...]


def pairs(path: Path, script: Script) -> list[Pair]:
    """Every pair of a clip, its frames decoded from the file."""
    frames = list(decode(Clip.of(path), Every(EVERY, MAX_FRAMES), LONGEST))
    told, _ = grammar.steps(script, [frame.time for frame in frames], random.Random(script.number))
    made = []
    for number in range(1, len(frames)):
        events = [Known(t.name, t.action, float(i)) for i, t in enumerate(read(told[number][1]))]
        made.append(Pair(number, frames[number - 1], frames[number], told[number - 1][1], tuple(events)))
    return made


async def ask(engine: Engine, asked: Sequence[Pair], blank: bool) -> list[str]:
    """The engine's answer to every pair, with its pictures or with grey ones."""
    words = prompts.load("default")

    async def one(pair: Pair) -> str:
        prompt = words.pair(pair.number, pair.before.time, pair.after.time, pair.previous)
        pictures = arrange(prompt.layout, [pair.before, pair.after])
        if blank:
            pictures = tuple(np.full_like(picture, 127) for picture in pictures)
        return (await engine.ask(Question(prompt.text, pictures))).text

    return await asyncio.gather(*map(one, asked))


async def measure_pairs(model: str, asked: Sequence[Pair]) -> dict[str, Any]:
    engine = load(choose(model))
    try:
        answers = {kind: await ask(engine, asked, kind == "blank") for kind in ("pairs", "blank")}
    finally:
        await engine.close()
    result: dict[str, Any] = {}
    for kind, texts in answers.items():
        result[kind] = scores([match(text, pair.events) for text, pair in zip(texts, asked, strict=True)])
    wrong: Counter[str] = Counter()
    for text, pair in zip(answers["pairs"], asked, strict=True):
        wrong.update(confusions(text, pair.events))
    result["pairs"]["confusions"] = dict(wrong.most_common())
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--modes", nargs="*", default=MODES, choices=MODES, help="those that the model was trained for")
    parser.add_argument("--work", type=Path, default=Path("build/bench-tiny"))
    parser.add_argument("--out", type=Path, default=Path("benchmarks/tiny.json"))
    arguments = parser.parse_args()

    clips = arguments.work / "clips"
    files.made(clips, arguments.count, SEED, SECONDS, SIZE)
    scripts = files.read(clips / files.TRUTH)
    asked = [pair for path, script in scripts.items() for pair in pairs(Path(path), script)]
    result: dict[str, Any] = {**surroundings("torch", "transformers"), "clips": len(scripts), "asked_pairs": len(asked)}
    result |= asyncio.run(measure_pairs(arguments.model, asked))
    for mode in arguments.modes:
        out = arguments.work / mode
        recaption(str(clips), "--mode", mode, "--model", arguments.model, "--out", str(out), "--new-run")
        result[mode] = report(out, clips / files.TRUTH)
    write(arguments.out, result)
    print(json.dumps({k: v for k, v in result.items() if k not in MODES}, indent=2))


if __name__ == "__main__":
    main()
