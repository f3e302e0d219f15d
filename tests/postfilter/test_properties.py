"""What holds for every text."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recaption.postfilter import RULES, clean, replay
from recaption.postfilter.english.sentences import quotations

PIECES = [
    "The video shows ", "the video ", "In the video, ", "As the video progresses, ", "We see ",
    "This is a video of ", "a man ", "two dogs ", "a woman's hands ", "walking ", "who is ", "wearing a red hat ",
    "down a street", ", ", ". ", ".", "...", "? ", "\n", "\n\n", "- ", "* ", "1. ", "2. ", "## ", "**", "*", "_",
    "`", "```\n", "> ", "---\n", "</s>", "<|im_end|>", "<|im_start|>", "assistant\n", "USER: ", "ASSISTANT: ",
    "[INST]", "Caption 1: ", "**Label:** ", "Sure! ", "Here is a caption: ", '"', "“", "”", "(", ")", "[a](b)",
    "<b>", "<", ">", "|", "Mr. ", "No. 5", "2.5", "e.g. ", "a series of moments of ", "and then cuts to ",
    " in the video", "throughout the video", "the moment when ", "a close-up of ", "what appears to be ", "\u200b",
    "\u0301", "e", "\r", "\u2028", "\t", "  ", "A dog runs. ", "a ", "the ", "that ", "of ", ":", ";", "–",
    "I hope this helps. ", "[00:01] ", "人", "。", "ß", "ŉ", "and runs, ", "left, right, ",
    "The dog runs down the street. ", "while the man ", "He sits down, ", "opens a book and ", "his small ", "they ",
    "again and ", "step by ", "tries to ",
    "There are no other people ", "with no cars in sight", "No one else is visible", " and nobody is in view",
    "are nowhere to be seen", "is not part of the picture", "but a dog ", "The background ", "remains unchanged",
    "does not change", "nothing happens", "as it was before", "no change is visible", "I cannot ", "I'm sorry, ",
    ", suggesting ", ", evoking ", "a sense of ", "joy", " and hope", "The mood is calm. ", " with the patience of ",
    "It is a testament to ", ", as if ", " – ", "perhaps ", "appears to be ", "; ",
    "<think>", "</think>", "<|channel|>analysis<|message|>",
    "Okay, let me see. ", "I should mention the dog. ", "Let me know. ",
    "Would you like more? ", "itâ€™s ", "Ã©", "&quot;",
    "&amp;", "\\u2019", "\\n", "\ufffd", "s ",
    "la casa roja ", "und ", "über ", "Die Kinder lachen. ", "慢慢地 ", "в парке ",
    "| a | b |\n", "|---|---|\n", "{{caption}}", "[END_OF_TEXT]",
    '{"caption": "', '"}', "#tag ", "Title\n\n", "Scene 2: ",
    "<row_1>", "，", "Ａ", "я",
]  # fmt: skip
CHINESE = [
    "视频展示了", "视频中", "随着视频的推进，", "我们可以看到", "視頻以", "开场", "，视频到此结束", "画面", "左侧",
    "里的", "镜头", "一名男子", "老人", "他", "走过街道", "坐在长椅上", "把球扔给", "，", "。", "；", "：", "、", "！",
    "？", "“", "”", "「", "」", "《", "》", "（",
    "）", "\n", "\n\n", " ", "1、", "- ", "标题：", "**场景：**", "【画面】",
    "在第一帧中，", "第二张图显示", "两帧几乎相同", "没有任何变化", "背景保持不变", "周围没有其他人", "空无一人",
    "营造出温馨的氛围", "，令人感动", "仿佛", "似乎在等人", "虽然", "但", "slowly ", "そして、", "Then ",
    "好的，以下是描述：", "希望对您有帮助。", "我需要", "用户希望", "抱歉，", "无法", "海鸥盘旋，海鸥盘旋，海鸥盘旋，",
    "锟斤拷", "……", "——", "的", "了", "在", "除此之外，", "鏡頭", "畫面裡", "沒有", "，，", "，。", "</s>",
    "A man walks. ",
]  # fmt: skip
EMPTYING = {"no_words", "unsettled", *(rule.code for rule in RULES if rule.fails)}
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from(CHINESE), max_size=30).map("".join),
)


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
    assert not any(token in text for token in ("</s>", "<|im_end|>", "<|im_start|>", "[INST]", "<b>"))
    outside = text
    for start, end in reversed(quotations(text)):
        outside = outside[:start] + outside[end:]
    assert not any(mark in outside for mark in ("```", "**"))
    assert (text == "") == (not EMPTYING.isdisjoint(cleaned.flags))
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
@given(
    st.one_of(
        st.lists(st.sampled_from(PIECES[:20] + PIECES[-50:]), min_size=5, max_size=60).map("".join),
        st.lists(st.sampled_from(CHINESE), min_size=5, max_size=60).map("".join),
    )
)
def test_captions_settle(raw):
    assert "unsettled" not in clean(raw).flags


@pytest.mark.parametrize(
    "unit",
    [
        " ", "\n", " \n", "*", "*a ", "_a ", "`", "<|", "</s>", "In the video, ", "a series of scenes of ",
        "The video shows ", ".", "a. ", "e.g. ", '"', "- a\n", "1. ", "\u0300\u0316", ", ", "a, and ", "a", "# a\n",
        "**a** ", "USER: a. ", "[a](", "(", "he walks while ", " in the video", "人", "<p ", "Caption 1: ",
        "a video of ", "who is ", "<b", "the video and then cuts to a ", "left, right, ", "a a b ",
        "He sees it. She runs. ", "and as the man ", "step by ",
        "The dog chases the cat past the red house. The cat chases the dog. ",
        ", suggesting a sense of joy", "The mood is calm. ", "joy, ", " with the joy of", "perhaps ", "as far as ",
        '"joy" ',
        "there is no ", ", no one is in view", "no a, ", "with no car, ", " and no other ", "is not ", "as it was ",
        "nothing about the ", "no change in ", "I cannot ", "not ", "the same ",
        "视频展示了", "在视频里，", "画面", "没有", "第一帧", "营造出", "「", "他没有", "我无法", "人a", "海鸥盘旋，",
        "仿佛能", "的", "こ", "- 人\n",
        "<think> ", "</think> ", "I should mention. ", "Sure! ",
        "â€™ Ã© ", "&amp;", "\\u2019", "y la ", "慢慢 the ",
        "a • B", "à la ", "Le chat dort. ", "| a |\n", "[0:01] ", "Scene 1: ",
        "USER: a b c d e f g. ", "<|channel|>analysis ", "<a_b>", '{"a": "', "a\ufffds ",
    ],
)  # fmt: skip
def test_hostile_text_comes_to_an_end(unit):
    raw = unit * (30_000 // len(unit)) + " The video shows a man walking."
    check(raw, True)
