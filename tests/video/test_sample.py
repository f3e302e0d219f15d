"""Which frames are taken, against the rules written the slow way."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaption.clip import Clip
from recaption.errors import DecodeError, UsageError
from recaption.video.sample import FLAGS, At, Every, Uniform, select

steps = st.lists(st.integers(1, 4000), max_size=80)
"""Milliseconds between neighbouring frames."""
seconds = st.integers(1, 8000).map(lambda ms: ms / 1000)


def times_of(steps: list[int]) -> list[float]:
    return [ms / 1000 for ms in accumulate(steps, initial=0)]


@given(steps, seconds)
def test_every_takes_the_frame_shown_at_each_multiple_and_the_last(steps, interval):
    times = times_of(steps)
    milliseconds, step = [round(t * 1000) for t in times], round(interval * 1000)
    expected = {len(times) - 1}
    for wanted in range(0, milliseconds[-1] + 1, step):
        expected.add(max(i for i, ms in enumerate(milliseconds) if ms <= wanted))
    assert Every(interval, 10**6).choose(times) == (sorted(expected), ())


@given(steps, seconds, st.integers(2, 20))
def test_every_widens_its_interval_only_when_it_must(steps, interval, limit):
    times = times_of(steps)
    free, _ = Every(interval, 10**6).choose(times)
    chosen, flags = Every(interval, limit).choose(times)
    assert chosen == sorted(set(chosen))
    assert len(chosen) <= limit
    assert chosen[0] == 0 or times[1] <= 1e-6
    assert chosen[-1] == len(times) - 1
    assert flags == (("interval_widened",) if len(free) > limit else ())
    if len(free) <= limit:
        assert chosen == free


def test_a_widened_interval_stays_even():
    times = [i / 10 for i in range(1001)]
    chosen, flags = Every(2.0, 11).choose(times)
    assert [times[i] for i in chosen] == pytest.approx([10.0 * k for k in range(11)])
    assert flags == ("interval_widened",)


@pytest.mark.parametrize("interval", [0.1, 0.3, 0.7, 1.1, 1 / 3])
def test_multiples_that_are_not_exact_in_binary_do_not_slip_a_frame(interval):
    times = [k * interval / 5 for k in range(500)]
    assert Every(interval, 1000).choose(times)[0] == [*range(0, 500, 5), 499]


@given(st.integers(1, 3000), st.integers(1, 64))
def test_uniform_is_the_formula_of_sharegpt4video(count, frames):
    chosen, flags = Uniform(frames).choose([i / 25 for i in range(count)])
    if count <= frames:
        assert chosen == list(range(count))
        assert flags == (("fewer_frames",) if count < frames else ())
        return
    segment = (count - 1) / frames
    assert chosen == [int(segment / 2) + int(np.round(segment * k)) for k in range(frames)]
    assert len(set(chosen)) == frames
    assert chosen[-1] < count
    assert flags == ()


@given(steps, st.lists(st.integers(0, 200_000), min_size=1, max_size=9).map(sorted))
def test_at_takes_the_frame_shown_at_each_time_once(steps, wanted):
    times = times_of(steps)
    milliseconds = [round(t * 1000) for t in times]
    expected = {max(i for i, ms in enumerate(milliseconds) if ms <= time) for time in wanted}
    assert At(tuple(ms / 1000 for ms in wanted)).choose(times) == (sorted(expected), ())


def test_a_time_beyond_the_end_of_the_clip_is_no_frame_of_it():
    times = [i / 10 for i in range(100)]
    assert select(times, 10.0, Clip("/film.mp4"), At((0.0, 10.05))).indices == (0, 99)
    assert select(times, 10.0, Clip("/film.mp4", 2.0, 6.0), At((0.0, 3.95))).times == (0.0, pytest.approx(3.9))
    for clip, time in ((Clip("/film.mp4"), 10.2), (Clip("/film.mp4", 2.0, 6.0), 4.2)):
        with pytest.raises(DecodeError, match="beyond the end") as caught:
            select(times, 10.0, clip, At((0.0, time)))
        assert caught.value.reason == "span"


@given(steps, st.integers(0, 60_000), st.integers(1, 60_000), seconds)
def test_a_span_holds_the_frames_shown_in_it(steps, start, length, interval):
    times = times_of(steps)
    milliseconds = [round(t * 1000) for t in times]
    end = milliseconds[-1] + 40
    clip = Clip("/film.mp4", start / 1000, (start + length) / 1000)
    if start >= end:
        with pytest.raises(DecodeError) as caught:
            select(times, end / 1000, clip, Every(interval, 10**6))
        assert caught.value.reason == "span"
        return
    chosen = select(times, end / 1000, clip, Uniform(10**6))
    first = max(i for i, ms in enumerate(milliseconds) if ms <= start + 1)
    beyond = [i for i, ms in enumerate(milliseconds) if ms < start + length - 1 and i >= first]
    assert list(chosen.indices) == (beyond or [first])
    assert chosen.times == tuple(max(0.0, times[i] - start / 1000) for i in chosen.indices)
    assert chosen.duration == pytest.approx(min(end, start + length) / 1000 - start / 1000)
    assert set(chosen.flags) <= set(FLAGS)
    assert ("span_shortened" in chosen.flags) == (clip.end > end / 1000 + 0.1)


def test_cuts_rounded_to_milliseconds_do_not_take_the_shot_before():
    times = [i * 1001 / 30000 for i in range(300)]
    for cut in range(1, 299):
        clip = Clip("/film.mp4", round(times[cut], 3), round(times[cut + 1], 3))
        assert select(times, 10.01, clip, Uniform(9)).indices == (cut,)


@pytest.mark.parametrize(
    "make", [lambda: Every(0, 9), lambda: Every(float("nan"), 9), lambda: Every(2.0, 1), lambda: Uniform(0)]
)
def test_impossible_samplings_are_refused(make):
    with pytest.raises(UsageError, match="--"):
        make()


@pytest.mark.parametrize("times", [(), (-1.0,), (2.0, 1.0), (float("nan"),), (float("inf"),)])
def test_frames_at_no_times_are_refused(times):
    with pytest.raises(UsageError, match="at least one time, in order"):
        At(times)
