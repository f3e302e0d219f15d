"""Are all near-duplicates found among 5,000 scripted clips, and no others? How long does one of a million take?

python -m scripts.prove_duplicates --keep build/prints.jsonl --out benchmarks/duplicates.json

The clips are single shots, drawn as the pipeline would keep them. Among them are takes: other things that do other
things before the very background of another clip, which are no duplicates. Of some clips there are duplicates, a
hundred of each kind, which went through H.264 twice. A pair that is found is right when one is made of the other. What
is mirrored is to be found where it is asked for, and only there.

The index of a million holds prints of random pictures whose amplitudes fall with the frequency, as those of natural
pictures do (Field 1987, "Relations between the statistics of natural images and the response properties of cortical
cells"). It is asked for as many new ones as for noisy copies of what it holds. Milliseconds are those of one core, not
of the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Clip, Frames, Picture
from recaption.curate.duplicates import Index
from recaption.curate.prints import MOMENTS, NO_COLOUR, PARTS, SIDE, SMOOTHED, Print, Thumbnails, print_of
from recaption.curate.shot import GREY_LONGEST, GREY_RATE, Shot
from recaption.scripted.plan import plan
from recaption.scripted.render import FPS, picture
from recaption.scripted.world import Script
from recaption.video.album import shrink
from recaption.video.decode import decode
from recaption.video.sample import Every
from scripts.measure import spread, surroundings, write

SECONDS = (4.0, 7.9)
"""Of a clip. A script of less than 8 s has no cut in it."""
SIZE = (480, 270)
TAKES = 100
RATE = 15
"""Frames a second of a duplicate; those of the clips themselves are FPS."""


@dataclass(frozen=True)
class Made:
    """Pictures of a duplicate, RATE a second, and how they are encoded."""

    pictures: Sequence[Picture]
    crf: int = 23
    size: tuple[int, int] | None = None


Change = Callable[[Sequence[Picture], random.Random], Made]


def re_encoded(pictures: Sequence[Picture], rng: random.Random) -> Made:
    return Made(pictures, crf=35, size=(320, 180))


def cropped(pictures: Sequence[Picture], rng: random.Random) -> Made:
    """2.5% off each side."""
    return Made(_cropped(pictures, 0.025, 0.025, 0.025, 0.025))


def cropped_on_one_side(pictures: Sequence[Picture], rng: random.Random) -> Made:
    """5% off one side."""
    sides = [0.05, 0.0, 0.0, 0.0]
    rng.shuffle(sides)
    return Made(_cropped(pictures, *sides))


def trimmed(pictures: Sequence[Picture], rng: random.Random) -> Made:
    """Up to 0.2 s off the start and off the end."""
    start, end = (rng.randint(1, RATE // 5) for _ in range(2))
    return Made(pictures[start:-end])


def all_at_once(pictures: Sequence[Picture], rng: random.Random) -> Made:
    return Made(cropped(trimmed(pictures, rng).pictures, rng).pictures, crf=35, size=(320, 180))


def mirrored(pictures: Sequence[Picture], rng: random.Random) -> Made:
    return Made([each[:, ::-1] for each in pictures])


KINDS: tuple[Change, ...] = (re_encoded, cropped, cropped_on_one_side, trimmed, all_at_once, mirrored)


def _cropped(pictures: Sequence[Picture], left: float, top: float, right: float, bottom: float) -> list[Picture]:
    height, width = pictures[0].shape[:2]
    rows = slice(round(top * height), round((1 - bottom) * height))
    columns = slice(round(left * width), round((1 - right) * width))
    return [each[rows, columns] for each in pictures]


def script(seed: int, number: int) -> Script:
    return plan(seed, number, SECONDS, SIZE)


def take(one: Script, other: Script) -> Script:
    """What happens in the other one, before the background of the first."""
    (shot,) = one.shots
    return replace(other, shots=tuple(replace(each, place=shot.place, seed=shot.seed) for each in other.shots))


def drawn(one: Script) -> Shot:
    """A script as it is kept when nobody has encoded it."""
    times = np.arange(0, one.seconds, 1 / GREY_RATE).tolist()
    return _shot(times, np.stack([picture(one, time, GREY_LONGEST) for time in times]), one.seconds)


def encoded(path: Path, pictures: Sequence[Picture], rate: int, crf: int, size: tuple[int, int] | None) -> Path:
    height, width = pictures[0].shape[:2]
    wide, high = size or (width // 2 * 2, height // 2 * 2)
    with av.open(str(path), "w", format="mp4") as container:
        options = {"preset": "veryfast", "crf": str(crf), "threads": "1"}
        stream = container.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuv420p"
        for each in pictures:
            cut = each[:high, :wide] if size is None else cv2.resize(each, size, interpolation=cv2.INTER_AREA)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(cut, np.uint8), "rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def decoded(path: Path) -> Shot:
    frames = decode(Clip.of(path), Every(1 / GREY_RATE, 10**6))
    return _shot(frames.times, frames.rgb, frames.duration)


def _shot(times: Sequence[float], rgb: Any, seconds: float) -> Shot:
    small = shrink(rgb, GREY_LONGEST)
    grey = np.stack([cv2.cvtColor(each, cv2.COLOR_RGB2GRAY) for each in small]).astype(np.uint8)
    lumas = grey.mean(axis=(1, 2)) / 255
    changes = np.abs(np.diff(grey.astype(np.int16), axis=0, prepend=grey[:1])).mean(axis=(1, 2)) / 255
    return Shot(0.0, seconds, Frames.of(small, times, seconds), grey, tuple(times), tuple(times), lumas, changes)


def duplicated(one: Script, change: Change, folder: Path) -> tuple[Shot, Shot]:
    """A clip as its file shows it, and a duplicate made of that file."""
    path = folder / "clip.mp4"
    pictures = [picture(one, number / FPS) for number in range(round(one.seconds * FPS))]
    film = decode(Clip.of(encoded(path, pictures, FPS, 20, None)), Every(1 / FPS, 10**6))
    original = decoded(path)
    times = np.arange(0, film.duration, 1 / RATE)
    shown = np.searchsorted(film.times, times + 1e-6, side="right") - 1
    made = change([film.rgb[index] for index in shown], random.Random(f"{change.__name__} {one.seed} {one.number}"))
    return original, decoded(encoded(folder / "duplicate.mp4", made.pictures, RATE, made.crf, made.size))


def prints(seed: int, clips: int, planted: int) -> Iterator[tuple[str, str]]:
    """The name of each clip and its print, duplicates behind; a duplicate's name is its original's and its kind."""
    kinds = [kind for kind in KINDS for _ in range(planted)]
    behind = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(clips):
            name = str(number)
            if number < len(kinds):
                original, duplicate = duplicated(script(seed, number), kinds[number], Path(folder))
                behind.append((f"{name} {kinds[number].__name__}", print_of(duplicate)["print"]))
            elif number >= clips - TAKES:
                original = drawn(take(script(seed, number - TAKES), script(seed, number)))
            else:
                original = drawn(script(seed, number))
            yield name, print_of(original)["print"]
    yield from behind


def kept(path: Path | None, seed: int, clips: int, planted: int) -> list[tuple[str, str]]:
    """What `prints` makes, or made when it was written to the file."""
    if path and path.exists():
        return [(name, text) for name, text in map(json.loads, path.read_text().splitlines())]
    made = list(prints(seed, clips, planted))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(each) + "\n" for each in made))
    return made


def judged(all_prints: Sequence[tuple[str, str]], mirrors: bool) -> dict[str, Any]:
    """What an index finds that is asked for mirrored clips, or not: found and missed of each kind, and false pairs."""
    index = Index(mirrored=mirrors)
    found: Counter[str] = Counter()
    likenesses: list[float] = []
    false = []
    for name, text in all_prints:
        original, _, kind = name.partition(" ")
        for other, likeness in index.find(text):
            if other == original:
                found[kind] += 1
                likenesses.append(likeness)
            else:
                false.append([other, name, round(likeness, 4)])
        index.put(name, text)
    planted = Counter(name.partition(" ")[2] for name, _ in all_prints if " " in name)
    return {
        "found": {kind: found[kind] for kind in planted},
        "missed": {kind: planted[kind] - found[kind] for kind in planted},
        "least likeness of those found": round(min(likenesses, default=0.0), 4),
        "false pairs": len(false),
        "some false pairs": false[:20],
    }


def natural(count: int, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Thumbnails of random pictures whose amplitudes fall with the frequency: uint8, shape (count, *Thumbnails)."""
    frequency = np.hypot(*np.meshgrid(np.fft.rfftfreq(SIDE), np.fft.fftfreq(SIDE)))
    falling = np.exp(-2 * (np.pi * SMOOTHED * frequency) ** 2) / np.maximum(frequency, 1 / SIDE)
    noise = np.fft.rfft2(rng.standard_normal((count, MOMENTS, SIDE, SIDE), np.float32))
    pictures = np.fft.irfft2(noise * falling, (SIDE, SIDE))
    pictures *= 48 / pictures.std(axis=(2, 3), keepdims=True)
    return np.clip(pictures + 128, 0, 255).astype(np.uint8)


def grey(pictures: Thumbnails) -> str:
    """The text of a print without colours."""
    return Print(pictures, np.full((PARTS, PARTS, 2), NO_COLOUR, np.uint8)).text


def speed(count: int, queries: int) -> dict[str, Any]:
    """How long an index of so many prints takes to answer and to grow, and what it holds in memory."""
    rng = np.random.default_rng(0)
    before, index, growing = _resident(), Index(), 0.0
    copies: list[tuple[str, str]] = []
    batch = min(count, 1000)
    for start in range(0, count, batch):
        pictures = natural(batch, rng)
        if len(copies) < queries:
            noisy = pictures[0] + rng.normal(0, 4, pictures[0].shape)
            copies.append((str(start), grey(np.clip(noisy, 0, 255).astype(np.uint8))))
        texts = [grey(each) for each in pictures]
        started = time.process_time()
        for number, text in enumerate(texts, start):
            index.put(str(number), text)
        growing += time.process_time() - started
    held = _resident() - before
    strangers = [("", grey(each)) for each in natural(len(copies), rng)]
    milliseconds, right = [], 0
    for name, text in [*copies, *strangers]:
        started = time.process_time()
        answer = index.find(text)
        milliseconds.append((time.process_time() - started) * 1000)
        right += [other for other, _ in answer] == ([name] if name else [])
    return {
        "prints": count,
        "queries": len(milliseconds),
        "answered rightly": right,
        "query CPU ms": spread(milliseconds),
        "put CPU ms": round(growing / count * 1000, 4),
        "MiB": round(held),
        "characters of a print": round(median(len(text) for _, text in copies)),
    }


def _resident() -> float:
    """MiB of this process that are in memory."""
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=90210, help="of the scripts; nothing was tuned on the default")
    parser.add_argument("--clips", type=int, default=5000)
    parser.add_argument("--planted", type=int, default=100, help="duplicates of each kind")
    parser.add_argument("--prints", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="a file for the clips' prints, which another run reads")
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    # First, while no memory has been given back that an index could take.
    speeds = speed(arguments.prints, arguments.queries)
    print(json.dumps(speeds))
    all_prints = kept(arguments.keep, arguments.seed, arguments.clips, arguments.planted)
    result = {
        "clips": arguments.clips,
        "of them takes": TAKES,
        "asked for plain duplicates": judged(all_prints, mirrors=False),
        "asked for mirrored ones too": judged(all_prints, mirrors=True),
        "speed": speeds,
    }
    if arguments.out:
        write(arguments.out, {**surroundings("numpy", "opencv-python-headless", "av"), **result})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
