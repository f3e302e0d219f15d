"""The end of a Chinese caption, and its punctuation: an unfinished last sentence goes back to its last whole clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.chinese.clauses import Clause, sentences
from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import HAN, plain
from recaption.postfilter.chinese.words import ACT_MARKS, ACTS
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import ends_sentence

_END = re.compile(r"[。！？!?…]|(?<=[\u3400-\u9fff])\.")
# What no clause ends with.
_DANGLING = re.compile(
    any_of(
        """的 地 得(?<!取得|获得|觉得|值得) 把 被 将 在 和 与 及 跟 同(?<!相同|不同|共同) 从 向 往 朝 对(?<!相对|面对|核对) 给 以 并 而 则 且 却 又 也 还 就 但 或 及 为 由 于 是 有 很 更 最
        正 着手 一 两 三 几 这 那 每 某 各 另 其 该 此 第 一个 一只 一名 一位 一条 一张 一把 一辆 一件 一块 一片 一根 一双 一群 一道 一种 一些 如 像 似 比 使 让 令 用 按 沿 随 因 因为 所以 如果 虽然 但是
        以及 并且 然后 接着 随后 同时 由于 为了 直到 通过 沿着 朝着 向着 随着 对着 围着 伴着 顺着 借着 趁着 当着 正在 开始 继续 准备 试图 不 没 未 没有 可以 能够 会 要 想 、 （ \\( “ 「 『 《 ： — -"""
    )
    + r"\Z"
)
_SUBORDINATE = re.compile(
    r"(?:时|时候|之际|之后|以后|之前|以前|后(?<!前后|身后|背后|先后)|期间|途中|过程中|同时|瞬间|之下|之间|下来后)\Z"
    r"|\A(?:随着|当|在|自|从|由于|因为|尽管|虽然|为了|除了|随后|接着|然后|最后|此时|这时|紧接着|同时|与此同时|只见|而|但|其中|突然|忽然|不久|片刻|首先|接下来|起初|最终)"
    r"(?:[^，。]{0,16}(?:[里上中下内外旁边前后时间侧处方面]|推移|响起|移动|推进))?\Z"
)
_PHRASE = re.compile(r"[^是有为呈像]{1,12}的[^是有为呈像]{1,5}")
_ACT = re.compile(f"{any_of(ACTS)}|{any_of(ACT_MARKS)}")


def _unfinished(text: str) -> Iterator[Change]:
    found = sentences(text)
    if not found or ends_sentence(text):
        return
    last = found[-1]
    if len(found) > 1 or _stops_inside(plain(text), last) or _is_open(text[last[0].start :]):
        yield from _cut(text, last)


def _stops_inside(folded: str, clauses: Sequence[Clause]) -> bool:
    """Whether a text of one sentence without a mark at its end cannot be whole."""
    if _DANGLING.search(folded):
        return True
    words = folded[clauses[-1].start : clauses[-1].end]
    return len(clauses) > 1 and bool(_PHRASE.fullmatch(words)) and not _ACT.search(words)


def _cut_off(text: str) -> Iterator[Change]:
    found = sentences(text)
    if found and not ends_sentence(text):
        yield from _cut(text, found[-1])


def _cut(text: str, clauses: Sequence[Clause]) -> Iterator[Change]:
    """Back to the last clause that is one; else the sentence goes."""
    folded = plain(text)
    last = clauses[-1]
    head = text.rfind("、", last.start, last.end)
    if head > last.start and _is_whole(folded, last.start, head) and not _DANGLING.search(folded, last.start, head) and not _is_open(text[last.start : head]):
        yield Change(head, len(text), "。")
        return
    for clause in reversed(clauses[:-1]):
        if _is_whole(folded, clause.start, clause.end) and not _is_open(text[clauses[0].start : clause.end]):
            yield Change(clause.end, len(text), "。")
            return
    yield Change(clauses[0].start, len(text), "")


def _is_whole(folded: str, start: int, end: int) -> bool:
    words = folded[start:end]
    return len(words) > 2 and not _SUBORDINATE.search(words)


def _is_open(text: str) -> bool:
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in ("“”", "「」", "『』", "《》", "（）", "()", "【】"))


def _full_stop(text: str) -> Iterator[Change]:
    for match in re.finditer(rf"(?<=[{HAN}])\.(?=\s|\Z|[{HAN}])", text):
        yield Change(match.start(), match.end(), "。")
    if text and not ends_sentence(text) and any(map(str.isalpha, text)):
        kept = text.rstrip("，、；：,;:-–— ")
        yield Change(len(kept), len(text), "。")


_SPACE = rf"(?<=[{HAN}。，、；：！？”」』》）]) +(?=[{HAN}。，、；：！？“「『《（])|(?<=[。，、；：！？]) +|(?<=[。！？；，、]) +(?=\S)"
_DOUBLED = r"^[，、；：。,;]+\s*|(?<=[，、；：。！？])[，、；：。]+|[，、；：]+(?=[。！？])"
_SPACING = re.compile(f"{_SPACE}|{_DOUBLED}")


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
