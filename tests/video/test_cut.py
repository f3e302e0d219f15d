"""A cut clip shows the frames of its span, and no others, at the same times."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from recaption.clip import Clip
from recaption.errors import DecodeError, RunError
from recaption.video.cut import Cut, cut
from recaption.video.decode import decode
from recaption.video.sample import All
from recaption.video.workers import DecodePool
from tests.video.films import named, read

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
TICK = 1e-5
"""Seconds, as fine as the clock of a cut file at the least."""
ERROR = 3.0
"""Mean difference of 8-bit samples that H.264 may make of these films, which are noise for a third."""

BLACK = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), "rgb24")

Make = Callable[[str], Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Make:
    folder = tmp_path_factory.mktemp("films")

    def make(name: str) -> Path:
        return folder / name if (folder / name).exists() else named(name).make(folder)

    return make


def check(clip: Clip, dest: Path) -> Cut:
    """Cut a clip, and hold the file against it."""
    done = cut(clip, dest)
    film, own = decode(clip, All()), decode(Clip.of(dest), All())
    assert [read(frame.rgb) for frame in own] == [read(frame.rgb) for frame in film]
    assert own.times == pytest.approx(film.times, abs=TICK)
    assert own.duration == pytest.approx(film.duration, abs=1e-3)
    assert own.rgb.shape == film.rgb.shape
    assert np.abs(own.rgb.astype(int) - film.rgb).mean() < (TICK if done.is_copy else ERROR)
    assert (done.frames, done.duration, done.flags) == (len(film), film.duration, film.flags)
    with av.open(str(dest)) as container:
        assert [stream.type for stream in container.streams] == ["video"]
        assert next(container.decode(video=0)).pts == 0
    return done


@pytest.mark.parametrize(
    "name",
    [
        "gop12_b.mp4",
        "open_gop.ts",
        "intra_refresh.mp4",
        "hevc_open.mkv",
        "vp9_altref.webm",
        "av1.mp4",
        "mpeg4_b.avi",
        "h264_b.avi",
        "gaps.avi",
        "prores.mov",
        "raw.h264",
        "ten_bit_hevc.mp4",
        "odd.mp4",
        "odd.avi",
        "edited.mp4",
        "turned_right.mp4",
        "upside_down.mp4",
        "turned_mirrored.mp4",
    ],
)
def test_every_kind_of_film(name: str, made: Make, tmp_path: Path) -> None:
    path = made(name)
    end = decode(Clip.of(path), All(), 16).duration
    rng = random.Random(name)
    start = round(rng.uniform(0, end / 2), 2)
    check(Clip.of(path, start, round(start + rng.uniform(0.05, end / 2), 3)), tmp_path / "cut.mp4")


@pytest.mark.parametrize("seed", range(9))
def test_any_span_of_a_film_of_irregular_times(seed: int, made: Make, tmp_path: Path) -> None:
    path, rng = made(f"irregular.{['mkv', 'mp4', 'webm'][seed % 3]}"), random.Random(seed)
    start = rng.uniform(0, 4)
    check(Clip.of(path, start, start + 10 ** rng.uniform(-2, 0.3)), tmp_path / "cut.mp4")


@pytest.mark.parametrize(
    ("name", "start", "end", "is_copy"),
    [
        ("gop12.mp4", 0.48, 1.44, True),
        ("gop12.mp4", 0.48, 1.45, True),
        ("gop12.mp4", 0.5, 1.44, False),
        ("gop12_b.mp4", 0.96, None, True),
        ("gop12_b.mp4", 0.96, 1.84, False),
        ("hevc_closed.mp4", 0.96, 1.92, True),
        ("fragmented.mp4", 1.2, None, True),
        ("open_gop.mp4", 0.96, 1.92, False),
        ("intra_refresh.mp4", 1.2, None, False),
        ("edited.mp4", None, 2.0, False),
        ("turned_right.mp4", None, None, True),
        ("mjpeg.avi", None, None, False),
    ],
)
def test_a_span_from_a_keyframe_on_is_copied(
    name: str, start: float | None, end: float | None, is_copy: bool, made: Make, tmp_path: Path
) -> None:
    assert check(Clip.of(made(name), start, end), tmp_path / "cut.mp4").is_copy is is_copy


def test_pictures_are_upright_for_loaders_that_turn_nothing(made: Make, tmp_path: Path) -> None:
    cut(Clip.of(made("turned_left.mp4"), 0.5, 1.0), tmp_path / "cut.mp4")
    with av.open(str(tmp_path / "cut.mp4")) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert [read(frame) for frame in frames] == list(range(12, 25))


@pytest.mark.parametrize(("name", "format"), [("prores.mov", "yuv422p10le"), ("odd.avi", "yuv444p")])
def test_depth_and_chroma_are_kept(name: str, format: str, made: Make, tmp_path: Path) -> None:
    cut(Clip.of(made(name), 0.1, 0.5), tmp_path / "cut.mp4")
    with av.open(str(tmp_path / "cut.mp4")) as container:
        assert container.streams.video[0].format.name == format


def test_long_pixels_stay_long_and_colours_keep_their_names(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(16, 11)
        stream.codec_context.colorspace, stream.codec_context.color_range = 1, 1
        for _ in range(20):
            container.mux(stream.encode(BLACK))
        container.mux(stream.encode(None))
    cut(Clip.of(path, 0.1, 0.5), tmp_path / "cut.mp4")
    with av.open(str(tmp_path / "cut.mp4")) as container:
        (video,) = container.streams.video
        assert video.sample_aspect_ratio == Fraction(16, 11)
        assert (video.codec_context.colorspace, video.codec_context.color_range) == (1, 1)


def test_sound_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=25, options={"bf": "0"})
        audio = container.add_stream("aac", rate=48000)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        for i in range(50):
            container.mux(video.encode(BLACK))
            sound = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
            sound.sample_rate, sound.pts = 48000, i * 1024
            container.mux(audio.encode(sound))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    for start, is_copy in ((None, True), (0.1, False)):
        assert cut(Clip.of(path, start, 1.0), tmp_path / "cut.mp4").is_copy is is_copy
        with av.open(str(tmp_path / "cut.mp4")) as container:
            assert [stream.type for stream in container.streams] == ["video"]


@pytest.mark.parametrize(
    ("name", "start", "end", "reason"),
    [
        ("decord_corrupted.mp4", 2.0, 4.0, "damaged"),
        ("decord_corrupted.mp4", 1000, 1001, "span"),
        ("nothing.mp4", 0, 1, "missing"),
    ],
)
def test_what_cannot_be_cut_says_why_and_leaves_nothing(
    name: str, start: float, end: float, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(DecodeError) as caught:
        cut(Clip.of(CLIPS / name, start, end), tmp_path / "cut.mp4")
    assert caught.value.reason == reason
    assert list(tmp_path.iterdir()) == []


def test_a_span_before_the_damage_is_cut(tmp_path: Path) -> None:
    done = cut(Clip.of(CLIPS / "decord_corrupted.mp4", 0.15, 2.5), tmp_path / "cut.mp4")
    assert done.frames == len(decode(Clip.of(tmp_path / "cut.mp4"), All())) == 24


def test_pictures_that_cannot_be_encoded_are_a_fault_of_the_clip(tmp_path: Path) -> None:
    path = tmp_path / "wide.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = 20_000, 4, "yuv420p"
        container.mux(stream.encode(av.VideoFrame(20_000, 4, "yuv420p")))
        container.mux(stream.encode(None))
    with pytest.raises(DecodeError, match=r"wide\.mkv: cannot be encoded"):
        cut(Clip.of(path), tmp_path / "cut.mp4")
    assert list(tmp_path.iterdir()) == [path]


def test_two_frames_at_one_time_are_both_there(tmp_path: Path) -> None:
    film = tmp_path / "twice.mkv"
    with av.open(str(film), "w") as out:
        stream = out.add_stream("mjpeg", rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        for number, time in enumerate((0, 40, 40, 80)):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 60 * number, np.uint8)).reformat(format="yuvj420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            for packet in stream.encode(frame):
                packet.pts = packet.dts = time
                packet.time_base = Fraction(1, 1000)
                out.mux(packet)
    done = cut(Clip.of(film), tmp_path / "cut.mp4")
    shown = decode(Clip.of(tmp_path / "cut.mp4"), All())
    assert (done.frames, done.is_copy) == (4, False)
    assert [round(float(rgb.mean()) / 60) for _, rgb in zip(shown.times, shown.rgb, strict=True)] == [0, 1, 2, 3]
    assert shown.times == pytest.approx((0, 0.04, 0.04, 0.08), abs=0.002)


def test_a_place_that_cannot_be_written_is_no_fault_of_the_clip(made: Make, tmp_path: Path) -> None:
    for name in ("gop12.mp4", "mjpeg.avi"):
        with pytest.raises(RunError, match="cannot be written"):
            cut(Clip.of(made(name)), tmp_path / "nowhere" / "cut.mp4")


def test_in_a_worker(made: Make, tmp_path: Path) -> None:
    (pipe := tmp_path / "pipe.mp4").parent.mkdir(exist_ok=True)
    os.mkfifo(pipe)  # to open it blocks for ever

    async def run() -> tuple[Cut | BaseException, ...]:
        async with DecodePool(2, 3) as pool:
            return tuple(
                await asyncio.gather(
                    pool.cut(Clip.of(made("gop12.mp4"), 0.48, 1.0), tmp_path / "cut.mp4"),
                    pool.cut(Clip(str(pipe)), tmp_path / "pipe_cut.mp4"),
                    pool.cut(Clip.of(made("gop12.mp4"), 9, 10), tmp_path / "beyond.mp4"),
                    pool.cut(Clip.of(made("gop12.mp4")), tmp_path / "no" / "cut.mp4"),
                    return_exceptions=True,
                )
            )

    done, hung, beyond, unwritten = asyncio.run(run())
    assert done == Cut(13, pytest.approx(0.52), True, ())
    assert isinstance(hung, DecodeError)
    assert isinstance(beyond, DecodeError)
    assert (hung.reason, beyond.reason) == ("deadline", "span")
    assert isinstance(unwritten, RunError)
    assert {path.name for path in tmp_path.iterdir()} == {"pipe.mp4", "cut.mp4"}
