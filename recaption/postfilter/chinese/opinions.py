"""Mood, meaning, judgement and guesses, which no camera records; and words that make a visible fact uncertain."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from recaption.postfilter.chinese.acts import VERBS, tells_act
from recaption.postfilter.chinese.clauses import Clause, cut, in_order, sentences
from recaption.postfilter.chinese.ideas import ABSTRACT, COMMENT, CONVEYS, JUDGED, UNSEEN
from recaption.postfilter.chinese.phrases import WordSet, any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.rule import Change, Rule, Sign

_IDEAS = WordSet(ABSTRACT, CONVEYS, JUDGED)
_CONVEYS = WordSet(CONVEYS)
_COMMENTS = WordSet(COMMENT)
_MAYBE = any_of(
    """似乎 好像 可能 或许 也许 大概 想必 仿佛 应该 应当 应是 估计 看来 多半 恐怕 说不定 兴许 八成 貌似 看似 看起来
    看上去 猜测 推测 不知是 像是 若有 推断 据推测 俨然 感觉像 有点像 有些像 似是 似有"""
)
_GUESS = re.compile(rf"{_MAYBE}[^，。；！？]{{0,8}}?{any_of(UNSEEN)}")
_SENSE = re.compile(r"[^，。；！？]{2,}(?<![动情质体手触灵预反传快好敏流性])感\Z")
_PARTICLE = re.compile(r"\w(?:(?<![酒网水茶书嘴])吧|啊|呀|呢|嘛|哦|呐|哩|罢了|而已)\Z")
# A cheap test for all that is no idea or comment.
_STEM = re.compile(f"{_MAYBE}|感|[吧啊呀呢嘛哦呐哩？?]|罢了|而已")
# What can be seen in a face.
_VISIBLE = re.compile(r"脸|神情|表情|面带|微笑|笑容|眼神|眉|嘴角|面容|泪")
_SEEN = re.compile(
    r"[红橙黄绿蓝紫粉白黑灰棕金银]|[一两二三四五六七八九十几双半][只个条张辆把座台名位群片间块艘排根棵朵盏件杯碗盘扇支本]"
    r"|\d|左|右|上方|下方|前方|后方|中央|镜头|画面|特写|光线|灯"
)
_MODIFIER = re.compile(r"[^，。；！？]{0,6}?[的地](?=[^，。；！？的]{2,})")
_DEGREE = re.compile(
    any_of(
        """十分 非常 格外 极其 极为 特别 很 最 颇为 无比 相当 那么 如此 一种 一份 一股 一丝 的 都 也 显得 处处 无不
        尽是 满是 充满 带着"""
    )
    + r"{1,4}\Z"
)
# "写着岁月的痕迹": what takes an idea for its object tells nothing that is seen.
_FIGURE = re.compile(
    r"(?:(?:[写藏透带露刻裹装含映照散飘荡留尝品喝卖填听闻看]|满|回荡|见)(?:着|满|出|下|到|的|的是|出的是|了|是|见|进)"
    r"|是|的是|成了?|为|如|像)[^，。；]{0,8}\Z"
)
_LAST = re.compile(r"(?:的[^，。；！？]{1,4}|[^，。；！？]{0,2})\Z")
_HEAD = re.compile(
    r"的(?:动作|样子|模样|身影|神态|背影|姿态|姿势|场景|画面|声音|过程|情景|一幕|手法|手势|步伐|瞬间|场面|景象|景色|身姿|手艺)"
    r"(?:都|也|总|更|不仅|显得)?\Z"
)
_SHARES_SUBJECT = re.compile(
    any_of(
        """仍 依 始终 一直 还 继续 只 也 都 并 却 而是 更 则 又 再 大概 或许 也许 就 便 才 既 像 是 不(?!远) 令 让
        使 给人 散发 透 充满 显得 仿佛 似乎 成为 构成 形成 带来 展现 体现"""
    )
)
_HEDGES = WordSet(
    """乍一?看 远看像 粗看 感觉上 感觉(?:像|是|有|应|似|好|上) 说不准 没准 保不准 搞不好 十有八九 据称 目测 好似
    大抵 约莫 猜(?!谜|灯|拳|枚|字|题|测) 理应 按理 按说 照理 某种 难说 不敢肯定 无法肯定 不能确定 不好判断 难以辨认
    难以判断 无从判断 有可能 疑为 疑是 似为 似系 应系 八九不离十 大概率 不妨认为 可视为 更像 看着像 看着是 瞧着像
    似乎 好像 看似 看起来(?:像|是|有|似|应|很可能)? 看上去 疑似 仿佛 可能 也许 或许 大概 兴许 说不定
    应该(?:是|为|在|有|属|来) 应是 应为 应属 貌似 多半 八成是? 恐怕 想必 推测 猜测 估计 不确定 难以确定 无法确定
    不太确定 不敢确定 不清楚 看不清是 不知是 隐隐约约 隐约(?:像|是|似|好像|觉得|感觉|有) 像是 有点像 有些像 似是
    似有 据推 近似 未必 不一定 怀疑 要么是 抑或 大致(?:是|像|为) 依稀(?:像|是|似) 看样子 看来 莫非 难道 恍惚
    若有若无 如果没看错 没看错的话 不出意外 可以推断 据信 据说 大约是 大约为 估摸 料想 想来 或是(?!因) 或为 俨然
    像(?=[^，。；！？]{1,8}(?:材质|质地|做的|制成))"""
)


def _opinions(text: str) -> Iterator[Change]:
    folded = plain(text)
    marked = sorted(match.start() for found in (_IDEAS, _STEM) for match in found.finditer(folded))
    comments = [word.start() for word in _COMMENTS.finditer(folded)]
    if not marked and len(comments) < 2:
        return
    for clauses in sentences(text):
        start, end = clauses[0].start, clauses[-1].after
        if _between(marked, start, end) or _between(comments, start, end) > 1:
            yield from _in_sentence(text, folded, clauses)


def _between(places: Sequence[int], start: int, end: int) -> int:
    """How many of the places, which are in order, lie between two positions."""
    return bisect_left(places, end) - bisect_left(places, start)


def _in_sentence(text: str, folded: str, clauses: Sequence[Clause]) -> Iterator[Change]:
    words = [folded[clause.start : clause.end] for clause in clauses]
    places = [_opinion(each, leads=len(clauses) > 1 and not number) for number, each in enumerate(words)]
    if text[clauses[-1].end : clauses[-1].after].strip()[:1] in tuple("？?"):
        places[-1] = (0, len(words[-1]))
    for number in range(1, len(clauses)):
        if text[clauses[number - 1].end : clauses[number].start].strip() in ("：", ":"):  # what is said or written
            places[number] = None
    dropped = {number for number, place in enumerate(places) if place == (0, len(words[number]))}
    for number in range(1, len(clauses)):
        if number - 1 in dropped and _SHARES_SUBJECT.match(words[number]):
            dropped.add(number)
    if dropped and all(_tells_nothing(each) for number, each in enumerate(words) if number not in dropped):
        dropped.update(range(len(clauses)))
    changes = list(cut(text, clauses, dropped)) if dropped else []
    for number, place in enumerate(places):
        if place is not None and number not in dropped:
            start = clauses[number].start
            changes.append(Change(start + place[0], start + place[1], ""))
    yield from in_order(changes)


def _opinion(words: str, *, leads: bool) -> tuple[int, int] | None:
    """Where the opinion in a clause begins and ends; None where there is none, or no clean cut for it.

    Args:
        leads: whether the clause opens a sentence of several.
    """
    if _GUESS.search(words):
        return 0, len(words)
    if _VISIBLE.search(words):
        return None
    hit = _IDEAS.search(words) or _SENSE.match(words) or _PARTICLE.search(words) or _comment(words)
    if hit is None:
        return None
    conveys = _CONVEYS.match(words, hit.start()) is not None
    if not conveys and VERBS.match(words, hit.end()):
        return None
    modifier = _MODIFIER.match(words, hit.end() - (words[hit.end() - 1] in "的地"))
    if modifier and hit[0][0] != "这":
        described = words[modifier.end() :]
        if tells_act(described) or (leads and not _IDEAS.search(described)):
            alone = not _DEGREE.sub("", words[: hit.start()]) and words[modifier.end() - 1] == "的"
            return (0, modifier.end()) if alone else None
    return _predicate(words, hit, conveys)


def _predicate(words: str, hit: re.Match[str], conveys: bool) -> tuple[int, int] | None:
    """The whole clause, or from its verb on where something that is seen stands in front."""
    before = words[: hit.start()]
    several = not conveys and len(list(_IDEAS.finditer(words))) > 1
    acts = VERBS.search(before) if several else tells_act(before)
    if not acts or (_FIGURE.search(before) and _LAST.match(words, hit.end())):
        return 0, len(words)
    verb = _CONVEYS.search(words)
    if verb is None or verb.start() > hit.start():
        return None
    head = _HEAD.search(words[: verb.start()])
    return (head.start() if head else verb.start(), len(words))


def _comment(words: str) -> re.Match[str] | None:
    """The first word of a clause that comments, and tells nothing that is seen."""
    found = list(_COMMENTS.finditer(words))
    return found[0] if len(found) > 1 and not _SEEN.search(words) and not VERBS.search(words) else None


def _tells_nothing(words: str) -> bool:
    return _COMMENTS.search(words) is not None and not _SEEN.search(words) and not tells_act(words)


def _is_hedged(text: str) -> bool:
    return _HEDGES.search(plain(text)) is not None


OPINIONS = Rule(
    "opinion",
    "mood, meaning, judgement and guesses go",
    ("老人割下一把韭菜，流露出他对土地的深情。", "老人割下一把韭菜。"),
    _opinions,
    language="Chinese",
)
HEDGE = Sign(
    "hedge",
    "words that make a visible fact uncertain",
    "头巾上似乎绣着两个字。",
    _is_hedged,
    language="Chinese",
)
