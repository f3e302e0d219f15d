"""Sentences that were told before."""

import pytest

from recaption.postfilter import clean
from recaption.postfilter.repetition.retelling import stem

BEFORE = "A painter sits near a sailor. "
BETWEEN = " Gulls wheel above a pier. "


@pytest.mark.parametrize(
    ("first", "again"),
    [
        # the same words
        ("A lorry with a milk tank stops.", "A lorry with a milk tank stops!"),
        ("A painter yawns.", "A painter yawns."),
        # without something
        (
            "A baker in a white hat slides a tray into a brick oven and shuts the door.",
            "The baker slides the tray into the oven.",
        ),
        ("White petals rain on the gravel and stick.", "White petals rain on the gravel."),
        ("A train pulls into the station, its doors still closed.", "The train pulls into the station."),
        ("An old man with a cart lets two girls off before he climbs aboard.", "An old man with a cart climbs aboard."),
        # in another order
        ("A man checks his watch and crosses the street.", "The man crosses the street and checks his watch."),
        (
            "They bend one knee, cross in pairs and draw a circle.",
            "They cross in pairs, bend one knee and draw a circle.",
        ),
        (
            "Steam rises from the pot while she chops an onion on a board.",
            "She chops an onion on the board while steam rises from the pot.",
        ),
        ("A woman waits at the bus stop on the left.", "On the left, a woman waits at the bus stop."),
        ("Over the belt hangs a round clock.", "A round clock hangs over the belt."),
        ("A leaf falls, grazes the neck of the bottle and sticks.", "A leaf falls and grazes the bottle's neck."),
        # in another form
        (
            "Two kayakers paddle side by side through the rapids.",
            "The two kayakers are paddling side by side through the rapids.",
        ),
        (
            "A clerk with a chain round her neck reads from a folder.",
            "The clerk, a chain round her neck, reads from the folder.",
        ),
        (
            "A boy who wears a striped shirt kicks a ball against the door.",
            "A boy in a striped shirt kicks the ball against the door.",
        ),
        ("The conductor nods and the violins begin to play.", "The conductor nods, and the violins play."),
        ("A man in a straw hat walks across the square.", "The man in the straw hat slowly walks across the square."),
        # with a noun for a pronoun
        (
            "He dips his brush in blue paint and draws a line.",
            "The painter dips his brush in blue paint and draws a line.",
        ),
        (
            "A spaniel stops short, lowers its head and barks at him.",
            "The spaniel stops short, lowers its head and barks at the sailor.",
        ),
        # with the whole of a part
        (
            "He stretches both hands through the bars and waves.",
            "He stretches both hands through the bars of the pier.",
        ),
    ],
)
def test_what_was_told_goes(first, again):
    told = f"{BEFORE}A balcony opens on a pier. {first}"
    assert clean(f"{told}{BETWEEN}{again} A bell rings.").text == f"{told}{BETWEEN}A bell rings."


@pytest.mark.parametrize(
    ("first", "other"),
    [
        # told with progress
        ("A man throws a ball at a tower of cans and misses.", "He throws again, and this time the tower falls."),
        ("A man throws a ball at a tower of cans and misses.", "The man throws a second ball at the tower of cans."),
        ("The man lifts the box and puts it on the shelf.", "The man lifts another box and puts it on the shelf."),
        ("A man in a straw hat walks across the square.", "A man in a straw hat finally walks across the square."),
        # with a new fact
        ("A glass of water stands on the table.", "The glass of water stands empty on the table."),
        ("A man in a red hat shakes hands with a woman.", "A man in a blue hat shakes hands with a woman."),
        ("A clown juggles three balls on a unicycle.", "The clown juggles four balls on a unicycle."),
        ("A man waves from the deck of a ferry.", "Lee waves from the deck of the ferry."),
        ("Two dogs run across the wet sand toward the water.", "A dog runs across the wet sand toward the water."),
        # others do it, or it is done to others
        ("The dog chases the cat around the fountain.", "The cat chases the dog around the fountain."),
        ("The boy gives the girl a paper boat.", "The girl gives the boy a paper boat."),
        ("A red car passes a blue car on the bridge.", "The blue car passes the red car on the bridge."),
        ("A man with a beard waves to a man with a cap.", "A man with a cap waves to a man with a beard."),
        ("He lifts the heavy crate onto the truck.", "She lifts the heavy crate onto the truck."),
        # another way
        ("A beam sweeps from left to right over the stage.", "The beam sweeps from right to left over the stage."),
        ("A boy walks to the house with a bag of apples.", "The boy walks from the house with a bag of apples."),
        ("A frog jumps onto a lily pad.", "The frog jumps off the lily pad."),
        ("A girl runs behind the fence with a kite.", "The girl runs past the fence with the kite."),
        # it did not happen before
        ("The gate does not open when the guard pushes the lever.", "The gate opens when the guard pushes the lever."),
        ("A girl tries to open the heavy door with her shoulder.", "The girl opens the heavy door with her shoulder."),
        ("She bends to blow out the seven candles on the cake.", "She blows out the seven candles on the cake."),
        ("The runner almost trips over the last hurdle.", "The runner trips over the last hurdle."),
        ("She catches the green vase before it hits the tiled floor.", "The green vase hits the tiled floor."),
        # too little to tell
        ("She looks at the clock and smiles.", "She looks at the clock."),
        ("A man walks slowly.", "A man walks."),
    ],
)
def test_what_is_told_anew_stays(first, other):
    text = f"{BEFORE}{first}{BETWEEN}{other} A bell rings."
    assert clean(text).text == text


@pytest.mark.parametrize(
    "again",
    [
        "The scene cuts to a new shot.",
        "The camera pans left.",
        "The camera zooms in on her face.",
        "Then the camera slowly tilts up.",
        "The scene cuts back to the woman at the wheel of the old truck.",
    ],
)
def test_cuts_and_camera_moves_come_again(again):
    text = f"A woman sits at the wheel of an old truck. {again} A dog runs. {again} A cat sits."
    assert clean(text).edits == ()


@pytest.mark.parametrize(
    "again",
    [
        "The camera is fixed on a tripod.",
        "The camera tilts up along the struts and holds still.",
        "A shot glass falls.",
    ],
)
def test_what_only_sounds_like_a_camera_move_goes(again):
    assert clean(f"{again} A dog runs. {again} A cat sits.").text == f"{again} A dog runs. A cat sits."


def test_a_camera_move_in_a_passage_that_comes_again_goes():
    assert clean("The camera pans. A man walks. The camera pans. A man walks.").text == "The camera pans. A man walks."
    assert clean("The camera pans. The camera pans. A man walks.").text == "The camera pans. A man walks."


@pytest.mark.parametrize("speech", ['"Ready?" "Ready." The two of them jump.', '"Stop!" "Stop!" They both laugh.'])
def test_what_people_say_twice_stays(speech):
    assert clean(speech).text == speech


def test_several_sentences_go():
    first = "A boy reads a red book."
    raw = f"{first} A bell rings. {first} A dog barks. The boy reads the red book. It barks."
    assert clean(raw).text == f"{first} A bell rings. A dog barks. It barks."


def test_the_last_sentence_goes_with_its_edit():
    cleaned = clean("A boy reads a red book. A bell rings. The boy reads the red book.")
    assert cleaned.text == "A boy reads a red book. A bell rings."
    assert [(edit.code, edit.before, edit.after) for edit in cleaned.edits] == [
        ("repeated", " The boy reads the red book.", "")
    ]


@pytest.mark.parametrize(
    "forms",
    [
        "glide glides gliding glided",
        "carry carries carrying carried",
        "stop stops stopping stopped",
        "pass passes passing",
        "roll rolls rolling rolled",
        "pinch pinches pinching pinched",
        "dog dogs dog's",
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


def test_other_words_have_other_stems():
    words = [
        "left",
        "lift",
        "right",
        "red",
        "read",
        "run",
        "ring",
        "bring",
        "bus",
        "grass",
        "glass",
        "king",
        "ski",
        "sky",
    ]
    assert len({stem(word) for word in words}) == len(words)
