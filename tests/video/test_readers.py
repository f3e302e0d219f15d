"""Frames of readers that are open already: decord's here, torchcodec's in test_torchcodec."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import decord
import pytest
import torch

from recaption.clip import Clip
from recaption.errors import DecodeError
from recaption.video.decode import decode
from recaption.video.readers import Reader, read
from recaption.video.sample import Every, Uniform
from tests.video.films import named
from tests.video.films import read as number


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return named("gop12_b.mp4").make(tmp_path_factory.mktemp("films"))


@pytest.mark.parametrize("sampling", [Every(0.7, 64), Every(0.1, 5), Uniform(7), Uniform(1000)])
@pytest.mark.parametrize("bridge", ["native", "torch"])
def test_a_reader_gives_the_frames_of_its_file(film: Path, sampling: Every | Uniform, bridge: str) -> None:
    decord.bridge.set_bridge(bridge)
    try:
        theirs = read(decord.VideoReader(str(film)), sampling, 100)
    finally:
        decord.bridge.set_bridge("native")
    ours = decode(Clip.of(film), sampling, 100)
    assert theirs.times == pytest.approx(ours.times, abs=1e-5)
    assert (theirs.flags, theirs.rgb.shape) == (ours.flags, ours.rgb.shape)
    assert [number(frame.rgb) for frame in theirs] == [number(frame.rgb) for frame in ours]


def test_only_the_frames_that_are_taken_are_asked_for(film: Path) -> None:
    class Counting(decord.VideoReader):
        asked: tuple[int, ...] = ()

        def get_batch(self, indices: list[int]) -> torch.Tensor:
            self.asked += tuple(indices)
            return super().get_batch(indices)

    reader = Counting(str(film))
    frames = read(reader, Uniform(7), None)
    assert list(reader.asked) == [number(frame.rgb) for frame in frames] == [7, 23, 38, 54, 69, 85, 100]


def test_many_threads_may_use_one_reader(film: Path) -> None:
    reader = decord.VideoReader(str(film))
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda frames: read(reader, Uniform(frames), 100), range(3, 19)))
    for frames, told in enumerate(found, 3):
        assert [number(frame.rgb) for frame in told] == Uniform(frames).choose(range(len(reader)))[0]


def test_what_a_reader_raises_is_a_failure_of_its_clip() -> None:
    class Broken:
        def __len__(self) -> int:
            return 3

        def get_frame_timestamp(self, indices: object) -> object:
            raise ValueError("no such\nframe")

        get_batch = get_frame_timestamp

    reader: Reader = Broken()
    with pytest.raises(DecodeError, match=r"unreadable: an open Broken of .*: ValueError: no such"):
        read(reader, Uniform(3), None)
