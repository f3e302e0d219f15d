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


def motion_of(shot: Shot) -> Mapping[str, Value]:
    """How much moves, by dense optical flow.

    Returns:
        motion: mean length of the flow over the picture and the shot, in picture widths a second.
        moving: mean share of the picture that moves faster than MOVING, from 0 to 1.
        still: share of the time in which nothing does (no more than STILL of the picture), from 0 to 1.
        things: as `motion`, of what moves against the camera; None where it is never known what the camera does.
        camera: what the camera does, see `camera.camera`.

    A change that no motion explains, such as a cut or a quick fade, counts as still, and not at all for the others: a
    slide show is still nearly all of the time, and its motion next to nothing. Of one picture alone nothing can be
    told: motion and moving are 0, still is 1, the camera is unknown.
    """
    seen = flow(shot)
    taken = path(seen)
    background = taken.at(seen.points)
    moved = np.where(_apart(seen, taken)[..., None], seen.speeds, background)
    lengths, against = np.linalg.norm(moved, axis=2), np.linalg.norm(moved - background, axis=2)
    moving = (lengths > MOVING).mean(axis=1)
    explained, known, seconds = seen.explained, taken.known, seen.seconds
    return {
        "motion": _mean(lengths.mean(axis=1)[explained], seconds[explained]),
        "moving": _mean(moving[explained], seconds[explained]),
        "still": _mean((moving < STILL) | ~explained, seconds, empty=1.0),
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


def _mean(values: Floats | Bools, seconds: Floats, empty: float = 0.0) -> float:
    return round(float(np.average(values, weights=seconds)), 5) if len(values) else empty
