"""What is read of a text, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.verify.claim import Verdict
from recaption.verify.claims import claims
from recaption.verify.judging import CONTRADICTED
from recaption.verify.mending import mend
from tests.verify.proof import phrasings

PIECES = [
    *(
        "The camera ",
        "the shot ",
        "A static ",
        "pans ",
        "panning ",
        "zooms ",
        "tilts ",
        "left",
        "to the right",
        "in on ",
    ),
    *(
        "up",
        ", ",
        ". ",
        " and ",
        "then ",
        "while ",
        "before ",
        "with ",
        "not ",
        "slowly ",
        "a ",
        "pan ",
        "zoom ",
        "shot ",
    ),
    *(
        "in black and white",
        "dimly lit ",
        "dark ",
        "room ",
        '"',
        "“",
        "”",
        "(",
        "\n",
        "no cuts",
        "three shots",
        "人",
        "it ",
    ),
]


def told(text: str) -> list[str]:
    return [f"{claim.kind} {claim.value}" for claim in claims(text)]


def test_a_claim_knows_its_words() -> None:
    text = "It rains. The camera slowly pans to the left, then zooms in on a dimly lit kitchen."
    assert [(claim.value, text[claim.start : claim.end], claim.loose) for claim in claims(text)] == [
        ("slow", "slowly", True),
        ("pan_left", "pans to the left", False),
        ("zoom_in", "zooms in on a dimly lit kitchen", False),
        ("dark", "dimly lit", True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n", []),
        ("The camera", []),
        ("camera pans left", ["camera pan_left"]),
        ("THE CAMERA PANS LEFT!", ["camera pan_left"]),
        ("The camera’s view doesn’t move.", ["camera static"]),
        ('A sign reads "The camera pans left".', []),
        ("The camera pans left. The camera pans left.", ["camera pan_left"] * 2),
        ("The camera does not pan to the left.", []),
        ("The camera pans left to a man who turns right and zooms past a bus.", ["camera pan_left"]),
        ("The camera follows a girl as she moves to the left.", ["camera moving"]),
        ("The camera moves down the corridor.", ["camera moving"]),
        ("The camera moves down the wall.", ["camera tilt_down"]),
        ("The camera stays to the left of the car.", []),
        ("The camera pans across a table to a lamp to the left of the bed.", ["camera pan"]),
        ("The camera pans across a man walking to the left.", ["camera pan"]),
        ("The camera moves left to right.", ["camera pan_right"]),
        ("The camera rotates clockwise around the statue.", ["camera moving"]),
        ("It is not a static shot.", []),
        ("There is no zoom.", []),
        ("The camera is never static.", ["camera moving"]),
        ("The scene does not change.", []),
        ("The scene does not cut away.", ["shots one"]),
        ("The scene transitions from day to night.", []),
        ("A man films his house with a handheld camera.", []),
        ("The TV screen goes black.", []),
        ("The boxer lands two different shots.", []),
        ("The camera stays fixed on the dancer.", []),
        ("The camera is locked onto the bird as it flies.", []),
        ("The camera stays fixed on the dancer, following her across the stage.", ["camera moving"]),
        ("The camera is fixed to a wall.", ["camera static"]),
        ("The video cuts off abruptly.", []),
        ("The video cuts out.", []),
        ("The camera cuts through the crowd.", []),
        ("The scene changes from summer to winter.", []),
        ("The scene changes as the sun sets.", []),
        ("A montage of photographs is pinned on a wall.", []),
        ("The scene changes, and a child waves.", ["shots several"]),
        ("The video consists of two scenes.", ["shots several"]),
        ("The video consists of two shots.", ["shots 2"]),
        ("The image is split into two scenes shown side by side.", []),
        ("Four different scenes are shown in a grid.", []),
        ("The camera moves up the stairs.", ["camera moving"]),
        ("The camera moves up the winding road.", ["camera moving"]),
        ("The camera moves down the slope.", ["camera moving"]),
        ("The camera climbs a flight of stairs.", ["camera moving"]),
        ("The camera moves up from the street to the roof.", ["camera tilt_up"]),
        ("The camera glides past rows of shelves to the left and right.", ["camera moving"]),
        ("At first the room is dark, then the lights come on.", []),
        ("The street light is dim.", []),
        ("The light is dim.", ["picture dark"]),
        ("The church is dark against the bright sunset sky.", []),
        ("The bar is dark chocolate.", []),
        ("The bar is dark and crowded.", ["picture dark"]),
        ("The television shows a black and white film.", []),
        ("The scene is still dark when he wakes.", []),
        ("The scene is still unfolding.", []),
        ("The scene is frozen in ice and snow.", []),
        ("The scene remains static with no changes in camera angle, while dancers fill the stage.", ["camera static"]),
        ("The video shows a slideshow on a projector.", []),
        ("Nothing moves except the smoke.", []),
        ("The scene is frozen in time.", ["motion none"]),
        ("The camera drops from his hands and falls to the ground.", []),
        ("A camera moves along a rail in the studio.", []),
        ("No camera pans or zooms are used.", []),
        ("There are no camera pans or zooms.", []),
        ("A drone camera moves along a rail.", ["camera moving"]),
        ("镜头向左平移。", []),
    ],
)
def test_edges(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("part", ["tuned", "aside"])
def test_idle_sentences_around_a_phrasing_change_nothing(part: str) -> None:
    known = phrasings(part)
    idle = [each.text for each in known if not each.claims]
    for i, each in enumerate(known):
        before, after = idle[i % len(idle)], idle[(i * 7 + 3) % len(idle)]
        assert told(f"{before} {each.text} {after}") == told(each.text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)))
def test_any_text(text: str) -> None:
    found = claims(text)
    assert all(0 <= claim.start < claim.end <= len(text) for claim in found)
    assert found == sorted(found, key=lambda claim: claim.start)
    assert len({(claim.kind, claim.value, claim.start) for claim in found}) == len(found)


@pytest.mark.parametrize(
    "unit", ["The camera pans left, ", "a static ", "and then ", "to the left ", "in the next shot "]
)
def test_long_texts_come_to_an_end(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    verdicts = [Verdict(claim, CONTRADICTED, "") for claim in claims(text)]
    assert mend(f"A dog barks. {text}", verdicts, kinds=("camera", "shots", "motion")).text.startswith("A dog barks.")
