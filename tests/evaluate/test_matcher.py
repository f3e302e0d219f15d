"""The matcher reads events out of any words, and is not fooled."""

import pytest

from recaption.evaluate.matcher import Told, read
from recaption.evaluate.score import Known, match, scores


def told(text: str) -> list[tuple[str, str]]:
    return [(t.name, t.action) for t in read(text)]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("A red cat enters from the left.", [("red cat", "enters_left")]),
        ("From the left, a red cat enters the picture.", [("red cat", "enters_left")]),
        ("The red cat comes into view on the right.", [("red cat", "enters_right")]),
        ("The blue car moves to the right and stops.", [("blue car", "moves_right"), ("blue car", "stops")]),
        ("The blue car moves right. It stops.", [("blue car", "moves_right"), ("blue car", "stops")]),
        ("The red cat and the blue car leave on the left.", [("red cat", "leaves_left"), ("blue car", "leaves_left")]),
        ("The red cat jumps up while the blue car shrinks.", [("red cat", "jumps"), ("blue car", "shrinks")]),
        ("The green box turns red.", [("green box", "changes_colour")]),
        ("The green cube turns upside down.", [("green box", "turns")]),
        ("The camera pans to the left.", [("camera", "pans_left")]),
        ("The camera moves closer.", [("camera", "zooms_in")]),
        ("The camera moves back, and the hat falls down.", [("camera", "zooms_out"), ("hat", "falls")]),
        ("The scene cuts to a new shot. A yellow duck is on the left.", [("camera", "cuts")]),
        ("The white ghost meets the pink bell.", [("white ghost", "meets")]),
        ("A brown lamp is on the left, next to a white ghost.", []),
        ("The camera tilts down.", [("camera", "tilts_down")]),
        ("Nothing happens.", []),
        ("", []),
    ],
)
def test_events_are_read(text, events):
    assert told(text) == events


TRUTH = [Known("red cat", "enters_left", 1.0), Known("blue car", "grows", 3.0), Known("camera", "pans_left", 5.0)]
RIGHT = "A red cat enters from the left. Then the blue car grows. The camera pans left."


def test_a_right_caption_gets_everything():
    result = match(RIGHT, TRUTH)
    assert (result.right, result.told, result.true, result.ordered, result.pairs) == (3, 3, 3, 3, 3)


def test_a_wrong_colour_is_wrong():
    assert match(RIGHT.replace("red cat", "green cat"), TRUTH).right == 2


def test_a_wrong_subject_is_wrong():
    assert match(RIGHT.replace("blue car", "blue hat"), TRUTH).right == 2


def test_a_wrong_side_is_wrong():
    assert match(RIGHT.replace("from the left", "from the right"), TRUTH).right == 2


def test_a_subject_without_colour_is_right_when_its_kind_is():
    assert match(RIGHT.replace("red cat", "cat"), TRUTH).right == 3


def test_a_swapped_order_costs_order_only():
    result = match("The blue car grows. A red cat enters from the left. The camera pans left.", TRUTH)
    assert (result.right, result.ordered, result.pairs) == (3, 2, 3)


def test_invented_events_cost_precision():
    figures = scores([match(f"{RIGHT} The green hat vanishes. The red cat jumps up.", TRUTH)])
    assert figures["event_recall"] == 1.0
    assert figures["event_precision"] == 0.6


def test_an_event_told_in_two_steps_counts_once():
    assert match(f"{RIGHT} The blue car grows.", TRUTH).told == 3


def test_the_interval_holds_the_score_and_narrows_with_more_clips():
    matches = [match(RIGHT if i % 2 else "", TRUTH) for i in range(20)]
    few, many = scores(matches), scores(matches * 20)
    for figures in (few, many):
        low, high = figures["event_recall_interval"]
        assert low <= figures["event_recall"] == 0.5 <= high
    assert many["event_recall_interval"][1] - many["event_recall_interval"][0] < 0.15


def test_read_gives_each_event_once():
    assert read("The red cat grows. The red cat grows.") == [Told("red cat", "grows")]
