"""What so many clips need; that docs/scale.md shows what the script says is tested there."""

from __future__ import annotations

import re

import pytest

from scripts import scale


def test_twice_the_clips_take_twice_as_much() -> None:
    def needs(clips: int, gpus: int) -> dict[str, float]:
        assumed = scale.Assumed(clips, 6, 9 / 16, 2.0, 256, gpus)
        return {what: float(re.sub(r"[^\d.]", "", value)) for what, value, _ in scale.rows(assumed)}

    one, two, faster = needs(10**8, 100), needs(2 * 10**8, 100), needs(10**8, 200)
    assert two["GPU hours"] == pytest.approx(2 * one["GPU hours"], rel=0.01)
    assert two["output"] == pytest.approx(2 * one["output"], rel=0.01)
    assert two["decode cores"] == one["decode cores"]
    assert faster["GPU hours"] == one["GPU hours"]
    assert faster["decode cores"] == pytest.approx(2 * one["decode cores"], rel=0.02)
