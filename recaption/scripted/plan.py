"""A random script that follows from a seed.

What happens is drawn event by event; an event is taken when everything is still in the picture, apart, and decidable
afterwards: things leave only from the edge that they stand at, vanish only in the middle, and two things touch only
when they have met.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from recaption.scripted.scenery import PLACES
from recaption.scripted.shapes import KINDS, SHAPES
from recaption.scripted.sight import APART, EDGE, SAME_DEPTH, TOUCHING, box, gap, seen_share
from recaption.scripted.world import COLOURS, Camera, Event, Script, Shot, Thing

DEPTHS = (0.66, 0.74, 0.82, 0.9)
FRONT_DEPTH = 0.985
SIZES = (0.24, 0.32, 0.42)
ALTITUDE = 0.27
SCALE = 1.55
QUICK = (0.5, 0.9)
RUSH = (2.2, 2.9)
RUSH_SPEED = 0.155
"""Pictures a second. A rush lasts longer than two seconds, so that a sample every 2 s always sees its speed lines."""
SHOT_SECONDS = 4.0
SIX_MOVES = {
    "pans_left": ("x", -0.17),
    "pans_right": ("x", 0.17),
    "tilts_up": ("y", -0.14),
    "tilts_down": ("y", 0.14),
    "zooms_in": ("zoom", 1.3),
    "zooms_out": ("zoom", 1 / 1.3),
}


def plan(
    seed: int, number: int, seconds: tuple[float, float] = (8.0, 14.0), size: tuple[int, int] = (854, 480)
) -> Script:
    """The script of one clip.

    Args:
        seed, number: the same two give the same script.
        seconds: shortest and longest clip.
        size: width and height in pixels.
    """
    rng = random.Random(f"clip {seed} {number}")
    length = round(rng.uniform(*seconds), 1)
    kinds = iter(rng.sample(KINDS, len(KINDS)))
    cuts = _cuts(length, rng)
    shots = tuple(_shot(start, end, kinds, size[0] / size[1], rng) for start, end in pairwise(cuts))
    return Script(seed, number, length, *size, shots)


def _cuts(length: float, rng: random.Random) -> list[float]:
    shots = min(rng.choices((1, 2, 3), (0.6, 0.28, 0.12))[0], int(length // SHOT_SECONDS) or 1)
    spare = length - shots * SHOT_SECONDS
    inner = sorted(rng.uniform(0, max(spare, 0)) for _ in range(shots - 1))
    return [0.0, *(round(x + (i + 1) * SHOT_SECONDS, 2) for i, x in enumerate(inner)), length]


@dataclass
class _Stage:
    """A shot while it is being written: how everything stands, and what has happened."""

    things: list[Thing]
    camera: Camera
    aspect: float
    met: set[frozenset[int]] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)

    def happened(self, subject: int, action: str | None = None) -> bool:
        """Whether something of that kind, or anything at all, has happened to a subject."""
        return any(e.subject == subject and action in (None, e.action) for e in self.events)

    def valid(self) -> bool:
        """Whether everything is in the picture, nothing is hidden, and only things that met touch."""
        here = [(i, t) for i, t in enumerate(self.things) if t.here]
        if any(seen_share(t, self.camera, self.aspect) < 0.85 for _, t in here):
            return False
        return all(self._apart(*a, *b) for a, b in _pairs(here))

    def _apart(self, i: int, one: Thing, j: int, other: Thing) -> bool:
        if frozenset((i, j)) in self.met:
            return _hidden(one, other, self.aspect) < 0.1
        if abs(one.y - other.y) < SAME_DEPTH:
            return gap(one, other, self.aspect) > APART + 0.02
        return _hidden(one, other, self.aspect) < 0.3


def _pairs(items: list[tuple[int, Thing]]) -> Iterator[tuple[tuple[int, Thing], tuple[int, Thing]]]:
    return ((a, b) for n, a in enumerate(items) for b in items[n + 1 :])


def _hidden(one: Thing, other: Thing, aspect: float) -> float:
    """The share of the smaller of two things that the other one may hide."""
    a, b = box(one, Camera(), aspect), box(other, Camera(), aspect)
    both = max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    return both / min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))


def _shot(start: float, end: float, kinds: Iterator[str], aspect: float, rng: random.Random) -> Shot:
    stage = _Stage(_cast(kinds, aspect, rng), Camera(), aspect)
    first = tuple(stage.things)
    time = start + rng.uniform(0.2, 1.3)
    counts: Counter[str] = Counter()
    while time + 1.2 < end:
        longest = 0.0
        for _ in range(rng.choices((1, 2), (0.65, 0.35))[0]):
            event = _next(stage, time, end, counts, rng)
            if event is None:
                break
            counts[event.action] += 1
            longest = max(longest, event.end - time)
        time += longest + rng.uniform(0.5, 1.5)
    return Shot(
        start,
        end,
        rng.choice(sorted(PLACES)),
        rng.randrange(2**31),
        first,
        Camera(),
        tuple(sorted(stage.events, key=_when)),
    )


def _when(event: Event) -> tuple[float, float]:
    return event.start, event.end


def _cast(kinds: Iterator[str], aspect: float, rng: random.Random) -> list[Thing]:
    """The things of a shot; at least the first one is there from the start, some come later."""
    count = rng.choices((1, 2, 3, 4), (0.15, 0.35, 0.3, 0.2))[0]
    here = rng.randint(1, count)
    stage = _Stage([], Camera(), aspect)
    for index, colour in enumerate(rng.sample(COLOURS, count)):
        kind = next(kinds)
        for _ in range(60):
            stage.things.append(_place(kind, colour, index < here, rng))
            if stage.valid():
                break
            stage.things.pop()
    return stage.things


def _place(kind: str, colour: str, here: bool, rng: random.Random) -> Thing:
    altitude = ALTITUDE if rng.random() < 0.15 else 0.0
    y = rng.choice(DEPTHS[:2] if altitude else DEPTHS)
    return Thing(kind, colour, round(rng.uniform(0.1, 0.9), 3), y, rng.choice(SIZES), altitude, here=here)


def _next(stage: _Stage, time: float, end: float, counts: Counter[str], rng: random.Random) -> Event | None:
    """One more event at a time, or None when nothing can happen; rare actions come first."""
    busy = {e.subject for e in stage.events if e.end + 0.3 > time}
    running = {e.action for e in stage.events if e.end > time}
    if running & set(SIX_MOVES):
        return None
    for _ in range(40):
        action = rng.choice(_REPERTOIRE)
        if counts[action] and rng.random() < 0.7:
            continue
        if action in SIX_MOVES:
            event = None if running or rng.random() < 0.6 else _camera_move(stage, action, time, rng)
        else:
            number = rng.randrange(len(stage.things))
            event = None if number in busy else _ACTIONS[action](stage, number, action, time, rng)
        if event is None or event.end + 0.3 > end:
            continue
        if _take(stage, event):
            return event
    return None


def _take(stage: _Stage, event: Event) -> bool:
    """Add an event when everything is in order after it."""
    trial = _Stage(list(stage.things), stage.camera, stage.aspect, set(stage.met))
    if event.subject < 0:
        trial.camera = replace(stage.camera, **event.changes)
    else:
        number = event.subject
        trial.things[number] = replace(stage.things[number], **{**event.begins, **event.changes, "heading": 0})
        if "x" in event.changes:
            trial.met = {pair for pair in stage.met if number not in pair}
        if event.action == "meets":
            partner = next(i for i, t in enumerate(stage.things) if t.name == event.other)
            trial.met.add(frozenset((number, partner)))
    before = stage.things[event.subject] if event.subject >= 0 else None
    moves = "moves_right" if before and event.changes.get("x", 0.0) > before.x else "moves_left"
    spoken = _spoken(event, moves)
    if not trial.valid() or any(stage.happened(each.subject, each.action) for each in spoken):
        return False
    stage.things, stage.camera, stage.met = trial.things, trial.camera, trial.met
    stage.events += spoken
    return True


def _spoken(event: Event, moves: str) -> list[Event]:
    """The event, and what else it is: who meets somebody moves there, who rushes stops."""
    events = [event]
    if event.action == "meets":
        events = [replace(event, action=moves, other=""), replace(event, changes={})]
    if "heading" in event.changes:
        events.append(Event(event.subject, "stops", event.end, event.end + 0.1, {}, event.name))
    return events


def _event(stage: _Stage, number: int, action: str, time: float, rng: random.Random, **changes: object) -> Event:
    seconds = rng.uniform(*QUICK)
    return Event(number, action, round(time, 2), round(time + seconds, 2), changes, stage.things[number].name)


def _enter(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    thing = stage.things[number]
    if thing.here or stage.happened(number):
        return None
    side = action.split("_")[1]
    half = _half(thing, stage) * stage.camera.zoom
    depth = rng.choice(DEPTHS[:3])
    if side == "left":
        begins, x, y, altitude = {"x": -half - 0.02}, max(half + 0.02, rng.uniform(0.09, 0.17)), depth, 0.0
    elif side == "right":
        begins, x, y, altitude = {"x": 1 + half + 0.02}, min(0.98 - half, rng.uniform(0.83, 0.91)), depth, 0.0
    elif side == "top":
        x, y, altitude = rng.uniform(0.32, 0.68), DEPTHS[0], ALTITUDE
        begins = {"x": x, "altitude": 0.9}
    else:
        x, y, altitude = rng.uniform(0.32, 0.68), FRONT_DEPTH, 0.0
        begins = {"x": x, "y": 1.05 + thing.size}
    x, y = stage.camera.place(x, y)
    begins = {k: _world(stage.camera, k, v) for k, v in begins.items()}
    begins = {"y": y, "altitude": altitude, "x": x, **begins}
    event = _event(stage, number, action, time, rng, x=x, y=y, altitude=altitude, here=True)
    return replace(event, begins=begins)


def _world(camera: Camera, axis: str, value: float) -> float:
    if axis == "x":
        return camera.place(value, 0)[0]
    return camera.place(0, value)[1] if axis == "y" else value


def _appear(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    thing = stage.things[number]
    if thing.here or stage.happened(number):
        return None
    x, y = stage.camera.place(rng.uniform(0.32, 0.68), rng.choice(DEPTHS[:3]))
    event = _event(stage, number, action, time, rng, here=True)
    return replace(event, begins={"x": x, "y": y, "altitude": 0.0}, end=round(time + 0.2, 2))


def _vanish(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    if _zone(stage, number) != "middle" or sum(t.here for t in stage.things) < 2:
        return None
    return replace(_event(stage, number, action, time, rng, here=False), end=round(time + 0.2, 2))


def _leave(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    side = action.split("_")[1]
    if (
        _zone(stage, number) != {"top": "air", "bottom": "front"}.get(side, side)
        or sum(t.here for t in stage.things) < 2
    ):
        return None
    thing = stage.things[number]
    half = _half(thing, stage) * stage.camera.zoom
    if side in ("left", "right"):
        x = _world(stage.camera, "x", -half - 0.02 if side == "left" else 1.02 + half)
        return _event(stage, number, action, time, rng, x=x, here=False)
    if side == "top":
        return _event(stage, number, action, time, rng, altitude=1.0, here=False)
    return _event(
        stage, number, action, time, rng, y=_world(stage.camera, "y", 1.05 + thing.size * stage.camera.zoom), here=False
    )


def _move(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    thing = stage.things[number]
    if not thing.here:
        return None
    way = 1 if action == "moves_right" else -1
    if rng.random() < 0.45 and not thing.altitude:
        seconds = rng.uniform(*RUSH)
        event = _event(stage, number, action, time, rng, x=thing.x + way * seconds * RUSH_SPEED, heading=way)
        return replace(event, end=round(time + seconds, 2))
    return _event(stage, number, action, time, rng, x=thing.x + way * rng.uniform(0.22, 0.5))


def _meet(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    thing = stage.things[number]
    partners = [
        t
        for i, t in enumerate(stage.things)
        if i != number
        and t.here
        and frozenset((i, number)) not in stage.met
        and abs(t.altitude - thing.altitude) < 0.01
    ]
    if not thing.here or not partners:
        return None
    partner = rng.choice(partners)
    way = 1 if partner.x > thing.x else -1
    x = partner.x - way * (_half(thing, stage) + _half(partner, stage) + TOUCHING * 0.3)
    if abs(x - thing.x) < 0.15 or (x > thing.x) != (way > 0):
        return None
    return replace(_event(stage, number, action, time, rng, x=x, y=partner.y), other=partner.name)


def _half(thing: Thing, stage: _Stage) -> float:
    return thing.size * SHAPES[thing.kind].aspect / stage.aspect / 2


def _scale(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    thing = stage.things[number]
    size = thing.size * (SCALE if action == "grows" else 1 / SCALE)
    if not thing.here or not 0.2 < size < 0.52:
        return None
    return _event(stage, number, action, time, rng, size=size)


def _turn(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    thing = stage.things[number]
    if not thing.here or not SHAPES[thing.kind].upright:
        return None
    return _event(stage, number, action, time, rng, angle=thing.angle + 180.0)


def _lift(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    thing = stage.things[number]
    if not thing.here or (thing.altitude > 0) != (action == "falls") or thing.y > DEPTHS[2] + 0.01:
        return None
    return _event(stage, number, action, time, rng, altitude=0.0 if thing.altitude else ALTITUDE)


def _recolour(stage: _Stage, number: int, action: str, time: float, rng: random.Random) -> Event | None:
    thing = stage.things[number]
    if not thing.here:
        return None
    colour = rng.choice([c for c in COLOURS if all(c != t.colour for t in stage.things)])
    return replace(_event(stage, number, action, time, rng, colour=colour), other=colour)


def _camera_move(stage: _Stage, action: str, time: float, rng: random.Random) -> Event | None:
    axis, amount = SIX_MOVES[action]
    value = getattr(stage.camera, axis)
    value = value * amount if axis == "zoom" else value + amount
    if axis == "zoom" and not 0.75 < value < 1.4:
        return None
    if axis != "zoom" and abs(value - 0.5) > 0.2:
        return None
    seconds = rng.uniform(0.8, 1.4)
    return Event(-1, action, round(time, 2), round(time + seconds, 2), {axis: value}, "camera")


def _zone(stage: _Stage, number: int) -> str:
    thing = stage.things[number]
    if not thing.here:
        return "away"
    x, y = stage.camera.sees(thing.x, thing.y)
    if thing.altitude > 0:
        return "air" if 0.25 < x < 0.75 else "aloft"
    if y > 0.94:
        return "front"
    if x < EDGE - 0.03 or x > 1 - EDGE + 0.03:
        return "left" if x < 0.5 else "right"
    return "middle" if EDGE + 0.03 < x < 1 - EDGE - 0.03 and y < 0.92 else "between"


_ACTIONS = {
    **{f"enters_{side}": _enter for side in ("left", "right", "top", "bottom")},
    **{f"leaves_{side}": _leave for side in ("left", "right", "top", "bottom")},
    "appears": _appear,
    "vanishes": _vanish,
    "moves_left": _move,
    "moves_right": _move,
    "meets": _meet,
    "grows": _scale,
    "shrinks": _scale,
    "turns": _turn,
    "jumps": _lift,
    "falls": _lift,
    "changes_colour": _recolour,
}
_REPERTOIRE = (
    *_ACTIONS,
    *(f"{verb}_{side}" for verb in ("enters", "leaves") for side in ("left", "right", "top", "bottom")),
    *("appears", "vanishes", "meets", "moves_left", "moves_right"),
    *SIX_MOVES,
)
"""What the next event is drawn from: comings and goings, which are seldom possible, stand in it more than once."""
