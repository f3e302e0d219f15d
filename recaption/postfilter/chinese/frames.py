"""Talk of the single frames or pictures that the model was shown: "在第一帧中，", "第二张图显示"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.chinese.clauses import Clause, cut, sentences
from recaption.postfilter.chinese.phrases import Lexicon, Token, any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.chinese.talk import first_picture
from recaption.postfilter.chinese.words import ACT_MARKS, ACTS
from recaption.postfilter.rule import Change, Rule

_PICTURES = r"(?:图片|图像|截图|截屏|静帧|照片|图|画面|画格|画幅)"
_ORDER = r"(?:第[一二三四五六七八九十百两几数\d]+|首|末|最后[一二三四五六两几数\d]*|倒数第?[一二三四五六七八九十两\d]+|前[一二三四五六七八九十两几数\d]+|后[一二三四五六七八九十两几数\d]+|[上下前后]一|接下来的?[一二三四五六七八九十两几数\d]*|随后的?[一二三四五六七八九十两几数\d]*|每一?|各|这[一二三四五六七八九十两几些\d]*|那[一两几些]?|所有|其[余他]|相邻|连续|另一)"
_STEM = re.compile(rf"帧|影格|画格|[一二三四五六七八九十两几数\d][张幅组]{_PICTURES}|图\s?[一二三四五六七八九十\d]|{_ORDER}的?[张幅组个]?\s?{_PICTURES}|{_ORDER}[张幅](?:里|中|，|则|时)|关键画面|[左右上下](?:边|侧|面)?的?图[中里，片]|{_ORDER}[张幅]和{_ORDER}[张幅]|之后的?[一二三四五六两几数\d]+帧")
_LEXICON = Lexicon(
    {
        "none": "图书 图案 图纸 图章 图腾 图表 图钉 画面前 中央 中心 中年 中国 中间的 时钟 时装 里程 上方 上面 下方 下面 左侧 右侧 左手 右手 后面 后方 前方 前面 前景 背景 后景 处理",
        "frame": """帧 影格 画格 关键帧 帧画面 帧图像 帧图 首帧 末帧 尾帧 头帧 单帧 每帧 各帧 逐帧 首张 末张 图 图片 图像 截图
            截屏 静帧 照片 画面 关键画面 抽帧 采样帧 图中 图里 图上 影像 左图 右图 上图 下图 影格画面 视频帧 定格画面
            画面帧 前图 后图 首图 末图 尾图 张 幅 帧数 图示 缩略图""",
        "place": "中 里 内 之中 当中 里面 处 时 时刻 的时候 之间 间 前 后 之后 以后 之前 起 开始 为止",
        "order": """左边的 右边的 上面的 下面的 中间的 左侧的 右侧的 第 首 末 最后 最后一 最后两 最后几 倒数 倒数第 前 后 上 下 上头 前一 后一 上一 下一 接下来 随后 后续 每 每一 各 这 那
            所有 全部 其余 其他 其它 相邻 连续 另 另一 另外 开头 开始 起始 初始 中间 中段 末尾 结尾 剩余 剩下 同一 头 尾
            左 右 左边 右边 左侧的 右侧的 上排 下排 整组 整个 给出 所给 提供 输入 采样 抽取 截取 选取 这些 那些 几 两 数 多
            单独 前面 前面的 后面的 紧接着 此 该 本""",
        "num": "一 二 三 四 五 六 七 八 九 十 百 零 号 编号",
        "unit": "个 组 些 系列 序列 份 对",
        "prep": """看 看着 在 从 到 到了 至 直到 自 由 根据 就 对比 比较 相比 相较 较 比起 观察 看 来看 看来 而言 来说 查看 按照 依据 以 于 与 和 跟 同
            及 以及 而 则 接着 然后 首先 其中 当 翻到 转到 来到 进入 截至 通过 结合 综合 参照 参考 相对于 对照 还 也 又 再 随着 可 而在 而到 轮到""",
        "show": "停在 停留在 定格在 落在 显示 展示 展现 呈现 记录 捕捉 拍到 拍摄 描绘 可见 是 为 有 出现",
        "see": "可以 能 能够 我们 看到 看见 看出 见到 注意到 发现 观察到",
        "suffix": "了 的 着 的是 则是 里有 地",
    }
)
_JUDGED = re.compile(
    r"相同|一致|一样|重复|模糊|差别|差异|不同|区别|变化|间隔|相隔|接近|相似|类似|连续|衔接|过渡|同一|无异|清晰|偏[色暗亮]|拍摄于|取自|糊|大同小异|隔了|晃动|抖动|拼接"
    r"|来自|属于|对应|曝光|失焦|重影|噪点|缺失|损坏|顺序|时间|之差"
)
_ACT = re.compile(f"{any_of(ACTS)}|{any_of(ACT_MARKS)}")
_FRAME_WORD = re.compile(rf"帧|影格|画格|静帧|截图|{_ORDER}的?[张幅]\s?{_PICTURES}|图\s?[一二三四五六七八九十\d]")


def _frames(text: str) -> Iterator[Change]:
    folded = plain(text)
    if not _STEM.search(folded):
        return
    picture = first_picture(text)
    for clauses in sentences(text):
        if clauses[-1].after > picture:
            return
        yield from _in_sentence(text, folded, clauses)


def _in_sentence(text: str, folded: str, clauses: Sequence[Clause]) -> Iterator[Change]:
    if _is_about_frames(folded, clauses[0]) and all(_JUDGED.search(folded, c.start, c.end) for c in clauses[1:]):
        yield from cut(text, clauses, range(len(clauses)))
        return
    dropped: set[int] = set()
    narrowed: list[Change] = []
    for number, clause in enumerate(clauses):
        behind = _behind(folded, clause)
        if behind == clause.end:
            dropped.add(number)
        elif behind is not None:
            narrowed.append(Change(clause.start, behind, ""))
        elif _is_about_frames(folded, clause):
            dropped.add(number)
    yield from sorted([*narrowed, *(cut(text, clauses, dropped) if dropped else ())], key=lambda change: change.start)


def _is_about_frames(folded: str, clause: Clause) -> bool:
    words = folded[clause.start : clause.end]
    return bool(_FRAME_WORD.search(words)) and (bool(_JUDGED.search(words)) or not _ACT.search(words))


def _behind(folded: str, clause: Clause) -> int | None:
    """Where a phrase at the start of a clause that speaks of frames ends, None where there is none."""
    tokens: list[Token] = []
    for token in _LEXICON.read(folded, clause.start, clause.end):
        if token.kind == "none":
            break
        tokens.append(token)
    kinds = [token.kind for token in tokens]
    frame = next((i for i, kind in enumerate(kinds) if kind == "frame"), None)
    if frame is None or not _STEM.search(folded, clause.start, tokens[-1].end):
        return None
    if tokens[-1].end == clause.end:
        return clause.end
    ends = [i for i in range(frame + 1, len(tokens)) if kinds[i] in ("place", "show", "see", "suffix")]
    return tokens[ends[-1]].end if ends else None


FRAMES = Rule(
    "frame_mention",
    'talk of single frames goes ("在第一帧中，", "第二张图显示")',
    ("在第一帧中，女孩抱着排球；到了第五帧，她把球抛起。", "女孩抱着排球；她把球抛起。"),
    _frames,
    language="Chinese",
)
