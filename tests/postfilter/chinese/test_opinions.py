"""Chinese moods, judgements, guesses and hedges."""

import pytest

from recaption.postfilter import clean

FACT = "一名女孩坐在窗边看书"


@pytest.mark.parametrize(
    "opinion",
    [
        "营造出温馨的氛围",
        "给人一种宁静的感觉",
        "令人动容",
        "流露出对生活的热爱",
        "背影显得格外孤独",
        "仿佛在诉说岁月的故事",
        "整个画面充满了诗意",
        "这一刻让人忘记了时间",
        "象征着不屈的精神",
        "宛如一幅水墨画",
        "动作行云流水",
        "模样十分可爱",
        "或许她正在等一个很久没见的人",
        "她可能刚刚下班",
        "隔著螢幕都能感受到那份溫暖",
        "这份专注令人钦佩",
        "谁看了都会会心一笑",
        "幸福莫过于此",
        "节奏明快，富有感染力",
        "这样的下午，谁不想拥有呢？",
        "大概是想家了吧",
        "传统与现代在此交汇",
        "富有设计感",
    ],
)
def test_an_opinion_goes(opinion):
    mark = "" if opinion.endswith("？") else "。"
    assert clean(f"{FACT}。{opinion}{mark}").text == f"{FACT}。"
    assert clean(f"{opinion}{mark}{FACT}。").text == f"{FACT}。"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("阳光洒在地上，形成斑驳的光影，营造出宁静的氛围。", "阳光洒在地上，形成斑驳的光影。"),
        ("充满活力的小狗在草地上奔跑，追着一个红球。", "小狗在草地上奔跑，追着一个红球。"),
        ("他用砂纸打磨木碗的动作令人赞叹。", "他用砂纸打磨木碗。"),
        ("老人坐在门口享受宁静的时光。", "老人坐在门口。"),
        ("窗外虽然模糊，但能感受到列车的速度。", "窗外模糊。"),
        ("工匠敲打铜片，每一锤都凝聚着心血，火星四溅。", "工匠敲打铜片，火星四溅。"),
    ],
)
def test_the_fact_in_the_sentence_stays(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "他神情紧张地盯着读数。",
        "女孩露出开心的笑容，门牙缺了一颗。",
        "孩子们快乐地在草地上奔跑。",
        "湖面像镜子一样映出雪山。",
        "时代广场的大屏幕亮起，行人抬头。",
        "工程师翻开说明书，画了一个圈。",
        "掌心里躺着一枚硬币。",
        "购物中心里人来人往。",
        "与此同时光线变暗。",
        "火箭冲上天空，尾焰照亮了发射塔。",
        "几名工人生火做饭。",
        "她独自在河边钓鱼。",
        "老板娘给人倒茶。",
        "灯火辉煌的桥上，一辆电车驶过。",
        "四名身穿民族服装的女子手拉手跳舞。",
    ],
)
def test_what_is_seen_stays(text):
    cleaned = clean(text)
    assert (cleaned.edits, cleaned.flags) == ((), ())


@pytest.mark.parametrize(
    "hedged",
    [
        "头巾上似乎绣着两个字。",
        "他手里拿着的好像是一枚徽章。",
        "盒子里可能装着茶叶。",
        "远处应该是一座水塔。",
        "牌子上的字大概是“出口”。",
        "她的耳環像是珍珠做的。",
        "門後的人八成是店主。",
        "车牌的最后一位估计是7。",
        "墙角那团毛线乍一看像一只猫。",
    ],
)
def test_a_hedge_stays_and_is_flagged(hedged):
    cleaned = clean(hedged)
    assert (cleaned.text, cleaned.edits, cleaned.flags) == (hedged, (), ("hedge",))


def test_what_is_sure_is_not_flagged():
    assert clean("一把约五厘米长的刀放在像船一样的盘子里。").flags == ()
    assert clean("雪山隐约可见。").flags == ()
