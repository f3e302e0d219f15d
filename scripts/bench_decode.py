"""Decode CPU seconds of recaption against `ffmpeg -threads 1` decoding the same files whole.

    python -m scripts.bench_decode --clips ../shared/clips --out benchmarks/decode.json
    python -m scripts.bench_decode --clips ../shared/clips --repeats 1        # a quick look, nothing written

Files: every film in --clips, and ten films of 480p to 1080p that this script renders (kept in --films when given). Ours
is `decode(clip, Every(2.0, 64), longest)` in a warm process of its own, user and system time by getrusage around the
call, opening and reading the file included; theirs is the whole ffmpeg process by wait4, decoding the video stream that
we decode to the null muxer, without scaling or conversion. All in one run, interleaved, after one warm-up round.

A process start costs ffmpeg about 20 ms, which would decide over clips of a second in our favour. So beside the plain
ratio there is `ratio_warm`, in which the median cost of an ffmpeg that decodes nothing is taken from theirs. It is left
out where less than 10 ms remain of theirs: what is left there is noise. A file that we refuse counts with the time that
finding out took.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any, cast

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from recaption.clip import Clip, Picture
from recaption.errors import DecodeError
from recaption.video.decode import decode
from recaption.video.probe import opened
from recaption.video.sample import Every
from scripts.measure import spread, surroundings, write

SAMPLING = Every(2.0, 64)
LONGEST = (168, 1024)
"""Longest sides in pixels: what the tiny model takes, and what the ShareGPT4Video models take."""

NOISE_SECONDS = 0.010
FILM_SUFFIXES = {".mp4", ".mov", ".mkv", ".webm", ".avi", ".ts"}


@dataclass(frozen=True)
class Film:
    """One film to render: container and codec, lines, seconds, and what the encoder is told."""

    name: str
    codec: str
    height: int
    seconds: int
    options: dict[str, str] = field(default_factory=dict)
    fps: int = 25


X264 = {"preset": "veryfast", "threads": "2"}
X265 = "threads=2:log-level=none"
FILMS = [
    Film("480p_gop12.mp4", "libx264", 480, 8, {**X264, "g": "12"}),
    Film("480p_gop250.mp4", "libx264", 480, 60, {**X264, "g": "250"}),
    Film("480p_open.mkv", "libx264", 480, 30, {**X264, "x264-params": "open-gop=1:keyint=48"}, 30),
    Film("480p_mpeg4.avi", "mpeg4", 480, 20, {"g": "50", "b": "3M"}),
    Film("480p_vp9.webm", "libvpx-vp9", 480, 12, {"g": "128", "cpu-used": "8", "deadline": "realtime", "b": "1M"}),
    Film("720p_gop12_no_b.mp4", "libx264", 720, 20, {**X264, "g": "12", "bf": "0"}),
    Film("720p_gop250.mp4", "libx264", 720, 30, {**X264, "g": "250"}),
    Film("720p_hevc.mp4", "libx265", 720, 12, {"preset": "ultrafast", "g": "50", "x265-params": X265}),
    Film("720p_av1.mkv", "libsvtav1", 720, 10, {"preset": "11", "g": "100", "svtav1-params": "lp=2"}),
    Film("1080p_gop60.ts", "libx264", 1080, 30, {**X264, "g": "60"}),
]


def pictures(film: Film, width: int) -> Iterator[Picture]:
    """A camera that pans over a coarse and fine texture, with squares that move on their own and fresh grain."""
    rng = np.random.default_rng(film.height)
    fine = rng.integers(0, 60, (film.height * 2, width * 2, 3), np.uint8)
    coarse = cv2.resize(rng.integers(0, 190, (24, 40, 3), np.uint8), (width * 2, film.height * 2))
    world = cv2.add(cv2.GaussianBlur(fine, (5, 5), 0), coarse)
    grain = rng.integers(0, 8, (4, film.height, width, 3), np.uint8)
    side = film.height // 6
    for i in range(film.seconds * film.fps):
        y = round(film.height * (0.5 + 0.45 * np.sin(i / 90)))
        x = round(width * (0.5 + 0.45 * np.cos(i / 130)))
        picture = cv2.add(world[y : y + film.height, x : x + width], grain[i % 4])
        for k in range(5):
            top = round((film.height - side) * (0.5 + 0.5 * np.sin(i / 17 + k)))
            left = round((width - side) * (0.5 + 0.5 * np.cos(i / (23 + 3 * k) + k)))
            picture[top : top + side, left : left + side] = 255 - picture[top : top + side, left : left + side]
        yield np.asarray(picture, np.uint8)


def render(film: Film, folder: Path) -> Path:
    """The film's file, rendered unless it is there."""
    path, part = folder / film.name, folder / f"part.{film.name}"
    if path.exists():
        return path
    width = {480: 854, 720: 1280, 1080: 1920}[film.height]
    with av.open(str(part), "w") as container:
        stream = cast(VideoStream, container.add_stream(film.codec, rate=film.fps, options=film.options))
        stream.width, stream.height, stream.pix_fmt = width, film.height, "yuv420p"
        for i, picture in enumerate(pictures(film, width)):
            frame = av.VideoFrame.from_ndarray(picture, "rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = i, Fraction(1, film.fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return part.rename(path)


def our_seconds(path: str, longest: int) -> tuple[float, str]:
    """(CPU seconds of this process for one clip, what came out of it)."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    try:
        outcome = f"{len(decode(Clip.of(path), SAMPLING, longest))} frames"
    except DecodeError as error:
        outcome = error.reason
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, outcome


def their_seconds(command: list[str]) -> float:
    """CPU seconds of a whole process."""
    null = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=null, stdout=null, stderr=null)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def ffmpeg_command(ffmpeg: str, path: Path) -> list[str]:
    with opened(str(path)) as (_, stream):
        index = stream.index
    head = [ffmpeg, "-v", "quiet", "-nostdin", "-threads", "1", "-i", str(path), "-map", f"0:{index}"]
    return [*head, "-fps_mode", "passthrough", "-f", "null", "-"]


def find_ffmpeg() -> str:
    if found := shutil.which("ffmpeg"):
        return found
    try:
        import imageio_ffmpeg
    except ImportError:
        sys.exit("no ffmpeg here: install one, or pip install imageio-ffmpeg, or give --ffmpeg")
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def measure(files: list[Path], ffmpeg: str, repeats: int) -> dict[str, object]:
    nothing = [ffmpeg, "-v", "quiet", "-f", "lavfi", "-i", "nullsrc=s=16x16", "-frames:v", "1", "-f", "null", "-"]
    ours: dict[tuple[Path, int], list[float]] = {(path, longest): [] for path in files for longest in LONGEST}
    theirs: dict[Path, list[float]] = {path: [] for path in files}
    start: list[float] = []
    outcomes: dict[Path, str] = {}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        for turn in range(repeats + 1):
            for path in files:
                command = ffmpeg_command(ffmpeg, path)
                for longest in LONGEST:
                    seconds, outcomes[path] = worker.submit(our_seconds, str(path), longest).result()
                    ours[path, longest].append(seconds)
                theirs[path].append(their_seconds(command))
                start.append(their_seconds(nothing))
            print(f"round {turn} of {repeats}", file=sys.stderr, flush=True)
    warm = {key: seconds[1:] for key, seconds in ours.items()}
    return report(warm, {path: seconds[1:] for path, seconds in theirs.items()}, median(start), outcomes)


def report(
    ours: dict[tuple[Path, int], list[float]], theirs: dict[Path, list[float]], start: float, outcomes: dict[Path, str]
) -> dict[str, object]:
    sizes: dict[str, object] = {}
    for longest in LONGEST:
        rows: list[dict[str, Any]] = []
        for path, spent in theirs.items():
            own, warm = median(ours[path, longest]), median(spent) - start
            rows.append(
                {
                    "file": path.name,
                    "outcome": outcomes[path],
                    "ours": spread(ours[path, longest]),
                    "ffmpeg": spread(spent),
                    "ratio": round(own / median(spent), 3),
                    "ratio_warm": round(own / warm, 3) if warm >= NOISE_SECONDS else None,
                }
            )
        warm_ratios = [row["ratio_warm"] for row in rows if row["ratio_warm"] is not None]
        sizes[str(longest)] = {
            "geometric_mean": round(geometric_mean(row["ratio"] for row in rows), 3),
            "worst": max(row["ratio"] for row in rows),
            "geometric_mean_warm": round(geometric_mean(warm_ratios), 3),
            "worst_warm": max(warm_ratios),
            "files": rows,
        }
    return {"ffmpeg_start": round(start, 4), "longest": sizes}


def version_of(ffmpeg: str) -> str:
    done = subprocess.run([ffmpeg, "-version"], capture_output=True, text=True, check=True)
    return done.stdout.split(" Copyright")[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True, help="folder of real clips")
    parser.add_argument("--films", type=Path, help="folder in which the rendered films are kept")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--ffmpeg", help="path of the ffmpeg to measure against")
    parser.add_argument("--out", type=Path, help="JSON file to write")
    options = parser.parse_args()
    ffmpeg = options.ffmpeg or find_ffmpeg()
    clips = sorted(path for path in options.clips.iterdir() if path.suffix in FILM_SUFFIXES)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.films or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        films = [render(film, folder) for film in FILMS]
        results = measure([*clips, *films], ffmpeg, options.repeats)
    told = {**surroundings("av"), "ffmpeg": version_of(ffmpeg), "libavcodec": av.library_versions["libavcodec"]}
    told |= {"sampling": str(SAMPLING), "repeats": options.repeats, **results}
    print(json.dumps(told, indent=1))
    if options.out:
        write(options.out, told)


if __name__ == "__main__":
    main()
