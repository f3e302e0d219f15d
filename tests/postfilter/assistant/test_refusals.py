"""Models that refuse."""

import pytest

from recaption.postfilter import clean, replay

FACT = "A baker dusts a loaf with flour."


@pytest.mark.parametrize(
    "refusal",
    [
        # it is sorry
        "I'm sorry, but I can't help with that.",
        "I’m sorry, but I can’t assist with that request.",
        "Sorry, no caption for this one.",
        "My apologies! The clip did not open.",
        "I apologise for the inconvenience.",
        "I'm afraid that's not possible.",
        # it cannot, may not, will not
        "I cannot provide a description of this clip.",
        "Unfortunately, I am unable to view videos.",
        "I do not have access to the file.",
        "I have no means of watching it.",
        "I am not allowed to describe the people in it.",
        "I won't go into the operation.",
        "I must decline to describe this.",
        "I'd rather not describe this.",
        "I can only see still pictures, so I can't say what happens.",
        "Describing this is something I cannot do.",
        "This isn't something I can describe.",
        "At this point I have to stop.",
        "We are not able to process the footage.",
        # what it is, and what it goes by
        "As an AI language model, I have no eyes.",
        "As a text-based system, I am without any means to watch this.",
        "I'm just a language model.",
        "My guidelines do not permit a description of this.",
        "Doing so would breach the rules that I follow.",
        "This lies outside of what I am able to do.",
        "It is impossible for me to say who dances.",
        # the caption that there will not be
        "It is not possible to describe this video.",
        "No caption can be given for this clip.",
        "The request cannot be fulfilled.",
        "Unable to process the video.",
        "Caption unavailable.",
        "Describing real people is not possible.",
        "The assistant is unable to caption clips of this kind.",
        # the clip that did not come
        "No video was attached to the message.",
        "The video did not load on my side.",
        "You have not attached a clip.",
        "The link you sent does not open.",
    ],
)
@pytest.mark.parametrize("place", ["{}", FACT + " {}", "{} " + FACT, "**{}**", '"{}"', "\n\n{}</s>"])
def test_a_refusal_fails_the_row(refusal, place):
    raw = place.format(refusal)
    cleaned = clean(raw)
    assert (cleaned.text, cleaned.flags) == ("", ("refusal",))
    assert replay(raw, cleaned.edits) == ""


@pytest.mark.parametrize(
    "text",
    [
        # people and things in the scene
        "The boy refuses to open the box.",
        "The clerk apologises and bows.",
        "Unable to lift the barbell, the lifter drops it.",
        "Unable to open the file, the clerk restarts the computer.",
        "Unfortunately, the ball misses the hoop.",
        "The assistant cannot open the jar.",
        "The model cannot see the camera.",
        "As an AI robot enters the hall, people clap.",
        "A caption at the bottom cannot be read.",
        "The video call cannot be started, and the girl frowns.",
        "Sorry for himself, the dog lies down.",
        "No answer is given by the pupil.",
        "World War I tanks cannot climb the hill.",
        # what is quoted and written
        "\"I'm sorry, I can't do that,\" says the clerk.",
        "“I cannot help you,” the guard says.",
        'A card reads "Sorry, we are unable to open today" in blue.',
        "A sign says I cannot wait.",
        "I Cannot Tell a Lie is embroidered on the pillow.",
        # doubt
        "It is not possible to see the face of the man.",
        "I can't tell whether it is rain or snow.",
        "I cannot make out the number on the door.",
    ],
)
def test_no_refusal(text):
    assert "refusal" not in clean(text).flags


@pytest.mark.parametrize(
    "goodbye",
    [
        "Let me know if you need a shorter version.",
        "If this is not what you wanted, tell me.",
        "Note: small details may have been missed.",
        "I hope this helps!",
    ],
)
def test_a_goodbye_is_no_refusal(goodbye):
    assert "refusal" not in clean(f"{FACT} {goodbye}").flags


def test_a_refusal_is_let_through_on_demand():
    assert clean("I cannot describe it.", without=["refusal"]).text == "I cannot describe it."
