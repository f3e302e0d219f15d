"""Runs of the trainer by its own commands, and what their logs say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Speed:
    """What the steps of a run took, those of the warm-up left out."""

    seconds: float
    labelled: float
    tokens: float

    @property
    def labelled_a_second(self) -> float:
        return self.labelled / self.seconds

    @property
    def tokens_a_second(self) -> float:
        return self.tokens / self.seconds


@dataclass(frozen=True)
class Log:
    """The log of a run, one row a step."""

    rows: Sequence[Mapping[str, float]]

    def speed(self, warm_up: int) -> Speed:
        rows = self.rows[warm_up:]
        return Speed(
            seconds=sum(row["seconds"] for row in rows),
            labelled=sum(row["labelled_tokens_per_second"] * row["seconds"] for row in rows),
            tokens=sum(row["tokens_per_second"] * row["seconds"] for row in rows),
        )

    @property
    def losses(self) -> list[float]:
        return [row["loss"] for row in self.rows]


def train(out: Path, values: Mapping[str, Any], *, threads: int, processes: int = 1) -> Log:
    """Run a recipe to its end, in a fresh folder."""
    with started(out, values, threads=threads, processes=processes) as run:
        finish(run, out)
    return log(out)


@contextmanager
def started(
    out: Path, values: Mapping[str, Any], *, threads: int, processes: int = 1
) -> Iterator[subprocess.Popen[bytes]]:
    """A run of a recipe; its output is in OUT.txt."""
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    recipe = out.with_suffix(".yaml")
    recipe.write_text(
        yaml.safe_dump({**values, "out": str(out), "log_every": 1, "save_every": 10**6, "report": "none"})
    )
    module = f"llava_train.stage{values['stage']}"
    launcher = ["torch.distributed.run", "--standalone", "--nproc-per-node", str(processes), "-m"]
    line = [sys.executable, "-m", *(launcher if processes > 1 else []), module, "--config", str(recipe)]
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "CUDA_VISIBLE_DEVICES": ""}
    with out.with_suffix(".txt").open("wb") as said:
        run = subprocess.Popen(line, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield run
        finally:
            if run.poll() is None:
                run.kill()


def finish(run: subprocess.Popen[bytes], out: Path) -> None:
    """Wait for the end of a run.

    Raises:
        SystemExit: it failed.
    """
    if run.wait():
        raise SystemExit(out.with_suffix(".txt").read_text())


def log(out: Path) -> Log:
    return Log([row for row in json.loads((out / "log.json").read_text()) if "loss" in row])
