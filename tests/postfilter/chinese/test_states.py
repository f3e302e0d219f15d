"""Chinese that says what is not there, or what did not change."""

import pytest

from recaption.postfilter import clean

FACT = "一名女孩坐在窗边看书"


@pytest.mark.parametrize(
    "absent",
    [
        "田里看不到其他人",
        "周围空无一人",
        "街道两旁一个行人也没有",
        "画面里没有出现任何文字",
        "屋内没有任何家具",
        "天空中没有一片云",
        "现场没有警察维持秩序",
        "货架上没有摆放商品",
        "跑道边未见裁判和观众",
        "其他乘客并未出现",
        "老师不在场",
        "整个过程没有字幕",
        "河上沒有別的船",
        "墙上没挂任何画",
        "湖边无人垂钓",
        "箱子里什么也没有",
        "没有谁在场边观看",
        "这一带没有高楼",
        "附近别无建筑",
        "房间里找不到一扇窗户",
    ],
)
def test_what_is_not_there_goes(absent):
    assert clean(f"{FACT}。{absent}。").text == f"{FACT}。"
    assert clean(f"{FACT}，{absent}。").text == f"{FACT}。"
    assert clean(f"{absent}。{FACT}。").text == f"{FACT}。"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("背景中没有其他人，只有路灯和街道。", "背景中只有路灯和街道。"),
        ("桌上放着三只碗，没有筷子，也没有勺子。", "桌上放着三只碗。"),
        ("猫跳下来，屋里没有别人；狗叫了一声。", "猫跳下来；狗叫了一声。"),
        ("猫跳下来。除此之外，屋里没有任何东西。", "猫跳下来。"),
    ],
)
def test_the_rest_of_the_sentence_stays(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "一名没有戴头盔的少年骑车冲下坡道。",
        "他没有抬头，继续写字。",
        "门铃响了，没有人来开门。",
        "守门员没有扑到球，球飞进网里。",
        "路灯下没有影子的小人偶慢慢转过身来。",
        "河里没有桥墩的那一侧，一艘快艇加速驶过。",
        "演员放下没有子弹的道具枪。",
        "列车没有停站，直接从站台边驶过。",
        "兔子钻进帽子，不见了。",
        "无人机从楼顶升起。",
    ],
)
def test_what_is_not_done_or_without_something_stays(text):
    assert clean(text).edits == ()


@pytest.mark.parametrize(
    "unchanged",
    [
        "背景没有任何变化",
        "周围的建筑始终保持不变",
        "其余的砖堆原封不动",
        "灯光全程维持原状",
        "窗外的景色毫无变化",
        "摆设仍是原来的样子",
        "房间里的陈设和刚才一模一样",
        "天色依旧如初",
        "牌子的位置没有移动过",
        "比分牌未见更新",
        "其他东西都待在原处",
        "一切如前",
        "遠處的山還是那座山",
        "桥身看不出任何变化",
        "陈设照旧",
        "这边什么也没发生",
    ],
)
def test_what_did_not_change_goes(unchanged):
    assert clean(f"{FACT}。{unchanged}。").text == f"{FACT}。"
    assert clean(f"{FACT}，{unchanged}。").text == f"{FACT}。"


def test_a_subject_stays_for_the_clause_that_needs_it():
    assert clean("锅底的颜色没有变化，依然是红色。").text == "锅底的颜色依然是红色。"
    assert clean("从头到尾，背景都没变过。舞者转圈。").text == "舞者转圈。"


@pytest.mark.parametrize(
    "text",
    [
        "他保持坐姿，双手放在膝盖上。",
        "卫兵一动不动地站着，帽檐滴着雨水。",
        "镜头保持固定，云影移过麦田。",
        "背景保持虚化，蜜蜂搓着前足。",
        "猫仍站在原地，尾巴来回摆动。",
        "他换了一个姿势，背靠着墙坐下。",
        "背景变成一片黑色。",
        "钟摆保持同样的速度摆动。",
    ],
)
def test_states_with_content_stay(text):
    assert clean(text).edits == ()
