"""Hedges are flagged, and stay."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    "text",
    [
        "A dog, probably a poodle, sleeps on the rug.",
        "Perhaps it is a school bus.",
        "The man is likely in his sixties.",
        "A woman, apparently his wife, waves.",
        "She appears to be asleep.",
        "The cup appears, from this angle, to be empty.",
        "The dog seems tired.",
        "He holds what looks like a flute.",
        "It looks as though rain is near.",
        "The box looks to be made of tin.",
        "The bird may be a heron.",
        "The bird might well be a heron.",
        "It could be a wedding.",
        "The liquid must be milk.",
        "A second ship, which one would guess is a ferry, passes.",
        "As far as can be told, the lid is made of brass.",
        "As far as the light allows one to tell, he is barefoot.",
        "If appearances do not deceive, the stairs are wet.",
        "Unless the eye is mistaken, it is a crow.",
        "In all likelihood the shop is closed.",
        "To judge by his apron, he is the cook.",
        "It is hard to tell whether he smiles.",
        "It is unclear who opens the door.",
        "He carries some kind of case.",
        "He wears a sort of turban.",
        "The stone is believed to be a meteorite.",
        "She can be assumed to know him.",
        "He is either a courier or a postman.",
        "He walks as if he were drunk.",
        "A man (his brother?) holds the ladder, no doubt for him.",
        "At a guess, forty people stand there.",
        "My impression is that the dog limps.",
        "The tower is kind of crooked.",
    ],
)
def test_a_hedge_is_flagged(text):
    cleaned = clean(text)
    assert cleaned.flags == ("hedge",)
    assert (cleaned.text, cleaned.edits) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "A submarine appears above the swell.",
        "He appears at the door to the cellar.",
        "The clown looks like his own poster.",
        "She looks to the left and waves.",
        "A parade passes in May, and May Day flags hang from the houses.",
        "The mill grinds the must of the grapes.",
        "A boat can be seen through the window.",
        "Nobody could reach the shelf.",
        "She is not sure which key fits.",
        "A possible offside is checked.",
        "He thinks hard and moves the knight.",
        'A sign reads "Perhaps tomorrow" and leans to the left.',
        "The dog waits for all three balls.",
        "He takes a slice of bread, and the knife goes by the plate.",
        "It is as wide as a door, and as far as the wall it is wet.",
        "Two kinds of bread lie on some boards.",
        "The two are sorted by size.",
        "The ball rolls as if pulled by a string.",
    ],
)
def test_what_is_certain_is_not(text):
    assert clean(text).flags == ()


def test_a_hedge_is_left_out_by_its_code():
    assert clean("Perhaps it is a bus.", without=["hedge"]).flags == ()
