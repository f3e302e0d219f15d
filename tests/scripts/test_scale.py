"""What docs/scale.md says follows from the measured figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import scale

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def test_the_page_shows_what_the_script_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["scale"])
    scale.main()
    shown = re.search(r"\$ python -m scripts\.scale\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert shown
    assert capsys.readouterr().out == shown[1]


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
