"""Talk of the frames and pictures that the model was shown."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    "opening",
    [
        "In the first frame,", "In frame 3,", "In frames 2 and 3,", "In frames 8-12,", "During frames two and three,",
        "By the fourth image,", "By the time of the second image,", "Between the two frames,",
        "From frame 2 to frame 3,",
        "From one still to the next,", "Frame to frame,", "Compared to the previous frame,", "Unlike the first image,",
        "Comparing the sixth frame with the fifth,", "Looking at frames 4 to 5,", "Going by the eight sampled frames,",
        "Around the midpoint of the image series,", "In the left-hand picture,", "In the last of the given stills,",
        "On the image that comes fifth,", "As can be told from the third screenshot,",
        "In the step from image 2 to image 3,",
        "Across all keyframes,", "With each frame,", "Frame 4:", "Image 2:", "Frame 1 and frame 2:", "Second image:",
        "[Frame 2]", "In another of the given frames", "In the picture after this one", "Between frame two and three",
        "Judging by the fifth of the frames,", "As image 5 shows,", "In the sampled frames, one can see that",
        "In a following frame it can be noticed that", "Image 4 differs from image 3 in that",
        "The only change between image 1 and image 2 is that", "It is only in frame 5 that",
        "A comparison of frames 3 and 4 shows that", "The closing stills show that",
        "In the second-to-last frame", "In frame #3", "In image no. 3,", "In the 3rd frame,", "In frame 3 (of 8),",
        "On the leftmost image,", "In the two stills on the right", "In the images that follow,", "The frame before:",
        "As one flips through the frames,", "Glancing at the fifth frame,", "With the arrival of the third frame,",
        "On inspection of the third frame,", "Once we arrive at frame 6,", "As frame follows frame,", "Frame by frame,",
        "In frame 3, too,", "In the fourth frame, by contrast,", "We move to the third image, where",
        "It takes until frame 5 before", "A comparison of the pictures reveals that",
    ],
)  # fmt: skip
def test_an_opening_goes(opening):
    cleaned = clean(f"{opening} the tap drips.")
    assert cleaned.text.removeprefix("Next, t").removeprefix("At the end, t").removeprefix("T") == "he tap drips."
    assert {edit.code for edit in cleaned.edits} <= {"frame_mention", "lead_in", "label", "capital"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Frame 3 shows a man sitting.", "A man is sitting."),
        ("The next image in the sequence reveals a man sitting.", "Next, a man is sitting."),
        ("The final still captures a man sitting.", "At the end, a man is sitting."),
        ("The series of pictures tells of a man sitting.", "A man is sitting."),
        ("The first frame has a man in a red coat.", "There is a man in a red coat."),
        ("The second image is of a man in a red coat.", "There is a man in a red coat."),
        ("A later picture has a man sitting.", "A man is sitting."),
        ("Four frames later a man sits.", "Later, a man sits."),
        ("Frame 3 is blurred, and the man jumps.", "The man jumps."),
        # inside of a sentence
        ("A man sits in frame 4.", "A man sits."),
        ("A man sits, as seen in the fifth image, and waves.", "A man sits, and waves."),
        ("A man (see image 3) sits.", "A man sits."),
        ("His arm is higher than in the previous frame.", "His arm is higher."),
        ("A man sits over the next three frames.", "A man sits."),
        ("A man sits in the first, third and fifth frames.", "A man sits."),
        ("A man, seen only in the third frame, sits.", "A man sits."),
        ("The man in frame 3 wears a hat.", "The man wears a hat."),
        ("It is full in the first frame and empty in the last frame.", "It is full at first and empty at the end."),
        ("It is full in the first frame, half empty in the third and gone in the last.",
         "It is full at first, half empty later and gone at the end."),
        ("A man sits [frame 4].", "A man sits."),
        ("A man sits – this is the situation in the opening frame – and waves.", "A man sits and waves."),
        ("A man sits, and two frames later he stands.", "A man sits, and later he stands."),
        ("A man sits, and the next frame shows him asleep.", "A man sits, and he is asleep."),
        ("A man sits; in the next image, he stands.", "A man sits; he stands."),
        ("A man sits in the three frames that follow.", "A man sits."),
        ("A man sits as the frames advance.", "A man sits."),
        ("A man sits after the third frame.", "A man sits."),
        ("A man sits frame by frame.", "A man sits."),
        ("A man sits in frame 2, and a dog barks in frame 3.", "A man sits, and a dog barks."),
        ("The man from frame 2 waves at the dog from frame 3.", "The man waves at the dog."),
        ("His arm is higher in this frame than in the last.", "His arm is higher."),
        ("Then comes an image of a man sitting.", "Next, a man is sitting."),
        ("Picture one is a man in a red coat.", "There is a man in a red coat."),
        ("The second frame adds a dog.", "There is a dog."),
        ("Frame 6 is nearly identical to frame 5, except that the dog barks.", "The dog barks."),
        ("In the first image, a man sits. In the second, he stands. The third shows him walking.",
         "A man sits. He stands. He is walking."),
    ],
)  # fmt: skip
def test_what_a_frame_shows_stays(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The last two frames are alike.",
        "The three middle images were taken from the same spot.",
        "One of the captured stills is blurred.",
        "Not all of the sampled frames have the same colour of sky.",
        "Image 4 has the same content as image 3.",
        "Both frames show the same door.",
        "Consecutive frames are hard to tell apart.",
        "Held next to each other, the two frames turn out to use the same drawing.",
        "There are eight frames in all.",
        "The set contains eight pictures.",
        "In frames 11 to 14 the balloon is only partly visible.",
        "Between this picture and the next, the viewpoint differs slightly.",
        "From one frame to the next there is hardly a difference.",
        "There is no difference between the first and the second frame.",
        "What differs between the two keyframes is the angle of the joints.",
        "This pose recurs in pictures 4, 6 and 7.",
        "(This detail is clearest in frame 7.)",
        "The fifth frame lags behind the others.",
        "This frame builds on the one before it.",
        "The gap between stills 6 and 7 is larger than the others.",
        "None of the other images reveals more about it.",
        "Hardly anything distinguishes the last two stills.",
        "Motion blur in the fourth image makes his arms hard to see.",
        "The camera angle is different in the final two images.",
        "(The number plate is illegible in all the snapshots.)",
        "The hat can be spotted in just one of the pictures.",
        "The hat is best seen in the second frame.",
        "His pose is the same one as in frame 1.",
        "It is the last of the eight frames.",
    ],
)
def test_a_sentence_about_frames_goes(sentence):
    assert clean(f"A man sits. {sentence} A dog barks.").text == "A man sits. A dog barks."
    assert clean(f"{sentence} A dog barks.").text == "A dog barks."
    assert clean(f"A man sits. {sentence}").text == "A man sits."


def test_one_of_them():
    text = "Going by the sampled frames, a man sits. The first of them is tinted green. The second of his sons waves."
    assert clean(text).text == "A man sits. The second of his sons waves."


@pytest.mark.parametrize(
    "text",
    [
        "A beekeeper lifts the third frame from the hive. In the second frame, bees crowd the comb.",
        "He wins the second frame of the snooker match. In the next frame, he pots a red.",
        "In the first frame, the bowler leaves two pins.",
        "The window frames are white, and the picture frame is gilt.",
        "A skater leaves the frame on the left.",
        "He looks at the first. In the second, a dog sleeps.",
        "Then comes a man with a picture of a ship.",
        "In the corner of the first picture on the wall, a dog sleeps.",
        "In the first picture on the wall, a dog sleeps.",
        "A man hangs a picture on the wall. The picture shows a ship.",
        "Two frames of a bicycle hang from a hook.",
        "The second frame is dark because the lamp goes out.",
        "Not until the fifth frame is a man at the door.",
        'The counter reads "frame 3 of 36".',
        "Still water mirrors the first of the towers.",
        "The cup stands in the middle of the frame.",
    ],
)
def test_frames_in_the_scene_stay(text):
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("raw", "caption"),
    [
        ("In tile four, the chef drops the noodles in.", "The chef drops the noodles in."),
        (
            "The top-left cell shows a skier at the gate, and the bottom-right cell shows him at the finish.",
            "There is a skier at the gate, and he is seen at the finish.",
        ),
        (
            "While the first frame shows a closed door, the second has an open one.",
            "There is a closed door; later, there is an open one.",
        ),
        ("In the former picture the lamp is lit, and in the latter it is dark.", "The lamp is lit, and it is dark."),
        ("Not until the fourth frame does the cat leap onto the shelf.", "The cat leaps onto the shelf."),
        ("The last frame leaves us with an empty garden.", "At the end, there is an empty garden."),
        ("An earlier frame had the dog on the lawn.", "The dog is seen on the lawn."),
        ("The frame labeled 3 shows a finished fence.", "There is a finished fence."),
        ("The second image is identical except that the candle is out.", "The candle is out."),
        (
            "The opening image has a lion asleep. In this one, it yawns. By the last one it is up.",
            "There is a lion asleep. It yawns. It is up.",
        ),
        ("This pair of frames is set in a narrow gorge.", "The scene is set in a narrow gorge."),
    ],
)
def test_rarer_wordings_of_frames(raw, caption):
    assert clean(raw).text == caption


@pytest.mark.parametrize(
    "scene",
    [
        "A painter hangs two panels. The first panel shows a saint, and the second panel shows a dragon.",
        "A mason lays tiles. The third tile breaks.",
        "Two boats lie at the pier. In the first, a man mends a net. In this one, a dog sleeps.",
        "While the first car turns left, the second has a flat tire.",
    ],
)
def test_panels_and_tiles_of_the_scene_stay(scene):
    assert clean(scene).text == scene
