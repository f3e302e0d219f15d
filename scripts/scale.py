"""What a hundred million clips need, from what was measured and what is assumed; docs/scale.md shows it.

python -m scripts.scale

What is measured comes from benchmarks/decode.json and benchmarks/ray.json; each assumption is an option.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recaption.caption import LONGEST
from recaption.ids import packed
from recaption.ray.command import PART_ROWS, PART_SECONDS
from recaption.ray.pipeline import AHEAD, BLOCK

FIGURES = Path(__file__).parents[1] / "benchmarks"


@dataclass(frozen=True)
class Assumed:
    """What was not measured.

    Attributes:
        clips: how many.
        frames: of a clip; one every two seconds and the last, of ten seconds.
        shape: height over width of a frame.
        gpu_clips: clips that one GPU captions in a second.
        in_flight: clips in flight on one GPU.
        gpus: how many there are.
    """

    clips: int
    frames: int
    shape: float
    gpu_clips: float
    in_flight: int
    gpus: int


def rows(assumed: Assumed) -> Iterator[tuple[str, str, str]]:
    """What is needed, how much of it, and how that comes about."""
    ray = json.loads((FIGURES / "ray.json").read_text())
    frame_seconds = seconds_a_frame(json.loads((FIGURES / "decode.json").read_text()))
    gpu_hours = assumed.clips / assumed.gpu_clips / 3600
    days = gpu_hours / assumed.gpus / 24
    yield "GPU hours", f"{gpu_hours:,.0f}", f"{assumed.clips:,} clips at {assumed.gpu_clips:g} a second (assumed)"
    idle = ray["idle"]["share"]
    yield "of them idle", f"{gpu_hours * idle:,.0f}", f"{idle:.1%} of the engine's places stood empty (measured)"
    yield "days", f"{days:,.1f}", f"on {assumed.gpus} GPUs (assumed)"

    decode = assumed.frames * frame_seconds
    cores = assumed.gpus * assumed.gpu_clips * decode
    how = f"{assumed.frames} frames a clip (assumed), {frame_seconds * 1000:.0f} ms of a core each (measured)"
    yield "decode core hours", f"{assumed.clips * decode / 3600:,.0f}", how
    yield "decode cores", f"{math.ceil(cores):,}", f"so that {assumed.gpus} GPUs never wait"

    frame = LONGEST * round(LONGEST * assumed.shape) * 3
    held = AHEAD * assumed.in_flight * assumed.frames * frame
    how = f"{AHEAD} x {assumed.in_flight} clips of {assumed.frames} frames of {frame / 1e6:.1f} MB (arithmetic)"
    yield "object store", f"{held / 1e9:.0f} GB a GPU", how
    yield "of them a block", f"{BLOCK * assumed.frames * frame / 1e6:.0f} MB", f"{BLOCK} clips travel together"

    size = ray["parts"]["bytes_a_row"]
    yield "output", f"{assumed.clips * size / 1e9:,.0f} GB", f"{size:,} bytes a clip (measured, on random words)"
    rate = assumed.gpus * assumed.gpu_clips
    part = min(PART_ROWS, rate * PART_SECONDS)
    yield "parts", f"{assumed.clips / part:,.0f}", f"one for {part:,.0f} clips"
    lost = part / rate
    yield "a crash costs", f"{lost:.0f} s", "of what was finished since the last part, and the clips in flight"
    writing = ray["parts"]["seconds"]["median"] / PART_ROWS * rate
    yield "checkpoint cost", f"{writing:.1%} of a core", f"of the process that watches, at {rate:,.0f} clips a second"
    ids = packed([f"{0:020x}"]).itemsize * assumed.clips
    how = "in the process that watches, three times that while it sorts; once on each that reads"
    yield "memory for ids", f"{ids / 1e9:.1f} GB", how


def seconds_a_frame(decode: dict[str, Any]) -> float:
    """Core seconds of all files that decode, over their frames, at the size that models without a fixed tower see."""
    spent, frames = 0.0, 0
    for file in decode["longest"][str(LONGEST)]["files"]:
        count, _, what = file["outcome"].partition(" ")
        if what == "frames":
            spent += file["ours"]["median"]
            frames += int(count)
    return spent / frames


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=100_000_000)
    parser.add_argument("--frames", type=int, default=6, help="of a clip")
    parser.add_argument("--shape", type=float, default=9 / 16, help="height over width of a frame")
    parser.add_argument("--gpu-clips", type=float, default=2.0, help="clips a second of one GPU")
    parser.add_argument("--in-flight", type=int, default=256, help="clips in flight on one GPU")
    parser.add_argument("--gpus", type=int, default=256)
    for what, value, how in rows(Assumed(**vars(parser.parse_args()))):
        print(f"{what:<18} {value:>14}  {how}")


if __name__ == "__main__":
    main()
