"""What is left of a caption without what is contradicted: whole sentences, and never nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.postfilter import clean, replay
from recaption.verify.claim import Kind, Verdict
from recaption.verify.claims import claims
from recaption.verify.judging import CONFIRMED, CONTRADICTED, judge
from recaption.verify.mending import CODE, PHRASE, Mended, camera_phrase, mend
from tests.verify.proof import phrasings

KINDS: tuple[Kind, ...] = ("camera", "shots", "motion", "picture")
KNOWN = [each for each in phrasings("tuned") if clean(each.text).text == each.text]
IDLE = [each.text for each in KNOWN if not each.claims]
CLAIMING = [each.text for each in KNOWN if each.claims]

BROKEN = {"unfinished", "full_stop", "capital", "spacing"}
"""What the post-filter says of broken sentences."""


def without(text: str, *wrong: str) -> str:
    """The caption without the claims of these values."""
    outcomes = [CONTRADICTED if claim.value in wrong else CONFIRMED for claim in claims(text)]
    verdicts = [Verdict(claim, outcome, "") for claim, outcome in zip(claims(text), outcomes, strict=True)]
    return mend(text, verdicts, kinds=KINDS).text


@pytest.mark.parametrize(
    ("text", "wrong", "expected"),
    [
        ("The camera pans left as a man walks in.", "pan_left", "A man walks in."),
        ("A man walks in as the camera pans left.", "pan_left", "A man walks in."),
        ("As the camera pans left, a man walks in.", "pan_left", "A man walks in."),
        ("A man walks in, and the camera pans left to follow him.", "pan_left", "A man walks in."),
        ("A man walks in as the camera pans left to show a boy, a dog and a cat.", "pan_left", "A man walks in."),
        ("A boy laughs, the camera pans left, and a dog barks.", "pan_left", "A boy laughs, and a dog barks."),
        (
            "The chef slices leeks, carrots and onions while the camera pans left.",
            "pan_left",
            "The chef slices leeks, carrots and onions.",
        ),
        ("While rain falls on the roof, the camera pans left.", "pan_left", "Rain falls on the roof."),
        ("The camera pans left, then zooms in.", "pan_left", "The camera zooms in."),
        ("The camera pans left, then zooms in.", "zoom_in", "The camera pans left."),
        ("The camera pans left, zooms in, and tilts up.", "pan_left", "The camera zooms in and tilts up."),
        ("The camera pans left, zooms in, and tilts up.", "zoom_in", "The camera pans left and tilts up."),
        ("The camera pans left, zooms in, and tilts up.", "tilt_up", "The camera pans left and zooms in."),
        ("The camera slowly and smoothly pans left.", "slow", "The camera smoothly pans left."),
        ("Slowly, the camera pans left.", "slow", "The camera pans left."),
        ("A slow upward tilt shows a tower.", "slow", "An upward tilt shows a tower."),
        ("A dark alley runs between two walls.", "dark", "An alley runs between two walls."),
        ("A woman waters plants in a bright, airy kitchen.", "bright", "A woman waters plants in an airy kitchen."),
        ("A cat sleeps in a small, dark attic.", "dark", "A cat sleeps in a small attic."),
        ("A man sits in a room, filmed in black and white.", "black_and_white", "A man sits in a room."),
        ("In faded black and white, a tram crosses a square.", "black_and_white", "A tram crosses a square."),
        ("In the next shot, a man opens an umbrella.", "several", "A man opens an umbrella."),
        ("A man stands in a very dark room.", "dark", "A man stands in a room."),
        ("An extremely dark room is shown.", "dark", "A room is shown."),
        ("A cat sits in a somewhat dim, cluttered garage.", "dark", "A cat sits in a cluttered garage."),
        ("It rains. The video is in slow motion, with the horse's mane flowing in the wind.", "slow", "It rains."),
        ("It rains. The video is shown entirely in slow motion.", "slow", "It rains."),
        ("He runs in slow motion and then stops.", "slow", "He runs and then stops."),
        ("The camera zooms in slowly on a clock.", "slow", "The camera zooms in on a clock."),
        ("Cars race over a bridge, shot from a fixed position.", "static", "Cars race over a bridge."),
        ("Filmed in a handheld style, two hikers climb a hill.", "handheld", "Two hikers climb a hill."),
        ("The video is shot without any cuts or edits, as the dancer moves.", "one", "The dancer moves."),
        ("It rains. A man waits in a small but dark room.", "dark", "It rains."),
        ("It rains. The camera pans left, with leaves moving in the breeze.", "pan_left", "It rains."),
        ("The camera tilts up, while leaves fall gently.", "tilt_up", "Leaves fall gently."),
        ("The camera pans left and waves come into view.", "pan_left", "Waves come into view."),
        ("The camera pans left and rolls tumble off a table.", "pan_left", "Rolls tumble off a table."),
        ("It rains. The video cuts to the sea, with waves crashing against the rocks.", "several", "It rains."),
        ("The scene is dark and rainy, and a man hurries home.", "dark", "A man hurries home."),
        (
            "The camera is handheld and slightly shaky, and the runner breathes heavily.",
            "handheld",
            "The runner breathes heavily.",
        ),
        ("The camera is static and positioned at eye level, and a cat walks by.", "static", "A cat walks by."),
        ("Shot handheld and in colour, the clip follows a boy.", "handheld", "The clip follows a boy."),
        ("The camera slowly and then quickly zooms in.", "slow", "The camera quickly zooms in."),
        ("It rains. The video begins in slow motion before speeding up.", "slow", "It rains."),
        ("It rains. The video is a static shot.", "static", "It rains."),
        ("It rains. The camera pans left. A dog barks.", "pan_left", "It rains. A dog barks."),
        ("The camera pans left. A dog barks.", "pan_left", "A dog barks."),
        ("It rains. The camera pans left.", "pan_left", "It rains."),
    ],
)
def test_what_is_left(text: str, wrong: str, expected: str) -> None:
    assert without(text, wrong) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The camera pans left.",
        "The camera pans left. The camera pans left across a shelf.",
        "It rains. The camera pans left. It then stops and zooms in.",
        "It rains. The camera pans left to a man. He waves.",
        "The camera pans left. They dance.",
        "While a woman who wears a hat smiles, the camera pans left.",
        "In a kitchen, as the camera pans left.",
    ],
)
def test_what_stays_since_nothing_or_half_of_a_thought_would_be_left(text: str) -> None:
    assert without(text, "pan_left") == text


def test_only_the_kinds_that_are_asked_for_go() -> None:
    text = "The camera pans left in a dimly lit room. A dog barks."
    verdicts = [Verdict(claim, CONTRADICTED, "") for claim in claims(text)]
    assert mend(text, verdicts, kinds=("picture",)).text == "The camera pans left in a room. A dog barks."
    assert mend(text, verdicts, kinds=("camera",)).text == "A dog barks."
    assert mend(text, verdicts) == Mended(text)


def test_edits_name_what_went() -> None:
    text = "It rains. The camera pans left. A man sits in a dark room."
    mended = mend(text, [Verdict(claim, CONTRADICTED, "") for claim in claims(text)], kinds=KINDS)
    assert [(edit.code, edit.before, edit.after) for edit in mended.edits] == [
        (CODE, " The camera pans left.", ""),
        (CODE, "A man sits in a dark room.", "A man sits in a room."),
    ]
    assert mended.text == replay(text, mended.edits) == "It rains. A man sits in a room."


def camera(kind: str, *moves: str) -> dict[str, Any]:
    return {"camera": {"kind": kind, "strength": 0.1, "moves": [{"kind": move, "strength": 0.1} for move in moves]}}


@pytest.mark.parametrize(
    ("measures", "phrase"),
    [
        (camera("pan_left", "pan_left", "pan_left"), "The camera pans left."),
        (camera("mixed", "pan_left", "zoom_in"), "The camera pans left, then zooms in."),
        (camera("roll_right"), "The camera rolls right."),
        (camera("static"), "The camera is static."),
        (camera("handheld"), "The camera is handheld."),
        (camera("mixed"), ""),
        (camera("unknown"), ""),
        ({}, ""),
    ],
)
def test_the_camera_s_phrase(measures: dict[str, Any], phrase: str) -> None:
    assert camera_phrase(measures) == phrase
    if phrase:
        assert {verdict.outcome for verdict in judge(claims(phrase), measures)} == {CONFIRMED}


def timed(kind: str, *moves: tuple[str, float, float]) -> dict[str, Any]:
    told = [{"kind": each, "start": start, "end": end, "strength": 0.1} for each, start, end in moves]
    return {"camera": {"kind": kind, "strength": 0.1, "moves": told}}


@pytest.mark.parametrize(
    ("measures", "phrase"),
    [
        (timed("mixed", ("pan_left", 0, 4), ("tilt_up", 1, 4)), "The camera pans left and tilts up."),
        (timed("mixed", ("pan_left", 0, 2), ("tilt_up", 2, 4)), "The camera pans left, then tilts up."),
        (
            timed("mixed", ("pan_left", 0, 4), ("tilt_up", 1, 2), ("zoom_in", 3, 4), ("roll_left", 5, 6)),
            "The camera pans left and tilts up and zooms in, then rolls left.",
        ),
        (
            timed("mixed", ("pan_left", 0, 2), ("handheld", 0, 5), ("pan_left", 3, 5), ("zoom_in", 3, 5)),
            "The camera pans left, then zooms in.",
        ),
        (timed("handheld", ("pan_left", 0, 1), ("handheld", 0, 5)), "The camera is handheld."),
    ],
)
def test_moves_at_once_and_the_kind(measures: dict[str, Any], phrase: str) -> None:
    assert camera_phrase(measures) == phrase
    assert {verdict.outcome for verdict in judge(claims(phrase), measures)} == {CONFIRMED}


def test_a_static_camera_s_phrase_is_said_once() -> None:
    measures = timed("static", ("pan_left", 0, 0.6))
    phrase = camera_phrase(measures)
    assert phrase == "The camera is static."
    once = mend("A dog barks.", [], phrase).text
    assert once == "A dog barks. The camera is static."
    for text in (once, "A dog barks. The camera pans left."):
        assert mend(text, judge(claims(text), measures), phrase).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A dog barks.", "A dog barks. The camera zooms in."),
        ("A dog barks", "A dog barks. The camera zooms in."),
        ("A dog barks. The camera pushes in on it.", "A dog barks. The camera pushes in on it."),
        ("A dog barks. The camera pans left.", "A dog barks. The camera zooms in."),
        ("The camera pans left.", "The camera zooms in."),
        ("一只狗在叫。", "一只狗在叫。"),
    ],
)
def test_the_phrase_is_said_once_and_in_the_place_of_what_is_wrong(text: str, expected: str) -> None:
    measures = camera("zoom_in", "zoom_in")
    verdicts = judge(claims(text), measures)
    mended = mend(text, verdicts, camera_phrase(measures), ("camera",))
    assert mended.text == replay(text, mended.edits) == expected
    assert {edit.code for edit in mended.edits} <= {CODE, PHRASE}
    again = mend(expected, judge(claims(expected), measures), camera_phrase(measures), ("camera",))
    assert again == Mended(expected)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(IDLE), st.sampled_from(CLAIMING), st.sampled_from(CLAIMING)), min_size=1, max_size=5
    ),
    st.data(),
)
def test_captions_stay_captions(sentences: list[str], data: st.DataObject) -> None:
    text = " ".join(sentences)
    wrong = data.draw(st.sets(st.sampled_from(sorted({claim.value for claim in claims(text)}) or [""])))
    mended = without(text, *wrong)
    left, told = claims(mended), claims(text)
    assert mended
    assert {(claim.kind, claim.value) for claim in left} <= {(claim.kind, claim.value) for claim in told}
    assert sum(claim.value in wrong for claim in left) <= sum(claim.value in wrong for claim in told)
    assert without(mended, *wrong) == mended
    assert re.fullmatch(r"[A-Z0-9].*[.!?]", mended)
    assert not re.search(r"\s\s|\s[.,;]|,[.,]|\ba [aeio]|\ban [^aeiouh]|\b(?:and|as|while|with|a|the|to)[.,]", mended)
    assert BROKEN.isdisjoint(edit.code for edit in clean(mended).edits)
    assert not re.search(r"(?:^|[.!?] )(?:and|but|then|while|as a|with) ", mended)
