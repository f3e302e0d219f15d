"""Sentences that only say that something did not change."""

import pytest

from recaption.postfilter import clean
from recaption.postfilter.negation.unchanged import UNCHANGED
from recaption.postfilter.rule import apply

FACT = "A baker dusts a loaf with flour."


@pytest.mark.parametrize(
    "unchanged",
    [
        # does not change
        "The scenery does not vary.",
        "Those who wait behind him do not change.",
        "The shelf has not been touched.",
        "The sky has not altered in any way.",
        "The gate does not look any different.",
        "The orchard is otherwise not affected by this.",
        "The curtain has yet to change.",
        # stays the same
        "The background stays the same.",
        "The rest of the room remains unaltered.",
        "The lighting remains consistent throughout the scene.",
        "The backdrop remains static.",
        "The wall behind her is still the same.",
        "The composition is identical at the start and at the end.",
        "The counter, the shelf and the stools are as they were.",
        "The square looks exactly as it did before.",
        "The tower stands where it stood.",
        "The room is no different from before.",
        "After that all is like before.",
        "The crowd is as large as before.",
        "The flame burns as before.",
        "The river is no higher than at the beginning.",
        "The mountains keep their appearance.",
        "The pace is maintained throughout.",
        "It stays that way.",
        "The moped is still there.",
        "The status quo is kept.",
        "Everything is in its usual place.",
        # nothing happens
        "Nothing happens at the far end of the hall.",
        "During all this time nothing changes.",
        "Nothing else about the stall is different.",
        "Nothing of note takes place on the table.",
        "Not a thing is different on the pier.",
        "There is nothing new to see on the left.",
        "None of the other objects is altered.",
        "Neither the light nor the camera angle changes.",
        "Nobody changes places.",
        # no change
        "There are no significant changes in the background.",
        "There has been no visible update to the inventory bar.",
        "No alteration has been made to the set.",
        "No difference can be seen in the sky.",
        "The factory itself undergoes no change.",
        "The stall does not show any change.",
        "The lawn shows no sign of change.",
        "The yard continues without variation.",
        # openers and tails
        "As for the arena, nothing is different.",
        "In terms of the lighting, the hall has not changed.",
        "Apart from that, the beach looks as it did a moment ago.",
        "The yard remains unchanged until the end.",
        "The signs on the wall, too, are unchanged.",
    ],
)
def test_a_sentence_goes(unchanged):
    for text in (f"{unchanged} {FACT}", f"{FACT} {unchanged}"):
        assert clean(text).text == FACT
    assert apply(UNCHANGED, f"{unchanged} {FACT}")[0] == FACT


@pytest.mark.parametrize(
    "text",
    [
        # states with content
        "The guard remains seated.",
        "The light stays soft and warm.",
        "Her expression remains neutral.",
        "The water is still.",
        "The score is unchanged at 2-2.",
        "The camera is fixed.",
        "The camera remains static.",
        "The camera does not move.",
        "There is no camera movement.",
        "The dog does not move.",
        "The two cups are identical.",
        "Both towers have the same shape.",
        # a second statement
        "The background remains consistent, with shelves of steel bowls.",
        "The king's position does not change, but the rook moves.",
        "The background stays the same as a boy walks in.",
        "The lighting stays the same while the camera moves.",
        "The baker kneads dough and the kitchen stays the same.",
        "Nothing moves in the reed bed until the heron strikes.",
        "Nothing happens until a fox appears.",
        "Apart from a candle that flickers, nothing changes.",
        "The man walks past the shop, which has not changed.",
        # changes, and other things that are not done
        "The colour of the lamp changes from red to green.",
        "The room looks different from before.",
        "He has not eaten his soup.",
        "The boat makes no progress against the tide.",
        "The cook stirs the pot as before.",
        "The woman puts the cup back where it was.",
        "The man keeps the same pace as the runner beside him.",
        "The same waiter kneels.",
        "The texture is consistent with wool.",
        "No change machine stands in the hall.",
        'A sign says "Nothing changes." in chalk.',
    ],
)
def test_what_stays(text):
    assert apply(UNCHANGED, text) == (text, [])


def test_several_in_a_row():
    text = f"The sky is unchanged. Nothing happens. {FACT} The wall does not change. There is no change."
    assert clean(text).text == FACT
