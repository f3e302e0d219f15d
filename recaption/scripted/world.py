"""The nouns of a scripted clip, and where everything is at a time.

Places are in pictures: x from 0 (left edge) to 1 (right edge), y from 0 (top) to 1 (bottom), as the camera at home sees
them. Times are seconds from the start of the clip, sizes are heights in pictures.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
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
    """What the camera sees: the middle of its view (x, y) and how much it magnifies.

    Attributes:
        roll: how far the camera is turned clockwise, in degrees, so that the picture turns anticlockwise.
    """

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0
    roll: float = 0.0

    def sees(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the world is in the picture of a camera that is held level; `roll` turns the whole of it."""
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
class Transition:
    """How a shot comes out of the one before, in so many seconds, half of them on each side of the shot's start.

    Attributes:
        kind: "dissolve", where one shot shines through the other, or "black", where the one before goes dark and
            this one gets light again.
    """

    kind: str
    seconds: float


SWAY = (0.4, 0.9, 1.7, 2.9)
"""What the shake of a hand is made of: sines of about so many swings a second."""
SHAKE_ROLL = 40.0
"""Degrees of roll for a shake of one picture width."""


@dataclass(frozen=True)
class Shot:
    """One shot: its time, its place (a key of scenery.PLACES), the things at its start, and what happens.

    Attributes:
        transition: how it comes out of the shot before; None for a hard cut.
        shake: how far the hand that holds the camera sways from side to side, in picture widths (root mean square);
            as far up and down in picture heights, and SHAKE_ROLL times as many degrees.
    """

    start: float
    end: float
    place: str
    seed: int
    things: tuple[Thing, ...]
    camera: Camera
    events: tuple[Event, ...]
    transition: Transition | None = None
    shake: float = 0.0

    @property
    def comes(self) -> tuple[float, float]:
        """From when to when it comes out of the shot before, in seconds; the same twice for a hard cut."""
        half = self.transition.seconds / 2 if self.transition else 0.0
        return self.start - half, self.start + half

    def things_at(self, time: float) -> tuple[Thing, ...]:
        """All things of the shot as they stand at a time, those that are not there included."""
        return tuple(
            _after(thing, [e for e in self.events if e.subject == number], time)
            for number, thing in enumerate(self.things)
        )

    def camera_at(self, time: float) -> Camera:
        """The camera at a time, shake included."""
        camera = _after(self.camera, [e for e in self.events if e.subject == -1], time)
        if not self.shake:
            return camera
        x, y, roll = (self.shake * sway for sway in _sways(self.seed, time))
        return replace(camera, x=camera.x + x, y=camera.y + y, roll=camera.roll + SHAKE_ROLL * roll)


@dataclass(frozen=True)
class Lettering:
    """One line of text that lies over the picture.

    Attributes:
        words: what it says.
        font: file name of one of matplotlib's fonts, without .ttf.
        x, y: the middle of the line, in pictures.
        size: of the font, in picture heights.
        colour: one of COLOURS.
        start, end: seconds.
        outlined: whether the letters have a dark edge, as subtitles do.
    """

    words: str
    font: str
    x: float
    y: float
    size: float
    colour: str
    start: float
    end: float
    outlined: bool = False


FLASH_SECONDS = 0.1


@dataclass(frozen=True)
class Script:
    """The whole truth about one clip.

    Attributes:
        texts: lines of text over the picture.
        logo: a thing that stands in the picture all the time, whatever the camera does.
        letterbox: how high the black bars at the top and at the bottom are, each, in picture heights.
        pillarbox: how wide the black bars at the left and at the right are, each, in picture widths.
        light: share of the scene's light that is there; a night has a tenth.
        noise: standard deviation of what is added to each channel of each pixel of the scene, in grey levels.
        flashes: seconds at which a light flashes, for FLASH_SECONDS.
    """

    seed: int
    number: int
    seconds: float
    width: int
    height: int
    shots: tuple[Shot, ...]
    texts: tuple[Lettering, ...] = ()
    logo: Thing | None = None
    letterbox: float = 0.0
    pillarbox: float = 0.0
    light: float = 1.0
    noise: float = 0.0
    flashes: tuple[float, ...] = ()

    def shot_at(self, time: float) -> Shot:
        return next((shot for shot in self.shots if time < shot.end - 1e-9), self.shots[-1])

    @property
    def events(self) -> tuple[Event, ...]:
        """All events in the order of time, cuts between shots included."""
        cuts = [Event(-1, "cuts", s.start, s.start, {}, CAMERA) for s in self.shots[1:]]
        events = [e for shot in self.shots for e in shot.events if e.action in ACTIONS]
        return tuple(sorted([*events, *cuts], key=lambda e: (e.start, e.end)))

    def to_json(self) -> dict[str, Any]:
        """A row of JSON; what came later (LATER) is left out where it is as if it were not there."""
        return asdict(self, dict_factory=_row)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Script:
        """The script that `to_json` wrote."""
        return cls(
            **{k: row[k] for k in ("seed", "number", "seconds", "width", "height")},
            shots=tuple(_shot(shot) for shot in row["shots"]),
            texts=tuple(Lettering(**text) for text in row.get("texts", ())),
            logo=Thing(**row["logo"]) if "logo" in row else None,
            **{k: row[k] for k in ("letterbox", "pillarbox", "light", "noise") if k in row},
            flashes=tuple(row.get("flashes", ())),
        )


LATER: dict[str, Any] = {
    **{"roll": 0.0, "transition": None, "shake": 0.0},
    **{"texts": (), "logo": None, "letterbox": 0.0, "pillarbox": 0.0, "light": 1.0, "noise": 0.0, "flashes": ()},
}
"""Attributes that the nouns did not have at first, with their defaults: rows without them keep their bytes."""


def _row(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if name not in LATER or value != LATER[name]}


def _shot(row: Mapping[str, Any]) -> Shot:
    return Shot(
        **{k: row[k] for k in ("start", "end", "place", "seed")},
        things=tuple(Thing(**t) for t in row["things"]),
        camera=Camera(**row["camera"]),
        events=tuple(Event(**e) for e in row["events"]),
        transition=Transition(**row["transition"]) if "transition" in row else None,
        shake=row.get("shake", 0.0),
    )


def _sways(seed: int, time: float) -> tuple[float, float, float]:
    """Where a hand is at a time, on three axes; root mean square 1 on each."""
    rng = random.Random(f"hand {seed}")

    def sway() -> float:
        swings = [(rate * rng.uniform(0.8, 1.2), rng.uniform(0, math.tau)) for rate in SWAY]
        weights = [1 / rate for rate, _ in swings]
        size = math.sqrt(sum(w * w for w in weights) / 2)
        angles = [math.tau * rate * time + phase for rate, phase in swings]
        return sum(w * math.sin(a) for w, a in zip(weights, angles, strict=True)) / size

    return sway(), sway(), sway()


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
