"""Endless repetition."""

import pytest

from recaption.postfilter import clean
from recaption.postfilter.repetition.loops import LOOPS, is_loop
from recaption.postfilter.rule import apply


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # sentences, up to the end
        ("A boy reads. A bell rings. A bell rings. A bell rings. A bell rings.", "A boy reads. A bell rings."),
        ("A bell rings. A bell rings. A bell rings. A bell ri", "A bell rings."),
        ("A bell rings. A bell rings. A bell rings. A", "A bell rings."),
        ("He nods. She laughs. He nods. She laughs. He nods. She laughs. He", "He nods. She laughs."),
        (
            'The sign reads "EXIT". The sign reads "EXIT". The sign reads "EXIT". The sign reads "EX',
            'The sign reads "EXIT".',
        ),
        # sentences in the middle
        ("A bell rings. A bell rings. A bell rings. A boy reads.", "A bell rings. A boy reads."),
        (
            "A bell rings. A bell rings. A bell rings. A boy reads. A dog runs. A dog runs. A dog runs.",
            "A bell rings. A boy reads. A dog runs.",
        ),
        ("A bell rings. A bell rings. A bell rings and stops.", "A bell rings and stops."),
        # phrases
        ("The lift goes up one floor, up one floor, up one floor, up one fl", "The lift goes up one floor."),
        ("A kite spins over the pier, spins over the pier, spins over the pier, spins", "A kite spins over the pier."),
        ("A kite dips, and dives, and dives, and dives, and di", "A kite dips, and dives."),
        ("A kite dips, and dives, and dives, and dives, until it lands.", "A kite dips, and dives, until it lands."),
        (
            "A kite climbs and dips and climbs and dips and climbs and dips. It lands.",
            "A kite climbs and dips. It lands.",
        ),
        (
            "The lamps turn red, then blue, then red, then blue, then red, then blue. A car stops.",
            "The lamps turn red, then blue. A car stops.",
        ),
        ("A boat drifts through the reeds of the reeds of the reeds of the re", "A boat drifts through the reeds."),
        (
            "She sits at the edge of the pool of the pool of the pool of the garden.",
            "She sits at the edge of the pool of the garden.",
        ),
        # words
        (
            "The wheel turns round and the light is green, green, green, green",
            "The wheel turns round and the light is green.",
        ),
        ("A runner wears a shirt that is red red red red re", "A runner wears a shirt that is red."),
        ("A ball bounces, bounces, bounces, and rolls away.", "A ball bounces, and rolls away."),
        ("The room is very, very, very dark.", "The room is very dark."),
        ("The wall is white and white and white and white and", "The wall is white."),
        ("They march left, right, left, right, left, right, and stop.", "They march left, right, and stop."),
        ("The wave comes in—and out—and out—and out—and ou", "The wave comes in—and out."),
        # what takes two of a word to be whole
        ("She wipes the shelf inch by inch by inch by inch by in", "She wipes the shelf inch by inch."),
        ("The skaters glide side by side, side by side, side by side, side", "The skaters glide side by side."),
        ("He tries again and again and again and again and ag", "He tries again and again."),
        # where a loop begins inside of a sentence, and the first copy stays whole
        (
            "A cat sits on the mat. A dog lies on the mat. A dog lies on the mat. A dog lies on the mat. A dog lies on",
            "A cat sits on the mat. A dog lies on the mat.",
        ),
        ("A man pours tea in a cup, a man pours tea in a cup, a man pours tea in", "A man pours tea in a cup."),
    ],
)
def test_the_first_copy_stays(raw, expected):
    assert clean(raw).text == expected
    assert is_loop(raw)


@pytest.mark.parametrize(
    "text",
    [
        "He plants flags left, right, left, right, and walks on.",
        "A mirror, a window, a mirror, a window: the skater flashes by.",
        "The lamps blink red, red, white; red, red, white.",
        "Line by line, the sketch becomes a face.",
        "The kite climbs up and up and up.",
        "Knock, knock, knock. A woman opens the door.",
        "The panel shows 0 0 0 in green.",
        'The crowd shouts "go, go, go, go" as he runs.',
        "The dog runs to the gate, to the pond, to the barn, and back.",
        "She picks up the red cup, the blue cup, and the green cup.",
        "A man walks in. A woman walks in. A boy walks in.",
    ],
)
def test_what_is_no_loop(text):
    assert clean(text).text == text
    assert not is_loop(text)


@pytest.mark.parametrize("end", ["to the left, to the left, to the left, to the le", "left left left left"])
def test_the_first_copy_stays_where_the_model_was_cut(end):
    cleaned = clean(f"A man walks. The stage moves {end}", finished=False)
    assert cleaned.text == f"A man walks. The stage moves {end[: end.index('left')]}left."
    assert [edit.code for edit in cleaned.edits] == ["loop"]


def test_a_loop_is_told_by_its_edit():
    cleaned = clean("A boy reads. A bell rings. A bell rings. A bell rings.")
    assert [edit.code for edit in cleaned.edits] == ["loop"]


def test_what_follows_a_loop_keeps_its_mark():
    assert apply(LOOPS, "He waves, waves, waves; she nods.")[0] == "He waves; she nods."
    assert apply(LOOPS, "He waves (left, left, left, left, left)")[0] == "He waves (left)."
    assert apply(LOOPS, "He waves. He waves. He waves, and she nods.")[0] == "He waves, and she nods."


@pytest.mark.parametrize("raw", ["1. A man walks.\n2. A man walks.\n3. A man walks.", "- A dog.\n- A dog.\n- A dog."])
def test_markers_of_a_list_hide_no_loop(raw):
    assert is_loop(raw)


@pytest.mark.parametrize("raw", ["", "A man walks.</s></s></s></s>", "<pad><pad><pad>", "A man walks. " * 2])
def test_what_does_not_loop(raw):
    assert not is_loop(raw)


def test_a_loop_of_many_words_is_found():
    words = " ".join(f"word{i}" for i in range(400))
    assert is_loop(f"{words}. " * 3)
    assert clean(f"A man walks. {words}. " * 3).text == f"A man walks. {words}."
