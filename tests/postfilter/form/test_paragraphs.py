"""Lines, spaces and repeats."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("A man walks.\n\n\nHe sits.\n", "A man walks. He sits."),
        ("A man walks\n\nHe sits", "A man walks. He sits."),
        ("A man walks down\na street.", "A man walks down a street."),
        ("A man walks in New\nYork.", "A man walks in New York."),
        ("A man walks\nThe dog runs.", "A man walks. The dog runs."),
        ("A man walks.\nthe dog runs.", "A man walks. The dog runs."),
        ("A man,\n\nwho is tall, walks.", "A man, who is tall, walks."),
        ("A man walks.\u2028He sits.\u2029He\vstands.\x85", "A man walks. He sits. He stands."),
        ("A man walks.The dog runs.", "A man walks. The dog runs."),
        ("A  man\twalks , slowly .", "A man walks, slowly."),
    ],
)
def test_one_line(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("A man walks. A man walks. A man walks!", "A man walks."),
        ("A man walks. He sits. A man  walks.", "A man walks. He sits."),
        ("The video shows a man walking. A man is walking.", "A man is walking."),
        ("The camera pans. A man walks. The camera pans. A man walks.", "The camera pans. A man walks."),
        ("A man walks. A man walks slowly.", "A man walks. A man walks slowly."),
    ],
)
def test_repeated_sentences(raw, expected):
    assert clean(raw).text == expected


def test_a_cut_or_camera_move_may_come_twice():
    cut = "The scene cuts to a new shot."
    text = f"A man walks. {cut} A dog runs. The camera pans. {cut} A cat sits."
    assert clean(text).edits == ()
