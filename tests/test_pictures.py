"""Pictures of numpy, torch and decord."""

from __future__ import annotations

from typing import Any

import decord
import numpy as np
import numpy.typing as npt
import pytest
import torch

from recaption import Frames, UsageError

RGB: npt.NDArray[np.uint8] = np.random.default_rng(0).integers(0, 256, (4, 6, 8, 3), np.uint8)


@pytest.mark.parametrize(
    "pictures",
    [
        RGB,
        RGB.transpose(0, 3, 1, 2),
        RGB / 255,
        (RGB / 255).astype(np.float32),
        list(RGB),
        torch.from_numpy(RGB),
        torch.from_numpy(RGB).permute(0, 3, 1, 2),
        (torch.from_numpy(RGB) / 255).requires_grad_(),
        decord.nd.array(RGB),
    ],
    ids=[
        "numpy",
        "channels first",
        "float64",
        "float32",
        "list",
        "torch",
        "torch channels first",
        "torch float",
        "decord",
    ],
)
def test_pictures_of_any_library_are_the_same_frames(pictures: Any) -> None:
    frames = Frames.of(pictures, torch.arange(4) / 2, 2.5)
    assert (frames.rgb == RGB).all()
    assert frames.rgb.dtype == np.uint8
    assert frames.rgb.flags.c_contiguous
    assert (frames.times, frames.duration) == ((0.0, 0.5, 1.0, 1.5), 2.5)
    assert Frames.of(pictures, [0, 1, 2, 3]).duration == 3.0


def test_half_precision_is_as_near_as_it_can_be() -> None:
    frames = Frames.of(torch.from_numpy(RGB).to(torch.bfloat16) / 255, range(4))
    assert np.abs(frames.rgb.astype(int) - RGB).max() <= 1


def test_nothing_is_copied_and_your_own_array_stays_yours() -> None:
    mine = RGB.copy()
    frames = Frames.of(mine, range(4))
    assert np.shares_memory(frames.rgb, mine)
    assert mine.flags.writeable
    assert not frames.rgb.flags.writeable


@pytest.mark.parametrize(
    ("pictures", "said"),
    [
        (RGB[0], "shape"),
        (RGB[..., :1], "shape"),
        (RGB.astype(np.int64), "int64"),
        (RGB.astype(np.float32), "from 0 to 1"),
        (torch.full((1, 3, 4, 4), -0.5), "from 0 to 1"),
        (torch.full((1, 3, 4, 4), float("nan")), "from 0 to 1"),
    ],
)
def test_what_are_no_pictures_is_told(pictures: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Frames.of(pictures, range(len(pictures)))
