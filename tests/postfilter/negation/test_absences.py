"""What is said not to be in the scene."""

import pytest

from recaption.postfilter import clean
from recaption.postfilter.negation.absences import ABSENCES
from recaption.postfilter.rule import apply

FACT = "A baker dusts a loaf with flour."


@pytest.mark.parametrize(
    "absent",
    [
        # there is no ...
        "There is no ladder in the barn.",
        "There are no other guests at the table.",
        "There isn't a single cloud over the harbour.",
        "There's nobody else on the ferry.",
        "There exist no handrails on this stretch.",
        "There appears to be no furniture in the hall.",
        "There is neither a dog nor a cat in the yard.",
        "There is an absence of text.",
        "On the pavement there are no pedestrians.",
        "In the distance, no ships can be made out.",
        "There is no flag, no tent and no boat on the beach.",
        "There is no barrier between the bears and the visitors.",
        # no ... is there
        "No umpire sits in the chair.",
        "No clouds hang over the bay.",
        "No sail breaks the horizon.",
        "No other skaters share the ice.",
        "No pictures hang on the walls.",
        "No text, logo or watermark is overlaid on the picture.",
        "No water runs from the spout.",
        "Not a single leaf is on the trees.",
        "Not even a bird crosses the sky.",
        "None of the other players are visible.",
        "Neither spectators nor judges are to be seen.",
        "Nobody else is around.",
        "No one else enters the frame.",
        "Nobody stands at the railing.",
        "Nothing is written on the board.",
        "Nobody apart from the cook is in the kitchen.",
        "No people in sight.",
        "No text or watermarks.",
        # ... is not there
        "Tourists do not stroll along the pier.",
        "Trams do not run here.",
        "A referee is not on the pitch.",
        "Onlookers have not turned up.",
        "Additional people do not feature in the scene.",
        "A lighthouse cannot be seen anywhere.",
        "Handrails are not fitted to the stairs.",
        "Waiters are nowhere around.",
        "Subtitles are absent throughout.",
        "Other dancers remain out of frame.",
        "Ads, pop-ups and banners are missing altogether.",
        "Lifeguards are missing from the whole scene.",
        "Traffic is non-existent.",
        "The audience is not visible.",
        "The sun is nowhere to be seen.",
        "The presence of other people is not evident.",
        "Horse riders are not seen, nor are dogs.",
        # nobody sees them, nothing holds them
        "One sees no other houses.",
        "One will not find a single chair in this hall.",
        "One looks in vain for a bench.",
        "The camera does not show any audience.",
        "The stands hold no spectators.",
        "The scene lacks any other vehicles.",
        "The street is devoid of cars.",
        "The road is free of traffic.",
        "The background shows no buildings.",
        "The room holds no furniture.",
        "He is not accompanied by anyone.",
        # turned round
        "Of other guests, one hears and sees nothing.",
        "Of a saddle there is no sign.",
        "Of stage lamps there are none.",
        "Nowhere is there a ladder.",
        "Nor are any gulls to be seen.",
        "At no point does a car come into view.",
        "Absent from the scene are any children.",
        "Behind him stands no one.",
        "On the wall hang no pictures.",
        "What is missing is a crowd.",
        "The absence of spectators is noticeable.",
    ],
)
def test_a_sentence_goes(absent):
    for text in (f"{absent} {FACT}", f"{FACT} {absent}"):
        cleaned = clean(text)
        assert cleaned.text == FACT
        assert {edit.code for edit in cleaned.edits} == {"absence"}


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        # at the end
        ("A man walks down the street with no other people in sight.", "A man walks down the street."),
        ("The street is quiet, with neither cars nor pedestrians.", "The street is quiet."),
        ("A woman rows across the lake, without another soul in sight.", "A woman rows across the lake."),
        ("A man sits on a bench while no one else is around.", "A man sits on a bench."),
        ("He walks past the shop – no one else is visible.", "He walks past the shop."),
        ("Two boats drift by; other vessels do not come into view.", "Two boats drift by."),
        ("A horn hangs on a nail, and no player is shown.", "A horn hangs on a nail."),
        ("The scene is calm and there are no people.", "The scene is calm."),
        ("A cat sleeps, and no dogs, birds or mice are visible.", "A cat sleeps."),
        ("The bus stops, the street devoid of traffic.", "The bus stops."),
        # in the middle
        ("The dog, with no leash visible, runs along the shore.", "The dog runs along the shore."),
        ("A boy runs, no other person in sight, and jumps.", "A boy runs and jumps."),
        ("A man runs, and there is no one at the gate, and a dog barks.", "A man runs, and a dog barks."),
        ("A dog runs (no people are visible) and barks.", "A dog runs and barks."),
        ("He sits, with no cars in sight, holding a cup.", "He sits, holding a cup."),
        ("The room is bright, and no one is in it, while music plays.", "The room is bright, while music plays."),
        # at the start
        ("No one else is visible, and the man waves.", "The man waves."),
        ("There are no cars; a dog crosses the road.", "A dog crosses the road."),
        ("There are no people, but a cat sleeps on a chair.", "A cat sleeps on a chair."),
        ("No cars are visible, so the street looks empty.", "The street looks empty."),
        ("With no one in sight, the man sits down.", "The man sits down."),
        ("As the man walks, no one else is visible.", "The man walks."),
        ("Although the gate is open, there are no visitors.", "The gate is open."),
        # verbless
        ("The train slides past, no one on board.", "The train slides past."),
        ("He plays alone, his band nowhere in sight.", "He plays alone."),
        ("The road runs on, empty of traffic.", "The road runs on."),
        # an exception that was known
        ("Nobody is there but him. He yawns.", "He yawns."),
        # twice
        (
            "No cars are in view. A man digs, with no helper in sight. No birds are visible. He rests.",
            "A man digs. He rests.",
        ),
        ("The video shows no people. A gate swings in the wind.", "A gate swings in the wind."),
    ],
)
def test_a_clause_goes(raw, left):
    cleaned = clean(raw)
    assert cleaned.text == left
    assert "absence" in {edit.code for edit in cleaned.edits}


@pytest.mark.parametrize(
    "text",
    [
        # a property of a thing
        "A bicycle without a saddle leans on a post.",
        "A man with no shirt hauls a crab pot.",
        "The tin soldier has no drum.",
        "The house has no roof.",
        "The woman in the picture has no earrings.",
        "The pram lacks a wheel.",
        "A button is missing from his coat.",
        "The front wheel is missing.",
        "A wall without windows borders the yard.",
        "The road is not paved.",
        "The leaves are not green.",
        "No two shells are alike.",
        "The room is empty.",
        "Her face is not visible.",
        # what somebody or something does not do
        "Nobody catches the bouquet.",
        "Nobody in the queue gives way.",
        "No one hears the knock.",
        "None of the darts hits the board.",
        "Neither goalkeeper reaches the first cross.",
        "The light turns green; no driver moves; a fire engine roars by.",
        "The shop is closed, and nobody answers the door.",
        "The train does not stop.",
        "She does not walk; she runs.",
        "Sparks do not reach the curtain.",
        "The lifter cannot lift the bar.",
        "The king does not appear, so the crowd sings.",
        # something is there after all
        "Nobody but the dog notices the penguin.",
        "There is nothing but sand.",
        "There is no furniture in the room other than a bed.",
        "Apart from a dog, nobody is around.",
        "Except for one man, the square is free of people.",
        "No spectators are visible, only empty seats.",
        # other senses of "no"
        "There is no doubt that he wins.",
        "No fewer than nine clowns climb out.",
        "No sooner does the lid come off than the cat leaps out.",
        "No man's land lies under moonlight.",
        "None other than the mayor wades through.",
        "Not far from the strip, two zebras lift their heads.",
        "No. 7 stands in the front row.",
        "A no-entry sign stands by the gate.",
        'A sign reads "There is no lifeguard." in red.',
        "Some seats are not taken.",
        "The ball rolls out of sight.",
        "The singer is no longer on the stage.",
    ],
)
def test_what_stays(text):
    assert apply(ABSENCES, text) == (text, [])


def test_the_end_of_a_sentence_keeps_its_mark():
    assert clean("A man walks, with no cars in sight! A dog barks.").text == "A man walks! A dog barks."


def test_a_caption_of_nothing_else_leaves_nothing():
    cleaned = clean("No people are visible.")
    assert (cleaned.text, cleaned.flags) == ("", ("no_words",))
