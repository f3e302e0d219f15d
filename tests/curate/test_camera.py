"""What the camera does: scripted shots with things in front, views that move over one picture, real clips."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.curate.motion import motion_of
from recaption.curate.moves import KINDS, MOVES
from recaption.curate.shot import GREY_RATE, Shot
from recaption.scripted import footage
from recaption.scripted.render import picture
from recaption.scripted.scenery import background
from scripts.prove_camera import shot_of as shot_of_film
from tests.curate.shots import drawn, shot_of

CLIPS = Path(__file__).parents[3] / "shared" / "clips"

WIDTH, HEIGHT = 240, 136
PLACE = background("street", 3, 480, 272)
TOLD = {"roll_clockwise": "roll_right", "roll_anticlockwise": "roll_left", "hand_held": "handheld"}


def camera(shot: Shot):
    return motion_of(shot)["camera"]


def kinds(told):
    return [move["kind"] for move in told["moves"]]


def view(x: float, y: float, zoom: float = 1.0, roll: float = 0.0):
    """What a camera sees of PLACE: moved by so many picture widths, and turned anticlockwise by so many degrees."""
    middle = (PLACE.shape[1] / 2 + x * WIDTH, PLACE.shape[0] / 2 + y * WIDTH)
    matrix = cv2.getRotationMatrix2D(middle, -roll, zoom)
    matrix[:, 2] += np.array([WIDTH, HEIGHT]) / 2 - middle
    return cv2.warpAffine(PLACE, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)


def drift(*speeds: tuple[float, float]) -> Shot:
    """Views that move by one speed after the other, in picture widths a second, for GREY_RATE pictures a second."""
    steps = [(x / GREY_RATE, y / GREY_RATE) for x, y in speeds]
    places = accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1]), initial=(0.0, 0.0))
    return shot_of([view(*at) for at in places], GREY_RATE)


@pytest.mark.parametrize("kind", footage.CAMERAS)
def test_the_camera_is_told_behind_things_that_move(kind):
    script = footage.one_shot(31, footage.CAMERAS.index(kind), kind, 0.08, seconds=(3.0, 4.0))
    told = camera(shot_of(drawn(script, GREY_RATE), GREY_RATE))
    assert told["kind"] == TOLD.get(kind, kind)
    strength = {"static": 0.0, "zoom": math.exp(2 * 0.08), "roll": math.degrees(2 * 0.08), "hand": 0.08}
    wanted = strength.get(kind.split("_")[0], 0.08)
    assert told["strength"] == pytest.approx(wanted, rel=0.5 if kind == "hand_held" else 0.15)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (lambda t: view(-0.1 * t, 0), "pan_left"),
        (lambda t: view(0, -0.1 * t), "tilt_up"),
        (lambda t: view(0, 0, math.exp(0.2 * t)), "zoom_in"),
        (lambda t: view(0, 0, roll=10 * t), "roll_left"),
        (lambda t: view(0.3, 0, roll=-10 * t), "roll_right"),
    ],
)
def test_moves_are_named_as_the_camera_makes_them(path, kind):
    told = camera(shot_of([path(n / GREY_RATE) for n in range(17)], GREY_RATE))
    assert (told["kind"], kinds(told)) == (kind, [kind])


def test_a_move_has_its_time():
    told = camera(drift(*[(0, 0)] * 20, *[(0.1, 0)] * 16, *[(0, 0)] * 20))
    assert told["kind"] == "static"
    assert kinds(told) == ["pan_right"]
    move = told["moves"][0]
    assert (move["start"], move["end"]) == (pytest.approx(2.5, abs=0.6), pytest.approx(4.5, abs=0.6))


def test_two_moves_that_last_as_long_are_mixed():
    told = camera(drift(*[(-0.1, 0)] * 20, *[(0, 0.08)] * 20))
    assert (told["kind"], kinds(told)) == ("mixed", ["pan_left", "tilt_down"])
    assert told["strength"] == pytest.approx(0.09, abs=0.01)


def test_the_longer_move_gives_the_shot_its_kind():
    told = camera(drift(*[(-0.1, 0)] * 30, *[(0, 0.1)] * 12))
    assert (told["kind"], kinds(told)) == ("pan_left", ["pan_left", "tilt_down"])


def test_the_lesser_part_of_a_move_is_told_by_how_far_it_went():
    told = camera(drift(*[(0.11, 0.06)] * 24))
    assert kinds(told) == ["pan_right"]
    assert told["went"]["pan_right"] == pytest.approx(0.33, rel=0.1)
    assert told["went"]["tilt_down"] == pytest.approx(0.18, rel=0.1)
    assert max(told["went"][kind] for kind in ("pan_left", "tilt_up", "zoom_in", "zoom_out")) < 0.02


def test_how_far_a_slow_zoom_went_is_told():
    told = camera(shot_of([view(0, 0, math.exp(0.015 * n / GREY_RATE)) for n in range(81)], GREY_RATE))
    assert told["kind"] == "static"
    radius = math.sqrt((1 + (HEIGHT / WIDTH) ** 2) / 12)
    assert told["went"]["zoom_in"] == pytest.approx(0.15 * radius, rel=0.15)


def test_a_way_and_back_went_both_ways():
    went = camera(drift(*[(0.1, 0)] * 16, *[(-0.1, 0)] * 24))["went"]
    assert (went["pan_right"], went["pan_left"]) == pytest.approx((0.2, 0.3), rel=0.1)


def test_to_and_fro_is_a_hand():
    told = camera(drift(*[(0.1 * math.sin(n * 1.9), 0.08 * math.cos(n * 1.3)) for n in range(32)]))
    assert (told["kind"], kinds(told)) == ("handheld", ["handheld"])


@given(st.floats(0, 2 * math.pi), st.floats(0.03, 0.3))
@settings(max_examples=12, deadline=None)
def test_a_drift_is_told_by_its_greater_parts(angle, speed):
    x, y = speed * math.cos(angle), speed * math.sin(angle)
    told = camera(drift(*[(x, y)] * 8))
    assert told["kind"] in KINDS
    parts = {"pan_right": x, "pan_left": -x, "tilt_down": y, "tilt_up": -y}
    greatest = max(parts.values())
    clear = {kind for kind, part in parts.items() if part > 0.85 * greatest}
    possible = {kind for kind, part in parts.items() if part > 0.65 * greatest}
    assert clear <= set(kinds(told)) <= possible
    for move in told["moves"]:
        assert move["strength"] == pytest.approx(parts[move["kind"]], rel=0.15)


@given(st.sampled_from(sorted(MOVES)), st.floats(0.04, 0.2))
@settings(max_examples=10, deadline=None)
def test_a_mirror_swaps_left_and_right_and_nothing_else(kind, speed):
    way = speed if kind in ("pan_right", "tilt_down", "zoom_in", "roll_left") else -speed
    paths = {
        "pan": lambda t: view(way * t, 0),
        "tilt": lambda t: view(0, way * t),
        "zoom": lambda t: view(0, 0, math.exp(2 * way * t)),
        "roll": lambda t: view(0, 0, roll=math.degrees(2 * way * t)),
    }
    pictures = [paths[kind.split("_")[0]](n / GREY_RATE) for n in range(10)]
    told, mirrored = (camera(shot_of(each, GREY_RATE)) for each in (pictures, [p[:, ::-1] for p in pictures]))
    sides = {"pan_left": "pan_right", "pan_right": "pan_left", "roll_left": "roll_right", "roll_right": "roll_left"}
    assert (told["kind"], mirrored["kind"]) == (kind, sides.get(kind, kind))
    assert mirrored["strength"] == pytest.approx(told["strength"], rel=0.1)


def test_light_that_changes_moves_no_camera():
    bright = [cv2.convertScaleAbs(view(0.1, 0), alpha=1, beta=3 * (n % 9)) for n in range(24)]
    told = camera(shot_of(bright, GREY_RATE))
    assert max(told.pop("went").values()) < 0.01
    assert told == {"kind": "static", "strength": 0.0, "moves": []}


def test_bars_keep_no_camera_still():
    pictures = [view(n * 0.1 / GREY_RATE, 0) for n in range(17)]
    for each in pictures:
        each[:17] = each[-17:] = 0
    assert camera(shot_of(pictures, GREY_RATE))["kind"] == "pan_right"


def test_a_tall_picture_is_measured_in_its_own_widths():
    pictures = [view(n * 0.1 / GREY_RATE, 0)[:, 82:158] for n in range(17)]
    told = camera(shot_of(pictures, GREY_RATE))
    assert told["kind"] == "pan_right"
    assert told["strength"] == pytest.approx(0.1 * WIDTH / 76, rel=0.1)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (90, 2), (136, 240)])
@pytest.mark.parametrize("count", [1, 2, 9])
def test_nothing_to_see_tells_of_no_camera(size, count):
    black = np.zeros((count, *size, 3), np.uint8)
    nowhere = dict.fromkeys(MOVES, 0.0)
    assert camera(shot_of(black, GREY_RATE)) == {"kind": "unknown", "strength": 0.0, "moves": [], "went": nowhere}


def test_one_picture_tells_of_no_camera_and_two_do():
    assert camera(shot_of([view(0, 0)], GREY_RATE))["kind"] == "unknown"
    assert camera(shot_of([view(0, 0), view(0.01, 0)], GREY_RATE))["kind"] == "pan_right"


def test_pictures_at_uneven_times_have_true_speeds():
    times = [0.0, 0.083, 0.25, 0.333, 0.5, 0.583, 0.75, 0.833, 1.0, 1.083, 1.25]
    even = shot_of([view(0.1 * time, 0) for time in times], GREY_RATE)
    told = camera(replace(even, grey_times=tuple(times)))
    assert (told["kind"], told["strength"]) == ("pan_right", pytest.approx(0.1, rel=0.1))


def test_the_same_shot_is_told_alike_each_time():
    shot = shot_of(drawn(footage.one_shot(33, 0, "hand_held", 0.05, seconds=(2.0, 2.0)), GREY_RATE), GREY_RATE)
    assert motion_of(shot) == motion_of(shot)


def test_one_big_thing_is_not_the_camera():
    """A wall without texture tells nothing; the thing before it does not stand for it."""
    thing = picture(footage.one_shot(34, 0, "static"), 0.0, 60)
    walls = [np.full((HEIGHT, WIDTH, 3), 128, np.uint8) for _ in range(12)]
    for n, wall in enumerate(walls):
        wall[50 : 50 + len(thing), 20 + 4 * n : 80 + 4 * n] = thing
    assert camera(shot_of(walls, GREY_RATE))["kind"] in ("unknown", "static")


def test_cars_that_pass_below_a_fixed_camera_do_not_move_it():
    """The light changes with each car, and there is little to see on the road."""
    told = camera(shot_of_film(CLIPS / "intel_car-detection.mp4"))
    assert max(told.pop("went").values()) < 0.03
    assert told == {"kind": "static", "strength": 0.0, "moves": []}


def test_the_one_zoom_in_a_film_of_three_shots_is_found():
    told = camera(shot_of_film(CLIPS / "torchcodec_nasa_13013.mp4"))
    assert kinds(told) == ["zoom_out"]
    assert told["moves"][0]["start"] == pytest.approx(7.7, abs=0.5)
