"""Scripted footage: films of several shots whose cuts, fades, camera and text are known, to hold curation against.

footage(seed, number)          a film: shots with a camera behaviour each, things that move, hard cuts and fades
one_shot(seed, number, ...)    one shot with a given camera behaviour at a given speed
lettered(script)               the same with lines of text over it
cuts(script)                   truth: from when to when one shot becomes the next
camera(shot)                   truth: what the camera does
speed(script, time)            truth: how fast the background moves through the picture
text_share(script, time)       truth: share of the picture that lines of text take up

Films are made for 24 frames a second (`render.write(script, path, fps=24)`): each shot starts at a whole frame of that.
Beyond its margins a background goes on as its own mirror image, so that a camera may go as far as it likes.
"""

from __future__ import annotations

import math
import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from recaption.scripted import grammar, lettering
from recaption.scripted.plan import ALTITUDE, DEPTHS, SCALE, SIZES
from recaption.scripted.render import background_matrix
from recaption.scripted.scenery import PLACES
from recaption.scripted.shapes import KINDS
from recaption.scripted.sight import see
from recaption.scripted.world import CAMERA, COLOURS, Camera, Event, Lettering, Script, Shot, Thing, Transition

MOVES = {
    "pan_left": ("pans_left", "x", -1),
    "pan_right": ("pans_right", "x", 1),
    "tilt_up": ("tilts_up", "y", -1),
    "tilt_down": ("tilts_down", "y", 1),
    "zoom_in": ("zooms_in", "zoom", 1),
    "zoom_out": ("zooms_out", "zoom", -1),
    "roll_clockwise": ("rolls_clockwise", "roll", 1),
    "roll_anticlockwise": ("rolls_anticlockwise", "roll", -1),
}
"""Camera behaviour -> its action, what of the camera changes, and which way. A camera that rolls clockwise turns the
picture anticlockwise."""
CAMERAS = ("static", *MOVES, "hand_held")
SPEEDS = (0.03, 0.2)
"""Slowest and fastest camera of `footage`, in picture widths a second."""
HAND_SPEEDS = (0.02, 0.08)
MOST_ZOOM = 4.0
"""How much a shot of `footage` may zoom at most: more of it shows a few big pixels, or a place as tiny tiles."""
SHAKE_SPEED = 5.0
"""Widths a second that the background moves on average for a shake of one width (found by `speed`)."""
ZOOM_STEP = 0.25
"""Seconds of one event of a zoom: an event glides evenly, a zoom at an even speed does not."""
RATE = 24
FONTS = (
    *("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSansMono"),
    *("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic"),
)


def footage(
    seed: int,
    number: int,
    shots: tuple[int, int] = (2, 6),
    seconds: tuple[float, float] = (2.0, 8.0),
    fades: float = 0.5,
    fade_seconds: tuple[float, float] = (0.25, 1.0),
    same_place: float = 0.12,
    size: tuple[int, int] = (426, 240),
) -> Script:
    """A film of several shots.

    Args:
        seed, number: the same two give the same script.
        shots: fewest and most.
        seconds: shortest and longest shot.
        fades: share of the changes of shot that are dissolves or fades through black, as many of each; the others are
            hard cuts.
        fade_seconds: shortest and longest of those; no longer than the shortest shot.
        same_place: share of the hard cuts after which the place is of the same kind, with the same colours but other
            things and another ground; the other changes of shot always lead elsewhere.
        size: width and height in pixels.
    """
    rng = random.Random(f"footage {seed} {number}")
    kinds = _kinds(rng)
    made: list[Shot] = []
    end = 0.0
    for _ in range(rng.randint(*shots)):
        transition = _transition(fades, fade_seconds, rng) if made else None
        start, end = end, end + _whole(rng.uniform(*seconds))
        place = _place(made, transition, same_place, rng)
        shown = (start - fade_seconds[1], end + fade_seconds[1])
        camera = rng.choice(CAMERAS)
        speed = _speed(camera, shown[1] - shown[0], rng)
        shot = Shot(start, end, place, rng.randrange(2**31), (), Camera(), (), transition)
        made.append(_populated(_moved(shot, camera, speed, size[0] / size[1], shown), shown, kinds, rng))
    flashes = tuple(rng.uniform(s.start + 0.8, s.end - 0.8) for s in made if rng.random() < 0.1)
    return Script(seed, number, end, *size, tuple(made), flashes=flashes)


def one_shot(
    seed: int,
    number: int,
    camera: str,
    speed: float = 0.0,
    seconds: tuple[float, float] = (3.0, 6.0),
    size: tuple[int, int] = (426, 240),
) -> Script:
    """A film of one shot, with things that move in front.

    Args:
        camera: one of CAMERAS.
        speed: of the camera, in picture widths a second: of the whole background for pans and tilts, of what is half a
            width from the middle for zooms and rolls, and about the mean for a hand-held one.
    """
    rng = random.Random(f"one shot {seed} {number}")
    end = _whole(rng.uniform(*seconds))
    shot = Shot(0.0, end, rng.choice(sorted(PLACES)), rng.randrange(2**31), (), Camera(), ())
    moved = _moved(shot, camera, speed, size[0] / size[1], (0.0, end))
    return Script(seed, number, end, *size, (_populated(moved, (0.0, end), _kinds(rng), rng),))


def lettered(script: Script, seed: int = 0) -> Script:
    """The script with lines of text: subtitles of one or two lines, each for some seconds, and a title at times.

    Fonts, sizes and colours follow from the seed. A title never lies over subtitles.
    """
    rng = random.Random(f"letters {script.seed} {script.number} {seed}")
    font, size = rng.choice(FONTS), rng.uniform(0.05, 0.075)
    columns = int(1.5 * script.width / script.height / size)
    texts: list[Lettering] = []
    time = rng.uniform(0, 1)
    while time < script.seconds:
        end = time + rng.uniform(1.5, 3.5)
        lines = textwrap.wrap(_sentence(script, rng), columns)[: rng.choice((1, 2))]
        for row, words in enumerate(reversed(lines)):
            y = 0.93 - 1.3 * size * row
            texts.append(Lettering(words, font, 0.5, y, size, "white", time, end, outlined=True))
        time = end + rng.choice((0.1, 0.1, 1.5))
    if rng.random() < 0.4:
        words = " ".join(_sentence(script, rng).split()[:2])
        x, y = rng.uniform(0.3, 0.7), rng.uniform(0.15, 0.5)
        colour, outlined = rng.choice(COLOURS), rng.random() < 0.5
        start = rng.uniform(0, script.seconds / 2)
        title = Lettering(words, rng.choice(FONTS), x, y, rng.uniform(0.08, 0.15), colour, start, start + 2.5, outlined)
        texts.append(title)
    return replace(script, texts=tuple(texts))


def cuts(script: Script) -> list[tuple[float, float]]:
    """From when to when each shot becomes the next, in seconds; the same twice for a hard cut."""
    return [shot.comes for shot in script.shots[1:]]


def camera(shot: Shot) -> str:
    """What the camera does in a shot of `footage` or `one_shot`: one of CAMERAS."""
    if shot.shake:
        return "hand_held"
    actions = {event.action for event in shot.events if event.subject < 0}
    return next((name for name, (action, _, _) in MOVES.items() if action in actions), "static")


def speed(script: Script, time: float, step: float = 1 / RATE) -> float:
    """How fast the background moves through the picture at a time: mean over the picture, in picture widths a second.

    Args:
        step: seconds over which it is measured, within the shot that the time is in.
    """
    shot = script.shot_at(time)
    width, height = script.width, script.height
    earlier, later = (_square(shot.camera_at(t), width, height) for t in (time - step / 2, time + step / 2))
    x, y = np.meshgrid(np.linspace(0, width, 9), np.linspace(0, height, 9))
    points = np.stack([x.ravel(), y.ravel(), np.ones(81)])
    moved = np.linalg.solve(later, earlier @ points) - points
    return float(np.linalg.norm(moved, axis=0).mean() / width / step)


def text_share(script: Script, time: float) -> float:
    """The share of the picture that lines of text take up, each as the box around its ink."""
    boxes = [lettering.box(t, script.width, script.height) for t in script.texts if t.start <= time < t.end]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in boxes)
    return area / (script.width * script.height)


def _whole(seconds: float) -> float:
    return round(seconds * RATE) / RATE


def _square(camera: Camera, width: int, height: int) -> npt.NDArray[np.float64]:
    return np.vstack([background_matrix(camera, width, height), (0, 0, 1)])


def _kinds(rng: random.Random) -> Iterator[str]:
    """Kinds of things without end; one comes again when all others have been."""
    while True:
        yield from rng.sample(KINDS, len(KINDS))


def _transition(fades: float, seconds: tuple[float, float], rng: random.Random) -> Transition | None:
    if rng.random() >= fades:
        return None
    return Transition(rng.choice(("dissolve", "black")), rng.uniform(*seconds))


def _speed(camera: str, seconds: float, rng: random.Random) -> float:
    if camera == "hand_held":
        return rng.uniform(*HAND_SPEEDS)
    speed = rng.uniform(*SPEEDS)
    return min(speed, math.log(MOST_ZOOM) / 2 / seconds) if "zoom" in camera else speed


def _place(made: Sequence[Shot], transition: Transition | None, same_place: float, rng: random.Random) -> str:
    if made and transition is None and rng.random() < same_place:
        return made[-1].place
    return rng.choice([place for place in sorted(PLACES) if not made or place != made[-1].place])


def _moved(shot: Shot, camera: str, speed: float, aspect: float, shown: tuple[float, float]) -> Shot:
    """A shot with a camera that behaves in a way from the first time that is shown to the last."""
    if camera == "static":
        return shot
    if camera == "hand_held":
        return replace(shot, shake=speed / SHAKE_SPEED)
    action, axis, way = MOVES[camera]
    seconds = shown[1] - shown[0]
    if axis == "zoom":
        return _zoomed(shot, action, way * 2 * speed, shown)
    change = way * seconds * {"x": speed, "y": speed * aspect, "roll": math.degrees(2 * speed)}[axis]
    begin = getattr(Camera(), axis) - change / 2
    event = Event(-1, action, *shown, {axis: begin + change}, CAMERA)
    return replace(shot, camera=replace(Camera(), **{axis: begin}), events=(event,))


def _zoomed(shot: Shot, action: str, growth: float, shown: tuple[float, float]) -> Shot:
    """A shot whose zoom grows by the same share every second: e to the power of `growth`."""
    steps = math.ceil((shown[1] - shown[0]) / ZOOM_STEP)
    times = np.linspace(*shown, steps + 1).tolist()
    zooms = [math.exp(growth * (time - sum(shown) / 2)) for time in times]
    events = tuple(
        Event(-1, action, start, end, {"zoom": zoom}, CAMERA)
        for (start, end), zoom in zip(pairwise(times), zooms[1:], strict=True)
    )
    return replace(shot, camera=Camera(zoom=zooms[0]), events=events)


def _populated(shot: Shot, shown: tuple[float, float], kinds: Iterator[str], rng: random.Random) -> Shot:
    """A shot with one to four things, each in view at some time; half of them keep up with a camera that pans."""
    things: list[Thing] = []
    events: list[Event] = []
    for _ in range(rng.randint(1, 4)):
        time = rng.uniform(shot.start, shot.end)
        thing = _thing(next(kinds), shot.camera_at(time), rng)
        pace = rng.choice((-1, 1)) * rng.uniform(0.02, 0.2)
        if rng.random() < 0.5:
            pace += (shot.camera_at(shot.end).x - shot.camera_at(shot.start).x) / (shot.end - shot.start)
        first, last = (thing.x + pace * (end - time) for end in shown)
        action = "moves_right" if pace > 0 else "moves_left"
        events.append(Event(len(things), action, *shown, {"x": last}, thing.name, begins={"x": first}))
        if rng.random() < 0.5:
            events.append(_happening(thing, len(things), shot, rng))
        things.append(thing)
    if rng.random() < 0.1:
        passer, event = _passer(next(kinds), len(things), shot, rng)
        things.append(passer)
        events.append(event)
    return replace(shot, things=tuple(things), events=(*shot.events, *events))


def _thing(kind: str, camera: Camera, rng: random.Random) -> Thing:
    x, y = camera.place(rng.uniform(0.1, 0.9), rng.choice(DEPTHS))
    altitude = ALTITUDE if rng.random() < 0.2 else 0.0
    return Thing(kind, rng.choice(COLOURS), x, y, rng.choice(SIZES) / camera.zoom, altitude / camera.zoom)


def _happening(thing: Thing, number: int, shot: Shot, rng: random.Random) -> Event:
    """Something else that a thing does at some time of its shot, within one second."""
    other = rng.choice([colour for colour in COLOURS if colour != thing.colour])
    action, changes = rng.choice(
        (
            ("grows", {"size": thing.size * SCALE}),
            ("shrinks", {"size": thing.size / SCALE}),
            ("turns", {"angle": 180.0}),
            ("jumps", {"altitude": thing.altitude + ALTITUDE}),
            ("changes_colour", {"colour": other}),
            ("vanishes", {"here": False}),
        )
    )
    start = rng.uniform(shot.start, shot.end - 1)
    return Event(number, action, start, start + rng.uniform(0.2, 0.9), changes, thing.name)


def _passer(kind: str, number: int, shot: Shot, rng: random.Random) -> tuple[Thing, Event]:
    """Somebody as tall as the picture who goes by right in front of the camera, in about a second."""
    start = rng.uniform(shot.start, shot.end - 1.5)
    end = start + rng.uniform(0.8, 1.4)
    left, right = shot.camera_at(start).place(-0.8, 1.05), shot.camera_at(end).place(1.8, 1.05)
    before, after = (left, right) if rng.random() < 0.5 else (right, left)
    thing = Thing(kind, rng.choice(COLOURS), before[0], before[1], 1.0 / shot.camera_at(start).zoom)
    changes = {"x": after[0], "y": after[1]}
    return thing, Event(
        number, "moves_right" if after[0] > before[0] else "moves_left", start, end, changes, thing.name
    )


def _sentence(script: Script, rng: random.Random) -> str:
    return grammar.frame(see(script, rng.uniform(0, script.seconds)), rng)
