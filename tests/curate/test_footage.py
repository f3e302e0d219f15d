from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from av.video.frame import VideoFrame

from recaption.curate.footage import Footage
from recaption.curate.shot import GREY_LONGEST, GREY_RATE, PICTURE_LONGEST, PICTURE_RATE, Shot
from recaption.video.sample import Selection


class CutsAt:
    """A cutter that knows the cuts, and tells each one when `delay` seconds have passed."""

    longest = 32

    def __init__(self, cuts=(), delay=0.5):
        self.cuts = list(cuts)
        self.delay = delay

    def see(self, time, picture):
        settled = [cut for cut in self.cuts if cut <= time - self.delay]
        self.cuts = self.cuts[len(settled) :]
        return settled

    def end(self):
        return self.cuts


def frame(luma: int, size=(64, 48)) -> VideoFrame:
    return VideoFrame.from_ndarray(np.full((size[1], size[0], 3), luma, np.uint8), "rgb24")


def shots(times, cutter, longest=60.0, lumas=None, duration=None, size=(64, 48)):
    """(start, end, shot) of what a film with such frames gives, and the greatest number of frames that it kept."""
    given, kept = all_given(times, cutter, longest, lumas, duration, size)
    return [(start, end, shot) for start, end, _, shot in given], kept


def all_given(times, cutter, longest=60.0, lumas=None, duration=None, size=(64, 48)):
    found: list[tuple[float, float, bool, Shot | None]] = []
    selection = Selection(tuple(range(len(times))), tuple(times), duration or times[-1] + 0.04, ())
    footage = Footage(selection, cutter, longest, lambda *given: found.append(given))
    kept = 0
    for slot in range(len(times)):
        footage.put(slot, frame(100 if lumas is None else lumas[slot], size))
        kept = max(kept, len(footage._looks))
    assert footage.is_full
    return found, kept


def at(rate: float, seconds: float) -> list[float]:
    return [float(Fraction(i) / Fraction(rate)) for i in range(round(rate * seconds))]


def test_shots_lie_between_the_cuts():
    found, _ = shots(at(25, 10), CutsAt([2.0, 5.04]), duration=10.0)
    assert [(start, end) for start, end, _ in found] == [(0.0, 2.0), (2.0, 5.04), (5.04, 10.0)]
    first, second, third = (shot for _, _, shot in found)
    assert [len(shot.times) for shot in (first, second, third)] == [50, 76, 124]
    assert second.times[0] == pytest.approx(0.0)
    assert second.times[-1] == pytest.approx(3.0)
    assert third.frames.duration == pytest.approx(4.96)


def test_pictures_come_at_their_rates():
    found, _ = shots(at(24, 6), CutsAt([3.0]), duration=6.0)
    for start, _, shot in found:
        assert len(shot.frames) == 3 * PICTURE_RATE
        assert len(shot.grey) == len(shot.grey_times) == 3 * GREY_RATE
        assert np.allclose(np.diff(shot.frames.times), 1 / PICTURE_RATE)
        assert np.allclose(shot.frames.times[0] + start, start)


@pytest.mark.parametrize("rate", [5, 7.5, 12, 50])
def test_any_frame_rate_and_irregular_times(rate):
    times = [time + 0.3 / rate * (i % 3) / 3 for i, time in enumerate(at(rate, 5))]
    found, _ = shots(times, CutsAt())
    ((_, _, shot),) = found
    assert len(shot.frames) == 5 * PICTURE_RATE
    assert len(shot.grey) == pytest.approx(min(rate, GREY_RATE) * 5, abs=1)
    assert set(shot.frames.times) <= set(shot.times)


def test_brightness_and_change_of_every_frame():
    lumas = [10] * 10 + [60] * 10
    found, _ = shots(at(10, 2), CutsAt(), lumas=lumas)
    ((_, _, shot),) = found
    assert np.allclose(shot.lumas, np.array(lumas) / 255, atol=0.01)
    assert shot.changes[10] == pytest.approx(50 / 255, abs=0.01)
    assert np.count_nonzero(shot.changes) == 1


def test_the_first_frame_of_a_shot_has_no_change():
    found, _ = shots(at(10, 2), CutsAt([1.0]), lumas=[10] * 10 + [60] * 10)
    assert not any(shot.changes.any() for _, _, shot in found)


def test_sizes_are_bounded_and_nothing_is_enlarged():
    ((_, _, large),) = shots(at(4, 1), CutsAt(), size=(1280, 720))[0]
    assert large.frames.rgb.shape[1:] == (PICTURE_LONGEST * 9 // 16, PICTURE_LONGEST, 3)
    assert large.grey.shape[1:] == (GREY_LONGEST * 9 // 16, GREY_LONGEST)
    ((_, _, small),) = shots(at(4, 1), CutsAt(), size=(64, 48))[0]
    assert small.frames.rgb.shape[1:] == (48, 64, 3)
    assert small.grey.shape[1:] == (48, 64)


def test_a_long_shot_comes_in_parts_and_little_is_kept():
    found, kept = shots(at(10, 100), CutsAt(), longest=10.0, duration=100.0)
    spans = [(start, end) for start, end, _ in found]
    assert spans[0][0] == 0.0
    assert spans[-1][1] == 100.0
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert all(5.0 <= end - start <= 10.0 for start, end in spans)
    assert kept <= 10 * (2 * 10.0 + 0.5) + 2


@pytest.mark.parametrize(("longest", "seconds"), [(60, 122), (60, 130), (10, 23), (5, 13), (2, 7), (1, 5), (7.05, 40)])
def test_no_part_is_too_long_and_each_begins_with_a_frame(longest, seconds):
    times = at(4, seconds)
    found, _ = shots(times, CutsAt(delay=3.2), longest=longest, duration=float(seconds))
    assert max(end - start for start, end, _ in found) <= longest + 0.25
    assert min(end - start for start, end, _ in found) >= longest / 2 - 0.25
    assert {start for start, _, _ in found} <= set(times)


def test_a_part_of_a_long_shot_goes_on_from_the_one_before():
    given, _ = all_given(at(10, 30), CutsAt([5.0]), longest=10.0, duration=30.0)
    spans = [(start, goes_on) for start, _, goes_on, _ in given]
    assert spans[:2] == [(0.0, False), (5.0, False)]
    assert [goes_on for _, goes_on in spans[2:]] == [True] * (len(spans) - 2)
    assert len(spans) >= 4


def test_a_film_of_one_frame():
    ((start, end, shot),) = shots([0.0], CutsAt(), duration=0.1)[0]
    assert (start, end) == (0.0, 0.1)
    assert len(shot.frames) == len(shot.grey) == len(shot.times) == 1


def test_a_shot_without_a_picture_is_told_without_one():
    found, _ = shots(at(25, 2), CutsAt([1.04, 1.2]), duration=2.0)
    assert [shot is None for _, _, shot in found] == [False, True, False]
