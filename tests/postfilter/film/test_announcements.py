"""What a lead-in announced becomes a sentence, however it was announced."""

import pytest

from recaption.postfilter import clean

DRUMMER = "A drummer is tuning a snare."


@pytest.mark.parametrize(
    "lead_in",
    [
        # the video, or a part of it, with a verb of showing
        "The footage presents", "This cooking tutorial features", "Our clip starts out with", "The recording has",
        "The first moments of the clip introduce", "The opening seconds of this film are devoted to",
        "The second half of the footage is taken up with", "A close look at the video reveals",
        "The first few scenes of the clip show", "The video, which runs for 12 seconds, documents",
        "The clip (about half a minute long) captures", "The video's first seconds belong to",
        "One of the highlights of the clip is", "The subject of the video is", "The video at hand shows",
        "The clip you sent shows", "The video that was provided depicts", "This footage is all about",
        "The recording goes on to show", "The clip then proceeds to portray", "The film carries on with",
        "The clip kicks off with", "The video moves on to", "The video picks up with", "The clip is given over to",
        "The footage tells of", "The video draws attention to", "The clip puts the spotlight on",
        # with those who watch
        "The video gives us", "The video lets us see", "The clip takes us to see", "The clip introduces us to",
        "The video treats viewers to", "The video leaves us with", "The clip invites the viewer to watch",
        "The video gives the viewer a glimpse of", "The recording brings us face to face with",
        # those who watch alone
        "We see", "We are shown", "We can make out", "You're looking at", "Viewers get a good look at",
        "The viewer is treated to", "The viewer is taken on a tour of", "Here one can watch", "One gets to see",
        "From there we are led to", "As viewers, we watch", "Those watching the clip can see", "We open on",
        "We come across", "Before us we have", "A viewer can spot", "In the clip, one sees",
        # clefts, inversions and headings
        "What we see is", "What follows is", "What the camera shows us is", "What comes next in this clip is",
        "What the viewer is shown in this short recording is", "All the video shows is", "The first thing we see is",
        "Presented here is", "Captured in this clip is", "Featured in the footage is", "On show in this video is",
        "Next up in the clip is", "In the video can be seen", "Here is", "This is a video of", "It is a clip showing",
        "A short clip of", "Footage of", "This is a look at", "Our attention is drawn to", "The eye is led to",
    ],
)  # fmt: skip
def test_a_participle_becomes_the_verb(lead_in):
    cleaned = clean(f"{lead_in} a drummer tuning a snare.")
    assert cleaned.text.removeprefix("Next, a").removeprefix("Then, a").removeprefix("A") == DRUMMER[1:]
    assert {edit.code for edit in cleaned.edits} <= {"lead_in", "video_mention"}
    assert cleaned.flags == ()


@pytest.mark.parametrize(
    "lead_in",
    [
        "The video shows how", "We get to see how", "One can observe how", "Viewers can watch as",
        "It can be seen in the clip that", "It is clear from the footage that", "It becomes apparent that",
        "What happens in the video is that", "A noteworthy scene of the footage is when", "The clip opens as",
        "There is a moment in the video when", "Then comes the part of the clip in which",
        "From there we are led on as",
        "It is at this point of the video that", "From the video one learns that", "The video captures the moment",
    ],
)  # fmt: skip
def test_a_clause_becomes_the_sentence(lead_in):
    assert clean(f"{lead_in} a drummer tunes a snare.").text == "A drummer tunes a snare."


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # time and style stay
        ("The clip ends on a boy waving.", "At the end, a boy is waving."),
        ("The closing shot of the video shows a boy waving.", "At the end, a boy is waving."),
        ("The clip then takes us to a boy waving.", "Then, a boy is waving."),
        ("The next part lets us see a boy waving.", "Next, a boy is waving."),
        ("This is followed by a boy waving.", "Next, a boy is waving."),
        ("Drone footage shows a boy waving.", "From a drone, a boy is waving."),
        ("The clip, shot in black and white, shows a boy waving.", "In black and white, a boy is waving."),
        ("For a moment the video shows a boy waving.", "For a moment a boy is waving."),
        ("On the left, the video shows a boy waving.", "On the left, a boy is waving."),
        ("In the foreground we see a boy waving.", "In the foreground a boy is waving."),
        # "it" where the sentence before spoke of the video
        ("The video shows a boy. It then shows a girl waving.", "There is a boy. Then, a girl is waving."),
        ("It begins with a boy waving.", "A boy is waving."),
        # no announcement: another subject
        ("The clip was filmed in a narrow lane.", "The scene was filmed in a narrow lane."),
        ("The video plays out in a barn.", "The scene plays out in a barn."),
        ("The clip cuts away to a barn.", "The scene cuts away to a barn."),
        ("The footage lingers on a barn.", "The camera lingers on a barn."),
        ("We cut to a barn.", "The scene cuts to a barn."),
        ("The action moves to a barn.", "The scene moves to a barn."),
        ("This documentary follows a crew.", "The camera follows a crew."),
        # what tells nothing goes
        ("A boy waves. The clip ends here.", "A boy waves."),
        ("The video then comes to its end. A boy waves.", "A boy waves."),
        # bare infinitives, names, and what hangs on a definite noun
        ("We see two girls climb a wall.", "Two girls climb a wall."),
        ("The clip shows the coach, Mr. Ito, clapping twice.", "The coach, Mr. Ito, is clapping twice."),
        ("The clip shows the old mill, seen from afar.", "The old mill is seen from afar."),
        ("The video shows a hen that squats on a nest.", "A hen squats on a nest."),
        ("The video shows the lamp reading 12.", "The lamp is seen reading 12."),
        ("This film tells the story of a boy who juggles plates.", "A boy juggles plates."),
    ],
)
def test_what_is_kept(raw, expected):
    cleaned = clean(raw)
    assert cleaned.text == expected
    assert cleaned.flags == ()


@pytest.mark.parametrize(
    "text",
    [
        "The clip of the brooch snaps off.",
        "The film on the soup wrinkles.",
        "The video monitors in the lobby show a map.",
        "The footage counter shows 00:12.",
        "The audience sees a rabbit in the hat.",
        "One sees the sea from the tower; one hears it too.",
        "The left half of the frame shows a tree.",
        "The scene ends when the curtain falls.",
        "A paper clip, bent straight, holds the note.",
        "Here comes the bride, barefoot.",
        "It is clear and cold.",
        "It shows on her face.",
        "What he sees is a bear.",
        "Seen from the tower, the town is small.",
        "The reading hour at the library begins with a song.",
        "The feed bag shows a picture of a horse.",
    ],
)
def test_what_only_looks_like_a_lead_in_stays(text):
    cleaned = clean(f"A man walks. {text}")
    assert (cleaned.text, cleaned.flags) == (f"A man walks. {text}", ())


def test_what_has_no_sound_sentence_is_flagged():
    cleaned = clean("A man walks. The video shows nothing but darkness.")
    assert cleaned.text == "A man walks. The video shows nothing but darkness."
    assert cleaned.flags == ("lead_in",)
