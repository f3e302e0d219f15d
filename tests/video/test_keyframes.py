"""Which frames are kept, and how clips that come side by side share a call."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaption.clip import Clip, Frames, Picture
from recaption.curate.embedding import Embedder
from recaption.engines.choose import choose
from recaption.scripted.plan import plan
from recaption.scripted.render import write
from recaption.scripted.world import Script
from recaption.video.decode import decode
from recaption.video.keyframes import SIMILAR, Keyframes, is_plain, kept
from recaption.video.sample import Every
from tests.loops import in_loop
from tests.models import small_clip, small_siglip

ANGLES = st.lists(st.floats(0, np.pi), min_size=1, max_size=30)


def pictures(shades: Sequence[int], plain: Sequence[bool] = ()) -> npt.NDArray[np.uint8]:
    """Small pictures of one shade each, most of them with a white line."""
    rgb = np.stack([np.full((6, 8, 3), shade, np.uint8) for shade in shades])
    for picture, is_one in zip(rgb, plain or [False] * len(shades), strict=True):
        picture[2] = picture[2] if is_one else 255
    return rgb


def clip(shades: Sequence[int], plain: Sequence[bool] = ()) -> Frames:
    return Frames(
        tuple(2.0 * i for i in range(len(shades))), pictures(shades, plain), 2.0 * len(shades), ("truncated",)
    )


def turned(angles: Sequence[float]) -> npt.NDArray[np.float32]:
    return np.stack([np.cos(angles), np.sin(angles)], 1).astype(np.float32)


def by_shade(shown: Sequence[Picture]) -> npt.NDArray[np.float32]:
    """Features that turn with the shade: pictures 31 shades apart differ, of 255 on half a turn."""
    return turned([float(picture[0, 0, 0]) / 255 * np.pi for picture in shown])


@given(ANGLES)
def test_what_is_kept_differs_and_what_is_left_out_does_not(angles: list[float]) -> None:
    looks = turned(angles)
    chosen = kept(pictures([0] * len(angles)), looks)
    last = len(angles) - 1
    assert chosen[0] == 0
    assert chosen[-1] == last
    assert chosen == sorted(set(chosen))
    before = 0
    for i in range(1, last):
        similar = looks[i] @ looks[before] >= SIMILAR
        assert (i in chosen) is not similar
        before = before if similar else i


@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_pure_colours_at_the_beginning_are_passed_over(plain: list[bool]) -> None:
    shades = [31 * i for i in range(len(plain))]
    chosen = kept(pictures(shades, plain), by_shade(pictures(shades)))
    first = plain.index(False) if False in plain else 0
    assert chosen == list(range(first, len(plain)))


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 9), (90, 160)])
def test_one_pure_colour_may_be_a_little_noisy(size: tuple[int, int]) -> None:
    picture = np.full((*size, 3), (16, 200, 0), np.uint8)
    assert is_plain(picture)
    picture[0, 0] += np.array((4, 0, 2), np.uint8)
    assert is_plain(picture)
    picture[-1, -1, 1] = 20
    assert is_plain(picture) == (size == (1, 1))


@in_loop
async def test_times_duration_and_flags_stay_true() -> None:
    frames = clip([0, 5, 10, 60, 62, 120, 121])
    found = await Keyframes(by_shade, 8).of(frames)
    assert found.times == (0.0, 6.0, 10.0, 12.0)
    assert [int(picture[0, 0, 0]) for picture in found.rgb] == [0, 60, 120, 121]
    assert (found.duration, found.flags) == (14.0, ("truncated",))
    assert not found.rgb.flags.writeable
    assert found.rgb.base is None


@pytest.mark.parametrize(("most", "shades"), [(1, [0]), (2, [0, 224]), (3, [0, 128, 224]), (8, [*range(0, 225, 32)])])
@in_loop
async def test_at_most_so_many_are_kept_the_ends_among_them(most: int, shades: list[int]) -> None:
    frames = clip([*range(0, 225, 32)])
    found = await Keyframes(by_shade, 8, most).of(frames)
    assert [int(picture[0, 0, 0]) for picture in found.rgb] == shades
    assert [time * 16 for time in found.times] == shades
    if most == 8:
        assert found is frames


@pytest.mark.parametrize(
    ("shades", "plain", "times"),
    [
        ([0] * 6, [], (0.0, 6.0, 10.0)),
        ([0, 0, 100, 100, 100, 0], [], (0.0, 4.0, 6.0, 10.0)),
        ([0, 0, 0, 0, 9, 9], [True] * 4 + [False] * 2, (8.0, 10.0)),
        ([0, 0], [], (0.0, 2.0)),
        ([0], [], (0.0,)),
    ],
)
@in_loop
async def test_the_frame_in_the_middle_is_kept_where_it_is_asked_about(
    shades: list[int], plain: list[bool], times: tuple[float, ...]
) -> None:
    assert (await Keyframes(by_shade, 8, middle=True).of(clip(shades, plain))).times == times


@in_loop
async def test_clips_side_by_side_share_calls_of_bounded_size() -> None:
    calls: list[int] = []
    here, at_once = threading.get_ident(), threading.Lock()

    def looks(shown: Sequence[Picture]) -> npt.NDArray[np.float32]:
        assert threading.get_ident() != here
        assert at_once.acquire(blocking=False)
        calls.append(len(shown))
        at_once.release()
        return by_shade(shown)

    keyframes = Keyframes(looks, 10)
    clips = [clip([0, 0, 100 + i, 0]) for i in range(30)]
    found = await asyncio.gather(*map(keyframes.of, clips))
    assert [int(frames.rgb[1, 0, 0, 0]) for frames in found] == [100 + i for i in range(30)]
    assert {frames.times for frames in found} == {(0.0, 4.0, 6.0)}
    assert calls == [12] * 10
    assert len(await keyframes.of(clips[0])) == 3


@in_loop
async def test_a_fault_is_told_to_those_who_waited_and_to_nobody_else() -> None:
    def looks(shown: Sequence[Picture]) -> npt.NDArray[np.float32]:
        if any(picture[0, 0, 0] == 13 for picture in shown):
            raise RuntimeError("no memory")
        return by_shade(shown)

    keyframes = Keyframes(looks, 2)
    told = await asyncio.gather(keyframes.of(clip([13, 0])), keyframes.of(clip([0, 0])), return_exceptions=True)
    assert isinstance(told[0], RuntimeError)
    assert isinstance(told[1], Frames)


@in_loop
async def test_what_fails_together_is_tried_alone() -> None:
    def looks(shown: Sequence[Picture]) -> npt.NDArray[np.float32]:
        if len(shown) > 4 or any(picture[0, 0, 0] == 13 for picture in shown):
            raise RuntimeError("no memory")
        return by_shade(shown)

    keyframes = Keyframes(looks, 64)
    clips = [clip([0, 0, 13 if i == 7 else 100 + i, 0]) for i in range(12)]
    told = await asyncio.gather(*map(keyframes.of, clips), return_exceptions=True)
    assert [i for i, frames in enumerate(told) if isinstance(frames, RuntimeError)] == [7]
    assert {frames.times for frames in told if isinstance(frames, Frames)} == {(0.0, 4.0, 6.0)}


@in_loop
async def test_who_gives_up_holds_nobody_up() -> None:
    keyframes = Keyframes(by_shade, 1)
    tasks = [asyncio.create_task(keyframes.of(clip([0, 100 * i]))) for i in range(3)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    tasks[1].cancel()
    assert (await tasks[2]).times == (0.0, 2.0)


def script(*numbers: int) -> Script:
    """A clip in which nothing moves, four seconds of the first shot of each of these scripts."""
    planned = [plan(7, number, size=(128, 72)) for number in numbers]
    shots = tuple(
        type(one.shots[0])(4.0 * i, 4.0 * i + 4, one.shots[0].place, i, one.shots[0].things, one.shots[0].camera, ())
        for i, one in enumerate(planned)
    )
    return Script(7, 0, 4.0 * len(numbers), 128, 72, shots)


@pytest.fixture(scope="module", params=["tiny", "clip", "siglip"])
def embedder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    small = {"clip": small_clip, "siglip": small_siglip}
    made = small[request.param](tmp_path_factory.mktemp("model")) if request.param in small else request.param
    return Embedder.load(choose(str(made)), "cpu")


def times_kept(script: Script, embedder: Embedder, path: Path) -> list[float]:
    write(script, path)
    frames = decode(Clip.of(path), Every(1.0, 64))
    found = asyncio.run(Keyframes(embedder.looks, embedder.at_once).of(frames))
    return [round(time, 1) for time in found.times]


def test_of_a_static_clip_the_first_and_the_last_frame_are_kept(embedder: Embedder, tmp_path: Path) -> None:
    found = times_kept(script(0, 0), embedder, tmp_path / "still.mp4")
    assert len(found) == 2
    assert found[0] == 0.0
    assert found[1] > 7.5


def test_the_first_frame_after_a_cut_is_kept(embedder: Embedder, tmp_path: Path) -> None:
    found = times_kept(script(0, 3, 1), embedder, tmp_path / "cuts.mp4")
    assert found[:3] == [0.0, 4.0, 8.0]
    assert len(found) == 4
    assert found[3] > 11.5
