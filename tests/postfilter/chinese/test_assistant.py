"""What the assistant says in Chinese that is no caption: reasoning, talk, refusals."""

import pytest

from recaption.postfilter import clean

FACT = "一名男子推开门，把背包放在鞋柜上。"


@pytest.mark.parametrize(
    "thought",
    [
        "嗯，用户希望我描述视频。我先看一下顺序。\n",
        "好的，用户上传了一段烹饪视频。首先，我需要确认有几个人：一个。注意不要猜测。现在开始写。\n\n",
        "思路：先写环境，再写人物，最后写动作。\n",
        "让我想想怎么写。视频很短，只有一个动作。\n\n好，那就按顺序写。\n\n",
        "問題是讓我詳細描述這段影片。等等，那是海豚還是鯨？背鰭彎，應該是海豚。\n",
        "我需要描述这段视频。里面有一扇门。那就写成一段话。",
    ],
)
def test_reasoning_goes(thought):
    assert clean(thought + FACT).text == FACT


@pytest.mark.parametrize(
    "talk",
    [
        "好的，以下是描述：",
        "当然可以！下面是我为您整理的视频描述：\n",
        "根据您的要求，我对视频作如下描述。",
        "没问题，这就为您描述。",
        "您好！",
        "感谢您的提问！",
        "视频描述如下：\n\n",
        "這是我對該片段的描述：",
        "乐意效劳！下面逐段说明：",
        "收到。",
    ],
)
def test_talk_before_the_caption_goes(talk):
    assert clean(talk + FACT).text == FACT


@pytest.mark.parametrize(
    "talk",
    [
        "希望对您有所帮助！",
        "如果还需要补充细节，请随时告诉我。",
        "以上就是全部内容。",
        "需要我再写一个简短的版本吗？",
        "祝您生活愉快！",
        "（注：以上描述基于抽取的画面，可能存在遗漏。）",
        "就描述到这里。",
        "字数如需压缩，告诉我一声。",
        "說明：本描述僅供參考。",
    ],
)
def test_talk_behind_the_caption_goes(talk):
    assert clean(FACT + talk).text == FACT
    assert clean(f"好的。{FACT}\n\n{talk}").text == FACT


@pytest.mark.parametrize(
    "refusal",
    [
        "抱歉，我无法观看视频。",
        "非常抱歉，您提供的内容涉及敏感信息，不便描述。",
        "作为一个人工智能语言模型，我没有观看视频的能力。",
        "对不起，出于隐私保护的考虑，我不能对画面中的人物进行描述。",
        "该视频文件已损坏，无法打开。",
        "我看不了视频，只能读文字。",
        "没有收到任何视频文件，请重新上传。",
        "这类内容不在我的服务范围内。",
        "我的准则不允许我描述未成年人。",
        "恕我不能对这段内容作出描述。",
        "抱歉，這部影片我沒辦法幫您描述。",
        "系统暂时无法处理该请求。",
        "该素材可能含有血腥内容，我选择不作描述。",
    ],
)
def test_a_refusal_fails_the_row(refusal):
    for raw in (refusal, FACT + refusal):
        cleaned = clean(raw)
        assert (cleaned.text, cleaned.flags) == ("", ("refusal",))


@pytest.mark.parametrize(
    "text",
    [
        "门口的牌子写着“抱歉，本店无法刷卡”，一名男子走开。",
        "男孩向老人鞠躬道歉，老人摆了摆手。",
        "便利贴上写着“请您重新上传文件”，桌上放着键盘。",
        "自我介绍结束后，选手坐回椅子上。",
        "工人无法推动石块，改用撬棍。",
        "好奇的猫用爪子碰了碰球。",
    ],
)
def test_what_happens_in_the_scene_stays(text):
    assert clean(text).edits == ()
