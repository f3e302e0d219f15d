"""Labels, lists, other languages, unreadable characters and ends in Chinese."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("视频描述：一名男子走过街道。", "一名男子走过街道。"),
        ("标题：雨中的渡口\n\n船夫解开缆绳。", "雨中的渡口。船夫解开缆绳。"),
        ("场景一：船夫解开缆绳。\n场景二：渡船离岸。", "船夫解开缆绳。渡船离岸。"),
        ("**场景：**厨房里，女人在切洋葱。\n**动作**：她用手背擦眼睛。", "厨房里，女人在切洋葱。她用手背擦眼睛。"),
        ("【畫面描述】一隻貓趴在屋簷上。", "一隻貓趴在屋簷上。"),
        ("1、厨师切鱼\n2、他刮掉鱼鳞", "厨师切鱼。他刮掉鱼鳞。"),
        ("（一）工人搬来木板。\n（二）工人钉上钉子。", "工人搬来木板。工人钉上钉子。"),
        (
            "一名女孩在弹琴。\n- 琴盖上放着一只节拍器\n- 谱架上夹着两页乐谱",
            "一名女孩在弹琴。琴盖上放着一只节拍器。谱架上夹着两页乐谱。",
        ),
        ("00:05 一名男子走过。\n第8秒：他坐下。", "一名男子走过。他坐下。"),
        ("## 场景\n一名男子走过。", "一名男子走过。"),
    ],
)
def test_labels_and_marks_of_lists_go(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "他说：走吧。",
        "桌上摆着三样东西：尺子、剪刀和胶水。",
        "计时器显示：05:30。",
        "1985年的硬币躺在掌心。",
        "2.5米高的门打开了。",
        "老师在黑板上写下三个词：春、夏、秋。",
    ],
)
def test_what_is_no_label_stays(text):
    assert clean(text).edits == ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("他慢慢地 slowly 走过街道。", "他慢慢地走过街道。"),
        ("厨师切菜，then 他把菜倒进锅里。", "厨师切菜，他把菜倒进锅里。"),
        ("Meanwhile，另一名工人爬上脚手架。", "另一名工人爬上脚手架。"),
        ("一辆公交车慢慢靠站，the doors open，乘客依次下车。", "一辆公交车慢慢靠站，乘客依次下车。"),
        (
            "一位顾客端起杯子，唇上沾了一圈奶泡。She smiles at him. 门开了。",
            "一位顾客端起杯子，唇上沾了一圈奶泡。门开了。",
        ),
        ("女孩戴上耳机，彼女は音楽を聴いている。桌上有一本书。", "女孩戴上耳机，桌上有一本书。"),
        ("白发老人慢慢地走过长长的雪地， медленно，停在门口。", "白发老人慢慢地走过长长的雪地，停在门口。"),
        ("海豚跃出水面，그리고 溅起水花。", "海豚跃出水面，溅起水花。"),
    ],
)
def test_words_of_another_language_go(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "他用iPhone扫了扫二维码，LED灯闪了两下。",
        "DJ推动推子，Emma戴着耳机。",
        "化验员取出2.5 mL血清，写下18 cm。",
        "她念道“The end”，合上书。",
        "招牌上是“鮮の味”，门口停着SUV。",
        "他的vlog账号是@travel_cat，背包上印着一只小猫的logo，他正走过街道。",
    ],
)
def test_names_units_and_loans_stay(text):
    assert clean(text).edits == ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("一名男子走过街道。他停下脚步，然后把手", "一名男子走过街道。他停下脚步。"),
        ("一名男子走过街道。落下时，降落伞在", "一名男子走过街道。"),
        ("摊主收下钱。桌上摆着苹果、香蕉、橘", "摊主收下钱。桌上摆着苹果、香蕉。"),
        ("老妇人坐在门槛上择菜，旁边的小鸡", "老妇人坐在门槛上择菜。"),
        ("她划燃一根火柴，点亮蜡烛，并", "她划燃一根火柴，点亮蜡烛。"),
        ("牌子掉下来，上面写着「前方", "牌子掉下来。"),
        ("一名男子走过街道。他停下来", "一名男子走过街道。他停下来。"),
        ("球落在界外，裁判举起旗子", "球落在界外，裁判举起旗子。"),
    ],
)
def test_an_unfinished_end_goes(raw, expected):
    assert clean(raw).text == expected


def test_an_end_that_was_cut_is_never_sure():
    assert clean("一名男子走过街道，停在门口", finished=False).text == "一名男子走过街道。"
    assert clean("一名男子走过街道。", finished=False).text == "一名男子走过街道。"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("海浪拍打礁石，海鸥盘旋，海鸥盘旋，海鸥盘旋，海鸥盘", "海浪拍打礁石，海鸥盘旋。"),
        ("骨牌一块接一块倒下，一块接一块倒下，一块接一块倒下，一块接", "骨牌一块接一块倒下。"),
        ("师傅点一下，徒弟砸一下。师傅点一下，徒弟砸一下。师傅点一下，徒弟砸一下。", "师傅点一下，徒弟砸一下。"),
        ("墙上是蓝色蓝色蓝色蓝色蓝色的瓷砖。", "墙上是蓝色的瓷砖。"),
        ("红色的灯，蓝色的灯，蓝色的灯，蓝色的灯，绿色的灯。", "红色的灯，蓝色的灯，绿色的灯。"),
    ],
)
def test_of_a_loop_one_turn_stays(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "他一步一步、一步一步挪上台阶。",
        "铁环滚了一圈一圈又一圈。",
        "计数器跳到1000000。",
        "男孩喊着“冲啊冲啊冲啊冲啊”，跑下山坡。",
    ],
)
def test_what_is_no_loop_stays(text):
    assert clean(text).edits == ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("列车进站，掀起他的头发。男孩上车。列车进站，掀起男孩的头发。", "列车进站，掀起他的头发。男孩上车。"),
        (
            "一辆黄色校车停在路口，三名学生下车。灯变绿。黄色校车停在路口。",
            "一辆黄色校车停在路口，三名学生下车。灯变绿。",
        ),
        (
            "白鷺從蘆葦叢中飛起，翅膀拍打水面。白鷺從蘆葦叢裡飛起來，翅膀拍打著水面。",
            "白鷺從蘆葦叢中飛起，翅膀拍打水面。",
        ),
    ],
)
def test_a_sentence_that_says_an_earlier_one_again_goes(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "老人点燃第一根蜡烛。老人点燃第二根蜡烛。",
        "他向左走了两步。他向右走了两步。",
        "男孩把球传给女孩。女孩把球传给男孩。",
        "他接住了飞来的球。他没有接住飞来的球。",
        "镜头切换到厨房。水开了。镜头切换到厨房。",
        "水手收起主帆。水手收起前帆。",
    ],
)
def test_a_sentence_with_something_new_stays(text):
    assert clean(text).edits == ()


def test_what_is_left_of_unreadable_characters_goes():
    assert clean("一名锟斤拷锟斤拷男子走过。").text == "一名男子走过。"
    assert clean("烫烫烫烫烫烫一名男子走过。").text == "一名男子走过。"
    assert clean("汤很烫，他吹了吹。").edits == ()
