"""The engine's paragraph stands only where it says what the caption says."""

import pytest

from recaption.postfilter import FLAGS, clean, replay
from recaption.postfilter.merge import KEPT, MERGED, REFUSED, is_faithful, merged

RAW = "A tall woman walks her dogs.\n\nThe street is wet. She stops at a red door."
SAID = clean(RAW)


@pytest.mark.parametrize(
    "reply",
    [
        "A tall woman is walking her dogs in a wet street, then she stops at a red door.",
        "On a wet street a tall woman walks a dog and stops at the red door",
        "Sure! Here is the paragraph: A tall woman walks her dogs on the wet street.\n\nShe stops at a red door.</s>",
    ],
)
def test_the_same_words_in_other_forms_and_order(reply):
    made = merged(SAID, reply)
    assert made.flags == (MERGED,)
    assert made.text == clean(reply).text
    assert replay(RAW, made.edits) == made.text
    assert len(made.text.splitlines()) == 1


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("A tall elegant woman walks her dogs in a wet street and stops at a red door.", "a new adjective"),
        ("A tall woman walks her two dogs in a wet street and stops at a red door.", "a new number"),
        ("A tall man walks his dogs in a wet street and stops at a red door.", "another person"),
        ("A tall woman runs with her dogs in a wet street and stops at a red door.", "another action"),
        ("A tall woman does not walk her dogs in a wet street and stops at a red door.", "a negation"),
        ("A woman stops.", "most is lost"),
        ("", "nothing"),
        ("I'm sorry, but I can't do that.", "a refusal"),
    ],
)
def test_other_words_leave_the_caption_as_it_is(reply, why):
    made = merged(SAID, reply)
    assert (made.text, made.edits) == (SAID.text, SAID.edits), why
    assert made.flags == (REFUSED,)


def test_the_same_text_is_no_edit():
    assert merged(SAID, SAID.text).edits == SAID.edits


def test_chinese():
    assert is_faithful("一位女子走过街道，然后停下。", "一位女子走过街道。然后她停下。")
    assert not is_faithful("一位老年女子走过街道。", "一位女子走过街道。")


def test_most_of_the_words_must_be_kept():
    source = "red green blue black white"
    assert KEPT == 0.8
    assert is_faithful("red green blue black", source)
    assert not is_faithful("red green blue", source)


def test_flags_are_told():
    assert {MERGED, REFUSED} <= FLAGS.keys()
