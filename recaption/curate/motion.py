"""How much moves in a shot, and what of it is the camera's doing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from recaption.curate.camera import Path, camera, path
from recaption.curate.flow import Bools, Floats, Flow, flow
from recaption.curate.shot import Shot, Value

MOVING = 0.02
"""Picture widths a second from which a point moves: 0.6 pixels of 240 from one picture to the next, about twice the
error of the flow."""
STILL = 0.005
"""Share of the picture that may move while nothing moves."""
TOLD = 0.5
"""Share of the time in which motion has to explain how the pictures differ."""
AROUND = 1.0
"""Seconds before and after a change that no motion explains, in which it is looked up whether anything moves."""


def motion_of(shot: Shot) -> Mapping[str, Value]:
    """How much moves, by dense optical flow.

    Returns:
        motion: mean length of the flow over the picture and the shot, in picture widths a second.
        moving: mean share of the picture that moves faster than MOVING, from 0 to 1.
        still: share of the time in which nothing does (no more than STILL of the picture), from 0 to 1.
        All three are None where motion explains less than TOLD of the time: what whirls about is lost from one picture
        to the next, and looks like a change of another kind.
        things: as `motion`, of what moves against the camera; None where it is never known what the camera does.
        camera: what the camera does, see `camera.camera`.

    A change that no motion explains, such as a cut or a quick fade, counts as still where most of what is around it is,
    and not at all for motion and moving: a slide show is still nearly all of the time, and its motion next to nothing.
    Of one picture alone nothing can be told: all are None, the camera is unknown.
    """
    seen = flow(shot)
    taken = path(seen)
    background = taken.at(seen.points)
    moved = np.where(_apart(seen, taken)[..., None], seen.speeds, background)
    lengths, against = np.linalg.norm(moved, axis=2), np.linalg.norm(moved - background, axis=2)
    moving = (lengths > MOVING).mean(axis=1)
    explained, known, seconds = seen.explained, taken.known, seen.seconds
    told = bool(explained.any() and seconds @ explained >= TOLD * seconds.sum())
    return {
        "motion": _mean(lengths.mean(axis=1)[explained], seconds[explained]) if told else None,
        "moving": _mean(moving[explained], seconds[explained]) if told else None,
        "still": _mean(_still(moving < STILL, seen), seconds) if told else None,
        "things": _mean(against.mean(axis=1)[known], seconds[known]) if known.any() else None,
        "camera": camera(seen, taken),
    }


def _apart(flow: Flow, path: Path) -> Bools:
    """Which points move against the camera: their flow is another one, and they are not where it would take them.

    Where nobody knows what the camera does, it is taken to stand still.
    """
    background = path.at(flow.points)
    away = np.linalg.norm(flow.speeds - background, axis=2) > MOVING
    return np.asarray(away & ~flow.shows(background))


def _still(rests: Bools, flow: Flow) -> Bools:
    """At which pairs nothing moves; where motion explains nothing, at most of those around that it explains."""
    still = rests & flow.explained
    for pair in np.flatnonzero(~flow.explained):
        around = flow.explained & (np.abs(flow.times - flow.times[pair]) <= AROUND)
        still[pair] = around.any() and rests[around].mean() >= 0.5
    return still


def _mean(values: Floats | Bools, seconds: Floats) -> float:
    return round(float(np.average(values, weights=seconds)), 5)
