"""Talk of the single frames or pictures that the model was shown: "在第一帧中，", "第二张图显示"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.chinese.acts import tells_act
from recaption.postfilter.chinese.clauses import Clause, cut, in_order, sentences
from recaption.postfilter.chinese.phrases import Lexicon, any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.chinese.talk import first_picture
from recaption.postfilter.rule import Change, Rule

_N = r"[一二三四五六七八九十百两几数\d]"
_PICTURE = any_of("图片 图像 截图 截屏 静帧 照片 图 画面 画格 画幅")
_WHICH = any_of(
    rf"""第{_N}+ 首 末 最后{_N}* 倒数第?{_N}+ [前后]{_N}+ [上下前后]一 (?:接下来|随后)的?{_N}* 每一? 各
    这[些]?{_N}* 那[些]?{_N}? 所有 其[余他] 相邻 连续 另一"""
)
_STEM = re.compile(
    any_of(
        rf"""帧 影格 画格 {_N}[张幅组]{_PICTURE} 图\s?[一二三四五六七八九十\d]
        {_WHICH}的?[张幅组个对]?\s?{_PICTURE} {_WHICH}[张幅][里中，则时和] 关键画面
        [左右上下][边侧面]?的?图[中里，片]"""
    )
)
_LIKELY = re.compile("帧|格|图|截|[张幅][里中，则时和]|画面|照片")
_FRAME = re.compile(any_of(rf"帧 影格 画格 截图 {_WHICH}的?[张幅组对]\s?{_PICTURE} 图\s?[一二三四五六七八九十\d]"))
_PHRASE = Lexicon(
    {
        "none": """图书 图案 图纸 图章 图腾 图表 图钉 画面前 中央 中心 中年 中国 中间的 时钟 时装 里程 上方 上面
            下方 下面 左侧 右侧 左手 右手 后面 后方 前方 前面 前景 背景 后景 处理""",
        "frame": """帧 影格 画格 关键帧 帧画面 帧图像 帧图 首帧 末帧 尾帧 头帧 单帧 每帧 各帧 逐帧 首张 末张 图
            图片 图像 截图 截屏 静帧 照片 画面 关键画面 抽帧 采样帧 图中 图里 图上 影像 左图 右图 上图 下图
            影格画面 视频帧 定格画面 画面帧 前图 后图 首图 末图 尾图 张 幅 帧数 图示 缩略图""",
        "place": "中 里 内 之中 当中 里面 处 时 时刻 的时候 之间 间 前 后 之后 以后 之前 起 开始 为止",
        "which": """左边的 右边的 上面的 下面的 中间的 左侧的 右侧的 第 首 末 最后 最后一 最后两 最后几 倒数 倒数第
            前 后 上 下 前一 后一 上一 下一 接下来 随后 后续 每 每一 各 这 那 所有 全部 其余 其他 其它 相邻 连续 另
            另一 另外 开头 开始 起始 初始 中间 中段 末尾 结尾 剩余 剩下 同一 头 尾 左 右 左边 右边 上排 下排 整组
            整个 给出 所给 提供 输入 采样 抽取 截取 选取 这些 那些 几 两 数 多 单独 前面的 后面的 紧接着 此 该 本
            个 组 些 系列 序列 份 对 一 二 三 四 五 六 七 八 九 十 百 零 号 编号""",
        "link": """看 看着 在 从 到 到了 至 直到 自 由 根据 就 对比 比较 相比 相较 较 比起 观察 来看 看来 而言 来说
            查看 按照 依据 以 于 与 和 跟 同 及 以及 而 则 接着 然后 首先 其中 当 翻到 转到 来到 进入 截至 通过
            结合 综合 参照 参考 相对于 对照 还 也 又 再 随着 可 而在 而到 轮到""",
        "shows": """停在 停留在 定格在 落在 显示 展示 展现 呈现 记录 捕捉 拍到 拍摄 描绘 可见 是 为 有 出现 可以 能
            能够 我们 看到 看见 看出 见到 注意到 发现 观察到 了 的 着 的是 则是 里有 地""",
    }
)
# What is said of the frames themselves.
_JUDGED = re.compile(
    any_of(
        """相同 一致 一样 重复 模糊 差别 差异 不同 区别 变化 间隔 相隔 接近 相似 类似 连续 衔接 过渡 同一 无异 清晰
        偏[色暗亮] 拍摄于 取自 糊 大同小异 隔了 连在一起 排列 晃动 抖动 拼接 来自 属于 对应 曝光 失焦 重影 噪点
        缺失 损坏 顺序 时间 之差"""
    )
)


def _frames(text: str) -> Iterator[Change]:
    folded = plain(text)
    if not _LIKELY.search(folded) or not _STEM.search(folded):
        return
    picture = first_picture(text)
    for clauses in sentences(text):
        if clauses[-1].after > picture:
            return
        yield from _in_sentence(text, folded, clauses)


def _in_sentence(text: str, folded: str, clauses: Sequence[Clause]) -> Iterator[Change]:
    words = [folded[clause.start : clause.end] for clause in clauses]
    if _is_about_frames(words[0]) and all(map(_JUDGED.search, words[1:])):
        yield from cut(text, clauses, range(len(clauses)))
        return
    dropped: set[int] = set()
    changes: list[Change] = []
    for number, clause in enumerate(clauses):
        behind = _behind(folded, clause)
        if behind == clause.end or (behind is None and _is_about_frames(words[number])):
            dropped.add(number)
        elif behind is not None:
            changes.append(Change(clause.start, behind, ""))
    changes += cut(text, clauses, dropped)
    yield from in_order(changes)


def _is_about_frames(words: str) -> bool:
    return bool(_FRAME.search(words)) and (bool(_JUDGED.search(words)) or not tells_act(words))


def _behind(folded: str, clause: Clause) -> int | None:
    """Where a phrase at the start of a clause that speaks of frames ends, None where there is none."""
    tokens = _PHRASE.read(folded, clause.start, clause.end)
    frame = next((i for i, token in enumerate(tokens) if token.kind == "frame"), None)
    if frame is None or not _STEM.search(folded, clause.start, tokens[-1].end):
        return None
    if tokens[-1].end == clause.end:
        return clause.end
    return max((token.end for token in tokens[frame + 1 :] if token.kind in ("place", "shows")), default=None)


FRAMES = Rule(
    "frame_mention",
    'talk of single frames goes ("在第一帧中，", "第二张图显示")',
    ("在第一帧中，女孩抱着排球；到了第五帧，她把球抛起。", "女孩抱着排球；她把球抛起。"),
    _frames,
    language="Chinese",
)
