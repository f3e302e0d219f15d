from __future__ import annotations

import pytest

from recaption.curate.measuring import Measured
from recaption.curate.moves import MOVES
from recaption.curate.whole import of_clip


def shot(start, end, goes_on=False, **measures):
    return {"start": start, "end": end, "goes_on": goes_on, "seconds": end - start, **measures}


def camera(kind, *moves, strength=0.1, **went):
    told = [{"kind": k, "start": s, "end": e} for k, s, e in moves]
    return {"kind": kind, "strength": strength, "moves": told, "went": dict.fromkeys(MOVES, 0.0) | went}


def measured(*shots):
    return Measured(shots, 64, 48, shots[-1]["end"] if shots else 0.0, ())


def test_numbers_are_means_over_the_time():
    found = of_clip(measured(shot(0.0, 1.0, motion=0.4), shot(1.0, 4.0, motion=0.0)))
    assert found["motion"] == pytest.approx(0.1)
    assert found["seconds"] == 4.0


def test_parts_of_a_long_shot_are_no_cuts():
    found = of_clip(measured(shot(0.0, 2.0), shot(2.0, 4.0, goes_on=True), shot(4.0, 5.0)))
    assert found["cuts"] == [4.0]


def test_moves_follow_each_other_on_the_clock_of_the_clip():
    first = camera("pan_left", ("pan_left", 0.0, 1.0), pan_left=0.1, tilt_up=0.03)
    second = camera("zoom_in", ("zoom_in", 0.5, 2.0), zoom_in=0.2, tilt_up=0.01)
    found = of_clip(measured(shot(0.0, 3.0, camera=first), shot(3.0, 6.0, camera=second)))["camera"]
    assert found["kind"] == "mixed"
    assert [(move["kind"], move["start"], move["end"]) for move in found["moves"]] == [
        ("pan_left", 0.0, 1.0),
        ("zoom_in", 3.5, 5.0),
    ]
    assert {move: far for move, far in found["went"].items() if far} == {
        "pan_left": 0.1,
        "zoom_in": 0.2,
        "tilt_up": 0.03,
    }


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (("static", "static"), "static"),
        (("unknown", "pan_left"), "pan_left"),
        (("unknown", "unknown"), "unknown"),
        (("static", "pan_left"), "mixed"),
    ],
)
def test_the_kind_is_what_the_shots_have_in_common(kinds, kind):
    shots = [shot(float(i), i + 1.0, camera=camera(each)) for i, each in enumerate(kinds)]
    assert of_clip(measured(*shots))["camera"]["kind"] == kind


def test_shots_that_were_too_short_to_measure_are_left_out():
    found = of_clip(measured(shot(0.0, 0.1), shot(0.1, 2.1, motion=0.3)))
    assert found["motion"] == pytest.approx(0.3)
    assert found["cuts"] == [0.1]


def test_a_number_that_most_of_the_time_does_not_tell_is_left_out():
    assert "motion" not in of_clip(measured(shot(0.0, 3.0, motion=None), shot(3.0, 5.0, motion=0.0)))
    assert of_clip(measured(shot(0.0, 2.0, motion=None), shot(2.0, 5.0, motion=0.3)))["motion"] == pytest.approx(0.3)
