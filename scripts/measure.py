"""What the benchmarks share: medians, and what a reader needs to judge a figure."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any


def spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": round(median(values), 4), "min": round(min(values), 4), "max": round(max(values), 4)}


def surroundings(*packages: str) -> dict[str, object]:
    """Commit, command, machine, and the versions of some packages."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return {
        "commit": _told("git", "rev-parse", "HEAD"),
        "changed": bool(_told("git", "status", "--porcelain", "recaption", "llava_train", "scripts")),
        "command": " ".join(["python", "-m", f"scripts.{Path(sys.argv[0]).stem}", *sys.argv[1:]]),
        "machine": f"{models[0] if models else platform.processor()}, {os.cpu_count()} cores, {platform.system()}",
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
    }


def write(path: Path, result: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def recaption(*words: str) -> None:
    """Run the command of this environment.

    Raises:
        subprocess.CalledProcessError: it did not end with 0 (all captioned) or 3 (some clips failed).
    """
    line = [str(Path(sys.executable).with_name("recaption")), *words]
    done = subprocess.run(line, check=False)
    if done.returncode not in (0, 3):
        raise subprocess.CalledProcessError(done.returncode, line)


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
