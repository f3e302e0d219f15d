"""The texts that go with scripted clips, each said in many ways, so that nothing can be learned by heart.

frame       what one frame shows
difference  what happened between two frames
caption     the whole clip
summary     the steps of DiffSW, and the caption that sums them up
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

from recaption.scripted.sight import Difference, Sight, differences, see
from recaption.scripted.world import CAMERA, Script

PLACE_NAMES = {
    "meadow": ("in a green meadow", "on a meadow", "on a grassy meadow"),
    "desert": ("in a sandy desert", "in a desert", "in a desert with dunes"),
    "beach": ("on a sandy beach", "on a beach", "at a beach under a pale sky"),
    "street": ("on a grey street", "in a street with buildings", "on a street"),
    "snowfield": ("in a snowfield", "on a white snowfield", "on a snowfield with pale hills"),
    "room": ("in a room with windows", "in a room", "in a room with a wooden floor"),
    "night field": ("on a field at night", "on a dark field at night", "on a field under the night sky"),
    "hall": ("in a hall with pillars", "in a hall", "in a large hall with a checked floor"),
}

VERBS: dict[str, tuple[str, ...]] = {
    "enters_left": ("enters from the left", "comes in from the left", "comes into view on the left"),
    "enters_right": ("enters from the right", "comes in from the right", "comes into view on the right"),
    "enters_top": ("enters from the top", "comes in from above", "floats in from the top"),
    "enters_bottom": ("enters from the bottom", "comes in from below", "rises into view from the bottom"),
    "leaves_left": ("leaves on the left", "goes out on the left", "exits to the left"),
    "leaves_right": ("leaves on the right", "goes out on the right", "exits to the right"),
    "leaves_top": ("leaves at the top", "flies out at the top", "exits through the top"),
    "leaves_bottom": ("leaves at the bottom", "goes out at the bottom", "exits through the bottom"),
    "moves_left": ("moves to the left", "moves left", "goes to the left"),
    "moves_right": ("moves to the right", "moves right", "goes to the right"),
    "stops": ("stops", "comes to a halt", "comes to a stop"),
    "grows": ("grows", "gets bigger", "becomes larger"),
    "shrinks": ("shrinks", "gets smaller", "becomes smaller"),
    "turns": ("turns over", "flips over", "turns upside down"),
    "jumps": ("jumps up", "leaps into the air", "jumps into the air"),
    "falls": ("falls to the ground", "drops to the ground", "falls down"),
    "appears": ("appears", "pops up", "appears out of nowhere"),
    "vanishes": ("vanishes", "disappears", "is suddenly gone"),
    "changes_colour": ("turns {other}", "changes its colour to {other}", "becomes {other}"),
    "meets": ("meets the {other}", "joins the {other}", "comes up to the {other}"),
    "pans_left": ("pans left", "pans to the left", "swings to the left"),
    "pans_right": ("pans right", "pans to the right", "swings to the right"),
    "tilts_up": ("tilts up", "tilts upwards"),
    "tilts_down": ("tilts down", "tilts downwards"),
    "zooms_in": ("zooms in", "moves closer"),
    "zooms_out": ("zooms out", "moves back"),
}
NOTHING = ("Nothing changes.", "Nothing happens.", "Everything stays as it is.")
NEW_SHOT = ("The scene cuts to a new shot.", "There is a cut to another scene.", "The shot changes.")
LINKS = ("Then", "Next,", "After that,", "Later,", "Now")
LAST_LINKS = ("Finally,", "In the end,", "At last,")


def frame(sight: Sight, rng: random.Random) -> str:
    """What one frame shows: the place, and every thing with its colour and where it is, from left to right."""
    place = rng.choice(PLACE_NAMES[sight.place])
    numbers = sorted(sight.things, key=lambda n: sight.things[n].x)
    if not numbers:
        return rng.choice((f"The view is empty {place}.", f"There is nothing but the background {place}."))
    things = [f"{_a(sight.things[n].name)} {_where(sight, n, rng)}" for n in numbers]
    verb = "is" if len(things) == 1 else "are"
    opening = rng.choice((f"There {verb} {_list(things)} {place}.", f"{_capital(_list(things))} {verb} {place}."))
    return " ".join([opening, *_extras(sight, numbers, rng)])


def difference(before: Sight, after: Sight, rng: random.Random) -> str:
    """What happened between two frames; after a cut, what the new shot shows."""
    found = differences(before, after)
    if not found:
        return rng.choice(NOTHING)
    if found[0].action == "cuts":
        return f"{rng.choice(NEW_SHOT)} {frame(after, rng)}"
    return " ".join(f"{_capital(clause)}." for clause in _clauses(found, rng))


def caption(script: Script, times: Sequence[float], rng: random.Random) -> str:
    """The whole clip, as far as frames at these times (seconds) show it."""
    return summary(*steps(script, times, rng), rng)


def brief(script: Script, rng: random.Random) -> str:
    """A short prompt for the clip, as people write them: the things, the place and one event."""
    sight = see(script, 0.0)
    things = _list([_a(thing.name) for thing in sight.things.values()] or ["nothing"])
    events = [e for e in script.events if e.name != CAMERA]
    happens = ""
    if events:
        event = rng.choice(events)
        happens = f", the {event.name} {rng.choice(VERBS[event.action]).format(other=event.other)}"
    return f"{things} {rng.choice(PLACE_NAMES[sight.place])}{happens}"


Told = list[tuple[float, str]]
"""Time in seconds and text of each step."""


def steps(script: Script, times: Sequence[float], rng: random.Random) -> tuple[Told, list[list[Difference]]]:
    """The steps of DiffSW in true words, and what differs in each."""
    sights = [see(script, time) for time in times]
    told = [(sights[0].time, frame(sights[0], rng))]
    told += [(b.time, difference(a, b, rng)) for a, b in pairwise(sights)]
    return told, [differences(a, b) for a, b in pairwise(sights)]


def summary(told: Told, found: Sequence[Sequence[Difference]], rng: random.Random) -> str:
    """One caption for all steps: the first frame, then every event once, in order."""
    sentences = [told[0][1]]
    changes = _once(found)
    for position, (i, step) in enumerate(changes):
        if step[0].action == "cuts":
            sentences.append(told[i + 1][1])
            continue
        links = LAST_LINKS if position == len(changes) - 1 and rng.random() < 0.5 else LINKS
        text = _list(_clauses(step, rng))
        sentences.append(f"{rng.choice(links)} {text}." if rng.random() < 0.6 else f"{_capital(text)}.")
    return " ".join(sentences)


def _once(found: Sequence[Sequence[Difference]]) -> list[tuple[int, list[Difference]]]:
    """The number of each step that has something new, and what is new in it; a cut always is."""
    seen: set[tuple[str, str]] = set()
    changes = []
    for i, step in enumerate(found):
        new = [d for d in step if d.action == "cuts" or (d.name, d.action) not in seen]
        seen.update((d.name, d.action) for d in step)
        if new:
            changes.append((i, new))
    return changes


def _clauses(found: Sequence[Difference], rng: random.Random) -> list[str]:
    return [f"{_subject(d)} {rng.choice(VERBS[d.action]).format(other=d.other)}" for d in found]


def _subject(found: Difference) -> str:
    if found.name == CAMERA:
        return "the camera"
    fresh = found.action.startswith(("enters", "appears"))
    return _a(found.name) if fresh else f"the {found.name}"


def _where(sight: Sight, number: int, rng: random.Random) -> str:
    thing = sight.things[number]
    x, _ = sight.camera.sees(thing.x, thing.y)
    side = (
        "on the left" if x < 1 / 3 else "on the right" if x > 2 / 3 else rng.choice(("in the middle", "in the centre"))
    )
    zone = sight.zone(number)
    if zone == "air":
        return f"in the air {side}"
    return f"in front {side}" if zone == "front" else side


def _extras(sight: Sight, numbers: Sequence[int], rng: random.Random) -> list[str]:
    """What stands on its head, and what is rushing."""
    texts = []
    for number in numbers:
        thing = sight.things[number]
        if thing.angle % 360 > 90:
            texts.append(rng.choice((f"The {thing.name} is upside down.", f"The {thing.name} stands on its head.")))
        if thing.heading:
            way = "right" if thing.heading > 0 else "left"
            texts.append(rng.choice((f"The {thing.name} rushes {way}.", f"The {thing.name} is rushing to the {way}.")))
    return texts


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _list(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
