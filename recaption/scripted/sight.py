"""What can be seen in a frame, and what differs between two frames.

Somebody who sees only the sampled frames cannot know more than this: the oracle of the evaluation and the true texts of
the training both come from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from recaption.scripted.shapes import SHAPES
from recaption.scripted.world import CAMERA, Camera, Script, Thing

SEEN = 0.55
"""Share of a thing's box that must be in the picture for it to count as seen."""
EDGE = 0.25
"""How far from the left or right edge a thing's middle may be to count as at that edge, in pictures."""
FRONT = 0.93
"""How low in the picture a thing's foot must be to count as in front, at the bottom edge."""
AIR = 0.08
"""How far above the ground a thing must be to count as in the air."""
MOVED, LIFTED, SCALED, TURNED, PANNED, ZOOMED = 0.11, 0.1, 1.18, 60.0, 0.05, 1.1
TOUCHING, APART, SAME_DEPTH = 0.025, 0.06, 0.05


@dataclass(frozen=True)
class Sight:
    """What a frame shows: the time, the number of the shot, its place, the camera, and the things that are seen."""

    time: float
    shot: int
    place: str
    camera: Camera
    things: dict[int, Thing]
    aspect: float

    def zone(self, number: int) -> str:
        """Where a thing is in the picture: "air", "front", "left", "right" or "middle"."""
        thing = self.things[number]
        x, y = self.camera.sees(thing.x, thing.y)
        if thing.altitude > AIR:
            return "air"
        if y > FRONT:
            return "front"
        if x < EDGE:
            return "left"
        return "right" if x > 1 - EDGE else "middle"


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two frames: as an Event, without times."""

    name: str
    action: str
    other: str = ""
    x: float = 0.0


def see(script: Script, time: float) -> Sight:
    """What the frame at a time in seconds shows."""
    shot = script.shot_at(time)
    camera = shot.camera_at(time)
    aspect = script.width / script.height
    things = {
        number: thing
        for number, thing in enumerate(shot.things_at(time))
        if thing.here and seen_share(thing, camera, aspect) >= SEEN
    }
    return Sight(time, script.shots.index(shot), shot.place, camera, things, aspect)


def box(thing: Thing, camera: Camera, aspect: float) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a thing in the picture, in pictures. `aspect` is the picture's width / height."""
    x, y = camera.sees(thing.x, thing.y - thing.altitude)
    tall = thing.size * camera.zoom
    wide = tall * SHAPES[thing.kind].aspect / aspect
    return x - wide / 2, y - tall, x + wide / 2, y


def seen_share(thing: Thing, camera: Camera, aspect: float) -> float:
    """The share of a thing's box that is inside the picture."""
    left, top, right, bottom = box(thing, camera, aspect)
    inside = max(0.0, min(right, 1) - max(left, 0)) * max(0.0, min(bottom, 1) - max(top, 0))
    return inside / ((right - left) * (bottom - top))


def gap(one: Thing, other: Thing, aspect: float) -> float:
    """How far two things are apart from side to side, in pictures; negative when one hides a part of the other."""
    home = Camera()
    first, second = sorted((box(one, home, aspect), box(other, home, aspect)))
    return second[0] - first[2]


def differences(before: Sight, after: Sight) -> list[Difference]:
    """What happened between two frames, as far as they show it: things from left to right, then the camera."""
    if before.shot != after.shot:
        return [Difference(CAMERA, "cuts")]
    found: list[Difference] = []
    for number in sorted({*before.things, *after.things}, key=lambda n: _x(before, after, n)):
        x = _x(before, after, number)
        if number not in before.things:
            zone = after.zone(number)
            found.append(Difference(after.things[number].name, _ENTRIES[zone], x=x))
        elif number not in after.things:
            zone = before.zone(number)
            found.append(Difference(before.things[number].name, _EXITS[zone], x=x))
        else:
            name = before.things[number].name
            found += [Difference(name, action, other, x) for action, other in _changes(before, after, number)]
    found += [Difference(CAMERA, action) for action in _camera(before.camera, after.camera)]
    return found


_ENTRIES = {
    "left": "enters_left",
    "right": "enters_right",
    "air": "enters_top",
    "front": "enters_bottom",
    "middle": "appears",
}
_EXITS = {
    "left": "leaves_left",
    "right": "leaves_right",
    "air": "leaves_top",
    "front": "leaves_bottom",
    "middle": "vanishes",
}


def _x(before: Sight, after: Sight, number: int) -> float:
    sight = before if number in before.things else after
    return sight.camera.sees(sight.things[number].x, 0)[0]


def _changes(before: Sight, after: Sight, number: int) -> list[tuple[str, str]]:
    """Actions of a thing that both frames show, each with the other one's name or the new colour where it has one."""
    a, b = before.things[number], after.things[number]
    found: list[tuple[str, str]] = []
    if abs(b.x - a.x) > MOVED:
        found.append(("moves_right" if b.x > a.x else "moves_left", ""))
    found += _meetings(before, after, number)
    if a.heading and not b.heading:
        found.append(("stops", ""))
    if abs(b.altitude - a.altitude) > LIFTED:
        found.append(("jumps" if b.altitude > a.altitude else "falls", ""))
    if max(b.size / a.size, a.size / b.size) > SCALED:
        found.append(("grows" if b.size > a.size else "shrinks", ""))
    if abs(b.angle - a.angle) > TURNED:
        found.append(("turns", ""))
    if b.colour != a.colour:
        found.append(("changes_colour", b.colour))
    return found


def _meetings(before: Sight, after: Sight, number: int) -> list[tuple[str, str]]:
    a, b = before.things[number], after.things[number]
    if abs(b.x - a.x) <= 0.02:
        return []
    return [
        ("meets", other.name)
        for index, other in before.things.items()
        if index != number
        and index in after.things
        and gap(a, other, before.aspect) > APART
        and gap(b, after.things[index], after.aspect) < TOUCHING
        and abs(b.y - after.things[index].y) < SAME_DEPTH
    ]


def _camera(a: Camera, b: Camera) -> list[str]:
    found = []
    if abs(b.x - a.x) > PANNED:
        found.append("pans_right" if b.x > a.x else "pans_left")
    if abs(b.y - a.y) > PANNED:
        found.append("tilts_down" if b.y > a.y else "tilts_up")
    if max(b.zoom / a.zoom, a.zoom / b.zoom) > ZOOMED:
        found.append("zooms_in" if b.zoom > a.zoom else "zooms_out")
    return found
