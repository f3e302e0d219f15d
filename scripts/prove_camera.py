"""How well curation tells what the camera does and how much moves, against scripted shots with things in front.

python -m scripts.prove_camera --out benchmarks/camera.json

Each shot is written twice at 24 frames a second: cleanly, and with noise at a low bit rate. Cameras come in turn, at
speeds drawn evenly from SPEEDS.

Measures, of each of the two
  right        share of the shots whose camera is told rightly, and by kind of camera, with Wilson intervals at 95%
  wrong        what was told instead, and how often
  motion       Spearman's rank correlation of the motion score with the true mean motion
  things       the same of what moves apart from the camera; there is no aim for it
  kbit_s       of the files

Aims: 0.95 of the clean shots, 0.9 of the others, and 0.95 for motion. The last line of stdout is a JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Frames
from recaption.curate.motion import motion_of
from recaption.curate.shot import GREY_LONGEST, GREY_RATE, Shot
from recaption.scripted import footage
from recaption.scripted.render import background_matrix, outlines, write
from recaption.scripted.world import Camera, Script
from scripts.marked_captions import Recall
from scripts.measure import surroundings
from scripts.measure import write as write_json

SEED = 7
"""Of the proof; what was made with its help was made with other seeds."""
CLIPS = 500
KINDS = {
    **{kind: kind for kind in ("static", "pan_left", "pan_right", "tilt_up", "tilt_down", "zoom_in", "zoom_out")},
    **{"roll_clockwise": "roll_right", "roll_anticlockwise": "roll_left", "hand_held": "handheld"},
}
"""What footage calls a camera -> what the measure calls it."""
SPEEDS = {"static": (0.0, 0.0), "hand_held": footage.HAND_SPEEDS, "zoom_in": (0.03, 0.1), "zoom_out": (0.03, 0.1)}
"""Slowest and fastest, in picture widths a second, where footage.SPEEDS are not taken: a zoom of 0.1 for 6 s is one of
3.3 times."""
FPS = 24
NOISE = 8.0
"""Standard deviation, in grey levels."""
CRF = {"clean": 20, "low bit rate": 32}
"""At 32 the noisy films take less than 50 kbit/s, 0.02 bits a pixel."""
TRUTHS_A_SECOND = 4
GRID = (72, 40)
"""Points a picture, across and down, at which true motion is looked up."""

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """What is true of one shot, and what was measured."""

    kind: str
    told: str
    motion: tuple[float, float]
    things: tuple[float, float]
    kbit_s: float


def script(seed: int, number: int) -> Script:
    camera = footage.CAMERAS[number % len(footage.CAMERAS)]
    speed = random.Random(f"prove camera {seed} {number}").uniform(*SPEEDS.get(camera, footage.SPEEDS))
    return footage.one_shot(seed, number, camera, speed)


def true_motion(made: Script) -> tuple[float, float]:
    """Mean motion over picture and shot in picture widths a second: of all, and of things against the camera."""
    times = np.arange(0, made.seconds - 1 / FPS, 1 / TRUTHS_A_SECOND)
    means = [_motion_at(made, float(time)) for time in times]
    return mean(all_ for all_, _ in means), mean(things for _, things in means)


def _motion_at(made: Script, time: float) -> tuple[float, float]:
    shot, size = made.shots[0], (made.width, made.height)
    before, after = shot.camera_at(time), shot.camera_at(time + 1 / FPS)
    columns, rows = ((np.arange(n) + 0.5) * side / n for n, side in zip(GRID, size, strict=True))
    x, y = (each.ravel() for each in np.meshgrid(columns, rows))
    points = np.stack([x, y, np.ones_like(x)])
    still = np.linalg.solve(_square(after, size), _square(before, size) @ points) - points
    moved = still.copy()
    pairs = zip(shot.things_at(time), shot.things_at(time + 1 / FPS), strict=True)
    for thing, later in sorted((pair for pair in pairs if pair[0].here), key=lambda pair: pair[0].y):
        parts, later_parts = ([o for _, o in outlines(*at, *size)] for at in ((thing, before), (later, after)))
        inside = _inside(parts, size)[y.astype(int), x.astype(int)]
        moved[:2, inside] = (_change(np.concatenate(parts), np.concatenate(later_parts)) @ points - points[:2])[
            :, inside
        ]
    speeds = (np.hypot(*flow[:2]).mean() / made.width * FPS for flow in (moved, moved - still))
    return float(next(speeds)), float(next(speeds))


def _square(camera: Camera, size: tuple[int, int]) -> Points:
    return np.vstack([background_matrix(camera, *size), (0, 0, 1)])


def _inside(parts: Sequence[Points], size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    mask = np.zeros(size[::-1], np.uint8)
    for part in parts:
        cv2.fillPoly(mask, [np.round(part).astype(np.int32)], (1,))
    return mask.astype(bool)


def _change(before: Points, after: Points) -> Points:
    """The affine change, shape (2, 3), that takes an outline to where it is later."""
    return np.asarray(np.linalg.lstsq(np.column_stack([before, np.ones(len(before))]), after, rcond=None)[0].T)


def shot_of(path: Path) -> Shot:
    """The shot that a film is, as far as the measure looks at it: its grey pictures."""
    grey: list[npt.NDArray[np.uint8]] = []
    times: list[float] = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            assert frame.time is not None
            if frame.time < len(times) / GREY_RATE - 1e-6:
                continue
            share = min(1.0, GREY_LONGEST / max(frame.width, frame.height))
            size = {"width": round(frame.width * share), "height": round(frame.height * share)}
            picture = frame.reformat(**size, format="gray", interpolation="AREA").to_ndarray()
            grey.append(np.asarray(picture, np.uint8))
            times.append(frame.time)
        seconds = frame.time + 1 / FPS
    none = Frames((), np.zeros((0, *grey[0].shape, 3), np.uint8), seconds)
    return Shot(0.0, seconds, none, np.stack(grey), tuple(times), (), np.zeros(0), np.zeros(0))


def film(made: Script, name: str, folder: Path) -> Path:
    """The film of a script, in a folder; made where it is not there yet."""
    path = folder / f"{made.seed}-{made.number:04}-{name.replace(' ', '-')}.mp4"
    if not path.exists():
        beside = path.with_suffix(".part")
        write(made if name == "clean" else replace(made, noise=NOISE), beside, fps=FPS, crf=CRF[name])
        beside.rename(path)
    return path


def row(made: Script, truth: tuple[float, float], path: Path) -> Row:
    measured: Any = motion_of(shot_of(path))
    kbit_s = path.stat().st_size * 8 / made.seconds / 1000
    pairs = (truth[0], measured["motion"]), (truth[1], measured["things"] or 0.0)
    return Row(KINDS[footage.camera(made.shots[0])], measured["camera"]["kind"], *pairs, kbit_s)


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's; equal values keep the order they come in, of which there are hardly any here."""
    ranks = np.argsort(np.argsort(np.array(pairs), axis=0), axis=0)
    return round(float(np.corrcoef(ranks.T)[0, 1]), 4)


def told(rows: Sequence[Row]) -> dict[str, Any]:
    wrong = Counter(f"{each.kind} as {each.told}" for each in rows if each.told != each.kind)
    return {
        "right": _right(rows),
        "by_kind": {kind: _right([each for each in rows if each.kind == kind]) for kind in KINDS.values()},
        "wrong": dict(wrong.most_common()),
        "motion": rank_correlation([each.motion for each in rows]),
        "things": rank_correlation([each.things for each in rows]),
        "kbit_s": round(mean(each.kbit_s for each in rows), 1),
    }


def _right(rows: Sequence[Row]) -> dict[str, Any]:
    right = Recall(sum(each.told == each.kind for each in rows), len(rows))
    interval = [round(bound, 4) for bound in right.interval]
    return {"right": right.found, "all": right.all, "share": round(right.share, 4), "interval": interval}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=CLIPS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--films", type=Path, help="a folder for the films, which are made where they are not there yet"
    )
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    rows: dict[str, list[Row]] = {name: [] for name in CRF}
    with TemporaryDirectory() as folder:
        films = arguments.films or Path(folder)
        for number in range(arguments.clips):
            made = script(arguments.seed, number)
            truth = true_motion(made)
            for name in CRF:
                rows[name].append(row(made, truth, film(made, name, films)))
    result = {**surroundings("opencv-python-headless", "av"), "seed": arguments.seed, "clips": arguments.clips}
    result |= {name: told(each) for name, each in rows.items()}
    if arguments.out:
        write_json(arguments.out, result)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
