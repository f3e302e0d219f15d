"""Which way of captioning finds how many events, in which order, at how many tokens and seconds.

python -m scripts.bench_modes --model tiny --count 60 --work build/bench-modes --out benchmarks/modes.json

Scripted clips of 8 to 40 seconds, captioned through the command in each mode, and held against their scripts.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from statistics import mean
from typing import Any

from recaption import results
from recaption.evaluate.report import report
from recaption.scripted import files
from scripts.measure import recaption, surroundings, write

SEED = 707_070
SECONDS, SIZE = (8.0, 40.0), (854, 480)
MODES = {
    "grid": ("--mode", "grid"),
    "fast": ("--mode", "fast"),
    "diffsw window": ("--mode", "diffsw"),
    "diffsw history": ("--mode", "diffsw", "--context", "history"),
}


def measure(clips: Path, out: Path, model: str, options: tuple[str, ...]) -> dict[str, Any]:
    started = time.perf_counter()
    recaption(str(clips), *options, "--model", model, "--out", str(out), "--new-run")
    seconds = time.perf_counter() - started
    told = report(out, clips / files.TRUTH)
    rows = list(results.captions(out))
    kept = ("clips", "failed", "event_precision", "event_recall", "event_f1", "event_f1_interval", "order", "oracle_f1")
    return {
        **{key: told[key] for key in kept},
        "events_a_clip": round(told["event_recall"] * told["events"] / told["clips"], 2),
        "prompt_tokens": round(mean(row["tokens"]["prompt"] for row in rows)),
        "completion_tokens": round(mean(row["tokens"]["completion"] for row in rows)),
        "seconds_a_clip": round(seconds / told["clips"], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--work", type=Path, default=Path("build/bench-modes"))
    parser.add_argument("--out", type=Path, default=Path("benchmarks/modes.json"))
    arguments = parser.parse_args()
    clips = arguments.work / "clips"
    files.made(clips, arguments.count, SEED, SECONDS, SIZE)
    result: dict[str, Any] = {**surroundings("torch", "transformers"), "clips": arguments.count, "seconds": SECONDS}
    for name, options in MODES.items():
        result[name] = measure(clips, arguments.work / name.replace(" ", "-"), arguments.model, options)
        print(json.dumps({name: result[name]}), flush=True)
    write(arguments.out, result)


if __name__ == "__main__":
    main()
