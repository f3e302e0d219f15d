"""A folder of scripted clips: `clip-000000.mp4` ... and `scripts.jsonl` with the whole truth about each."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from recaption.errors import RunError
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
