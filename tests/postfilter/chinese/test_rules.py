"""Which texts are in Chinese, and what their rules share: sentences, clauses, quotations, punctuation."""

from pathlib import Path

import pytest

from recaption.postfilter import RULES, SIGNS, clean, replay
from recaption.postfilter.chinese import is_chinese
from recaption.postfilter.chinese.clauses import cut, sentences
from recaption.postfilter.chinese.phrases import Lexicon, WordSet
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.english.sentences import spans
from recaption.postfilter.rule import Rule, apply

CLEAN = Path(__file__).parents[2] / "data" / "captions" / "chinese_clean.txt"


@pytest.mark.parametrize("line", CLEAN.read_text("utf-8").splitlines())
def test_clean_captions_stay(line):
    cleaned = clean(line)
    assert (cleaned.text, cleaned.edits, cleaned.flags) == (line, (), ())


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("一名男子走过街道。", True),
        ("一名男子用iPhone拍照。", True),
        ("電車駛入月臺。", True),
        ("", False),
        ("1234", False),
        ("A man holds a sign that says 欢迎。", False),
        ("電車が駅に入ってくる。", False),
        ("A banner reads “热烈欢迎各位领导莅临指导工作” here.", False),
        ("他念出“The quick brown fox jumps over the lazy dog”。", True),
        ("「歡迎光臨」", True),
    ],
)
def test_the_language_is_that_of_most_letters(text, chinese):
    assert is_chinese(text) is chinese


@pytest.mark.parametrize(
    "sentence",
    [
        ["他说：“走吧。”", "女人转身。"],
        ["气球上写着“生日快乐！”，小狗歪着头。", "他笑了。"],
        ["牌子上有“停！”的字样。", "车停下。"],
        ["（他没有回头。）", "门关上了。"],
        ["他走了.", "她坐下!", "灯亮了。"],
        ["他从「甲。乙」走到「丙」。", "《一。二》放在桌上。"],
        ["他停下……又走。", "雨停了。"],
    ],
)
def test_sentences(sentence):
    text = "".join(sentence)
    assert [text[start:end] for start, end in spans(text)] == sentence


@pytest.mark.parametrize(
    ("dropped", "left"),
    [
        ({0}, "乙；丙：丁。"),
        ({1}, "甲；丙：丁。"),
        ({2}, "甲，乙；丁。"),
        ({3}, "甲，乙；丙。"),
        ({0, 3}, "乙；丙。"),
        ({1, 2}, "甲，丁。"),
        ({0, 1, 2, 3}, ""),
    ],
)
def test_clauses_go_with_their_marks(dropped, left):
    text = "甲，乙；丙：丁。"
    (clauses,) = sentences(text)
    rule = Rule("x", "", ("", ""), lambda text: cut(text, clauses, dropped))
    assert apply(rule, text)[0] == left


def test_numbers_and_quotations_are_no_clauses():
    text = "比分98:97，他说“好，走：吧”，数到1,000"
    (clauses,) = sentences(text)
    assert [text[clause.start : clause.end] for clause in clauses] == ["比分98:97", "他说“好，走：吧”", "数到1,000"]


def test_plain_text_keeps_every_place():
    text = "鏡頭裡沒有「鏡頭」，隻有著急的貓。"
    assert plain(text) == "镜头里没有「□□」，只有着急的猫。"
    assert len(plain(text)) == len(text)


def test_words_are_found_fast_or_refused():
    assert [word[0] for word in WordSet("心里 (?<!中)心头 走(?!廊)").finditer("走廊，心里，中心头，走")] == [
        "心里",
        "走",
    ]
    with pytest.raises(ValueError, match="no character of its own"):
        WordSet("[甲乙]丙")
    tokens = Lexicon({"none": "中间", "place": "中", "film": "视频 视频片段"}).read("视频片段中中间", 0, 7)
    assert [(token.kind, token.start, token.end) for token in tokens] == [("film", 0, 4), ("place", 4, 5)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("一名男子走过。\n\n他坐下。", "一名男子走过。他坐下。"),
        ("一名男子走过\n他坐下", "一名男子走过。他坐下。"),
        ("一名男子走过，\n然后坐下。", "一名男子走过，然后坐下。"),
        ("一名男子走过。 他坐下 。", "一名男子走过。他坐下。"),
        ("男子走过，，又坐下，。", "男子走过，又坐下。"),
        ("，男子走过", "男子走过。"),
        ("男子走过.他坐下.", "男子走过。他坐下。"),
        ("他用 iPhone 15 给女儿拍照。", "他用 iPhone 15 给女儿拍照。"),
        ("男子喊“快 跑”，转身离开。", "男子喊“快 跑”，转身离开。"),
    ],
)
def test_one_paragraph_without_spaces(raw, expected):
    assert clean(raw).text == expected
    assert replay(raw, clean(raw).edits) == expected


@pytest.mark.parametrize(
    "quotation",
    [
        "“视频展示了世界”",
        "「畫面沒有任何變化」",
        "『营造温馨氛围』",
        "《镜头一开始》",
        "“抱歉，我无法观看视频”",
        "“似乎有人来过”",
    ],
)
def test_what_is_quoted_stays(quotation):
    text = f"墙上写着{quotation}，一名男子走过。"
    assert clean(text).text == text
    assert clean(text).flags == ()


def test_a_rule_is_left_out_in_both_languages_by_its_code():
    text = "老人割下韭菜，令人感动。"
    assert clean(text).text == "老人割下韭菜。"
    assert clean(text, without=["opinion"]).text == text
    both = {rule.code for rule in RULES if rule.language == "English"}
    assert both & {rule.code for rule in RULES if rule.language == "Chinese"} >= {
        "lead_in",
        "video_mention",
        "unfinished",
    }


def test_only_the_rules_of_the_language_run():
    assert clean("A sign says 视频展示了. It falls.").text == "A sign says 视频展示了. It falls."
    assert clean("The video shows a man walking.").text == "A man is walking."
    assert [sign.code for sign in SIGNS if sign.language == "Chinese"] == ["hedge"]


def test_the_language_is_told_anew_where_a_rule_took_much_away():
    raw = "<|im_start|>assistant\n视频展示了一只狗在跑。<|im_end|>"
    assert clean(raw).text == "一只狗在跑。"
