"""The words of camera work: who turns or moves, by which verb, in which direction.

A truck or slide to the side counts as a pan, a crane or pedestal as a tilt, a dolly or push as a zoom: the measures
cannot tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from recaption.postfilter.english import words as w
from recaption.postfilter.vocabulary import listed

# Who can do it. The camera does all of it, a view most, the film as a whole only what no film does otherwise.
CAMERAS = listed("camera cameras cam camerawork viewpoint perspective lens")
VIEWS = listed("view shot frame angle")
FILMS = listed("video clip footage film scene image picture sequence we")
CAMERA_PARTS = listed("angle view viewpoint perspective position work shot movement motion")
"""What may follow "camera" and still be the camera."""

SLOW = listed("slow slowly")
FAST = listed("fast quick quickly rapid rapidly swift swiftly")

LEFT, RIGHT, UP, DOWN, IN, OUT = "left", "right", "up", "down", "in", "out"
CLOCKWISE, COUNTER = "clockwise", "counterclockwise"

TOWARDS: Mapping[str, str] = {
    **dict.fromkeys(("left", "leftward", "leftwards"), LEFT),
    **dict.fromkeys(("right", "rightward", "rightwards"), RIGHT),
    **dict.fromkeys(("up", "upward", "upwards", "skyward", "skywards"), UP),
    **dict.fromkeys(("down", "downward", "downwards"), DOWN),
    **dict.fromkeys(("in", "closer", "nearer", "forward", "forwards", "inward", "inwards", "toward", "towards"), IN),
    **dict.fromkeys(("out", "away", "back", "backward", "backwards", "outward", "outwards"), OUT),
    "clockwise": CLOCKWISE,
    **dict.fromkeys(("counterclockwise", "counter-clockwise", "anticlockwise", "anti-clockwise"), COUNTER),
}
"""Directions by the words that name them."""

STATIC, MOVING, HANDHELD = "static", "moving", "handheld"

_SIDES = {LEFT: "pan_left", RIGHT: "pan_right"}
HEIGHT = {UP: "tilt_up", DOWN: "tilt_down"}
_DEPTH = {IN: "zoom_in", OUT: "zoom_out"}
_ROLLS = {CLOCKWISE: "roll_right", COUNTER: "roll_left"}


@dataclass(frozen=True)
class Family:
    """Verbs that claim the same.

    Attributes:
        verbs: in their base form.
        directions: what each claims in each direction.
        alone: what it claims without one; "" for nothing.
        views, films: whether views and films do it too, with a direction or without where `alone` is given.
        own: a verb of camera work alone, of which "panning left" needs no subject.
    """

    verbs: frozenset[str]
    directions: Mapping[str, str] = field(default_factory=dict)
    alone: str = ""
    views: bool = True
    films: bool = False
    own: bool = False


_ANY = {**_SIDES, **HEIGHT, **_DEPTH, **_ROLLS}
_AROUND = {**_SIDES, **HEIGHT, **_ROLLS}
FAMILIES = (
    Family(listed("pan"), {**_SIDES, **HEIGHT, **_DEPTH}, "pan", films=True, own=True),
    Family(listed("tilt"), {**HEIGHT, **_ROLLS}, "tilt", films=True, own=True),
    Family(listed("zoom"), {IN: "zoom_in", OUT: "zoom_out"}, "zoom", films=True, own=True),
    Family(listed("dolly truck"), _ANY, MOVING, own=True),
    Family(listed("track"), _ANY, MOVING),
    Family(listed("push"), {IN: "zoom_in"}, films=True),
    Family(listed("pull"), {OUT: "zoom_out"}, films=True),
    Family(listed("turn"), _AROUND),
    Family(listed("sweep swing whip swivel rotate pivot veer"), _AROUND, MOVING),
    Family(listed("shift"), _AROUND | _DEPTH),
    Family(listed("move glide slide drift float"), _ANY, MOVING),
    Family(listed("travel scroll fly go inch edge creep come get draw"), _ANY, MOVING, views=False),
    Family(listed("close"), {IN: "zoom_in"}, films=True),
    Family(listed("tighten approach advance"), {}, "zoom_in"),
    Family(listed("retreat widen"), {}, "zoom_out"),
    Family(listed("back"), {OUT: "zoom_out"}, views=False),
    Family(listed("rise ascend climb soar"), {}, "tilt_up"),
    Family(listed("lift"), HEIGHT, "tilt_up"),
    Family(listed("descend lower sink drop dip"), {}, "tilt_down"),
    Family(listed("crane boom pedestal"), {**HEIGHT, **_DEPTH}, MOVING),
    Family(listed("roll"), {LEFT: "roll_left", RIGHT: "roll_right", **_ROLLS}, "roll"),
    Family(listed("spin twist"), _ROLLS, MOVING),
    Family(listed("shake wobble jitter bounce tremble judder jerk jolt"), {}, HANDHELD, films=True),
    Family(listed("follow orbit circle arc trail chase accompany encircle"), {}, MOVING),
)

WAYS = listed(
    """corridor hall hallway street road lane aisle alley alleyway path track tunnel river runway row trail driveway
    highway stairs staircase stairway steps escalator slope hill hillside ramp"""
)
"""What leads ahead: "down the street" is no way down, nor "up the stairs" one up."""

COPULAS = listed("is are was were be been being remain remains remained stay stays stayed staying remaining keep kept")
HOLDS = listed("hold holds held holding stand stands stood standing sit sits")
"""With "still": holds still."""
STILL = listed("""static stationary still fixed motionless immobile unmoving locked locked-off unchanged unmoved""")
AIMED = listed("fixed locked focused focussed trained")
"""With "on": that which turns with whom it films is no still camera."""
SHAKY = listed("handheld hand-held shaky unsteady jittery wobbly jerky shaking")
ENDS = listed("stop stops stopped halt halts pause pauses settle settles rest rests")
BEGINNERS = listed(
    """begin begins began start starts started continue continues continued keep keeps kept proceed proceeds seem seems
    appear appears go goes then also now just simply only finally eventually first next again to by on once both will
    can could seen is are was were has had have been be being does do did remains still"""
)
"""What stands between the camera and what it does."""
NEGATIONS = listed("not never doesn't don't didn't isn't wasn't hardly barely cannot")

_IRREGULAR = {
    "swing": "swung", "spin": "spun", "rise": "rose risen", "sink": "sank sunk", "shake": "shook shaken",
    "draw": "drew drawn", "creep": "crept", "fly": "flew flown", "come": "came", "get": "got", "go": "went gone",
    "sweep": "swept", "slide": "slid", "cut": "cut",
}  # fmt: skip
_DOUBLED = listed("pan spin drop dip get cut")

ING, FINITE = "ing", "finite"


def _forms(verb: str) -> Iterable[tuple[str, str]]:
    """The forms of a verb, each with whether it is the one in -ing."""
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    dropped = stem[:-1] if stem.endswith("e") else stem
    yield from ((form, FINITE) for form in (verb, w.third_person(verb)))
    yield dropped + "ing", ING
    yield from ((form, FINITE) for form in _IRREGULAR.get(verb, _past(verb, stem)).split())


def _past(verb: str, stem: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return stem + "d" if stem.endswith("e") else stem + "ed"


@dataclass(frozen=True)
class Form:
    """A verb as it stands in a text."""

    verb: str
    family: Family
    form: str


VERBS: Mapping[str, Form] = {
    word: Form(verb, family, form)
    for family in FAMILIES
    for verb in sorted(family.verbs)
    for word, form in _forms(verb)
}
SOME_VERB = Form("", Family(frozenset()), FINITE)
OTHER_VERBS = w.THIRD_PERSON | listed("sits leads swoops lingers ends finds catches settles films records lands dives")
"""What a camera does beside."""
CUTTING: Mapping[str, Form] = {
    word: Form(verb, Family(frozenset()), form)
    for verb in ("cut", "switch", "transition", "dissolve", "fade", "jump", "change", "shift", "cross-fade")
    for word, form in _forms(verb)
}
"""Verbs of films that go on with another shot."""

FILMED = listed("shot filmed recorded captured taken viewed seen")
SHOTS_OF = listed(
    "shot camera view angle perspective viewpoint frame position vantage footage video clip film recording style take"
)
ADJECTIVES: Mapping[str, str] = {
    **dict.fromkeys(listed("static stationary fixed motionless locked-off locked locked-down unmoving"), STATIC),
    **dict.fromkeys(listed("tracking moving steadicam crane dolly follow"), MOVING),
    **dict.fromkeys(listed("handheld hand-held shaky jittery wobbly"), HANDHELD),
    "panning": "pan",
    "tilting": "tilt",
    "zooming": "zoom",
}
"""What words before a shot or camera claim of it."""
SHOT_NOUNS: Mapping[str, frozenset[str]] = {
    STATIC: listed("shot camera view angle perspective viewpoint frame position vantage"),
    MOVING: listed("shot camera"),
    HANDHELD: SHOTS_OF | {"camerawork", "shots"},
    "pan": listed("shot camera view"),
    "tilt": listed("shot camera view"),
    "zoom": listed("shot camera view"),
}
"""The nouns with which they do."""
POSED = listed("from in maintains maintaining holds holding keeps keeping")
"""With these before it, a fixed position is the camera's."""
MODIFIERS = (
    SLOW
    | FAST
    | listed(
        """slight gentle smooth sweeping steady gradual subtle panoramic horizontal vertical whip crash camera sudden
        dramatic close leftward rightward upward downward clockwise counterclockwise counter-clockwise anticlockwise
        anti-clockwise left-to-right right-to-left wide eye-level low-angle high-angle overhead aerial drone medium"""
    )
)
"""What may stand before a pan, tilt or zoom, or between "static" and its shot."""
OF_CAMERA = SLOW | listed("camera smooth gradual steady sweeping vertical")
"""Of these, what no head or picture frame has before its tilt."""
MOVE_NOUNS: Mapping[str, str] = {
    "pan": "pan",
    "tilt": "tilt",
    "zoom": "zoom",
    "roll": "roll",
    "rotation": "roll",
    "turn": "roll",
    "movement": "move",
    "zoom-in": "zoom_in",
    "zoom-out": "zoom_out",
    "push-in": "zoom_in",
    "dolly-in": "zoom_in",
    "pull-back": "zoom_out",
    "pull-out": "zoom_out",
    "dolly-out": "zoom_out",
    "tilt-up": "tilt_up",
    "tilt-down": "tilt_down",
}
