from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.clip import Picture
from recaption.curate import marks
from recaption.curate.shot import GREY_RATE
from recaption.scripted.plan import plan
from recaption.scripted.render import picture
from recaption.scripted.world import Camera, Event, Script, Shot, Thing
from tests.curate.made_shots import empty_shot, shot_of

WIDTH, HEIGHT = 640, 360
SHARE = st.just(0.0) | st.floats(0.05, 0.25)


@cache
def filmed(place: str, seconds: float = 3.0, **moves: float) -> tuple[Picture, ...]:
    """A thing in front of a place, while the camera goes where it is told."""
    event = Event(-1, "pans_right", 0.0, seconds, moves, "camera", begins={"x": 0.35})
    things = (Thing("cat", "red", 0.5, 0.8, 0.3),)
    shot = Shot(0.0, seconds, place, 3, things, Camera(x=0.35), (event,) if moves else ())
    script = Script(0, 0, seconds, WIDTH, HEIGHT, (shot,))
    return tuple(picture(script, number / GREY_RATE) for number in range(int(seconds * GREY_RATE)))


def barred(rgb: Picture, top: float, bottom: float, left: float, right: float) -> Picture:
    height, width = rgb.shape[:2]
    made = np.zeros_like(rgb)
    rows = slice(round(top * height), height - round(bottom * height))
    columns = slice(round(left * width), width - round(right * width))
    made[rows, columns] = rgb[rows, columns]
    return made


def marked(rgb: Picture, text: str, opacity: float, x: float, y: float) -> Picture:
    """A picture with a text whose lower left corner is at shares of its size."""
    height, width = rgb.shape[:2]
    drawn = rgb.copy()
    cv2.putText(drawn, text, (int(x * width), int(y * height)), 2, 0.9, (255, 255, 255), 2, cv2.LINE_AA)
    return np.asarray(np.rint(rgb + (drawn.astype(float) - rgb) * opacity), np.uint8)


def encoded(pictures: Sequence[Picture], crf: int) -> list[Picture]:
    """What is left of pictures after H.264."""
    file = BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=int(GREY_RATE), options={"crf": str(crf), "preset": "veryfast"})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for rgb in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb24")))
        container.mux(stream.encode())
    file.seek(0)
    with av.open(file) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@settings(max_examples=15, deadline=None)
@given(top=SHARE, bottom=SHARE, left=SHARE, right=SHARE)
def test_bars_are_measured(top: float, bottom: float, left: float, right: float) -> None:
    planted = {"top": top, "bottom": bottom, "left": left, "right": right}
    found = marks.marks_of(shot_of([barred(rgb, **planted) for rgb in filmed("street", 1.0)]))
    bars = found["bars"]
    assert isinstance(bars, dict)
    assert bars == pytest.approx(planted, abs=0.003)
    assert found["bars_share"] == pytest.approx(1 - (1 - top - bottom) * (1 - left - right), abs=0.006)


def noisy(rgb: Picture) -> Picture:
    noise = np.random.default_rng(0).normal(0, 5, rgb.shape)
    return np.asarray(np.clip(rgb + noise, 0, 255), np.uint8)


def lifted(rgb: Picture) -> Picture:
    return np.asarray(16 + rgb * (219 / 255), np.uint8)


def subtitled(rgb: Picture) -> Picture:
    return marked(rgb, "So that is what you think", 1.0, 0.2, 0.96)


@pytest.mark.parametrize("change", [noisy, lifted, subtitled], ids=lambda change: change.__name__)
def test_bars_are_found_under_noise_at_video_black_and_with_subtitles(change: Callable[[Picture], Picture]) -> None:
    pictures = [change(barred(rgb, 0.12, 0.12, 0.0, 0.0)) for rgb in filmed("meadow", 1.0)]
    bars = marks.marks_of(shot_of(pictures))["bars"]
    assert bars == pytest.approx({"top": 0.12, "bottom": 0.12, "left": 0.0, "right": 0.0}, abs=0.006)


def test_bars_outlast_compression() -> None:
    pictures = encoded([barred(rgb, 0.1, 0.1, 0.2, 0.0) for rgb in filmed("hall", 1.0)], crf=35)
    bars = marks.marks_of(shot_of(pictures))["bars"]
    assert bars == pytest.approx({"top": 0.1, "bottom": 0.1, "left": 0.2, "right": 0.0}, abs=0.01)


@pytest.mark.parametrize("light", [1.0, 0.3, 0.12, 0.04])
def test_scenery_is_no_bar_however_dark(light: float) -> None:
    for number in range(4):
        script = plan(11, number, size=(WIDTH, HEIGHT))
        shot = shot_of([np.asarray(picture(script, time) * light, np.uint8) for time in (0.5, 1.0, 1.5, 2.0)])
        assert marks.marks_of(shot)["bars_share"] == 0


def test_what_is_black_for_a_while_is_no_bar() -> None:
    pictures = filmed("street", 2.0)
    half = [barred(rgb, 0.15, 0.15, 0.0, 0.0) if number < 12 else rgb for number, rgb in enumerate(pictures)]
    assert marks.marks_of(shot_of(half))["bars_share"] == 0


@pytest.mark.parametrize("opacity", [1.0, 0.5])
@pytest.mark.parametrize(("x", "y"), [(0.85, 0.12), (0.04, 0.12), (0.04, 0.94), (0.85, 0.94)])
def test_a_logo_is_found_in_any_corner_of_a_shot_that_moves(opacity: float, x: float, y: float) -> None:
    pictures = [marked(rgb, "TV4", opacity, x, y) for rgb in filmed("street", x=0.65)]
    (wide, tall), _ = cv2.getTextSize("TV4", 2, 0.9, 2)
    logo = marks.marks_of(shot_of(pictures))["logo"]
    assert logo == pytest.approx(wide * tall / (WIDTH * HEIGHT), rel=0.35)


def test_a_logo_is_found_between_bars_and_after_compression() -> None:
    pictures = [barred(marked(rgb, "TV4", 0.7, 0.83, 0.25), 0.12, 0.12, 0.0, 0.0) for rgb in filmed("meadow", y=0.62)]
    logo = marks.marks_of(shot_of(encoded(pictures, crf=28)))["logo"]
    assert isinstance(logo, float)
    assert 0.003 < logo < 0.01


@pytest.mark.parametrize("place", ["street", "beach"])
@pytest.mark.parametrize("moves", [{"x": 0.65}, {"y": 0.62}, {"zoom": 1.35}], ids=lambda moves: next(iter(moves)))
def test_a_shot_that_moves_without_a_logo_has_none(place: str, moves: dict[str, float]) -> None:
    assert marks.marks_of(shot_of(filmed(place, **moves)))["logo"] == 0


def test_words_in_the_middle_are_no_logo() -> None:
    pictures = [marked(rgb, "TV4", 1.0, 0.45, 0.5) for rgb in filmed("street", x=0.65)]
    assert marks.marks_of(shot_of(pictures))["logo"] == 0


@pytest.mark.parametrize("place", ["street", "hall"])
def test_of_a_shot_that_stands_still_nobody_can_tell(place: str) -> None:
    still = filmed(place)
    assert marks.marks_of(shot_of([marked(rgb, "TV4", 1.0, 0.85, 0.12) for rgb in still]))["logo"] is None
    assert marks.marks_of(shot_of(still))["logo"] is None


def test_a_thing_that_passes_a_camera_that_stands_still_tells_nothing_of_a_logo() -> None:
    pictures = [marked(rgb, "TV4", 1.0, 0.85, 0.12) for rgb in filmed("street")]
    for number, rgb in enumerate(pictures):
        rgb[100:300, 20 * number : 20 * number + 150] = (220, 40, 40)
    assert marks.marks_of(shot_of(pictures))["logo"] is None


def test_pictures_of_one_colour_are_counted() -> None:
    green = np.full((HEIGHT, WIDTH, 3), (0, 180, 30), np.uint8)
    pictures = [green] * 6 + list(filmed("street", 2.0))[:10]
    assert marks.marks_of(shot_of(pictures))["flat"] == 6 / 16


def test_black_pictures_are_of_one_colour_and_have_no_bars() -> None:
    found = marks.marks_of(shot_of([np.zeros((HEIGHT, WIDTH, 3), np.uint8)] * 16))
    assert found == {"bars": {"top": 0, "bottom": 0, "left": 0, "right": 0}, "bars_share": 0, "logo": None, "flat": 1}


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (20, 20), (640, 360)])
@pytest.mark.parametrize("count", [1, 2, 9])
def test_odd_pictures_are_measured_all_the_same(shape: tuple[int, int], count: int) -> None:
    rng = np.random.default_rng(1)
    found = marks.marks_of(shot_of(list(rng.integers(0, 256, (count, *shape, 3), np.uint8))))
    assert found["logo"] in (None, 0)
    assert found["bars_share"] == 0


def test_a_shot_without_pictures_has_no_marks() -> None:
    assert set(marks.marks_of(empty_shot()).values()) == {None}
