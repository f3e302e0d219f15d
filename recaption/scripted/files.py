"""A folder of scripted clips: `clip-000000.mp4` ... and `scripts.jsonl` with the whole truth about each."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from recaption.errors import RunError, UsageError
from recaption.scripted.plan import plan
from recaption.scripted.render import write
from recaption.scripted.world import Script

TRUTH = "scripts.jsonl"


def make(
    folder: Path, count: int, seed: int, seconds: tuple[float, float], size: tuple[int, int]
) -> Iterator[tuple[Path, Script]]:
    """Render clips into a folder, one after the other, then write `scripts.jsonl`.

    Args:
        seconds: shortest and longest clip.
        size: width and height in pixels, both even.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(count):
        script = plan(seed, number, seconds, size)
        path = folder / f"clip-{number:06d}.mp4"
        write(script, path)
        made.append((path, script))
        yield path, script
    aside = folder / f"{TRUTH}.part"
    rows = (json.dumps({"file": path.name, **script.to_json()}) + "\n" for path, script in made)
    aside.write_text("".join(rows), encoding="utf-8")
    os.replace(aside, folder / TRUTH)


def made(folder: Path, count: int, seed: int, seconds: tuple[float, float], size: tuple[int, int]) -> list[Path]:
    """The clips of a folder, in order, rendered by `make` where it is not there yet."""
    if not (folder / TRUTH).is_file():
        for _ in make(folder, count, seed, seconds, size):
            pass
    return sorted(folder.glob("*.mp4"))


def seconds_of(text: str) -> tuple[float, float]:
    """Shortest and longest clip from "A-B" or "A", in seconds.

    Raises:
        UsageError: no two numbers from 2 on, in order.
    """
    try:
        shortest, longest = (float(part) for part in (text.split("-") if "-" in text else (text, text)))
    except ValueError:
        raise UsageError(f"--seconds {text}: write A-B, such as 8-14") from None
    if not 2 <= shortest <= longest:
        raise UsageError(f"--seconds {text}: a clip has at least 2 seconds, and A is at most B")
    return shortest, longest


def size_of(text: str) -> tuple[int, int]:
    """Width and height from "WxH", in pixels.

    Raises:
        UsageError: no two even numbers from 64 on.
    """
    try:
        width, height = (int(part) for part in text.split("x"))
    except ValueError:
        raise UsageError(f"--size {text}: write WxH, such as 854x480") from None
    if min(width, height) < 64 or width % 2 or height % 2:
        raise UsageError(f"--size {text}: width and height are even numbers of at least 64")
    return width, height


def read(truth: Path) -> dict[str, Script]:
    """Absolute path of each clip -> its script.

    Raises:
        RunError: the file cannot be read or is no list of scripts.
    """
    try:
        rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
        return {os.path.abspath(truth.parent / row["file"]): Script.from_json(row) for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"{truth}: not a scripts.jsonl of scripted clips: {error!r}") from None
