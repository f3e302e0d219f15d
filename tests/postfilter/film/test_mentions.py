"""The video named inside of a sentence."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    "mention",
    [
        " in this video", " in the clip", " within the footage", " in this cookery clip", " in the given recording",
        " in the recorded footage", " during the video", " across the clip", " inside this clip", " in what was filmed",
        " in this bit of the video", " in the piece of footage", " at this point of the clip",
        " at one point in the video",
        " at several points in the footage", " for a large part of the video", " for the first ten seconds of the clip",
        " during this part of the recording", " within the first moments of the clip", " on this video",
        " shown in the clip", ", as seen in the footage", ", as captured by the recording",
        " 12 seconds into the video",
        " a few seconds into the clip", " as the video plays on", " before the clip is over",
        " until the recording ends",
        " while the footage runs", " when the clip begins", " just before the footage ends",
        " once the video has started",
        " where the clip opens", " to end the clip", ", as the video makes clear", ", to judge by the footage",
        ", according to the clip", ", at least in this clip", ", which is also where the clip stops",
        ", which brings the video to an end", " (this is the longest shot of the clip)", ", and here the clip ends",
        ", the last image of the video", ", as we can see", " as one can observe in the clip",
    ],
)  # fmt: skip
def test_a_mention_goes(mention):
    assert clean(f"A dog barks{mention}.").text == "A dog barks."
    assert (
        clean(f"A goat bleats. A dog barks{mention}. A hen runs off.").text
        == "A goat bleats. A dog barks. A hen runs off."
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("A man smiles throughout the video.", "A man smiles throughout."),
        ("The man in the video smiles.", "The man smiles."),
        ("The lighting of the video is dim.", "The lighting is dim."),
        ("The video's lighting is dim.", "The lighting is dim."),
        ("A man can be seen in the video.", "A man can be seen."),
        ("Two people are visible in the image: a man and a woman.", "Two people are visible: a man and a woman."),
        ("A dog barks for the rest of the video.", "A dog barks until the end."),
        ("For the duration of the clip, a dog barks.", "Throughout, a dog barks."),
        ("As the video shifts to a park, a dog barks.", "As the scene shifts to a park, a dog barks."),
        ("The snow falls, and the video ends.", "The snow falls."),
        # the time that it tells stays
        ("A dog barks throughout the entire clip.", "A dog barks throughout."),
        ("A dog barks for the whole of the recording.", "A dog barks throughout."),
        ("A dog barks all through the video.", "A dog barks throughout."),
        ("A dog barks the whole clip long.", "A dog barks throughout."),
        ("A dog barks for the duration of the footage and yawns.", "A dog barks throughout and yawns."),
        ("A dog barks for the rest of the clip.", "A dog barks until the end."),
        ("A dog barks for the remainder of the film above the din.", "A dog barks until the end above the din."),
        ("A dog barks up to the very end of the video.", "A dog barks until the end."),
        ("A dog barks for most of the footage.", "A dog barks most of the time."),
        ("A dog barks over the course of the video.", "A dog barks over time."),
        ("A dog barks toward the close of the video.", "A dog barks at the end."),
        ("A dog barks toward video's end.", "A dog barks toward the end."),
        ("A dog barks at the clip's end.", "A dog barks at the end."),
        ("A dog barks midway through the video.", "A dog barks midway."),
        ("A dog barks later on in the clip.", "A dog barks later on."),
        ("A dog barks from the start of the video.", "A dog barks from the start."),
        # so does the place, and what belongs to the video
        ("A dog barks on the left side of the video.", "A dog barks on the left side."),
        ("The colours of the clip are muted.", "The colours are muted."),
        ("The clip's colours are muted.", "The colours are muted."),
        ("For a split second of the clip, a dog barks.", "For a split second, a dog barks."),
        ("Two dogs are featured in the video.", "Two dogs are featured."),
        ("The dogs in this video wear collars.", "The dogs wear collars."),
        ("A dog, whom the video has shown before, barks.", "A dog barks."),
        ("A dog (seen at the start of the clip) barks.", "A dog barks."),
        ("A dog barks, in this segment of the video, to warn him.", "A dog barks to warn him."),
        ("A dog barks in the clip, and a hen runs off.", "A dog barks, and a hen runs off."),
        ("Ribbons wind in this anime clip from her wrists up.", "Ribbons wind from her wrists up."),
        # a clause of the video that tells something
        ("A dog barks as the video cuts to a barn.", "A dog barks as the scene cuts to a barn."),
        ("A dog barks towards the latter half of the clip.", "A dog barks."),
        ("A dog barks at around the halfway mark of the video.", "A dog barks."),
        ("A dog barks for most of the video's length.", "A dog barks most of the time."),
        ("A dog barks over the video's duration.", "A dog barks throughout."),
        ("A dog barks all the way through the video.", "A dog barks throughout."),
        ("A dog barks as the recording proceeds and runs off.", "A dog barks and runs off."),
        ("A dog barks, giving the clip its only fast movement.", "A dog barks."),
        ("A dog barks, in keeping with the video's gentle pace.", "A dog barks."),
        ("At no time in the video does a dog bark.", "At no time does a dog bark."),
    ],
)
def test_what_is_told_stays(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "A dog barks in the video shop.",
        "A dog barks at the video monitor.",
        "A dog barks in the film of oil on the floor.",
        "A dog barks at the clip on her hair.",
        "A dog barks at the end of the film reel.",
        "A dog barks beside the image on the wall.",
        "A dog barks in the middle of the picture.",
        'A dog barks at "the man in the video" on the sign.',
        '"Frame it in oak," says the man, and holds a rail against the corner of the photograph.',
        "A dog enters the frame.",
        "A man films a video of a dog. The dog in the video barks.",
        "A boy plays a clip on his phone. He points at the cat in the clip.",
        "A dog barks as soon as we see the gate.",
    ],
)
def test_a_video_in_the_scene_stays(text):
    assert clean(text).text == text


def test_this_video_is_the_captions_own():
    text = "A man watches a clip on his phone in this video."
    assert clean(text).text == "A man watches a clip on his phone."


def test_a_thing_that_plays_video_keeps_it():
    text = "A man holds a tablet with a paused video. The video shows a goal. He taps the image of the ball."
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("raw", "caption"),
    [
        ("The waves captured on video break on the rocks.", "The waves break on the rocks."),
        ("The goat that the video follows climbs a wall.", "The goat climbs a wall."),
        ('The text overlaid on the video reads "DAY ONE".', 'The text reads "DAY ONE".'),
        ("The men carry ropes; the video cuts to a ship.", "The men carry ropes; the scene cuts to a ship."),
        ("The person behind this footage walks to the beach.", "The person behind the camera walks to the beach."),
        ("A woman sews a button, the video reveals.", "A woman sews a button."),
    ],
)
def test_what_is_recorded_in_it_stays(raw, caption):
    assert clean(raw).text == caption


def test_a_video_wall_stays():
    assert clean("A goalkeeper is shown on the video wall.").text == "A goalkeeper is shown on the video wall."
