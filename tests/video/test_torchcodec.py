"""Frames of open decoders of torchcodec, where it is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torchcodec")

from torchcodec.decoders import VideoDecoder

from recaption import Caption, Captioner, captioner
from recaption.clip import Clip
from recaption.engines import choose
from recaption.video.decode import decode
from recaption.video.readers import read
from recaption.video.sample import Every, Uniform
from tests.clips import ColourEngine
from tests.video.films import named
from tests.video.films import read as number


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("films")
    return {name: named(name).make(folder) for name in ("gop12_b.mp4", "irregular.mp4")}


@pytest.mark.parametrize("sampling", [Every(0.7, 64), Every(0.1, 5), Every(0.5, 1000), Uniform(7), Uniform(1000)])
@pytest.mark.parametrize("name", ["gop12_b.mp4", "irregular.mp4"])
@pytest.mark.parametrize("order", ["NCHW", "NHWC"])
def test_a_decoder_gives_the_frames_of_its_file(
    films: dict[str, Path], name: str, sampling: Every | Uniform, order: str
) -> None:
    theirs = read(VideoDecoder(films[name], dimension_order=order), sampling, 100)
    ours = decode(Clip.of(films[name]), sampling, 100)
    assert theirs.times == pytest.approx(ours.times, abs=1e-5)
    assert theirs.duration == pytest.approx(ours.duration, abs=1e-5)
    assert (theirs.flags, theirs.rgb.shape) == (ours.flags, ours.rgb.shape)
    assert [number(frame.rgb) for frame in theirs] == [number(frame.rgb) for frame in ours]


def test_only_the_frames_that_are_taken_are_asked_for(films: dict[str, Path]) -> None:
    class Counting(VideoDecoder):  # type: ignore[misc]
        given = 0

        def get_frames_at(self, indices: list[int]) -> Any:
            self.given += len(indices)
            return super().get_frames_at(indices)

        def get_frames_played_at(self, seconds: list[float]) -> Any:
            self.given += len(seconds)
            return super().get_frames_played_at(seconds)

    for sampling in (Every(0.7, 64), Uniform(7)):
        decoder = Counting(films["gop12_b.mp4"])
        assert len(decoder) > 64
        assert decoder.given == 0
        frames = read(decoder, sampling, 100)
        assert decoder.given == len(frames)


def test_a_decoder_is_captioned(films: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "choose", lambda model, revision: choose.Choice("colour", ""))
    monkeypatch.setattr(captioner, "load", lambda choice, serving, asked: ColourEngine())
    with Captioner(jobs=1) as made:
        told, same = made(VideoDecoder(films["gop12_b.mp4"])), made(films["gop12_b.mp4"])
    assert isinstance(told, Caption)
    assert isinstance(same, Caption)
    assert [step.end for step in told.steps] == pytest.approx([step.end for step in same.steps])
