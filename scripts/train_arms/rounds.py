"""One round of the arms that take turns: each returns what it did a second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from llava_train.mixture import load
from llava_train.recipe import Data
from scripts.train_arms import ours, workload
from scripts.train_arms.ours import Log
from scripts.train_arms.sft import Spec

LR, WARMUP = 1e-4, 0.03
MAX_LENGTH = 2048
BATCH, MICRO_TOKENS = {1: 16, 2: 8}, {1: 6144, 2: 4096}
"""By stage, as in the recipes of the tiny model."""
WORKERS = 1


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Attributes:
        stage1, stage2, larger, two: steps of a run of these arms, the warm-up among them.
        warm_up: steps that are not counted.
        mixed: samples of each kind in the mixed set.
        settings: of TRL that are tried.
    """

    stage1: int
    stage2: int
    larger: int
    two: int
    warm_up: int
    rounds: int
    mixed: int
    settings: int


class Bench:
    """The arms, over the same rows.

    Args:
        work: folder for rows, features and runs.
        threads: of each process that is alone.
    """

    def __init__(self, work: Path, size: Size, threads: int) -> None:
        self.work, self.size, self.threads = work.absolute(), size, threads
        self.stage1_rows = workload.written(self.work / "stage1", size.stage1 * BATCH[1], workload.STAGE1)
        count = max(size.stage2, size.larger, 2 * size.two) * BATCH[2]
        self.stage2_rows = workload.written(self.work / "stage2", count, workload.STAGE2)
        self.larger = workload.larger(self.work / "larger")

    @property
    def features(self) -> Path:
        return self.work / "features"

    def fill(self) -> None:
        """Stage 1 over all pictures leaves their features, as it does for whoever trains both stages."""
        for rows in (self.stage1_rows, self.stage2_rows):
            steps = -(-len(json.loads(rows.read_text())) // BATCH[1])
            self.ours(1, "fill", steps, rows, cached=True)

    def ours(self, stage: int, name: str, steps: int, rows: Path, *, cached: bool, model: Path = workload.TINY) -> Log:
        recipe = self.recipe(stage, steps, rows, cached=cached, model=model)
        return ours.train(self.work / "runs" / name, recipe, threads=self.threads)

    def recipe(
        self, stage: int, steps: int, rows: Path, *, cached: bool, model: Path = workload.TINY
    ) -> dict[str, Any]:
        return {
            "stage": stage,
            "model": str(model),
            "data": {"path": str(rows)},
            "projector_lr": LR,
            "llm_lr": LR,
            "warmup": WARMUP,
            "batch_size": BATCH[stage],
            "micro_tokens": MICRO_TOKENS[stage],
            "max_length": MAX_LENGTH,
            "workers": WORKERS,
            "steps": steps,
            **({"tower_cache": str(self.features)} if cached else {}),
        }

    def trl(self, steps: int, settings: dict[str, Any], model: Path = workload.TINY) -> dict[str, list[float]]:
        """TRL on the rows of stage 2."""
        count = steps * BATCH[2]
        order = workload.order(self.stage2_rows, count)
        encoder = workload.tiny_encoder(MAX_LENGTH)
        (source,) = load(Data(path=str(self.stage2_rows))).sources
        spec = Spec(
            model=str(model),
            rows=str(self.stage2_rows),
            out=str(self.work / "runs" / "trl"),
            order=order,
            lengths=[len(encoder.words(source.sample(number))) for number in range(count)],
            batch_size=BATCH[2],
            lr=LR,
            warmup=WARMUP,
            **settings,
        )
        written = self.work / "runs" / "trl.json"
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(json.dumps(asdict(spec)))
        line = [sys.executable, "-m", "scripts.train_arms.sft", str(written)]
        environment = {**os.environ, "OMP_NUM_THREADS": str(self.threads), "CUDA_VISIBLE_DEVICES": ""}
        done = subprocess.run(line, cwd=ours.ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        made: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
        return made

    def two(self) -> Log:
        """Two processes that share their gradients, one thread each."""
        recipe = self.recipe(2, self.size.two, self.stage2_rows, cached=True) | {"batch_size": 2 * BATCH[2]}
        return ours.train(self.work / "runs" / "two", recipe, threads=1, processes=2)

    def copies(self) -> list[Log]:
        """Two runs side by side that know nothing of each other, each with half of the rows of `two`."""
        outs = [self.work / "runs" / f"copy-{half}" for half in range(2)]
        with ExitStack() as stack:
            running = [
                stack.enter_context(ours.started(out, self.recipe(2, self.size.two, rows, cached=True), threads=1))
                for out, rows in zip(outs, self._halves(), strict=True)
            ]
            for run, out in zip(running, outs, strict=True):
                ours.finish(run, out)
        return [ours.log(out) for out in outs]

    def _halves(self) -> list[Path]:
        order = workload.order(self.stage2_rows, 2 * BATCH[2] * self.size.two)
        rows = json.loads(self.stage2_rows.read_text())
        halves = [self.stage2_rows.with_name(f"half-{half}.json") for half in range(2)]
        for half, file in enumerate(halves):
            file.write_text(json.dumps([rows[number] for number in order[half::2]]))
        return halves
