"""What `recaption curate` costs: each step, all of them against a plain ffmpeg decode of the same files, and memory.

python -m scripts.bench_curate --films films --repeats 3 --out benchmarks/curate.json

CPU seconds are those of one process with one thread, opening and reading the file included; ffmpeg's are those of
`ffmpeg -threads 1` decoding the same file to nothing, by wait4. The films are those of `scripts.bench_decode`, but for
AV1, in which the camera never rests. Of each step alone what decoding and cutting take is taken off. Memory is the
greatest that the command and its workers held together, in runs over folders of scripted clips.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any

import psutil

from recaption.clip import Clip
from recaption.curate.measures import MEASURES
from recaption.curate.measuring import measure
from recaption.curate.recipe import Cuts, Recipe, load
from recaption.scripted import files
from scripts.bench_decode import FILMS, ffmpeg_command, find_ffmpeg, render, their_seconds, version_of
from scripts.measure import spread, surroundings, write

DEAR = ("text",)
"""Measures that the figure against ffmpeg leaves out, as its aim does."""


def recipes() -> dict[str, Recipe]:
    """What is timed, by name."""
    whole = load("svd")
    cheap = tuple(name for name in whole.measures if name not in DEAR)
    alone = {name: Recipe(measures=(name,)) for name in MEASURES}
    return {"decode and cuts": Recipe(), "all but OCR": Recipe(measures=cheap), **alone}


def our_seconds(path: str, recipe: Recipe) -> float:
    """CPU seconds of this process for one film."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    measure(Clip.of(path), recipe, lambda: None)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def costs(paths: dict[Path, float], ffmpeg: str, repeats: int) -> dict[str, Any]:
    """Of every step and of ffmpeg.

    Args:
        paths: of the films, and how many seconds each lasts.
    """
    timed = recipes()
    spent: dict[tuple[str, Path], list[float]] = {}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        for turn in range(repeats + 1):
            for path in paths:
                spent.setdefault(("ffmpeg", path), []).append(their_seconds(ffmpeg_command(ffmpeg, path)))
                for name, recipe in timed.items():
                    seconds = worker.submit(our_seconds, str(path), recipe).result()
                    spent.setdefault((name, path), []).append(seconds)
            print(f"round {turn} of {repeats}", file=sys.stderr, flush=True)
    middle = {key: median(values[1:]) for key, values in spent.items()}
    minutes = sum(paths.values()) / 60
    by_step = {
        name: sum(middle[name, path] - (middle["decode and cuts", path] if name in MEASURES else 0) for path in paths)
        for name in ("ffmpeg", *timed)
    }
    ratios = {path.name: middle["all but OCR", path] / middle["ffmpeg", path] for path in paths}
    return {
        "CPU seconds a minute of video": {name: round(seconds / minutes, 3) for name, seconds in by_step.items()},
        "all but OCR over ffmpeg": {
            "geometric mean": round(geometric_mean(ratios.values()), 3),
            "worst": round(max(ratios.values()), 3),
            "files": {name: round(ratio, 3) for name, ratio in ratios.items()},
            "spread": {path.name: spread(spent["all but OCR", path][1:]) for path in paths},
        },
    }


def run(folder: Path, out: Path, recipe: Path) -> tuple[float, float]:
    """Seconds that the command takes for a folder, and MiB that it and its workers held at most."""
    line = [str(Path(sys.executable).with_name("recaption")), "curate", str(folder), "--out", str(out)]
    started = time.monotonic()
    process = subprocess.Popen([*line, "--recipe", str(recipe)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    greatest = 0.0

    def watch() -> None:
        nonlocal greatest
        while process.poll() is None:
            greatest = max(greatest, _resident(psutil.Process(process.pid)))
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    return time.monotonic() - started, greatest


def _resident(process: psutil.Process) -> float:
    """MiB of a process and its children."""
    try:
        family = [process, *process.children(recursive=True)]
        return float(sum(each.memory_info().rss for each in family)) / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def memory(counts: Sequence[int]) -> dict[str, Any]:
    """Of the command, over folders with so many clips."""
    found = {}
    with tempfile.TemporaryDirectory() as temporary:
        recipe = Path(temporary) / "recipe.yaml"
        cheap = tuple(name for name in load("svd").measures if name not in DEAR)
        drop = {name: why for name, why in load("svd").drop.items() if name not in MEASURES["text"].numbers}
        recipe.write_text(Recipe(Cuts(), cheap, duplicates="drop", drop=drop).to_yaml())
        folder = Path(temporary) / "clips"
        made = files.made(folder, max(counts), 1, (3.0, 4.0), (320, 180))
        for count in counts:
            part = Path(temporary) / f"part-{count}"
            part.mkdir()
            for path in made[:count]:
                (part / path.name).symlink_to(path)
            seconds, mib = run(part, Path(temporary) / f"out-{count}", recipe)
            found[str(count)] = {"clips/s": round(count / seconds, 2), "peak MiB": round(mib)}
            print(f"{count} clips: {found[str(count)]}", file=sys.stderr, flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--films", type=Path, default=Path("films"), help="folder in which the rendered films are kept")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--ffmpeg", help="path of the ffmpeg to measure against")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/curate.json"))
    options = parser.parse_args()
    ffmpeg = options.ffmpeg or find_ffmpeg()
    options.films.mkdir(parents=True, exist_ok=True)
    paths = {render(film, options.films): float(film.seconds) for film in FILMS if "av1" not in film.name}
    result = {
        **surroundings("av", "opencv-python-headless", "scenedetect-headless"),
        "ffmpeg": version_of(ffmpeg),
        "repeats": options.repeats,
        **costs(paths, ffmpeg, options.repeats),
        "folders of scripted clips of 3 to 4 s": memory(options.counts),
    }
    print(json.dumps(result, indent=1))
    write(options.out, result)


if __name__ == "__main__":
    main()
