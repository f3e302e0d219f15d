"""What the camera does, told apart from what the things in front of it do.

Of each pair of pictures the motions that many points agree on are fitted to the flow by RANSAC, as similarities: a
shift, a growth and a turn. The camera's is the one that explains how most parts of the picture look. What it does
within a second and a half is nothing, a move in a direction, or shake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import cv2
import numpy as np

from recaption.curate.flow import Bools, Floats, Flow, Ints
from recaption.curate.moves import KINDS, MOVES, TURNS
from recaption.curate.shot import Value

TOLERANCES = (0.35, 0.85)
"""Pixels by which a point may miss a fit that it agrees with: fits are made with the lesser for clean pictures and with
the greater for noisy ones."""
FITS = 2
"""Fits that are made with each tolerance: the second one of points that do not agree with the first."""
FEWEST, AGREED = 16, 0.2
"""How many points, and what share of all, have to agree."""
BLOCKS, SPREAD = 4, 6
"""Of BLOCKS x BLOCKS parts of the picture, how many have to hold a point that agrees: fewer may be a thing in front."""
MOST_GROWTH = 2.0
"""By which factor no camera enlarges or shrinks from one picture to the next."""
REACH = 2
"""Pairs to each side whose fits are tried too."""
SUITS = 2
"""Grey levels by which a point may differ from where a fit that suits it leads to."""
WINDOW = 1.5
"""Seconds in which a direction is looked for: a hand's shake goes to and fro within them."""
STATIC = 0.006
"""Mean motion in picture widths a second below which a camera does not move in a direction."""
SHAKE = 0.01
"""Motion in picture widths a second that a shaking camera has at half of all times."""
STEADY = 0.5
"""Length of the mean motion over its root mean square, from which it is a move and not shake."""
EQUAL = 0.75
"""Two motions at once, or two kinds of move in one shot, are about equal when the lesser is so much of the greater."""
SHORTEST = 0.5
"""Seconds of the shortest move."""


@dataclass(frozen=True)
class Path:
    """How the camera moves between each two pictures.

    Attributes:
        rates: shape (pairs, 4), of what is in the picture: its shift to the right and downwards in picture widths a
            second, its growth as a natural logarithm a second, its turn clockwise in radians a second; 0 if unknown.
        known: whether a fit holds, shape (pairs,).
        radius: how far the points of the picture are from its middle, in widths (root mean square).
    """

    rates: Floats
    known: Bools
    radius: float

    @property
    def motions(self) -> Floats:
        """What each of the rates moves the picture by, in picture widths a second (root mean square), with its sign."""
        return np.asarray(self.rates * (1, 1, self.radius, self.radius))

    def at(self, points: Floats) -> Floats:
        """The motion that the camera gives to points (pairs, n, 2), see `Flow.points`, in picture widths a second."""
        return _at(self.rates, points)


@dataclass(frozen=True)
class Move:
    """One move of the camera: kind, start and end in seconds from the start of the shot, strength as in `camera`."""

    kind: str
    start: float
    end: float
    strength: float


def path(flow: Flow) -> Path:
    """The path of the camera, pair by pair: of the fits to a pair and its neighbours, the one that suits it best."""
    pairs = range(len(flow.times))
    fits = [_fits(flow, pair) if flow.explained[pair] else [] for pair in pairs]
    known = np.array([bool(each) for each in fits], np.bool_)
    rates = np.zeros((len(fits), 4))
    for pair in np.flatnonzero(known):
        near = fits[max(0, pair - REACH) : pair + REACH + 1]
        rates[pair] = _best(flow, pair, np.array([fit for each in near for fit in each]))
    return Path(rates, known, float(np.sqrt((1 + flow.height**2) / 12)))


def camera(flow: Flow, path: Path) -> dict[str, Value]:
    """What the camera does in a shot.

    Returns:
        kind: one of KINDS, what lasts longest: "static" where that is at least half of the time, "mixed" where two
            kinds of move last about as long, "unknown" where the pictures do not tell for more than half of the time.
        strength: of a pan or tilt, of "handheld" and of "mixed", in picture widths a second; of a zoom, the factor by
            which the picture grows or shrinks each second; of a roll, degrees a second; 0 for "static" and "unknown".
        moves: kind, start and end in seconds from the start of the shot, and strength of each move. A camera that moves
            aslant makes two moves at once where they are about equal, else the greater one.
        went: of each of MOVES, how far it took the picture at most from one time to a later one, in picture widths
            (root mean square over the picture); the lesser part of a move aslant goes in, and what is too slow for one.
    """
    at = _kinds(flow, path)
    moves = [move for kind in (*MOVES, "handheld") for move in _moves(kind, at[kind], flow, path)]
    moves.sort(key=lambda move: (move.start, move.end))
    kind = _kind(at, moves, flow.seconds)
    return {
        "kind": kind,
        "strength": _strength(kind, moves, path),
        "moves": [asdict(move) for move in moves],
        "went": _went(flow, path),
    }


def _went(flow: Flow, path: Path) -> dict[str, Value]:
    places = np.vstack([np.zeros(len(TURNS)), np.cumsum(path.motions * flow.seconds[:, None], axis=0)])
    forth = (places - np.minimum.accumulate(places)).max(axis=0)
    back = (np.maximum.accumulate(places) - places).max(axis=0)
    return {
        kind: round(float(far), 4)
        for pair, fars in zip(TURNS.values(), zip(forth, back, strict=True), strict=True)
        for kind, far in zip(pair, fars, strict=True)
    }


def _at(rates: Floats, points: Floats) -> Floats:
    """The speeds that rates (n, 4) give to points (n, m, 2)."""
    x, y = points[..., 0], points[..., 1]
    right, down, growth, turn = (rate[:, None] for rate in rates.T)
    return np.stack([right + growth * x - turn * y, down + growth * y + turn * x], axis=2)


def _fits(flow: Flow, pair: int) -> list[Floats]:
    """The motions that many points of a pair agree on, as rates of a Path."""
    found, seconds = flow.found[pair], float(flow.seconds[pair])
    before = flow.points[pair, found]
    after = before + flow.speeds[pair, found] * seconds
    tolerances = [pixels / flow.width for pixels in TOLERANCES]
    return [fit / seconds for each in tolerances for fit in _common(before, after, each, flow.height)]


def _common(before: Floats, after: Floats, tolerance: float, height: float) -> list[Floats]:
    """The commonest motion of points, and that of those which do not agree with it."""
    fits: list[Floats] = []
    fewest = max(FEWEST, AGREED * len(before))
    while len(fits) < FITS and len(before) >= fewest:
        matrix, agree = cv2.estimateAffinePartial2D(before, after, method=cv2.RANSAC, ransacReprojThreshold=tolerance)
        if matrix is None:
            break
        agrees = np.asarray(agree).ravel() > 0
        (a, _, x), (b, _, y) = np.asarray(matrix).tolist()
        growth = np.hypot(a, b)
        spread = len(np.unique(_block(before[agrees], height)))
        if agrees.sum() < fewest or spread < SPREAD or not 1 / MOST_GROWTH < growth < MOST_GROWTH:
            break
        fits.append(np.array([x, y, np.log(growth), np.arctan2(b, a)]))
        before, after = before[~agrees], after[~agrees]
    return fits


def _best(flow: Flow, pair: int, fits: Floats) -> Floats:
    """The fit that explains how most parts of the picture look, each part as weighty as the others."""
    textured = flow.textured[pair]
    points = np.broadcast_to(flow.points[pair], (len(fits), *flow.points[pair].shape))
    suits = flow.misses(pair, _at(fits, points))[:, textured] <= SUITS
    blocks = np.eye(BLOCKS**2)[_block(flow.points[pair, textured], flow.height)]
    blocks = blocks[:, blocks.any(axis=0)]
    return np.asarray(fits[(suits @ blocks / blocks.sum(axis=0)).mean(axis=1).argmax()])


def _block(points: Floats, height: float) -> Ints:
    """Which of the BLOCKS x BLOCKS parts of the picture each point is in."""
    shares = np.clip((points + (0.5, height / 2)) / (1, height), 0, 1 - 1e-9)
    return np.asarray((shares * BLOCKS).astype(np.int64) @ (BLOCKS, 1))


def _kinds(flow: Flow, path: Path) -> dict[str, Bools]:
    """At which pairs the camera does what; several at once where they are about equal."""
    at = {kind: np.zeros(len(flow.times), np.bool_) for kind in KINDS}
    for pair, time in enumerate(flow.times):
        near = np.abs(flow.times - time) <= WINDOW / 2
        for kind in _kinds_within(path.motions[near], path.known[near], flow.seconds[near]):
            at[kind][pair] = True
    return {kind: _smooth(each, flow.seconds) for kind, each in at.items()}


def _kinds_within(motions: Floats, known: Bools, seconds: Floats) -> tuple[str, ...]:
    if seconds @ known < seconds.sum() / 2:
        return ("unknown",)
    motions, weights = motions[known], seconds[known] / seconds[known].sum()
    mean, squares = weights @ motions, (motions**2).sum(axis=1)
    length = np.linalg.norm(mean)
    if length >= STATIC and length >= STEADY * np.sqrt(weights @ squares):
        return _directions(mean)
    return ("handheld",) if np.sqrt(np.median(squares)) >= SHAKE else ("static",)


def _directions(motion: Floats) -> tuple[str, ...]:
    greatest = np.abs(motion).max()
    return tuple(
        forth if part > 0 else back
        for (forth, back), part in zip(TURNS.values(), motion, strict=True)
        if abs(part) >= EQUAL * greatest
    )


def _smooth(at: Bools, seconds: Floats) -> Bools:
    """Without gaps, and then without stretches, that are shorter than SHORTEST, or than half of a short shot."""
    shortest = min(SHORTEST, seconds.sum() / 2)
    smooth = at.copy()
    for first, last in _runs(~smooth):
        if first > 0 and last < len(at) and seconds[first:last].sum() < shortest:
            smooth[first:last] = True
    for first, last in _runs(smooth):
        if seconds[first:last].sum() < shortest:
            smooth[first:last] = False
    return smooth


def _runs(at: Bools) -> list[tuple[int, int]]:
    """First, and one past the last, of each stretch that is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], at, [False]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _moves(kind: str, at: Bools, flow: Flow, path: Path) -> list[Move]:
    found = []
    for first, last in _runs(at):
        known, seconds = path.known[first:last], flow.seconds[first:last]
        if known.any():
            start = flow.times[first] - seconds[0] / 2
            strength = _strength_of(
                kind, path.rates[first:last][known], path.motions[first:last][known], seconds[known]
            )
            found.append(Move(kind, round(float(start), 3), round(float(start + seconds.sum()), 3), strength))
    return found


def _strength_of(kind: str, rates: Floats, motions: Floats, seconds: Floats) -> float:
    """The strength of a move of a kind, in its unit."""
    if kind == "handheld":
        return round(float(np.average(np.linalg.norm(motions, axis=1), weights=seconds)), 4)
    part = next(number for number, pair in enumerate(TURNS.values()) if kind in pair)
    rate = abs(float(np.average(rates[:, part], weights=seconds)))
    return round(float((rate, rate, np.exp(rate), np.degrees(rate))[part]), 4)


def _kind(at: Mapping[str, Bools], moves: Sequence[Move], seconds: Floats) -> str:
    unknown, static = (float(seconds @ at[kind]) for kind in ("unknown", "static"))
    whole = float(seconds.sum())
    if not whole or unknown > whole / 2:
        return "unknown"
    if static >= (whole - unknown) / 2:
        return "static"
    lasting = {kind: sum(m.end - m.start for m in moves if m.kind == kind) for kind in {m.kind: None for m in moves}}
    longest, *others = sorted(lasting, key=lambda kind: -lasting[kind]) or ["unknown"]
    return "mixed" if others and lasting[others[0]] >= EQUAL * lasting[longest] else longest


def _strength(kind: str, moves: Sequence[Move], path: Path) -> float:
    if kind == "mixed":
        return round(float(np.linalg.norm(path.motions[path.known], axis=1).mean()), 4)
    same = [move for move in moves if move.kind == kind]
    if not same:
        return 0.0
    return round(float(np.average([m.strength for m in same], weights=[m.end - m.start for m in same])), 4)
