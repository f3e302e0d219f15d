"""Openings that only tell where in the video one is."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    "opening",
    [
        "In this short clip,", "Within the given footage,", "In this pottery video,", "In this time of the video,",
        "As the footage rolls on,", "As the clip gathers pace,", "As this recording carries on,",
        "While the clip plays,",
        "Once the video gets going,", "Once the clip has passed its midpoint,", "When the footage resumes,",
        "By the midpoint of the recording,", "Well into the clip,",
        "Not long into the video,", "About ten seconds into the recording,", "A moment into the clip,",
        "Several shots into the video,", "At roughly the halfway point of the footage,",
        "For the first part of the clip,",
        "During the first half of the video,", "In the early stages of the footage,",
        "Moving along in the recording,", "Going forward in the video,", "Continuing with the clip,",
        "Starting off the clip,", "To open the video,", "With the video now in full swing,",
        "With the clip well under way,",
        "Looking at the clip as a whole,", "According to what the clip shows,", "As can be seen in the footage,",
        "As the story unfolds on screen,", "On screen,", "As we look closer,", "As one keeps watching,",
        "If you watch the clip closely,", "Through the lens of this video,", "As the sequence unfolds,",
        "The clip begins, and", "This is how the clip begins:", "In this clip", "At this point of the video",
        "Once the clip gets going",
    ],
)  # fmt: skip
def test_an_opening_goes(opening):
    cleaned = clean(f"{opening} the kettle boils over.")
    assert cleaned.text == "The kettle boils over."
    assert cleaned.flags == ()


@pytest.mark.parametrize(
    ("opening", "kept"),
    [
        ("Toward the end of what was filmed,", "At the end,"),
        ("As the clip draws to a close,", "At the end,"),
        ("With the footage nearing its close,", "At the end,"),
        ("In the final moments captured,", "At the end,"),
        ("Up to the end of the clip,", "Until the end,"),
        ("Midway into this part of the clip,", "Midway through,"),
        ("At a later point in the clip,", "Later,"),
        ("In the segment that follows,", "Next,"),
        ("Over the next few seconds of the video,", "Next,"),
        ("At the start of this home video,", "At the start,"),
        ("Throughout this bit of film,", "Throughout,"),
        ("All through the clip,", "Throughout,"),
        ("In this animated clip,", "In animation,"),
        ("In this footage taken from a drone,", "From a drone,"),
        ("In this time-lapse,", "In time-lapse,"),
        ("On the left, in the video,", "On the left,"),
    ],
)
def test_the_time_or_style_of_an_opening_stays(opening, kept):
    assert clean(f"{opening} the kettle boils over.").text == f"{kept} the kettle boils over."


def test_several_openings():
    assert clean("In this clip, as the footage goes on, in the video, the kettle boils.").text == "The kettle boils."
    text = "The tap drips. As the video progresses, it stops. As the clip ends, the tap drips again."
    assert clean(text).text == "The tap drips. It stops. At the end, the tap drips again."


@pytest.mark.parametrize(
    "opening",
    [
        "In a watercolour animation,",
        "In the final moments of the race,",
        "As the scene at the booth ends,",
        "As the camera moves on,",
        "In the film of oil,",
        "On the screen behind them,",
        "In the image of the lake on the postcard,",
        "As the light fades to black,",
        "Further down the lane,",
        "In the video shop,",
        "In slow motion,",
    ],
)
def test_what_tells_something_stays(opening):
    text = f"A man walks. {opening} the kettle boils over."
    assert clean(text).text == text


def test_a_place_in_the_picture_stays():
    assert clean("On the left side of the video, a tap drips.").text == "On the left side, a tap drips."
    assert clean("In the center of the image, a tap drips.").text == "In the center, a tap drips."
    assert clean("At the edge of the frame, a tap drips.").edits == ()


def test_a_film_at_the_cinema_stays():
    text = "Rows of people hold popcorn. As the film begins, they fall silent."
    assert clean(text).text == text
    assert clean("As the film begins, a man falls silent.").text == "A man falls silent."
