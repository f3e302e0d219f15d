"""The packet plan: enough packets for every target, and none without need."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from recaption.video.plan import runs, start_of

OPEN = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8, 12, 10, 11]
"""Presentation times in decoding order: I P B B I b b P B B I b b, where b are leading pictures."""
OPEN_KEYS = [0, 4, 10]


def test_leading_pictures_start_one_keyframe_earlier():
    assert [start_of(i, OPEN_KEYS, OPEN) for i in range(13)] == [0, 0, 0, 0, 4, 0, 0, 4, 4, 4, 10, 4, 4]


def test_runs_of_an_open_group():
    assert runs([4], OPEN_KEYS, OPEN) == [(4, 4)]
    assert runs([4, 6], OPEN_KEYS, OPEN) == [(0, 6)]
    assert runs([2, 10], OPEN_KEYS, OPEN) == [(0, 2), (10, 10)]
    assert runs([3, 4], OPEN_KEYS, OPEN) == [(0, 4)]


@given(st.data())
def test_runs_cover_every_target_from_a_keyframe_and_do_not_overlap(data):
    count = data.draw(st.integers(1, 60))
    keys = sorted({0, *data.draw(st.lists(st.integers(0, count - 1), max_size=8))})
    pts = data.draw(st.permutations(range(count)))
    targets = data.draw(st.sets(st.integers(0, count - 1), min_size=1))
    found = runs(targets, keys, pts)
    for target in targets:
        assert any(first <= start_of(target, keys, pts) and target <= last for first, last in found)
    assert all(first in keys and last in targets for first, last in found)
    assert all(a[1] + 1 < b[0] for a, b in pairwise(found))
