"""What an assistant says to its user, around a caption and inside of it."""

import pytest

from recaption.postfilter import clean

FIRST = "A man in a grey coat walks along the pier."
SECOND = "A gull follows him."
CAPTION = f"{FIRST} {SECOND}"


@pytest.mark.parametrize(
    "talk",
    [
        "Sure!",
        "Certainly! Here's a caption for your clip:",
        "Of course, below is the description you asked for:",
        "Great question! I've gone through the clip, and this is what it shows:",
        "Happy to help! Please find the caption below.",
        "Hello there, thanks for sharing this lovely recording!",
        "As requested, one dense paragraph:",
        "Let me walk you through it.",
        "You asked for a caption of the harbour video, so here it comes:",
        "Describe this video in detail.",
        "Okay! Caption coming right up.",
        "My account of the clip follows.",
    ],
)
def test_before_a_caption(talk):
    assert clean(f"{talk}\n\n{CAPTION}").text == CAPTION
    assert clean(f"{talk} {CAPTION}").text == CAPTION


@pytest.mark.parametrize(
    "talk",
    [
        "I hope this helps!",
        "Let me know if you would like a shorter version.",
        "Would you like me to add the time of each event?",
        "If anything is unclear, I can go over it again.",
        "Just say so if it should be shorter.",
        "That is all I can tell you, have a nice day!",
        "Note: the description is based on eight sampled frames and may lack details.",
        "(Word count: 84)",
        "This caption was written from still pictures, so fine details may have been missed.",
        "I kept it free of opinions, as you wished.",
        "Does that help?",
        "Thank you for your patience! Shall I go on with the next clip?",
        "Feel free to paste this into your dataset.",
        "End of caption.",
    ],
)
def test_behind_a_caption(talk):
    assert clean(f"{CAPTION}\n\n{talk}").text == CAPTION
    assert clean(f"{CAPTION} {talk}").text == CAPTION


@pytest.mark.parametrize(
    "talk", ["Let me know if this works for you.", "I hope this is what you were looking for.", "(Feel free to ask.)"]
)
def test_inside_of_a_caption(talk):
    assert clean(f"{FIRST} {talk} {SECOND}").text == CAPTION
    assert clean(f"{FIRST}\n\n{talk}\n\n{SECOND}").text == CAPTION


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Sure, a man walks along the pier.", "A man walks along the pier."),
        ("Here is a caption for the clip: a man walks along the pier.", "A man walks along the pier."),
        ("Certainly! Here is the caption: A man carries three things: a bag, a hat, and a coat.",
         "A man carries three things: a bag, a hat, and a coat."),
        ("A man walks. Note: he has a limp.", "A man walks. He has a limp."),
        ("A man walks. Please note that his left shoe is missing.", "A man walks. His left shoe is missing."),
    ],
)  # fmt: skip
def test_the_facts_of_a_sentence_stay(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        '"Let me know if it hurts," says the physiotherapist, bending the knee.',
        "You Are Here, says the red dot on the map. A jogger slaps his forehead.",
        "My Fair Lady costumes hang on a rail. Two dressers push it.",
        "Here comes the marching band: tubas first, then trombones.",
        "Okay signs pass from diver to diver before they descend.",
        "The description of the suspect is sketched into a face by an artist.",
        "A caption contest is pinned to the corkboard, and a woman writes her joke under it.",
        "A dog barks. Happy to help, a boy scout lifts the wrong end of the sofa.",
        "A woman in an armchair answers the questions of a man with a clipboard. He takes notes.",
        "A printer pushes out a page. The summary on it is underlined twice.",
        "A clerk stamps the request. The text below is in capitals.",
        "Is the man asleep? His eyes are closed, and he does not move!",
        "This is a pier. That is a gull. Below them the water rises.",
        "I walk along the pier. My shadow falls on the planks. A gull looks at me.",
        "Please, says the sign, keep off the grass. A goat eats it.",
    ],
)
def test_scenes_stay(text):
    assert clean(text).text == text


def test_a_refusal_is_left_to_its_own_rule():
    text = "I'm sorry, but I can't help you with this video. No file was attached to your message."
    assert clean(text).flags == ("refusal",)


def test_nothing_but_talk_is_no_caption():
    assert clean("Sure! Let me know if you need anything else.").flags == ("no_words",)
