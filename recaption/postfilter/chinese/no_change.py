"""What only says that something did not change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.chinese.clauses import cut_predicates
from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.rule import Change, Rule

_ADVERBS = any_of(
    """始终 一直 都 均 也 仍 仍然 依然 依旧 全程 从头到尾 自始至终 从始至终 一路 完全 并 几乎 基本 却 则 还 就
    整体上? 总体上? 大体 大致 同样 全都 全部 (?:在此)?期间 看上去 看起来 看似 似乎 好像 显得 皆 向来 再"""
)
_NO = any_of(
    """没有 没 未 未曾 未见 未有 不见 毫无 无 并无 不曾 看不出 看不到 看不见 察觉不到 察觉不出 感觉不到 难以看出
    不存在 谈不上 说不上有"""
)
_DEGREE = any_of(
    """任何 明显 太大 太多 什么 丝毫 大的 多少 显著 的 过 发生 出现 有 可见 可察觉 实质性? 发现 看到 见到 一丝 半点
    半分 一点 一星半点 进一步 多大 较大 很大 新 其他 其它 别的 产生 经历 作出 做出 得到 再 再次 被 加以 特别 大
    肉眼可见 能看出"""
)
_CHANGE = any_of(
    """变化 改变 变动 改动 更改 变更 移动 位移 异动 异样 异常 动静 动作 动弹 不同 差别 差异 区别 变换 变 动 挪动 挪
    调整 更新 进展 发展 起伏 波动 碰 换 更换 增减 增加 减少 两样 二致
    新的?(?:情况|内容|变化|元素|动静|东西|事情|进展) 可说的"""
)
_BEFORE = any_of(
    """之前 先前 刚才 开头 前面 原来 原有 原先 原本 开始时? 一开始 起初 初始 最初 此前 方才 早先 刚开始 上一刻
    前一刻 几秒前 同样 相同 固有 一贯"""
)
_STATE = any_of(
    """样子 模样 状态 姿势 位置 地方 姿态 高度 亮度 速度 节奏 方向 色调 布局 颜色 大小 距离 面貌 数值 排列 外观
    造型 摆放 格局 水平 那样 那里"""
)
_SAME = any_of(
    """不变 未变 没变 没动过? 未动过? 如[前初故旧常昔是] 照旧 照常 依旧 依然 原封不动 原样 一成不变
    一如(?:既往|往常|先前|之前|开始|当初) 毫无二致 别无二致 一模一样 了无变化 毫发未动 老样子 [那这]个样子 原样未动
    没什么好说的 变化(?:不大|甚微|极小|不明显)"""
)
_UNCHANGED = re.compile(
    rf"{_ADVERBS}{{0,4}}(?:"
    + "|".join(
        (
            rf"{_NO}{_DEGREE}{{0,5}}{_CHANGE}",
            rf"(?:保持|维持)[着在]?(?:原样|原状|不变|一致|原貌|如初|现状|稳定不变|恒定|{_BEFORE}的?(?:{_STATE})?)",
            r"(?:固定|稳定|恒定|静止|丝毫|毫厘)不变(?:的状态)?",
            _SAME,
            rf"{_BEFORE}的?(?:样子|那样)",
            rf"(?:是|还是|仍是|还和|停留在|停在|留在|仍在|还在|待在|处于)(?:老样子|那样|原[处地位]|{_BEFORE}的?{_STATE}"
            rf"|(?:{_BEFORE})?[那这][副种个般](?:样子|模样|状态)|同一(?:位置|处|地方|状态)"
            r"|(?:原来)?(?:那|同一)[座条棵张片间个只辆栋扇把盏块面台件艘本种一][^，。；]{1,4})",
            rf"[和与跟同]{_BEFORE}[^，。；！？]{{0,8}}?(?:一样|相同|一致|无异|一模一样|别无二致|相仿|无差"
            r"|没有(?:什么)?(?:区别|两样|差别|不同))",
            r"(?:前后|首尾|从头到尾|自始至终|始终|全程)都?(?:一致|相同|一样|如一|没有?(?:什么)?(?:区别|不同|差别))",
            r"[什啥]么?[也都](?:没有?|未)(?:发生|变|改变|动)",
        )
    )
    + r")(?:过|的?(?:迹象|痕迹|样子|状态|变化|情况|姿态)|可言|发生|出现|可见|什么|位置|分毫|半步|脚步|下来|了)?\Z"
)
_STEM = re.compile(
    r"[变动改原移样如旧那换]|依然|照常|二致|差[别异]|区别|[不相]同|一致|无异|发生|异常|进展|发展|调整|更新|增减"
)
# That the camera holds still is a fact.
_CAMERA = re.compile(r"(?:镜头|机位|摄像机|摄影机|相机|视角|景别|拍摄角度)[^，。；]{0,4}\Z")
_FACT = re.compile(r"把|将|被|着|正在|向|朝|走|跑|跳|拿|端|举|推|拉|吹|喝|吃|握|坐|站(?!牌)|蹲|躺")
_LONGEST_SUBJECT = 24


def _no_change(text: str) -> Iterator[Change]:
    yield from cut_predicates(text, _STEM, _predicate)


def _predicate(words: str) -> int | None:
    match = _UNCHANGED.search(words)
    if match is None:
        return None
    subject = words[: match.start()]
    told = len(subject) > _LONGEST_SUBJECT or _CAMERA.search(subject) or _FACT.search(subject)
    return None if told else match.start()


NO_CHANGE = Rule(
    "no_change",
    "a sentence or clause that only says that something did not change goes",
    ("老人坐在田埂上。背景没有任何变化。", "老人坐在田埂上。"),
    _no_change,
    language="Chinese",
)
