"""Unfinished ends."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    ("raw", "finished", "cut"),
    [
        ("A red ball rolls to the left", "A red ball rolls to the left.", ""),
        ("A man walks. A red ball rolls to the left", "A man walks. A red ball rolls to the left.", "A man walks."),
        ("A man walks. He looks up", "A man walks. He looks up.", "A man walks."),
        ("A man walks. He stops at the", "A man walks.", "A man walks."),
        ("A man walks. He stops,", "A man walks. He stops.", "A man walks. He stops."),
        ("A man walks. He sits down, holding a", "A man walks. He sits down.", "A man walks. He sits down."),
        (
            "A man walks. He sits down while his dog",
            "A man walks. He sits down while his dog.",
            "A man walks. He sits down.",
        ),
        ("A man walks. As he sits down, holding a", "A man walks.", "A man walks."),
        ("A man walks. The two dogs, running across the", "A man walks.", "A man walks."),
        ("A man walks. The injured man, lying on the", "A man walks.", "A man walks."),
        ("A man walks. The two dogs chase him, barking at the", "A man walks. The two dogs chase him.", None),
        ("A man walks. The man who sits, wearing a", "A man walks.", "A man walks."),
        ("A man walks. He sits, one leg on the rail, while his", "A man walks. He sits, one leg on the rail.", None),
        ("A man walks. He sits against a plain,", "A man walks.", "A man walks."),
        ("A man walks. He meets No.", "A man walks. He meets No.", "A man walks."),
        ("A man walks. In the background, near the", "A man walks.", "A man walks."),
        ("A man walks. Standing near a wall, wearing a", "A man walks.", "A man walks."),
        ("A man walks. The wall is a plain, soft", "A man walks. The wall is a plain, soft.", "A man walks."),
        ("A man walks. The women are tranquil, the calm and connected", "A man walks.", "A man walks."),
        ("A man walks. He holds a cup (white", "A man walks.", "A man walks."),
        ('A man walks. A sign says "Stop', "A man walks.", "A man walks."),
        ("A man walks. He wears a hat, black boots, and a", "A man walks. He wears a hat and black boots.", None),
        ("A man walks. It is 2.", "A man walks. It is 2.", "A man walks."),
        ("A man walks. He greets Mr.", "A man walks. He greets Mr.", "A man walks."),
        ("A man walks. He waits...", "A man walks. He waits...", "A man walks."),
        ('A man walks. A sign says "Stop!"', 'A man walks. A sign says "Stop!"', 'A man walks. A sign says "Stop!"'),
        ("A man walks. He sits.", "A man walks. He sits.", "A man walks. He sits."),
        ("一个男人走在街上。他停下来", "一个男人走在街上。他停下来。", "一个男人走在街上。"),
    ],
)
def test_the_last_sentence(raw, finished, cut):
    assert clean(raw).text == finished
    assert clean(raw, finished=False).text == (finished if cut is None else cut)


@pytest.mark.parametrize(
    "particle", ["in", "out", "up", "down", "off", "over", "by", "around", "through", "past", "away"]
)
def test_a_verb_with_its_particle_is_no_cut_end(particle):
    assert clean(f"A blue ball rolls {particle}").text == f"A blue ball rolls {particle}."


def test_the_clause_that_stays_is_told_by_its_edit():
    cleaned = clean("A man walks. He sits down, holding a small")
    assert [(edit.code, edit.before, edit.after) for edit in cleaned.edits] == [
        ("unfinished", ", holding a small", ".")
    ]
