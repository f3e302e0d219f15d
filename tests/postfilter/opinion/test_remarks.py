"""Opinions that their shape betrays."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    "remark",
    [
        "What a goal!",
        "Unbelievable scenes here!",
        "That looks delicious.",
        "The editing is crisp and confident.",
        "The room oozes charm.",
        "The general impression is one of order.",
        "The purpose of this is to keep the animals out.",
        "He must be very tired.",
        "Perhaps she has lost something.",
        "I find this very cute.",
        "The viewer is left wondering what comes next.",
        "The slow zoom builds suspense.",
    ],
)
def test_a_remark_goes(remark):
    assert clean(f"{remark} A baker holds up a loaf.").text == "A baker holds up a loaf."


@pytest.mark.parametrize(
    ("raw", "caption"),
    [
        ("Sadly, the tower of blocks falls.", "The tower of blocks falls."),
        ("Eager to please, the dog drops the stick.", "The dog drops the stick."),
        ("With grace and poise, the dancer lifts her leg.", "The dancer lifts her leg."),
        ("A scene of quiet beauty: frost covers a window pane.", "Frost covers a window pane."),
        ("The farmer ties wire to the post, presumably to keep animals out.", "The farmer ties wire to the post."),
        ("The boy, who is clearly bored, rolls a marble across the desk.", "The boy rolls a marble across the desk."),
        ("The soft light creates an intimate mood and falls on her cheek.", "The soft light falls on her cheek."),
        ("I love how the kitten rolls on its back.", "The kitten rolls on its back."),
        ("Parrots burst from a tree in a symphony of color.", "Parrots burst from a tree."),
        ("The sun sets behind the dunes (a gorgeous moment).", "The sun sets behind the dunes."),
        (
            "There's a palpable tension in the air as two wrestlers circle each other.",
            "Two wrestlers circle each other.",
        ),
    ],
)
def test_the_fact_beside_a_remark_stays(raw, caption):
    assert clean(raw).text == caption


@pytest.mark.parametrize(
    "scene",
    [
        "The end result is a blue vase.",
        "The weight is lifted onto the bar.",
        "The goal is empty.",
        "The message is written in red chalk.",
        "The audience is on its feet.",
        "Fine sand.",
        "Four boys jump in, and one falls off the raft.",
        "Five lamps burn, and one by one they go out.",
        "It is a celebration of Holi in a narrow street.",
        "The room is full of smoke.",
        "With care, he lifts the egg.",
        "The soft rope gives the climber a hold and swings to the left.",
        "They seem to know the way and turn left at the fountain.",
    ],
)
def test_what_is_seen_stays(scene):
    assert clean(scene).text == scene
