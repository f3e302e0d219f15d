"""What holds for every text."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recaption.postfilter import clean, replay

PIECES = [
    "The video shows ", "the video ", "In the video, ", "As the video progresses, ", "We see ",
    "This is a video of ", "a man ", "two dogs ", "a woman's hands ", "walking ", "who is ", "wearing a red hat ",
    "down a street", ", ", ". ", ".", "...", "? ", "\n", "\n\n", "- ", "* ", "1. ", "2. ", "## ", "**", "*", "_",
    "`", "```\n", "> ", "---\n", "</s>", "<|im_end|>", "<|im_start|>", "assistant\n", "USER: ", "ASSISTANT: ",
    "[INST]", "Caption 1: ", "**Label:** ", "Sure! ", "Here is a caption: ", '"', "“", "”", "(", ")", "[a](b)",
    "<b>", "<", ">", "|", "Mr. ", "No. 5", "2.5", "e.g. ", "a series of moments of ", "and then cuts to ",
    " in the video", "throughout the video", "the moment when ", "a close-up of ", "what appears to be ", "\u200b",
    "\u0301", "e", "\r", "\u2028", "\t", "  ", "A dog runs. ", "a ", "the ", "that ", "of ", ":", ";", "–",
    "In the third frame, ", "frame 4 ", "The last two frames are alike. ", "compared to the previous image, ",
    "What follows is ", "our attention is drawn to ", "lets us see ", "at the end of the clip", "it ",
    "the first of them ",
    "As the clip ends, ", " (the longest shot of the clip)", "is ", "shows ", "that ", "we ", "and ", "the scene ",
    "I hope this helps. ", "[00:01] ", "人", "。", "ß", "ŉ",
]  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


def check(raw: str, finished: bool) -> None:
    cleaned = clean(raw, finished=finished)
    text = cleaned.text
    assert clean(text).text == text
    assert clean(text).edits == ()
    assert replay(raw, cleaned.edits) == text
    assert len(text.splitlines()) <= 1
    assert text == text.strip()
    assert "  " not in text
    assert text == unicodedata.normalize("NFC", text)
    assert not any(token in text for token in ("</s>", "<|im_end|>", "<|im_start|>", "[INST]", "<b>", "```", "**"))
    assert (text == "") == ("no_words" in cleaned.flags or "unsettled" in cleaned.flags)
    if text:
        assert text[0].upper() == text[0] or not text[0].islower()
        assert any(map(str.isalpha, text))
        text.encode("utf-8")


@settings(max_examples=400, deadline=None)
@given(texts, st.booleans())
@example("<|im_<|im_end|>end|>a", True)
@example("1. 1. 1. a", True)
@example("a\udc80b", True)
def test_any_text(raw, finished):
    check(raw, finished)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES[:20] + PIECES[-20:]), min_size=5, max_size=60).map("".join))
def test_captions_settle(raw):
    assert "unsettled" not in clean(raw).flags


@pytest.mark.parametrize(
    "unit",
    [
        " ", "\n", " \n", "*", "*a ", "_a ", "`", "<|", "</s>", "In the video, ", "a series of scenes of ",
        "The video shows ", ".", "a. ", "e.g. ", '"', "- a\n", "1. ", "\u0300\u0316", ", ", "a, and ", "a", "# a\n",
        "**a** ", "USER: a. ", "[a](", "(", "he walks while ", " in the video", "人", "<p ", "Caption 1: ",
        "In frame 3, ", "the frames ", "the video ", "as the video plays on, ", "we see ", "What we see is ",
        "of the clip ",
        "In the clip, as the video goes on ", "it shows ", "(the last shot of the clip) ", "a photo of the video ",
        "a video of ", "who is ", "<b", "the video and then cuts to a ",
    ],
)  # fmt: skip
def test_hostile_text_comes_to_an_end(unit):
    raw = unit * (30_000 // len(unit)) + " The video shows a man walking."
    check(raw, True)
