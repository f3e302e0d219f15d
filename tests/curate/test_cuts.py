"""Shots begin where they begin."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaption.curate.cuts import shots
from scripts.prove_cuts import Match, match

TRUTH = [(2.0, 2.0), (4.0, 5.0)]


def test_a_hard_cut_is_found_within_a_frame_and_a_fade_inside_it():
    assert match([2.0 + 1 / 24, 4.0], TRUTH) == Match(frozenset({0, 1}), ())
    assert match([2.0 - 1 / 24, 5.0], TRUTH) == Match(frozenset({0, 1}), ())
    assert match([1.9, 3.99, 5.01], TRUTH) == Match(frozenset(), (1.9, 3.99, 5.01))


def test_what_is_told_twice_is_false_once():
    assert match([2.0, 2.02, 4.2, 4.8], TRUTH) == Match(frozenset({0, 1}), (2.02, 4.8))


TIMES = st.lists(st.floats(0.1, 99.9), max_size=12, unique=True).map(sorted)


@given(cuts=TIMES, shortest=st.floats(0, 20), longest=st.floats(20, 80))
def test_shots_fill_the_film_and_are_as_long_as_allowed(cuts, shortest, longest):
    kept, short = shots(cuts, 0.0, 100.0, shortest, longest)
    edges = sorted(kept + short)
    assert edges[0][0] == 0.0
    assert edges[-1][1] == 100.0
    assert all(before[1] == after[0] for before, after in pairwise(edges))
    assert set(cuts) <= {start for start, _ in edges}
    assert all(end - start <= longest * (1 + 1e-9) for start, end in edges)
    assert all(end - start < shortest for start, end in short)


def test_a_long_shot_is_cut_into_equal_parts():
    kept, short = shots([10.0], 0.0, 35.0, 2.0, 10.0)
    assert [last - first for first, last in kept] == pytest.approx([10.0, 25 / 3, 25 / 3, 25 / 3])
    assert short == []


def test_a_short_shot_is_told_apart():
    assert shots([1.0], 0.0, 3.0, 2.0, 10.0) == ([(1.0, 3.0)], [(0.0, 1.0)])
    assert shots([], 0.0, 0.0, 1.0, 10.0) == ([], [(0.0, 0.0)])
