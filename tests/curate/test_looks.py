from __future__ import annotations

import io
from collections.abc import Sequence

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.curate.looks import blockiness, blur, looks_of, saturation
from recaption.scripted.plan import plan
from tests.curate.shots import Pictures, drawn, shot_of

RATE = 12


@pytest.fixture(scope="module", params=range(2))
def cartoon(request: pytest.FixtureRequest) -> list[Pictures]:
    return drawn(plan(610, request.param, (4.0, 4.0), (320, 180)), RATE)


def darkened(pictures: Sequence[Pictures], share: float) -> list[Pictures]:
    return [(each * share).astype(np.uint8) for each in pictures]


def noisy(pictures: Sequence[Pictures], deviation: float, seed: int = 0) -> list[Pictures]:
    rng = np.random.default_rng(seed)
    return [np.clip(each + rng.normal(0, deviation, each.shape), 0, 255).astype(np.uint8) for each in pictures]


def coded(pictures: Sequence[Pictures], crf: int, codec: str = "libx264", **options: str) -> tuple[list[Pictures], ...]:
    """Pictures after H.264, as RGB and as luma of their full size."""
    height, width = pictures[0].shape[:2]
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream(codec, rate=RATE, options={"crf": str(crf), "threads": "1", **options})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for each in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(each), "rgb24")))
        container.mux(stream.encode())
    file.seek(0)
    with av.open(file) as container:
        frames = list(container.decode(video=0))
    return [frame.to_ndarray(format="rgb24") for frame in frames], [frame.to_ndarray(format="gray") for frame in frames]


def test_brightness_and_contrast_follow_the_light(cartoon: list[Pictures]) -> None:
    looks, dark = looks_of(shot_of(cartoon, RATE)), looks_of(shot_of(darkened(cartoon, 0.5), RATE))
    assert dark["brightness"] == pytest.approx(looks["brightness"] / 2, abs=0.005)
    assert dark["contrast"] == pytest.approx(looks["contrast"] / 2, abs=0.005)
    assert dark["saturation"] == pytest.approx(looks["saturation"], abs=0.03)
    assert dark["blur"] == pytest.approx(looks["blur"], abs=0.1)


def test_a_picture_that_is_half_black_and_half_white() -> None:
    picture = np.zeros((40, 60, 3), np.uint8)
    picture[:, 30:] = 255
    looks = looks_of(shot_of([picture] * 12, RATE))
    assert looks["brightness"] == pytest.approx(0.5)
    assert looks["contrast"] == pytest.approx(0.5)
    assert looks["saturation"] == 0
    assert looks["frozen"] == 1


def test_black_and_white_footage_has_no_saturation(cartoon: list[Pictures]) -> None:
    grey = [cv2.cvtColor(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB) for each in cartoon]
    assert looks_of(shot_of(coded(grey, 35)[0], RATE))["saturation"] < 0.02
    assert looks_of(shot_of(cartoon, RATE))["saturation"] > 0.06


@pytest.mark.parametrize(("colour", "share"), [((255, 0, 0), 1.0), ((0, 0, 0), 0.0), ((200, 100, 150), 0.5)])
def test_saturation_of_one_colour(colour: tuple[int, int, int], share: float) -> None:
    assert saturation(np.full((2, 5, 7, 3), colour, np.uint8)) == pytest.approx(share)


def test_noise_of_dark_parts_hardly_counts_as_colour() -> None:
    picture = np.full((1, 80, 80, 3), 200, np.uint8)
    picture[0, :40] = np.random.default_rng(0).integers(0, 8, (40, 80, 3))
    assert saturation(picture) < 0.04


def test_blur_rises_with_blur(cartoon: list[Pictures]) -> None:
    picture = cartoon[10]
    found = [blur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))]
    for deviation in (1, 2, 3, 5):
        found.append(blur(cv2.cvtColor(cv2.GaussianBlur(picture, (0, 0), deviation), cv2.COLOR_RGB2GRAY)))
    assert found == sorted(found)
    assert found[-1] - found[0] > 0.4


def test_a_blurred_clip_is_told_after_coding(cartoon: list[Pictures]) -> None:
    blurred = [cv2.GaussianBlur(each, (0, 0), 2) for each in cartoon]
    sharp, soft = (looks_of(shot_of(coded(each, 23)[0], RATE))["blur"] for each in (cartoon, blurred))
    assert soft > sharp + 0.15


def test_stripes_are_sharp_both_ways() -> None:
    stripes = np.zeros((64, 64), np.uint8)
    stripes[:, ::8] = 255
    assert blur(stripes) == pytest.approx(blur(stripes.T))
    assert blur(stripes) < 0.4


def test_blocks_show_where_few_bits_are_spent(cartoon: list[Pictures]) -> None:
    fine, coarse = (coded(noisy(cartoon[:6], 3), crf)[1] for crf in (18, 47))
    assert blockiness(coarse[3]) > blockiness(fine[3]) + 0.3
    assert blockiness(fine[3]) < 1.3
    looks = looks_of(shot_of([cv2.cvtColor(each, cv2.COLOR_GRAY2RGB) for each in coarse], RATE))
    assert looks["blockiness"] == pytest.approx(blockiness(coarse[0]))


def test_the_grid_has_to_be_where_the_coder_lays_it() -> None:
    rng = np.random.default_rng(1)
    blocks = np.kron(rng.integers(40, 200, (20, 30)), np.ones((8, 8))) + rng.normal(0, 2, (160, 240))
    blocks = np.clip(blocks, 0, 255).astype(np.uint8)
    assert blockiness(blocks) > 3
    assert blockiness(blocks.T) > 3
    assert blockiness(blocks[3:, 5:]) < 1


@pytest.mark.parametrize("deviation", [2, 6])
def test_bars_and_noise_are_no_blocks(cartoon: list[Pictures], deviation: float) -> None:
    picture = noisy(cartoon[:1], deviation)[0]
    picture[:40] = picture[-40:] = 0
    assert blockiness(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)) < 1.3


def test_planted_black_is_told_in_shares_of_the_time(cartoon: list[Pictures]) -> None:
    pictures = [np.zeros_like(each) if 6 <= number < 18 else each for number, each in enumerate(cartoon)]
    looks = looks_of(shot_of(coded(pictures, 30)[0], RATE))
    assert looks["black"] == pytest.approx(12 / 48, abs=0.05)
    assert looks_of(shot_of(cartoon, RATE))["black"] == 0


def test_a_light_in_the_dark_is_not_black() -> None:
    picture = np.zeros((90, 160, 3), np.uint8)
    picture[40:60, 70:100] = 220
    looks = looks_of(shot_of([picture] * 12, RATE))
    assert looks["black"] == 0
    assert looks["brightness"] < 0.05


@pytest.mark.parametrize("crf", [20, 40])
def test_a_planted_stop_is_told_through_coding(cartoon: list[Pictures], crf: int) -> None:
    moving = [np.roll(each, 6 * number, axis=1) for number, each in enumerate(cartoon)]
    stopped = [moving[12] if 12 <= number < 36 else each for number, each in enumerate(moving)]
    assert looks_of(shot_of(coded(stopped, crf)[0], RATE))["frozen"] == pytest.approx(0.5, abs=0.05)
    assert looks_of(shot_of(coded(moving, crf)[0], RATE))["frozen"] == 0


def test_drawing_on_twos_and_noise_are_not_frozen(cartoon: list[Pictures]) -> None:
    twos = [np.roll(cartoon[0], 4 * (number // 2), axis=1) for number in range(48)]
    assert looks_of(shot_of(twos, RATE))["frozen"] == 0
    assert looks_of(shot_of(noisy([cartoon[0]] * 24, 2), RATE))["frozen"] == 0
    dot = np.zeros((24, 90, 160, 3), np.uint8)
    for number, picture in enumerate(dot):
        picture[40:43, 50 + 2 * number : 53 + 2 * number] = 120
    assert looks_of(shot_of(dot, RATE))["frozen"] == 0


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 3), st.integers(1, 40), st.integers(1, 40), st.sampled_from([0, 16, 255]), st.sampled_from([1, 24])
)
def test_any_shot_has_looks_within_their_bounds(count: int, height: int, width: int, most: int, rate: int) -> None:
    rng = np.random.default_rng(height * 41 + width)
    looks = looks_of(shot_of(rng.integers(0, most + 1, (count, height, width, 3), np.uint8), rate))
    assert 0 < looks.pop("blockiness") < 10
    assert all(0 <= looks[name] <= 1 for name in looks)
