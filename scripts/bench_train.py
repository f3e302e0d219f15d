"""How fast is the trainer, and how little does it waste?

python -m scripts.bench_train [--quick] --work build/bench-train --out benchmarks/train.json

Lessons about scripted clips are written to disk as LLaVA JSON and JPEG files first, which every arm reads. Models are
the tiny one and, for stage 2, a `larger` one with the same tower and a language model of 57 million random weights.
Runs are processes of the trainer's own commands in float32 on the CPU, with AdamW, and have their first steps left out;
the arms take turns, and ratios are medians over the rounds. What is measured is kept in --work, where the same command
at the same commit goes on. The last line of stdout is the result as one JSON object:

stage2_over_trl
    Labelled tokens a second of stage 2 over those of TRL's SFTTrainer (`pip install trl==1.16.0`) with the same rows in
    the same steps; TRL takes the fastest of SETTINGS, found before the rounds. Ours has the tower's features from
    stage 1, as a run of both stages has; `stage2_over_trl_without_cache` in --out is the same without.
cache_speedup_of_prediction
    How many times as fast stage 1 gets by the tower's features on disk, over how many times as few FLOPs it then has.
padding_share
    Of the tokens that go through the model, in one pass over samples of one picture, pairs, 16 frames and text only.
loss_memory
    Peak memory of head and loss, forward and backward, over that of transformers' own loss, for 16 frames and a
    vocabulary of 32,000. `step` in --out is the whole model.
two_over_copies
    Tokens a second of two processes that train together, over two that each train alone, side by side; one thread each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import torch
from transformers import LlavaForConditionalGeneration as Llava

from llava_train.flops import Work, step_flops
from llava_train.model import free
from llava_train.recipe import Data, Recipe
from scripts.measure import spread, surroundings, write
from scripts.train_arms import ours, workload
from scripts.train_arms.ours import Speed
from scripts.train_arms.rounds import BATCH, MICRO_TOKENS, Bench, Size

SETTINGS: tuple[dict[str, Any], ...] = tuple(
    {"batches": batches, "balanced": balanced, "workers": workers}
    for batches, balanced in ((8, False), (3, True), (1, False))
    for workers in (1, 0)
)
"""How TRL may cut a step into batches, and read its data; eight batches are of one row each, without any padding."""
FULL = Size(stage1=8, stage2=16, larger=5, two=8, warm_up=2, rounds=3, mixed=128, settings=len(SETTINGS))
QUICK = Size(stage1=2, stage2=3, larger=2, two=2, warm_up=1, rounds=1, mixed=32, settings=1)
ALIKE = 0.02
"""How far the losses of the same steps may be apart, relatively; rows in other batches are summed in another order."""


def theirs(made: Mapping[str, Sequence[float]], warm_up: int) -> Speed:
    return Speed(sum(made["seconds"][warm_up:]), sum(made["labelled"][warm_up:]), 0.0)


def best_settings(bench: Bench) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The settings with which TRL is fastest, and how fast it is with each."""
    tried = []
    for settings in SETTINGS[: bench.size.settings]:
        made = bench.trl(bench.size.two, settings)
        tried.append({**settings, "labelled_tokens_a_second": theirs(made, bench.size.warm_up).labelled_a_second})
        note(f"TRL: {tried[-1]}")
    best = max(range(len(tried)), key=lambda i: tried[i]["labelled_tokens_a_second"])
    return SETTINGS[best], tried


def stage2(bench: Bench, settings: dict[str, Any], name: str, model: Path, steps: int) -> dict[str, float]:
    """Labelled tokens a second of ours with the tower's features on disk, of ours without, and of TRL."""
    rows, warm_up = bench.stage2_rows, bench.size.warm_up
    cached = bench.ours(2, f"{name}-cached", steps, rows, cached=True, model=model)
    trl = bench.trl(steps, settings, model)
    bare = bench.ours(2, f"{name}-bare", steps, rows, cached=False, model=model)
    for mine, other in zip(bare.losses, trl["losses"], strict=True):
        if abs(mine - other) > ALIKE * other:
            raise SystemExit(f"{name}: a step's loss is {mine} with us and {other} with TRL: not the same training")
    return {
        f"{name}, features on disk": cached.speed(warm_up).labelled_a_second,
        f"{name}, TRL": theirs(trl, warm_up).labelled_a_second,
        f"{name}, tower run": bare.speed(warm_up).labelled_a_second,
    }


def stage1(bench: Bench) -> dict[str, float]:
    """Tokens a second of stage 1 with the tower's features on disk, and without."""
    speeds = {}
    for cached, name in ((True, "stage1, features on disk"), (False, "stage1, tower run")):
        run = bench.ours(1, f"stage1-{cached}", bench.size.stage1, bench.stage1_rows, cached=cached)
        speeds[name] = run.speed(bench.size.warm_up).tokens_a_second
    return speeds


def two(bench: Bench) -> dict[str, float]:
    """Tokens a second of two processes that train together, and of two that do not."""
    together = bench.two().speed(bench.size.warm_up).tokens_a_second
    copies = sum(copy.speed(bench.size.warm_up).tokens_a_second for copy in bench.copies())
    return {"two together": together, "two copies": copies}


def predicted_speedup(bench: Bench) -> float:
    """FLOPs of stage 1 over those without the tower, of what the machine computes, padding too."""
    size = bench.size
    total = Work(0, 0, 0, 0)
    steps = size.stage1 - size.warm_up
    for part in workload.parts(bench.stage1_rows, BATCH[1], MICRO_TOKENS[1], size.warm_up, steps):
        rows, width = part["input_ids"].shape
        total += Work(len(part["pixel_values"]), rows * width, rows * width**2, rows * len(part["logits_to_keep"]))
    model = Llava.from_pretrained(workload.TINY, dtype=torch.float32)
    free(model, Recipe(stage=1, out="", model=str(workload.TINY), data=Data(scripted=1)))
    flops = {part: each.total for part, each in step_flops(model, total).items()}
    return sum(flops.values()) / (sum(flops.values()) - flops["vision tower"])


def loss_memory(model: Path, scope: str) -> dict[str, int]:
    """Bytes of each loss at its peak, each in a process of its own."""
    line = [sys.executable, "-m", "scripts.train_arms.loss", str(model)]
    return {
        which: int(subprocess.run([*line, which, scope], cwd=ours.ROOT, check=True, stdout=subprocess.PIPE).stdout)
        for which in ("ours", "plain")
    }


def measured(bench: Bench, kept: Path) -> dict[str, Any]:
    """Medians over the rounds; of what is in the file `kept` nothing is measured again."""
    if not kept.is_file():
        bench.fill()
        settings, tried = best_settings(bench)
        keep(kept, {"settings": settings, "tried": tried})
    found, *speeds = (json.loads(line) for line in kept.read_text().splitlines())
    arms: tuple[Callable[[], dict[str, float]], ...] = (
        lambda: stage2(bench, found["settings"], "stage2", workload.TINY, bench.size.stage2),
        lambda: stage1(bench),
        lambda: two(bench),
        lambda: stage2(bench, found["settings"], "larger", bench.larger, bench.size.larger),
    )
    while len(speeds) < len(arms) * bench.size.rounds:
        speeds.append(arms[len(speeds) % len(arms)]())
        note(json.dumps({name: round(speed, 1) for name, speed in speeds[-1].items()}))
        keep(kept, speeds[-1])
    rounds = [
        {name: speed for each in speeds[first : first + len(arms)] for name, speed in each.items()}
        for first in range(0, len(speeds), len(arms))
    ]
    predicted = predicted_speedup(bench)
    ratios = {
        "stage2_over_trl": ratio(rounds, "stage2, features on disk", "stage2, TRL"),
        "stage2_over_trl_without_cache": ratio(rounds, "stage2, tower run", "stage2, TRL"),
        "larger_over_trl": ratio(rounds, "larger, features on disk", "larger, TRL"),
        "larger_over_trl_without_cache": ratio(rounds, "larger, tower run", "larger, TRL"),
        "cache_speedup": ratio(rounds, "stage1, features on disk", "stage1, tower run"),
        "two_over_copies": ratio(rounds, "two together", "two copies"),
    }
    ratios["cache_speedup_of_prediction"] = [speedup / predicted for speedup in ratios["cache_speedup"]]
    return {
        **{name: round(median(values), 3) for name, values in ratios.items()},
        "spreads": {name: spread(values) for name, values in ratios.items()},
        "tokens_a_second": {name: spread([each[name] for each in rounds]) for name in rounds[0]},
        "predicted_cache_speedup": round(predicted, 3),
        "trl": found,
    }


def ratio(rounds: Sequence[Mapping[str, float]], above: str, below: str) -> list[float]:
    return [each[above] / each[below] for each in rounds]


def keep(file: Path, row: Mapping[str, Any]) -> None:
    with file.open("a") as out:
        out.write(json.dumps(row) + "\n")


def note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few steps, one round")
    parser.add_argument("--work", type=Path, default=Path("build/bench-train"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads(), help="of a run that is alone")
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    size = QUICK if arguments.quick else FULL
    bench = Bench(arguments.work / ("quick" if arguments.quick else "full"), size, arguments.threads)
    about = surroundings("torch", "transformers", "trl")
    result = measured(bench, bench.work / f"rounds-{about['commit']}-{arguments.threads}.jsonl")
    memory = {scope: loss_memory(bench.larger, scope) for scope in ("head", "step")}
    result |= {
        "padding_share": round(workload.padding_share(size.mixed), 4),
        "loss_memory": round(memory["head"]["ours"] / memory["head"]["plain"], 3),
        "loss_bytes": memory,
    }
    if arguments.out:
        write(arguments.out, {**about, "threads": arguments.threads, **result})
    keys = ("stage2_over_trl", "cache_speedup_of_prediction", "padding_share", "loss_memory", "two_over_copies")
    print(json.dumps({key: result[key] for key in keys}))


if __name__ == "__main__":
    main()
