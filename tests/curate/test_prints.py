from __future__ import annotations

import base64
import json

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.curate.prints import MOMENTS, NO_COLOUR, PARTS, SIDE, Print, print_of
from recaption.curate.shot import Shot
from recaption.errors import UsageError
from recaption.scripted.plan import plan
from tests.curate.shots import Pictures, drawn, shot_of


@pytest.fixture(scope="module")
def cartoon() -> list[Pictures]:
    return drawn(plan(620, 0, (4.0, 4.0), (320, 180)), 24)


def printed(shot: Shot) -> Print:
    return Print.of(print_of(shot)["print"])


def far(one: list[Pictures], rate: float, other: list[Pictures], other_rate: float) -> float:
    """Mean difference of brightness between the thumbnails of two shots, of 255."""
    a, b = (printed(shot_of(pictures, each)).pictures for pictures, each in ((one, rate), (other, other_rate)))
    return float(np.abs(a.astype(float) - b).mean())


def test_a_print_is_a_short_text(cartoon: list[Pictures]) -> None:
    found = print_of(shot_of(cartoon, 24))
    assert len(json.dumps(found)) < 2048
    held = Print.of(found["print"])
    assert held.pictures.shape == (MOMENTS, SIDE, SIDE)
    assert held.colours.shape == (PARTS, PARTS, 2)
    assert held.text == found["print"]
    assert held.mirrored.mirrored.text == found["print"]


def test_each_moment_is_in_the_middle_of_its_part_of_the_shot() -> None:
    levels = [10, 80, 150, 220]
    pictures = [np.full((36, 64, 3), level, np.uint8) for level in levels for _ in range(24)]
    assert printed(shot_of(pictures, 12)).pictures.mean(axis=(1, 2)).tolist() == levels


def test_a_thumbnail_lies_as_the_picture_does() -> None:
    picture = np.zeros((90, 160, 3), np.uint8)
    picture[:45, :80] = 200
    for each in printed(shot_of([picture] * 12, 12)).pictures:
        quarters = each.reshape(2, SIDE // 2, 2, SIDE // 2).mean(axis=(1, 3))
        assert quarters.argmax() == 0
        assert np.unravel_index(each.argmax(), each.shape) < (SIDE // 2, SIDE // 2)


def test_each_part_has_its_colour() -> None:
    picture = np.full((90, 160, 3), 90, np.uint8)
    picture[:45, :80] = 200, 20, 20
    found = printed(shot_of([picture] * 12 + [np.full_like(picture, 90)] * 12, 12))
    red, blue = np.moveaxis(found.colours.astype(int) - NO_COLOUR, 2, 0)
    assert (red[:2, :2] > 20).all()
    assert (blue[:2, :2] < -10).all()
    assert (found.colours[2:] == NO_COLOUR).all()
    assert (found.mirrored.colours[:2, 2:, 0] > NO_COLOUR).all()


def test_size_and_rate_hardly_matter(cartoon: list[Pictures]) -> None:
    small = [cv2.resize(each, (160, 90), interpolation=cv2.INTER_AREA) for each in cartoon[::2]]
    assert far(cartoon, 24, small, 12) < 1
    assert far(cartoon, 24, small[::-1], 12) > 2


def test_a_trim_of_a_fifth_of_a_second_hardly_matters(cartoon: list[Pictures]) -> None:
    assert far(cartoon, 24, cartoon[5:], 24) < 1
    assert far(cartoon, 24, cartoon[:-5], 24) < 1


@pytest.mark.parametrize("text", ["", "AAAA", "no print at all", "é" * 1368, base64.b64encode(bytes(1024)).decode()])
def test_what_is_no_print_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="measure the clip again"):
        Print.of(text)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3), st.integers(1, 90), st.integers(1, 90), st.sampled_from([0.1, 1, 30]))
def test_any_shot_has_a_print(count: int, height: int, width: int, rate: float) -> None:
    rng = np.random.default_rng(height * 91 + width)
    shot = shot_of(rng.integers(0, 256, (count, height, width, 3), np.uint8), rate)
    assert print_of(shot) == print_of(shot)
    means = printed(shot).pictures.mean(axis=(1, 2))
    assert shot.grey.mean(axis=(1, 2)).min() - 26 <= means.min()
    assert means.max() <= shot.grey.mean(axis=(1, 2)).max() + 26
