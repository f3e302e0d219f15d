"""How well claims are found and judged: wrong ones planted, right ones left alone, over `phrasings.toml`.

Each phrasing stands alone and between two sentences that claim nothing. It is held against worlds, which are measures
drawn at random: right ones, where all that it claims is so, and for each of its claims wrong ones, where only that
claim is not. What a phrasing does not speak of is drawn from the extremes, so that a claim that it does not make is
blamed as often as not. Mixed, unknown and shaking cameras are no truth that a move could be held against, so that no
wrong world has them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from recaption.verify.claims import claims
from recaption.verify.judging import CONTRADICTED, judge

PHRASINGS = Path(__file__).with_name("phrasings.toml")
WORLDS = 5
"""Right worlds of each text, and wrong ones of each of its claims."""

Claimed = tuple[str, str]
World = dict[str, Any]

TURNS = {
    "pan": ("pan_left", "pan_right"),
    "tilt": ("tilt_up", "tilt_down"),
    "zoom": ("zoom_in", "zoom_out"),
    "roll": ("roll_left", "roll_right"),
}
MOVES = tuple(move for moves in TURNS.values() for move in moves)
STRENGTHS = {"pan": (0.03, 0.5), "tilt": (0.03, 0.5), "zoom": (1.03, 1.5), "roll": (3.0, 60.0)}
"""Picture widths a second, factor a second, degrees a second."""
MEASURED: dict[Claimed, tuple[dict[str, tuple[float, float]], dict[str, tuple[float, float]]]] = {
    ("motion", "none"): ({"motion": (0, 0.002), "moving": (0, 0.01)}, {"motion": (0.1, 0.8), "moving": (0.5, 0.95)}),
    ("motion", "slow"): ({"motion": (0.005, 0.15)}, {"motion": (0.6, 1.5)}),
    ("motion", "fast"): ({"motion": (0.2, 1.0)}, {"motion": (0, 0.003)}),
    ("picture", "black_and_white"): ({"saturation": (0, 0.02)}, {"saturation": (0.15, 0.6)}),
    ("picture", "colour"): ({"saturation": (0.15, 0.6)}, {"saturation": (0, 0.015)}),
    ("picture", "dark"): ({"brightness": (0.03, 0.25)}, {"brightness": (0.6, 0.9)}),
    ("picture", "bright"): ({"brightness": (0.5, 0.9)}, {"brightness": (0.03, 0.12)}),
    ("picture", "black"): ({"black": (0.05, 0.8)}, {"black": (0, 0)}),
}
"""Where measures lie in right worlds, and in wrong ones."""
EXTREMES = {"motion": (0.0, 1.2), "moving": (0.0, 0.9), "saturation": (0.0, 0.5), "brightness": (0.05, 0.85)}


@dataclass(frozen=True)
class Phrasing:
    text: str
    claims: tuple[Claimed, ...]


@dataclass
class Found:
    """Counts, and for a person the texts of what was missed and blamed."""

    planted: int = 0
    caught: int = 0
    right: int = 0
    blamed: int = 0
    missed_texts: set[str] = field(default_factory=set)
    blamed_texts: set[str] = field(default_factory=set)

    @property
    def caught_share(self) -> float:
        return self.caught / self.planted

    @property
    def blamed_share(self) -> float:
        return self.blamed / self.right


def phrasings(part: str) -> list[Phrasing]:
    """The phrasings of a part ("tuned" or "aside"), those that claim nothing last."""
    table: dict[str, list[str]] = tomllib.loads(PHRASINGS.read_text("utf-8"))[part]
    return [
        Phrasing(text, () if key == "nothing" else tuple(_claimed(each) for each in key.split("; ")))
        for key, texts in table.items()
        for text in texts
    ]


def prove(part: str, seed: int = 0) -> Found:
    """Hold each phrasing of a part against right and wrong worlds."""
    rng = Random(seed)
    known = phrasings(part)
    idle = [each.text for each in known if not each.claims]
    found = Found()
    for phrasing in known:
        for text in (phrasing.text, f"{rng.choice(idle)} {phrasing.text} {rng.choice(idle)}"):
            _hold(text, phrasing.claims, rng, found)
    return found


def _claimed(words: str) -> Claimed:
    kind, value = words.split(" ")
    return kind, value


def _hold(text: str, claimed: tuple[Claimed, ...], rng: Random, found: Found) -> None:
    read = claims(text)
    for _ in range(WORLDS):
        found.right += 1
        if any(verdict.outcome == CONTRADICTED for verdict in judge(read, right_world(claimed, rng))):
            found.blamed += 1
            found.blamed_texts.add(text)
        for kind, value in claimed:
            if value == "handheld" and len(claimed) > 1:
                continue  # a hand that also zooms is measured as what it does most
            found.planted += 1
            verdicts = judge(read, wrong_world(claimed, (kind, value), rng))
            blamed = {(each.claim.kind, each.claim.value) for each in verdicts if each.outcome == CONTRADICTED}
            if (kind, value) in blamed:
                found.caught += 1
            else:
                found.missed_texts.add(text)


def right_world(claimed: tuple[Claimed, ...], rng: Random) -> World:
    """Measures of a clip of which all that is claimed is so."""
    world: World = {name: rng.choice(ends) for name, ends in EXTREMES.items()} | {"black": rng.choice((0.0, 0.3))}
    for each in claimed:
        if each in MEASURED:
            world |= _drawn(MEASURED[each][0], rng)
    cameras = [value for kind, value in claimed if kind == "camera"]
    shots = [value for kind, value in claimed if kind == "shots"]
    world["cuts"] = _cuts(_count(shots[0], rng) if shots else rng.choice((1, 4)), rng)
    world["camera"] = _camera([_right_move(value, rng) for value in cameras], rng, others=cameras != ["static"])
    return world


def wrong_world(claimed: tuple[Claimed, ...], planted: Claimed, rng: Random) -> World:
    """Measures of a clip of which one claim is not so, and all others are."""
    kind, value = planted
    world = right_world(claimed, rng)
    if kind == "camera":
        kept = [other for other_kind, other in claimed if other_kind == "camera" and other != value]
        moves = [_right_move(other, rng) for other in kept]
        world["camera"] = _camera([*moves, _wrong_move(value, moves, rng)], rng, others=False)
    elif kind == "shots":
        world["cuts"] = _cuts(_other_count(value, rng), rng)
    else:
        world |= _drawn(MEASURED[planted][1], rng)
    return world


def _drawn(ranges: Mapping[str, tuple[float, float]], rng: Random) -> World:
    return {name: rng.uniform(*ends) for name, ends in ranges.items()}


def _right_move(value: str, rng: Random) -> str:
    if value == "moving":
        return rng.choice(MOVES)
    return rng.choice(TURNS.get(value, (value,)))


def _wrong_move(value: str, kept: list[str], rng: Random) -> str:
    """What the camera does where a claim is wrong: it stands, or makes another move, which may be one of those kept."""
    if value in ("moving", "handheld"):
        return "static"
    same = TURNS.get(value, (value,))
    return rng.choice([*(move for move in MOVES if move not in same), *([] if value == "static" else ["static"] * 4)])


def _camera(whats: list[str], rng: Random, *, others: bool) -> World:
    """What is measured of a camera that does one thing after the other; of nothing, anything."""
    whats = whats or [rng.choice((*MOVES, "static", "handheld"))]
    moves = [what for what in dict.fromkeys(whats) if what in MOVES]
    if moves and others and rng.random() < 0.25:
        moves.insert(rng.randint(0, len(moves)), rng.choice(MOVES))
    kind = moves[0] if len(moves) == 1 else "mixed" if moves else whats[0]
    told = [
        {"kind": move, "start": 2.0 * i, "end": 2.0 * i + 1.8, "strength": rng.uniform(*STRENGTHS[_turn(move)])}
        for i, move in enumerate(moves)
    ]
    return {"kind": kind, "strength": told[0]["strength"] if told else rng.uniform(0, 0.003), "moves": told}


def _turn(move: str) -> str:
    return move.partition("_")[0]


def _count(value: str, rng: Random) -> int:
    """How many shots there are where a claim is right."""
    return {"one": 1, "several": rng.randint(2, 6)}.get(value) or int(value)


def _other_count(value: str, rng: Random) -> int:
    if value == "one":
        return rng.randint(2, 6)
    return 1 if value == "several" else rng.choice([n for n in range(1, 8) if n != int(value)])


def _cuts(shots: int, rng: Random) -> list[float]:
    return sorted(rng.uniform(0.5, 9.5) for _ in range(shots - 1))
