"""Shots begin where they begin."""

from scripts.prove_cuts import Match, match

TRUTH = [(2.0, 2.0), (4.0, 5.0)]


def test_a_hard_cut_is_found_within_a_frame_and_a_fade_inside_it():
    assert match([2.0 + 1 / 24, 4.0], TRUTH) == Match(frozenset({0, 1}), ())
    assert match([2.0 - 1 / 24, 5.0], TRUTH) == Match(frozenset({0, 1}), ())
    assert match([1.9, 3.99, 5.01], TRUTH) == Match(frozenset(), (1.9, 3.99, 5.01))


def test_what_is_told_twice_is_false_once():
    assert match([2.0, 2.02, 4.2, 4.8], TRUTH) == Match(frozenset({0, 1}), (2.02, 4.8))
