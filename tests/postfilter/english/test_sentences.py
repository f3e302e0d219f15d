"""Where sentences end."""

import pytest

from recaption.postfilter.english.sentences import spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["A man walks.", "He sits!", "Why?", "Nobody knows…"],
        ["Mr. Lee meets Dr. Wu and Mrs. Poe.", "They talk."],
        ["A fruit, e.g. a pear, lies there.", "It falls, i.e. drops."],
        ["The U.S. flag waves.", "He lives in the U.S.", "The house is old."],
        ["It is 2.5 m long.", "It costs $3.99.", "It ends at 10.30 p.m.", "Then he leaves."],
        ["No. 5 wins.", "Is it No. 7?", "He says no.", "He leaves."],
        ["He waits... and runs.", "He stops...", "He sits."],
        ['"Stop!" he says.', 'A sign reads "Go."', "The car goes."],
        ["He (a tall man) smiles.", "(She does not.)", "They leave."],
        ["J. R. Smith writes.", "The plan is plan B.", "The end."],
        ["He visits St. Mary's.", "Approx. ten people wait, etc.", "The door opens."],
        ["What?!", "He runs."],
        ['A sign reads "Stop. The end. Go!" in red.', "“One. Two.”", 'A 5" nail lies there.', "He runs."],
        ["A man walks", ],
    ],
)  # fmt: skip
def test_spans(sentences):
    text = " ".join(sentences)
    assert [text[start:end] for start, end in spans(text)] == sentences


def test_white_space_is_outside():
    assert spans("  A man walks.   He sits. ") == ((2, 14), (17, 25))
    assert spans(" \n ") == ()


def test_marks_without_spaces():
    text = "他走。他坐！"
    assert [text[start:end] for start, end in spans(text)] == ["他走。", "他坐！"]
