"""What counts as a defect that was found."""

from __future__ import annotations

import pytest

from recaption.postfilter import Cleaned
from scripts.marked_captions import Recall, kept, missed, parse, recall

LOOP = "A bell rings.⟦loop| A bell rings. A bell rings. A bell⟧"


def left(marked: str, text: str, *flags: str) -> list[str]:
    """The codes of the defects that a filter left which made `text` of a caption."""
    return [mark.code for mark in missed(parse("test", marked), Cleaned(text, (), flags))]


def test_marks_are_taken_out_of_the_raw_text():
    caption = parse("test", "⟦lead_in|We see⟧ a cat⟦opinion|, a symbol of calm⟧.")
    assert caption.raw == "We see a cat, a symbol of calm."
    assert caption.good.split() == ["a", "cat", "."]
    assert [mark.code for mark in caption.marks] == ["lead_in", "opinion"]


@pytest.mark.parametrize(
    ("marked", "text", "codes"),
    [
        ("⟦lead_in|We see⟧ a cat.", "A cat is there.", []),
        ("⟦lead_in|We see⟧ a cat.", "We see a cat.", ["lead_in"]),
        ("A cat⟦opinion|, which gives the scene a sense of calm⟧.", "A cat.", []),
        ("A cat⟦opinion|, which gives the scene a sense of calm⟧.", "A cat has a sense of calm.", ["opinion"]),
        ("A cat sits. ⟦repeated|A cat sits.⟧", "A cat sits.", []),
        ("A cat sits. ⟦repeated|A cat sits.⟧", "A cat sits. A cat sits.", ["repeated"]),
        ("⟦special_token|</s>⟧A cat.", "A cat.", []),
        ("⟦special_token|</s>⟧A cat.", "A cat.</s>", ["special_token"]),
        ("A cat, ⟦language|ein⟧ kitten being fed.", "A cat, kitten being fed.", []),
        ("她⟦opinion|，给人宁静的感觉⟧。", "她。", []),
        ("她⟦opinion|，给人宁静的感觉⟧。", "她，宁静的感觉。", ["opinion"]),
        (LOOP, "A bell rings.", []),
        (LOOP, "A bell rings. A bell rings.", ["loop"]),
    ],
)
def test_what_is_left_of_a_defect(marked, text, codes):
    assert left(marked, text) == codes


def test_a_hedge_is_found_when_it_is_flagged():
    assert left("It ⟦hedge|seems to be⟧ a knife.", "It seems to be a knife.") == ["hedge"]
    assert left("It ⟦hedge|seems to be⟧ a knife.", "It seems to be a knife.", "hedge") == []


def test_a_refusal_is_found_when_the_row_fails_for_it():
    marked = "⟦refusal|I'm sorry, but I can't help with that.⟧"
    assert left(marked, "") == ["refusal"]
    assert left(marked, "I'm sorry.", "refusal") == ["refusal"]
    assert left(marked, "", "refusal") == []


def test_recall_and_what_was_kept():
    captions = [parse("test", "⟦lead_in|The video shows⟧ a dog barking.⟦special_token|</s>⟧")]
    assert recall(captions) == {"lead_in": Recall(1, 1), "special_token": Recall(1, 1)}
    assert kept(captions) == Recall(3, 3)


def test_wilsons_interval():
    """Against the published worked example of 15 of 20 (Newcombe 1998 gives such tables)."""
    low, high = Recall(15, 20).interval
    assert (round(low, 3), round(high, 3)) == (0.531, 0.888)
    assert Recall(40, 40).interval[1] == 1.0
    assert Recall(0, 0).interval == (0.0, 1.0)
