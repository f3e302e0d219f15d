"""Every pixel of every frame is where the layout says, and the rest is white."""

from __future__ import annotations

from math import ceil, sqrt

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.clip import Frame
from recaption.video.layout import arrange

counts, sides = st.integers(1, 20), st.integers(1, 60)


def frames_of(count: int, height: int, width: int) -> list[Frame]:
    rng = np.random.default_rng(count)
    return [Frame(float(i), rng.integers(0, 255, (height, width, 3), np.uint8)) for i in range(count)]


def without(canvas: np.ndarray, boxes: list[tuple[int, int, int, int]]) -> np.ndarray:
    """The pixels that no box (top, left, height, width) covers."""
    rest = np.ones(canvas.shape[:2], bool)
    for top, left, height, width in boxes:
        rest[top : top + height, left : left + width] = False
    return canvas[rest]


def check(canvas: np.ndarray, frames: list[Frame], boxes: list[tuple[int, int, int, int]]) -> None:
    for frame, (top, left, height, width) in zip(frames, boxes, strict=True):
        assert np.array_equal(canvas[top : top + height, left : left + width], frame.rgb)


@given(counts, sides, sides)
def test_separate_leaves_frames_as_they_are(count, height, width):
    frames = frames_of(count, height, width)
    pictures = arrange("separate", frames)
    assert len(pictures) == count
    assert all(np.array_equal(picture, frame.rgb) for picture, frame in zip(pictures, frames, strict=True))


@given(sides, sides)
def test_pair_is_one_above_the_other_50_pixels_apart(height, width):
    frames = frames_of(2, height, width)
    (canvas,) = arrange("pair", frames)
    boxes = [(0, 0, height, width), (height + 50, 0, height, width)]
    assert canvas.shape == (2 * height + 50, width, 3)
    check(canvas, frames, boxes)
    assert (without(canvas, boxes) == 255).all()


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(60, 90), st.integers(1, 400))
def test_strip_is_one_column_with_labels_and_separators(count, height, width):
    frames = frames_of(count, height, width)
    (canvas,) = arrange("strip", frames)
    margin = max(width // 4, 100)
    boxes = [(10 + i * (height + 20), margin, height, width) for i in range(count)]
    assert canvas.shape == (count * (height + 20) + 20, margin + width + 20, 3)
    check(canvas, frames, boxes)
    lines = [(10 + i * (height + 20) + height + 9, 0, 2, canvas.shape[1]) for i in range(count - 1)]
    for top, _, thick, _ in lines:
        assert (canvas[top : top + thick] == 0).all()
    labels = [(10 + i * (height + 20), 0, height + 9, margin) for i in range(count)]
    assert (without(canvas, boxes + lines + labels) == 255).all()
    for top, left, tall, wide in labels:
        assert (canvas[top : top + tall, left : left + wide] < 128).any()


def test_the_labels_of_a_strip_differ_and_fit_their_margin():
    frames = frames_of(12, 90, 700)
    (canvas,) = arrange("strip", frames)
    labels = [canvas[10 + i * 110 : 100 + i * 110, :175] for i in range(12)]
    assert len({label.tobytes() for label in labels}) == 12
    assert all((label[:, -3:] == 255).all() for label in labels)


@settings(deadline=None)
@given(counts, sides, sides)
def test_grid_has_white_bands_and_white_empty_cells(count, height, width):
    frames = frames_of(count, height, width)
    (canvas,) = arrange("grid", frames)
    columns = ceil(sqrt(count))
    rows = ceil(count / columns)
    assert canvas.shape == (rows * (height + 50) - 50, columns * (width + 50) - 50, 3)
    boxes = [(i // columns * (height + 50), i % columns * (width + 50), height, width) for i in range(count)]
    check(canvas, frames, boxes)
    assert (without(canvas, boxes) == 255).all()


@pytest.mark.parametrize(
    ("size", "shape"), [((854, 480), (1115, 1920)), ((480, 854), (1920, 1115)), ((442, 200), (950, 1918))]
)
def test_a_grid_of_sixteen_is_four_by_four_and_at_most_1920(size, shape):
    width, height = size
    (canvas,) = arrange("grid", [Frame(0.0, np.full((height, width, 3), 10 * i, np.uint8)) for i in range(16)])
    assert canvas.shape == (*shape, 3)
    scale = canvas.shape[1] / (4 * width + 150)
    for i in range(16):
        y = (i // 4 * (height + 50) + height / 2) * scale
        x = (i % 4 * (width + 50) + width / 2) * scale
        assert (canvas[int(y), int(x)] == 10 * i).all()


@pytest.mark.parametrize("layout", ["pair", "strip", "grid"])
def test_a_picture_of_several_frames_is_no_longer_than_the_model_sees(layout):
    frames = frames_of(4, 120, 200)
    (whole,), (small,) = arrange(layout, frames), arrange(layout, frames, 100)
    assert max(small.shape) == 100
    assert small.shape[0] / small.shape[1] == pytest.approx(whole.shape[0] / whole.shape[1], rel=0.05)
    assert (cv2.resize(whole, small.shape[1::-1], interpolation=cv2.INTER_AREA) == small).all()
    (same,) = arrange(layout, frames, 10_000)
    assert (same == whole).all()


def test_an_unknown_layout_is_refused():
    with pytest.raises(ValueError, match="spiral"):
        arrange("spiral", frames_of(1, 4, 4))
