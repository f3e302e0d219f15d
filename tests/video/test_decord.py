"""The decord option: right where decord is right, and a plain word when it is not installed."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from pathlib import Path

import pytest

from recaption.clip import Clip
from recaption.errors import DecodeError, MissingExtra
from recaption.video.decode import decode
from recaption.video.sample import Every, Uniform
from recaption.video.workers import DecodePool
from tests.video.films import named, read


@pytest.fixture
def film(tmp_path) -> Path:
    return named("gop12_b.mp4").make(tmp_path)


def test_decord_gives_the_same_frames_as_pyav_where_it_is_right(film):
    for sampling in (Every(0.7, 64), Uniform(7)):
        for span in ((None, None), (1.0, 3.0)):
            clip = Clip.of(film, *span)
            ours, theirs = decode(clip, sampling, 100), decode(clip, sampling, 100, decoder="decord")
            assert theirs.times == pytest.approx(ours.times, abs=1e-5)
            assert theirs.duration == pytest.approx(ours.duration, abs=1e-5)
            assert theirs.flags == ours.flags
            assert theirs.rgb.shape == ours.rgb.shape
            assert [read(f.rgb) for f in theirs] == [read(f.rgb) for f in ours]


def test_decord_works_in_workers(film):
    async def run():
        async with DecodePool(1, 60, "decord") as pool:
            return await pool.decode(Clip.of(film), Uniform(7))

    assert [read(f.rgb) for f in asyncio.run(run())] == [7, 23, 38, 54, 69, 85, 100]


def test_failures_of_decord_have_reasons(tmp_path):
    text = tmp_path / "text.mp4"
    text.write_text("no film")
    for path, reason in ((text, "unreadable"), (tmp_path / "gone.mp4", "missing")):
        with pytest.raises(DecodeError) as caught:
            decode(Clip.of(path), Uniform(7), decoder="decord")
        assert caught.value.reason == reason
        assert str(path) in caught.value.detail


def test_without_decord_the_extra_is_named(film, monkeypatch):
    monkeypatch.setitem(sys.modules, "decord", None)
    with pytest.raises(MissingExtra, match=r"recaption\[decord\]"):
        decode(Clip.of(film), Uniform(7), decoder="decord")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"recaption\[decord\]"):
        DecodePool(1, 60, "decord")
