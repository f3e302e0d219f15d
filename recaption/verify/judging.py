"""A claim held against what was measured: confirmed, contradicted or unknown.

Only what is clearly wrong is contradicted. Between two bounds lies what captioners would not agree on: it is unknown.
The bounds are choices of ours, unless a source is given.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recaption.curate.moves import MOVES, TURNS
from recaption.curate.shot import Value
from recaption.verify.claim import Claim, Outcome, Verdict

CONFIRMED: Outcome = "confirmed"
CONTRADICTED: Outcome = "contradicted"
UNKNOWN: Outcome = "unknown"

UNITS = {
    "pan": "picture widths a second",
    "tilt": "picture widths a second",
    "zoom": "times a second",
    "roll": "degrees a second",
}
CLEAR = {"pan": 0.02, "tilt": 0.02, "zoom": 0.02, "roll": 2.0}
"""Strength from which a move refutes "the camera is static", in UNITS; of a zoom, the factor's distance from 1. At 0.02
picture widths a second, five seconds shift the picture by a tenth, which a viewer sees."""
FAR = 0.03
"""Picture widths that a camera has to go in a direction, in all, so that a caption may tell of it; cameras on a stand
are measured to go up to 0.006. Slow moves go so far in the end, and the lesser part of a move aslant does."""
LESSER = 0.1
"""Share of the greatest way that the lesser part of a move has to be, so that a caption may tell of it."""


@dataclass(frozen=True)
class Bounds:
    """What a number says to a claim.

    Attributes:
        measure: its name.
        words: what a person is told of it, with `{}` for the number.
        confirmed, contradicted: lowest and highest value of each.
    """

    measure: str
    words: str
    confirmed: tuple[float, float]
    contradicted: tuple[float, float]


_ANY = math.inf
_MOTION = ("motion", "mean motion {:.3f} picture widths a second")
_SATURATION = ("saturation", "mean saturation {:.3f} of 1")
_BRIGHTNESS = ("brightness", "mean brightness {:.2f} of 1")
BOUNDS: Mapping[tuple[str, str], Bounds] = {
    ("motion", "none"): Bounds(*_MOTION, (0, 0.005), (0.05, _ANY)),
    ("motion", "slow"): Bounds(*_MOTION, (0, 0.15), (0.5, _ANY)),
    ("motion", "fast"): Bounds(*_MOTION, (0.2, _ANY), (0, 0.01)),
    ("picture", "black_and_white"): Bounds(*_SATURATION, (0, 0.03), (0.12, _ANY)),
    ("picture", "colour"): Bounds(*_SATURATION, (0.12, _ANY), (0, 0.02)),
    ("picture", "dark"): Bounds(*_BRIGHTNESS, (0, 0.3), (0.5, _ANY)),
    ("picture", "bright"): Bounds(*_BRIGHTNESS, (0.45, _ANY), (0, 0.2)),
}
"""Of claims about motion and the picture. Motion is no measure of speed in the world: a drop in slow motion may cross
the picture, so that "slow" is refuted only where the whole picture moves by half its width a second. Old films are
tinted and compressed colours bleed, so that black and white has a saturation above 0."""
MOST_BARS = 0.75
"""Share of the picture up to which black bars are taken for bars: those beside a film of 9:16 in 16:9 cover 0.68, those
that seem to be around a title on black more."""
BLACK = 0.001
"""Share of the time from which a picture is black. Less refutes nothing: a quick fade has no picture that is black all
over, and a title on black is none."""
MOVING_SHARE = 0.3
"""Share of moving pixels from which "nothing moves" is refuted: a flag in the wind is less."""


def judge(claims: Sequence[Claim], measures: Mapping[str, Value]) -> list[Verdict]:
    """The verdict on each claim of one caption.

    Args:
        measures: of its clip, any of them missing: `camera` (see `recaption.curate`), `motion` (mean optical flow in
            picture widths a second), `moving` (share of moving pixels), `cuts` (seconds of the cuts inside of the
            clip), `saturation`, `brightness` (means from 0 to 1), `bars_share` (share of the picture that black bars
            cover), `black` (share of the time).
    """
    verdicts = [_judged(claim, measures) for claim in claims]
    if any(each.outcome == CONFIRMED and each.claim.value in (*MOVES, *TURNS, "moving") for each in verdicts):
        verdicts = [_sometimes(verdict) for verdict in verdicts]
    return verdicts


def camera_moves(measures: Mapping[str, Value]) -> list[str]:
    """What the camera does in turn, each move once; empty where it makes none, or nobody knows."""
    camera = measures.get("camera")
    if not isinstance(camera, dict):
        return []
    moves = [str(move["kind"]) for move in _moves(camera)]
    return list(dict.fromkeys(moves)) or [kind for kind in [str(camera.get("kind"))] if kind in MOVES]


def camera_state(measures: Mapping[str, Value]) -> str:
    """What the camera is for most of the time: "static", "handheld" or "".

    A camera that goes too slowly for a move, and yet far in all, is not static.
    """
    camera = measures.get("camera")
    kind = camera.get("kind") if isinstance(camera, dict) else None
    if kind == "static":
        return "" if _ways(camera) else kind  # type: ignore[arg-type]
    return kind if kind == "handheld" else ""


def _sometimes(verdict: Verdict) -> Verdict:
    """A camera that moves as the caption says may stand still before or after."""
    if verdict.claim.value == "static" and verdict.outcome == CONTRADICTED:
        return Verdict(verdict.claim, UNKNOWN, verdict.measure)
    return verdict


def _judged(claim: Claim, measures: Mapping[str, Value]) -> Verdict:
    if claim.kind == "camera":
        return Verdict(claim, *_camera(claim.value, measures))
    if claim.kind == "shots":
        return Verdict(claim, *_shots(claim.value, measures))
    if (claim.kind, claim.value) == ("picture", "black"):
        return Verdict(claim, *_black(measures))
    return Verdict(claim, *_bounded(BOUNDS[claim.kind, claim.value], measures))


def _bounded(bounds: Bounds, measures: Mapping[str, Value]) -> tuple[Outcome, str]:
    whole = _number(measures, bounds.measure)
    if whole is None:
        return UNKNOWN, ""
    bars = (_number(measures, "bars_share") or 0.0) if bounds.measure == "brightness" else 0.0
    number = whole / (1 - bars) if bars <= MOST_BARS else whole
    words = bounds.words.format(number) + (", without the black bars" if number != whole else "")
    if bounds.confirmed[0] <= number <= bounds.confirmed[1]:
        return CONFIRMED, words
    # Darkness beside a lit stage may pass for bars: with and without them it has to be wrong.
    if not all(bounds.contradicted[0] <= each <= bounds.contradicted[1] for each in (whole, number)):
        return UNKNOWN, words
    moving = _number(measures, "moving")
    if bounds is BOUNDS["motion", "none"] and moving is not None:
        return CONTRADICTED if moving >= MOVING_SHARE else UNKNOWN, f"{words}, {moving:.0%} of the picture moves"
    return CONTRADICTED, words


def _black(measures: Mapping[str, Value]) -> tuple[Outcome, str]:
    share = _number(measures, "black")
    if share is None:
        return UNKNOWN, ""
    return CONFIRMED if share >= BLACK else UNKNOWN, f"black for {share:.1%} of the time"


def _shots(value: str, measures: Mapping[str, Value]) -> tuple[Outcome, str]:
    cuts = measures.get("cuts")
    if not isinstance(cuts, list):
        return UNKNOWN, ""
    shots = len(cuts) + 1
    words = f"{len(cuts)} cut{'s' * (len(cuts) != 1)}" + (
        " at " + ", ".join(f"{cut:.2f}" for cut in cuts if isinstance(cut, (int, float))) + " s" if cuts else ""
    )
    right = {"one": shots == 1, "several": shots > 1}.get(value, str(shots) == value)
    return CONFIRMED if right else CONTRADICTED, words


def _camera(value: str, measures: Mapping[str, Value]) -> tuple[Outcome, str]:
    camera = measures.get("camera")
    if not isinstance(camera, dict) or camera.get("kind") in (None, "unknown"):
        return UNKNOWN, ""
    kind, moves, words = str(camera["kind"]), camera_moves(measures), _in_words(camera)
    shakes = kind == "handheld" or "handheld" in _kinds(camera)
    stands = camera_state(measures) == "static" and not moves
    if value == "handheld":
        return CONFIRMED if shakes else CONTRADICTED if stands else UNKNOWN, words
    if value == "static":
        if kind == "static":
            return CONFIRMED if stands and not shakes else UNKNOWN, words
        clear = moves and any(_is_clear(move) for move in _moves(camera) or [camera])
        return CONTRADICTED if clear and kind != "handheld" else UNKNOWN, words
    if value == "moving" and shakes:
        return CONFIRMED, words
    claimed = MOVES if value == "moving" else TURNS.get(value, (value,))
    if set(moves).intersection(claimed):
        return CONFIRMED, words
    # A hand's shake hides a move, and moves that were not told apart may be any.
    hidden = shakes or (kind != "static" and not moves) or _ways(camera).intersection(claimed)
    return UNKNOWN if hidden else CONTRADICTED, words


def _kinds(camera: Mapping[str, Any]) -> list[str]:
    moves = camera.get("moves")
    return [str(move.get("kind")) for move in moves] if isinstance(moves, list) else []


def _moves(camera: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    moves = camera.get("moves")
    return [move for move in moves if move.get("kind") in MOVES] if isinstance(moves, list) else []


def _ways(camera: Mapping[str, Any]) -> set[str]:
    """The moves that took the camera so far that a caption may tell of them."""
    went = camera.get("went")
    if not isinstance(went, dict):
        return set()
    least = max(FAR, LESSER * max(went.values(), default=0.0))
    return {move for move, far in went.items() if far >= least}


def _is_clear(move: Mapping[str, Any]) -> bool:
    turn, strength = MOVES.get(str(move.get("kind"))), _number(move, "strength")
    if turn is None or strength is None:
        return True
    return abs(strength - 1 if turn == "zoom" else strength) >= CLEAR[turn]


def _in_words(camera: Mapping[str, Any]) -> str:
    """What was measured of the camera, for a person."""
    moves = _moves(camera)
    told = ", then ".join([*_told(moves)] or [*_told([camera])])
    others = sorted(_ways(camera).difference(str(move["kind"]) for move in moves))
    also = [f"{move.replace('_', ' ')} ({camera['went'][move]:.2f} picture widths in all)" for move in others]
    return "the camera: " + "; also ".join([told, *also])


def _told(moves: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for move in moves:
        kind, strength = str(move["kind"]), _number(move, "strength")
        unit = UNITS.get(MOVES.get(kind, ""))
        yield kind.replace("_", " ") + (f" ({strength:.2f} {unit})" if unit and strength is not None else "")


def _number(measures: Mapping[str, Any], name: str) -> float | None:
    value = measures.get(name)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else None  # type: ignore[arg-type]
