"""The nouns of a scripted clip, and where everything is at a time.

Places are in pictures: x from 0 (left edge) to 1 (right edge), y from 0 (top) to 1 (bottom), as the camera at home sees
them. Times are seconds from the start of the clip, sizes are heights in pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white")

SIDES = ("left", "right", "top", "bottom")
THING_ACTIONS = (
    *(f"enters_{side}" for side in SIDES),
    *(f"leaves_{side}" for side in SIDES),
    "moves_left",
    "moves_right",
    "stops",
    "grows",
    "shrinks",
    "turns",
    "jumps",
    "falls",
    "appears",
    "vanishes",
    "changes_colour",
    "meets",
)
CAMERA_ACTIONS = ("pans_left", "pans_right", "tilts_up", "tilts_down", "zooms_in", "zooms_out", "cuts")
ACTIONS = THING_ACTIONS + CAMERA_ACTIONS
CAMERA = "camera"


@dataclass(frozen=True)
class Thing:
    """How one thing stands at one time.

    Attributes:
        x, y: the point of the ground that it stands on or floats over.
        altitude: how far it floats above that point, in picture heights.
        size: height in pictures.
        angle: turned by so many degrees, counter-clockwise.
        colour: one of COLOURS.
        here: whether it is in the scene at all.
        heading: -1 or 1 while it rushes left or right (drawn with speed lines), else 0.
    """

    kind: str
    colour: str
    x: float
    y: float
    size: float
    altitude: float = 0.0
    angle: float = 0.0
    here: bool = True
    heading: int = 0

    @property
    def name(self) -> str:
        return f"{self.colour} {self.kind}"


@dataclass(frozen=True)
class Camera:
    """What the camera sees: the middle of its view (x, y) and how much it magnifies."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    def sees(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the world is in the picture."""
        return (x - self.x) * self.zoom + 0.5, (y - self.y) * self.zoom + 0.5

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Which place of the world is at (x, y) in the picture."""
        return (x - 0.5) / self.zoom + self.x, (y - 0.5) / self.zoom + self.y


@dataclass(frozen=True)
class Event:
    """One thing that happens.

    Attributes:
        subject: number of the thing in its shot; -1 for the camera.
        action: one of ACTIONS.
        start, end: seconds.
        begins: attribute of the thing -> its value at the start, where it differs from the one before.
        changes: attribute of the thing or the camera -> its value afterwards.
        name: colour and kind of the subject when it starts, or "camera".
        other: colour and kind of the thing that is met; the new colour of a change of colour.
    """

    subject: int
    action: str
    start: float
    end: float
    changes: Mapping[str, Any]
    name: str
    other: str = ""
    begins: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shot:
    """One shot: its time, its place (a key of scenery.PLACES), the things at its start, and what happens."""

    start: float
    end: float
    place: str
    seed: int
    things: tuple[Thing, ...]
    camera: Camera
    events: tuple[Event, ...]

    def things_at(self, time: float) -> tuple[Thing, ...]:
        """All things of the shot as they stand at a time, those that are not there included."""
        return tuple(
            _after(thing, [e for e in self.events if e.subject == number], time)
            for number, thing in enumerate(self.things)
        )

    def camera_at(self, time: float) -> Camera:
        return _after(self.camera, [e for e in self.events if e.subject == -1], time)


@dataclass(frozen=True)
class Script:
    """The whole truth about one clip."""

    seed: int
    number: int
    seconds: float
    width: int
    height: int
    shots: tuple[Shot, ...]

    def shot_at(self, time: float) -> Shot:
        return next((shot for shot in self.shots if time < shot.end - 1e-9), self.shots[-1])

    @property
    def events(self) -> tuple[Event, ...]:
        """All events in the order of time, cuts between shots included."""
        cuts = [Event(-1, "cuts", s.start, s.start, {}, CAMERA) for s in self.shots[1:]]
        events = [e for shot in self.shots for e in shot.events if e.action in ACTIONS]
        return tuple(sorted([*events, *cuts], key=lambda e: (e.start, e.end)))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Script:
        """The script that `to_json` wrote."""
        shots = tuple(
            Shot(
                **{k: s[k] for k in ("start", "end", "place", "seed")},
                things=tuple(Thing(**t) for t in s["things"]),
                camera=Camera(**s["camera"]),
                events=tuple(Event(**e) for e in s["events"]),
            )
            for s in row["shots"]
        )
        return cls(**{k: row[k] for k in ("seed", "number", "seconds", "width", "height")}, shots=shots)


State = TypeVar("State", Thing, Camera)


def _after(state: State, events: Iterable[Event], time: float) -> State:
    for event in events:
        if time >= event.start:
            state = _apply(state, event, time)
    return state


def _apply(state: State, event: Event, time: float) -> State:
    """A state during or after an event: numbers glide, everything else switches half-way."""
    state = replace(state, **event.begins)
    if time >= event.end:
        return replace(state, **{**event.changes, **({"heading": 0} if "heading" in event.changes else {})})
    done = (time - event.start) / (event.end - event.start)
    values = {name: _between(getattr(state, name), value, done) for name, value in event.changes.items()}
    if "heading" in values:
        values["heading"] = event.changes["heading"]
    if event.action.startswith(("enters", "leaves")):
        values["here"] = True
    return replace(state, **values)


def _between(before: Any, after: Any, done: float) -> Any:
    if isinstance(after, float):
        return before + (after - before) * done
    return after if done >= 0.5 else before
