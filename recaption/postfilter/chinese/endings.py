"""The end of a Chinese caption, and its marks: an unfinished last sentence goes back to its last whole clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.chinese.acts import tells_act
from recaption.postfilter.chinese.clauses import Clause, sentences
from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import HAN, plain
from recaption.postfilter.english.sentences import ends_sentence
from recaption.postfilter.rule import Change, Rule

# What no clause ends with.
_DANGLING = re.compile(
    any_of(
        r"""的 地 (?<![取获觉值])得 把 被 将 在 和 与 及 跟 (?<![相不共])同 从 向 往 朝 (?<![相面核])对 给 以 并 而
        则 且 却 又 也 还 就 但 或 为 由 于 是 有 很 更 最 正 着手 一 两 三 几 这 那 每 某 各 另 其 该 此 第
        一[个只名位条张把辆件块片根双群道种些] 如 像 似 比 使 让 令 用 按 沿 随 因 因为 所以 如果 虽然 但是 以及
        并且 然后 接着 随后 同时 由于 为了 直到 通过 [沿朝向随对围伴顺借趁当]着 正在 开始 继续 准备 试图 不 没 未
        没有 可以 能够 会 要 想 、 （ \( “ 「 『 《 ： — -"""
    )
    + r"\Z"
)
_SUBORDINATE = re.compile(
    r"(?:时|时候|之际|之后|以后|之前|以前|(?<![前身背先])后|期间|途中|过程中|同时|瞬间|之下|之间)\Z"
    r"|(?:随着|当|在|自|从|由于|因为|尽管|虽然|为了|除了|随后|接着|然后|最后|此时|这时|紧接着|同时|与此同时|只见|而|但|其中|突然|忽然|不久"
    r"|片刻|首先|接下来|起初|最终)"
    r"(?:[^，。]{0,16}(?:[里上中下内外旁边前后间侧处方面]|推移|响起|移动|推进))?\Z"
)
# What a clause may well end with.
_COMPLETE = re.compile(
    any_of(
        """了 过 (?<![后将未])来 去 不动 不停 不止 [坐蹲躺站跪趴走跑笑哭睡醒亮响等飘晃转游飞]着
        [坐蹲躺停放跪趴倒落]下 [关合闭穿戴盖跟追]上 [打推拉张睁散分离走让裂]开 [站升响亮扬]起
        [站停抓接握捂盖挡抱拉]住 走远 倒地 落地 起身 转身 离场 入座 鼓掌 点头 摇头 微笑 大笑 欢呼 击掌 拥抱 握手
        鞠躬 出现 消失 前进 后退 旋转 摇晃 摆动 飘动 飘扬 闪烁 流动 晃动 转动 跳动 起舞 奔跑"""
    )
    + r"\Z"
)
_PHRASE = re.compile(r"[^是有为呈像]{1,12}的[^是有为呈像]{1,5}")
_PAIRS = ("“”", "「」", "『』", "《》", "（）", "()", "【】")
_HALF_STOP = re.compile(rf"(?<=[{HAN}])\.(?=\s|\Z|[{HAN}])")
_SPACE = rf"(?<=[{HAN}。，、；：！？”」』》）]) +(?=[{HAN}。，、；：！？“「『《（])|(?<=[。，、；：！？]) +"
_DOUBLED = r"\A[，、；：。,;]+\s*|(?<=[。！？])[，、；：。]+|[，、；：]+(?=[，、；：。！？])"
_SPACING = re.compile(f"{_SPACE}|{_DOUBLED}")


def _unfinished(text: str) -> Iterator[Change]:
    """The last sentence where it has no mark though others have, or plainly stops in the middle of a phrase."""
    found = sentences(text)
    if not found or ends_sentence(text) or _COMPLETE.search(plain(text)):
        return
    uses_marks = len(found) > 1 and "\n" not in text[found[-1][0].start :]  # lines of a list may have none
    if uses_marks or _stops_inside(plain(text), found[-1]) or _is_open(text[found[-1][0].start :]):
        yield from _cut(text, found[-1])


def _cut_off(text: str) -> Iterator[Change]:
    found = sentences(text)
    if found and not ends_sentence(text):
        yield from _cut(text, found[-1])


def _stops_inside(folded: str, clauses: Sequence[Clause]) -> bool:
    """Whether a text of one sentence without a mark at its end cannot be whole."""
    if _DANGLING.search(folded):
        return True
    last = folded[clauses[-1].start : clauses[-1].end]
    return len(clauses) > 1 and _PHRASE.fullmatch(last) is not None and not tells_act(last)


def _cut(text: str, clauses: Sequence[Clause]) -> Iterator[Change]:
    """Back to the last clause that is whole; else the sentence goes."""
    folded = plain(text)
    last = clauses[-1]
    listed = text.rfind("、", last.start, last.end)
    ends = [listed] if listed > 0 and not _DANGLING.search(folded, last.start, listed) else []
    ends += [clause.end for clause in reversed(clauses[:-1])]
    starts = [last.start] * (len(ends) - len(clauses) + 1) + [clause.start for clause in reversed(clauses[:-1])]
    for start, end in zip(starts, ends, strict=True):
        if (
            end - start > 2
            and not _SUBORDINATE.search(folded[start:end])
            and not _is_open(text[clauses[0].start : end])
        ):
            yield Change(end, len(text), "。")
            return
    yield Change(clauses[0].start, len(text), "")


def _is_open(text: str) -> bool:
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)


def _full_stop(text: str) -> Iterator[Change]:
    for match in _HALF_STOP.finditer(text):
        yield Change(match.start(), match.end(), "。")
    if text and not ends_sentence(text):
        yield Change(len(text.rstrip("，、；：,;:-–— ")), len(text), "。")


def _spacing(text: str) -> Iterator[Change]:
    for match in _SPACING.finditer(text):
        yield Change(match.start(), match.end(), "")


UNFINISHED = Rule(
    "unfinished",
    "a last sentence that stops inside a phrase goes, or is cut back to its last whole clause",
    ("一名男子走过街道。他停下脚步，然后把手", "一名男子走过街道。他停下脚步。"),
    _unfinished,
    language="Chinese",
)
CUT = Rule(
    "cut",
    "the model was cut at its limit: its last sentence goes, or is cut back to its last whole clause",
    ("一名男子走过街道，停在红色的门", "一名男子走过街道。"),
    _cut_off,
    cut_only=True,
    language="Chinese",
)
FULL_STOP = Rule(
    "full_stop",
    "a caption ends with a full stop",
    ("一名男子走过街道", "一名男子走过街道。"),
    _full_stop,
    language="Chinese",
)
SPACING = Rule(
    "spacing",
    "no space between sentences, no two marks in a row",
    ("一名男子走过街道。 他坐下，。", "一名男子走过街道。他坐下。"),
    _spacing,
    language="Chinese",
)
