"""The measures of a clip that may have cuts in it, from those of its shots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recaption.curate.measuring import Measured
from recaption.curate.moves import MOVES
from recaption.curate.rows import NOT_MEASURED


def of_clip(measured: Measured) -> dict[str, Any]:
    """Each number as the mean over the time, the camera's moves one after the other, and `cuts`, in seconds.

    A number that the shots do not tell for at least half of their time is left out.
    """
    shots = [shot for shot in measured.shots if len(shot) > len(NOT_MEASURED) + 1]
    names = dict.fromkeys(name for shot in shots for name in shot if name not in NOT_MEASURED)
    found: dict[str, Any] = {
        "cuts": [shot["start"] for shot in measured.shots[1:] if not shot["goes_on"]],
    }
    all_seconds = sum(shot["seconds"] for shot in shots)
    for name in names:
        told = [(shot["seconds"], shot[name]) for shot in shots if isinstance(shot.get(name), int | float)]
        seconds = sum(s for s, _ in told)
        if told and seconds >= all_seconds / 2:
            found[name] = sum(s * v for s, v in told) / seconds
    found["seconds"] = measured.duration
    if cameras := [shot for shot in shots if isinstance(shot.get("camera"), Mapping)]:
        found["camera"] = _camera(cameras)
    return found


def _camera(shots: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the camera does in all shots; its kind is theirs where they have one in common, it went as far as in any."""
    moves = [
        {**move, "start": shot["start"] + move["start"], "end": shot["start"] + move["end"]}
        for shot in shots
        for move in shot["camera"]["moves"]
    ]
    kinds = {shot["camera"]["kind"] for shot in shots}
    known = kinds - {"unknown"}
    kind = known.pop() if len(known) == 1 else "mixed" if known else "unknown"
    strengths = [shot["camera"]["strength"] for shot in shots if shot["camera"]["kind"] == kind]
    went = {move: max(shot["camera"]["went"][move] for shot in shots) for move in MOVES}
    return {"kind": kind, "strength": max(strengths, default=0.0), "moves": moves, "went": went}
