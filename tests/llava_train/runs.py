"""Training runs as a person starts them: `torchrun` and a recipe in a file."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import yaml

ROOT = Path(__file__).parents[2]

LIMIT = 300
"""Seconds; processes that wait for each other would do so for hours."""


def write_recipe(path: Path, **values: Any) -> Path:
    path.write_text(yaml.safe_dump(values))
    return path


@contextmanager
def torchrun(cwd: Path, *words: str, processes: int = 1) -> Iterator[subprocess.Popen[str]]:
    """`torchrun` of a script and its arguments, its output in `stdout`.

    In the end, or after LIMIT seconds, it is killed with all it started.
    """
    line = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes), *words]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    with subprocess.Popen(
        line, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        limit = threading.Timer(LIMIT, kill, [run])
        limit.start()
        try:
            yield run
        finally:
            limit.cancel()
            kill(run)


def kill(run: subprocess.Popen[str]) -> None:
    """SIGKILL for a run and every process that it started."""
    if run.poll() is not None:
        return
    for process in [*psutil.Process(run.pid).children(recursive=True), psutil.Process(run.pid)]:
        process.kill()


def stage(number: int) -> str:
    return str(ROOT / "llava_train" / f"stage{number}.py")


def finished(cwd: Path, *words: str, processes: int = 1) -> str:
    """What a run prints that ends well."""
    with torchrun(cwd, *words, processes=processes) as run:
        assert run.stdout
        printed = run.stdout.read()
        assert run.wait(60) == 0, printed
    return printed
