"""Several paragraphs in the order of a text-to-video prompt: who and where, what happens, the look."""

import pytest

from recaption.postfilter import clean, replay

WHO = "A man stands on a pier."
EVENTS = "He casts a line. The camera pans left."


def ordered(raw: str) -> str:
    cleaned = clean(raw)
    assert replay(raw, cleaned.edits) == cleaned.text
    assert clean(cleaned.text).text == cleaned.text
    return cleaned.text


@pytest.mark.parametrize(
    "look",
    [
        "The light is soft and golden.",
        "The lighting is even and cool.",
        "The colour palette consists of blues and greys.",
        "Soft morning light fills the pier.",
        "The overall style is flat and painterly.",
        "Warm colours have a slight grain.",
    ],
)
def test_the_look_goes_to_the_end(look):
    assert ordered(f"{WHO} {look}\n\n{EVENTS}") == f"{WHO} {EVENTS} {look}"


@pytest.mark.parametrize(
    "setting",
    [
        "The background is a calm lake.",
        "In the background, a line of pines stands against a grey sky.",
        "The sky is overcast.",
        "The background features two boats and a red buoy.",
    ],
)
def test_the_setting_goes_behind_the_first_sentence(setting):
    assert ordered(f"{WHO} {EVENTS}\n\n{setting}") == f"{WHO} {setting} {EVENTS}"


@pytest.mark.parametrize(
    "told",
    [
        "The light turns golden.",
        "The lighting is soft as he waits.",
        "Now the background is dark.",
        "Then the sky is red.",
        "The background is his house.",
        "The background is a boat behind the woman.",
        "The camera is low.",
        "A fish is on the hook.",
        "The lighting remains dim until a lamp comes on.",
    ],
)
def test_what_happens_stays_where_it_is(told):
    assert ordered(f"{WHO} He waits. {told}\n\n{EVENTS}") == f"{WHO} He waits. {told} {EVENTS}"


def test_one_paragraph_stays_as_it_is():
    text = f"{WHO} The light is soft and golden. {EVENTS} The sky is overcast."
    assert clean(text).edits == ()


def test_after_a_cut_a_setting_belongs_to_its_shot():
    raw = f"{WHO} The light is soft.\n\nThe scene cuts to a kitchen. The background is a tiled wall."
    assert ordered(raw) == f"{WHO} The scene cuts to a kitchen. The background is a tiled wall. The light is soft."


def test_what_lacks_its_full_stop_does_not_swallow_its_neighbour():
    raw = f"{WHO} The light is soft.\n\nHe casts a line\n\nThe camera pans left."
    assert ordered(raw) == f"{WHO} He casts a line. The camera pans left. The light is soft."
