"""How much moves in a shot: pictures whose motion is known, and slide shows."""

from __future__ import annotations

import json
from itertools import pairwise

import cv2
import numpy as np
import pytest

from recaption.curate.motion import motion_of
from recaption.curate.shot import GREY_RATE
from recaption.scripted import footage
from recaption.scripted.render import picture
from recaption.scripted.scenery import background
from scripts import prove_camera
from tests.curate.shots import shot_of

WIDTH, HEIGHT = 240, 136
WALL = background("street", 5, 600, 272)


def of(pictures):
    return motion_of(shot_of(pictures, GREY_RATE))


def pan(speed: float, count: int = 17):
    """Pictures of WALL by a camera that goes to the right, in picture widths a second; whole pixels each."""
    step = round(speed * WIDTH / GREY_RATE)
    return [WALL[163 : 163 + HEIGHT, n * step : n * step + WIDTH] for n in range(count)]


def slides(count: int = 4):
    return [picture(footage.one_shot(41, number, "static"), 1.0, WIDTH) for number in range(count)]


def test_a_pan_moves_everything_as_fast_as_the_camera():
    told = of(pan(0.1))
    assert told["motion"] == pytest.approx(0.1, rel=0.05)
    assert told["moving"] > 0.95
    assert told["still"] == 0
    assert told["things"] < 0.01


def test_nothing_moves_in_a_still_picture_even_with_noise():
    rng = np.random.default_rng(0)
    slide = slides(1)[0]
    noisy = [np.clip(slide + rng.normal(0, 4, slide.shape), 0, 255).astype(np.uint8) for _ in range(16)]
    for pictures in ([slide] * 16, noisy):
        told = of(pictures)
        assert told["motion"] < 0.004
        assert told["still"] > 0.9


def test_a_slide_show_is_still_with_cuts_and_with_fades():
    shown = slides()
    cuts = [slide for slide in shown for _ in range(16)]
    fades = [
        cv2.addWeighted(before, 1 - share, after, share, 0)
        for before, after in pairwise(shown)
        for share in [0] * 16 + [n / 8 for n in range(8)]
    ]
    for pictures in (cuts, fades):
        told = of(pictures)
        assert told["motion"] < 0.02
        assert told["still"] > 0.8


def test_a_fade_to_black_does_not_move():
    slide = slides(1)[0]
    told = of([cv2.convertScaleAbs(slide, alpha=share) for share in np.linspace(1, 0, 17)])
    assert told["motion"] < 0.01
    assert told["camera"]["kind"] in ("static", "unknown")


def test_a_still_picture_that_the_camera_goes_over_has_no_things_that_move():
    slide = slides(1)[0]
    told = of([cv2.resize(slide[n : HEIGHT - n, 2 * n : WIDTH - 2 * n], (WIDTH, HEIGHT)) for n in range(20)])
    assert told["motion"] > 0.02
    assert told["things"] < 0.2 * told["motion"]


def passing(size: tuple[int, int], step: int, count: int):
    """Pictures of WALL from one place, before which a rug of that size goes so many pixels to the right each time."""
    rug = np.random.default_rng(1).integers(0, 256, (size[1] // 8, size[0] // 8, 3), np.uint8)
    thing = cv2.resize(rug, size, interpolation=cv2.INTER_CUBIC)
    pictures = [pan(0, 1)[0].copy() for _ in range(count)]
    for n, each in enumerate(pictures):
        left = step * n
        each[8 : 8 + size[1], left : left + size[0]] = thing[:, : WIDTH - left]
    speed = size[0] * size[1] / (WIDTH * HEIGHT) * step / WIDTH * GREY_RATE
    return pictures, speed


def test_a_thing_before_a_still_camera_is_all_that_moves():
    pictures, speed = passing((64, 64), 5, 16)
    told = of(pictures)
    assert told["camera"]["kind"] == "static"
    assert told["motion"] == pytest.approx(speed, rel=0.3)
    assert told["things"] == pytest.approx(told["motion"], rel=0.1)
    assert told["moving"] == pytest.approx(64 * 64 / (WIDTH * HEIGHT), rel=0.3)


def test_what_moves_faster_has_more_motion():
    told = [of(pan(speed, 9))["motion"] for speed in (0.034, 0.067, 0.134, 0.267, 0.534)]
    assert told == sorted(told)
    assert told[-1] > 8 * told[0]


def test_what_passes_faster_than_flow_can_see_is_found_again():
    pictures, speed = passing((80, 120), 48, 5)
    assert of(pictures)["motion"] == pytest.approx(speed, rel=0.4)


def test_what_whirls_about_is_not_still():
    rng = np.random.default_rng(3)
    starts, speeds, colours = rng.uniform(0, 1, (150, 2)), rng.normal(0, 0.8, (150, 2)), rng.integers(0, 255, (150, 3))
    pictures = [pan(0, 1)[0].copy() for _ in range(16)]
    for n, each in enumerate(pictures):
        for (x, y), colour in zip((starts + speeds * n / GREY_RATE) % 1, colours.tolist(), strict=True):
            cv2.circle(each, (int(x * WIDTH), int(y * HEIGHT)), 5, colour, -1)
    told = of(pictures)
    assert (told["motion"], told["moving"], told["still"]) == (None, None, None)


def test_a_cut_between_pictures_that_move_is_not_still():
    other = background("hall", 6, 600, 272)
    later = [other[60 : 60 + HEIGHT, 4 * n : 4 * n + WIDTH] for n in range(8)]
    assert of([*pan(0.1, 8), *later])["still"] == 0


def test_one_picture_tells_nothing_and_two_do_as_json():
    one, two = of(pan(0.1)[:1]), of(pan(0.1)[:2])
    assert json.loads(json.dumps([one, two])) == [one, two]
    assert (one["motion"], one["moving"], one["still"]) == (None, None, None)
    assert (two["motion"], two["moving"], two["still"]) == pytest.approx((0.1, 1.0, 0.0), abs=0.02)


def test_a_film_of_few_bits_with_noise_is_told_as_in_the_proof(tmp_path):
    made = footage.one_shot(43, 1, "pan_left", 0.1, seconds=(2.0, 2.0))
    row = prove_camera.row(made, prove_camera.true_motion(made), prove_camera.film(made, "low bit rate", tmp_path))
    assert row.told == row.kind == "pan_left"
    assert row.motion[1] == pytest.approx(row.motion[0], rel=0.2)
    assert row.kbit_s < 80


def test_true_motion_is_the_cameras_and_that_of_things():
    made = footage.one_shot(44, 0, "pan_right", 0.1, seconds=(2.0, 2.0))
    all_, things = prove_camera.true_motion(made)
    assert things > 0
    assert all_ == pytest.approx(footage.speed(made, 1.0), abs=things)
