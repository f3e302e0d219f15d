"""What measures say to a claim."""

from __future__ import annotations

import math
from typing import Any

import pytest

from recaption.verify.claim import Claim
from recaption.verify.claims import claims
from recaption.verify.judging import BOUNDS, camera_state, judge


def outcome(text: str, measures: dict[str, Any]) -> list[str]:
    return [verdict.outcome for verdict in judge(claims(text), measures)]


def camera(kind: str, *moves: str, strength: float = 0.1, **went: float) -> dict[str, Any]:
    told = [{"kind": move, "start": 0.0, "end": 1.0, "strength": strength} for move in moves]
    return {"camera": {"kind": kind, "strength": strength, "moves": told, "went": went}}


@pytest.mark.parametrize(
    ("text", "measures", "expected"),
    [
        ("The camera pans left.", camera("pan_left", "pan_left"), "confirmed"),
        ("The camera pans left.", camera("pan_left"), "confirmed"),
        ("The camera pans left.", camera("pan_right", "pan_right"), "contradicted"),
        ("The camera pans left.", camera("static"), "contradicted"),
        ("The camera pans left.", camera("static", "pan_left"), "confirmed"),
        ("The camera pans left.", camera("mixed", "zoom_in", "pan_left"), "confirmed"),
        ("The camera pans left.", camera("mixed"), "unknown"),
        ("The camera pans left.", camera("handheld"), "unknown"),
        ("The camera pans left.", camera("handheld", "handheld", "pan_left"), "confirmed"),
        ("The camera pans left.", camera("pan_right", "pan_right", "handheld"), "unknown"),
        ("The camera pans left.", camera("unknown"), "unknown"),
        ("The camera pans left.", {}, "unknown"),
        ("The camera pans left.", {"camera": None}, "unknown"),
        ("The camera pans left.", {"camera": {}}, "unknown"),
        ("The camera pans across the bay.", camera("pan_right", "pan_right"), "confirmed"),
        ("The camera pans across the bay.", camera("tilt_up", "tilt_up"), "contradicted"),
        ("The camera is static.", camera("static"), "confirmed"),
        ("The camera is static.", camera("static", "pan_left"), "unknown"),
        ("The camera is static.", camera("handheld"), "unknown"),
        ("The camera is static.", camera("static", "handheld"), "unknown"),
        ("The camera is static.", camera("mixed"), "unknown"),
        ("The camera is static.", camera("pan_left", "pan_left"), "contradicted"),
        ("The camera is static.", camera("pan_left", "pan_left", strength=0.005), "unknown"),
        ("The camera is static.", camera("zoom_in", "zoom_in", strength=1.005), "unknown"),
        ("The camera is static.", camera("zoom_out", "zoom_out", strength=0.9), "contradicted"),
        ("The camera follows a dog.", camera("tilt_up", "tilt_up"), "confirmed"),
        ("The camera follows a dog.", camera("handheld"), "confirmed"),
        ("The camera follows a dog.", camera("static"), "contradicted"),
        ("The camera is handheld.", camera("handheld"), "confirmed"),
        ("The camera is handheld.", camera("pan_left", "pan_left"), "unknown"),
        ("The camera is handheld.", camera("pan_left", "pan_left", "handheld"), "confirmed"),
        ("The camera is handheld.", camera("static"), "contradicted"),
        ("The camera zooms in.", camera("pan_left", "pan_left", pan_left=0.3, zoom_in=0.06), "unknown"),
        ("The camera zooms out.", camera("pan_left", "pan_left", pan_left=0.3, zoom_in=0.06), "contradicted"),
        ("The camera zooms in.", camera("pan_left", "pan_left", pan_left=0.9, zoom_in=0.06), "contradicted"),
        ("The camera zooms in.", camera("pan_left", "pan_left", pan_left=0.1, zoom_in=0.02), "contradicted"),
        ("The camera zooms in.", camera("static", zoom_in=0.05), "unknown"),
        ("The camera zooms out.", camera("static", zoom_in=0.05), "contradicted"),
        ("The camera zooms slightly.", camera("static", zoom_in=0.05), "unknown"),
        ("The camera follows a dog.", camera("static", tilt_up=0.05), "unknown"),
        ("The camera is static.", camera("static", zoom_in=0.05), "unknown"),
        ("The camera is static.", camera("static", zoom_in=0.02), "confirmed"),
        ("The camera is handheld.", camera("static", zoom_in=0.05), "unknown"),
        ("The scene cuts to a bridge.", {"cuts": [1.5]}, "confirmed"),
        ("The scene cuts to a bridge.", {"cuts": []}, "contradicted"),
        ("The scene cuts to a bridge.", {"cuts": None}, "unknown"),
        ("The clip consists of three shots.", {"cuts": [1.5, 2.5]}, "confirmed"),
        ("The clip consists of three shots.", {"cuts": [1.5]}, "contradicted"),
        ("There are no cuts.", {"cuts": []}, "confirmed"),
        ("There are no cuts.", {"cuts": [2.0]}, "contradicted"),
        ("Nothing moves.", {"motion": 0.3, "moving": 0.9}, "contradicted"),
        ("Nothing moves.", {"motion": 0.3, "moving": 0.1}, "unknown"),
        ("Nothing moves.", {"motion": 0.3}, "contradicted"),
        ("A horse gallops in slow motion.", {"motion": 0.3}, "unknown"),
        ("The scene is dark.", {"brightness": 0.4}, "unknown"),
        ("The scene is dark.", {"brightness": 0.8}, "contradicted"),
        ("The scene is dark.", {"brightness": math.nan}, "unknown"),
        ("The scene is dark.", {"brightness": True}, "unknown"),
        ("The scene is bright.", {"brightness": 0.1}, "contradicted"),
        ("The film is in black and white.", {"saturation": 0.3}, "contradicted"),
        ("The film is in black and white.", {"saturation": 0.01}, "confirmed"),
        ("The room is brightly lit.", {"brightness": 0.195, "bars_share": 0.68}, "confirmed"),
        ("The room is bright.", {"brightness": 0.05, "bars_share": 0.68}, "contradicted"),
        ("The room is dark.", {"brightness": 0.195, "bars_share": 0.68}, "unknown"),
        ("The room is dark.", {"brightness": 0.51, "bars_share": 0.26}, "contradicted"),
        ("The room is dark.", {"brightness": 0.195, "bars_share": 0.0}, "confirmed"),
        ("The room is dark.", {"brightness": 0.195, "bars_share": None}, "confirmed"),
        ("The room is dark.", {"brightness": 0.1, "bars_share": 0.86}, "confirmed"),
        ("The screen goes black.", {"black": 0.0}, "unknown"),
        ("The scene fades to black.", {"black": 0.0, "brightness": 0.8}, "unknown"),
        ("A black screen with white text appears.", {"black": 0.0, "brightness": 0.1}, "unknown"),
        ("The screen goes black.", {}, "unknown"),
        ("The screen goes black.", {"black": 0.2}, "confirmed"),
    ],
)
def test_one_claim(text: str, measures: dict[str, Any], expected: str) -> None:
    assert outcome(text, measures) == [expected]


def test_a_camera_that_moves_as_told_may_stand_before_or_after() -> None:
    text = "The camera is static. The camera pans left."
    assert outcome(text, camera("pan_left", "pan_left")) == ["unknown", "confirmed"]
    assert outcome(text, camera("pan_right", "pan_right")) == ["contradicted", "contradicted"]


def test_the_measure_is_told_in_words() -> None:
    measures = camera("mixed", "pan_left", "zoom_in") | {"cuts": [1.25], "brightness": 0.7}
    told = judge(claims("The camera tilts up in a dark room. The scene cuts to a bridge."), measures)
    assert [verdict.measure for verdict in told] == [
        "the camera: pan left (0.10 picture widths a second), then zoom in (0.10 times a second)",
        "mean brightness 0.70 of 1",
        "1 cut at 1.25 s",
    ]
    (bright,) = judge(claims("The room is bright."), {"brightness": 0.2, "bars_share": 0.5})
    assert bright.measure == "mean brightness 0.40 of 1, without the black bars"
    (slow,) = judge(claims("The camera zooms in."), camera("static", zoom_in=0.05, pan_left=0.02))
    assert slow.measure == "the camera: static; also zoom in (0.05 picture widths in all)"


@pytest.mark.parametrize(("kind", "value"), BOUNDS)
def test_no_number_both_confirms_and_contradicts(kind: Any, value: str) -> None:
    bounds = BOUNDS[kind, value]
    (low, high), (other_low, other_high) = bounds.confirmed, bounds.contradicted
    assert high < other_low or other_high < low
    for number in (low, min(high, 1e6)):
        assert judge([Claim(kind, value, 0, 1)], {bounds.measure: number})[0].outcome == "confirmed"
    assert judge([Claim(kind, value, 0, 1)], {bounds.measure: other_low})[0].outcome == "contradicted"


def test_a_camera_that_goes_far_too_slowly_for_a_move_has_no_state() -> None:
    assert [camera_state(camera(kind)) for kind in ("static", "handheld", "pan_left")] == ["static", "handheld", ""]
    assert camera_state(camera("static", pan_left=0.05)) == ""
    assert camera_state({}) == ""
