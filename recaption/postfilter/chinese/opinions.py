"""Mood, meaning, judgement and guesses, which no camera records; and words that make a visible fact uncertain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.chinese.clauses import Clause, cut, sentences
from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.chinese.words import ABSTRACT, ACT_MARKS, ACTS, COMMENT, CONVEYS, JUDGED, UNSEEN
from recaption.postfilter.rule import Change, Rule, Sign

_MAYBE = any_of(
    """似乎 好像 可能 或许 也许 大概 想必 仿佛 应该 应当 应是 估计 看来 多半 恐怕 说不定 兴许 八成 貌似 看似 看起来 看上去 猜测 推测 不知是 像是 若有
    推断 据推测 俨然 感觉像 有点像 有些像 似是 似有"""
)
_OPINION = re.compile(f"{any_of(ABSTRACT)}|{any_of(CONVEYS)}|{any_of(JUDGED)}")
# "写着岁月的痕迹": what takes an idea for its object tells nothing that is seen.
_FIGURE = re.compile(
    r"(?:[写藏透带露刻裹装含映照散飘荡留尝品喝藏卖填听闻看]|满|回荡|见)(?:着|满|出|下|到|的|的是|出的是|了|是|见|进)[^，。；]{0,8}\Z|(?:是|的是|成了?|为|如|像)[^，。；]{0,8}\Z"
)
_LAST = re.compile(r"(?:的[^，。；！？]{1,4}|[^，。；！？]{0,2})\Z")
_COMMENT = re.compile(any_of(COMMENT))
_SEEN = re.compile(
    rf"{any_of(ACTS)}|[红橙黄绿蓝紫粉白黑灰棕金银]|[一两二三四五六七八九十几双半][只个条张辆把座台名位群片间块艘排根棵朵盏件杯碗盘扇支本]|\d|左|右|上方|下方|前方|后方|中央|镜头|画面|特写|光线|灯"
)
_PARTICLE = re.compile(r"\w(?:吧(?<!酒吧|网吧|水吧|茶吧|书吧|嘴吧)|啊|呀|呢|嘛|哦|呐|哩|罢了|而已)\Z")
_CONVEYS = re.compile(any_of(CONVEYS))
_GUESS = re.compile(rf"{_MAYBE}[^，。；！？]{{0,8}}?{any_of(UNSEEN)}")
_SENSE = re.compile(r"[^，。；！？]{2,}(?<![动情质体手触灵预反传快好敏流性])感\Z")
_STEM = re.compile(f"{_OPINION.pattern}|{_MAYBE}|感|[吧啊呀呢嘛哦呐哩？?]|罢了|而已")
# What can be seen in a face.
_VISIBLE = re.compile(r"脸|神情|表情|面带|微笑|笑容|眼神|眉|嘴角|面容|泪")
_ACT = re.compile(f"{any_of(ACTS)}|{any_of(ACT_MARKS)}")
_VERB = re.compile(any_of(ACTS))
_MODIFIER = re.compile(r"[^，。；！？]{0,6}?[的地](?=[^，。；！？的]{2,})")
_DEGREE = re.compile(r"(?:十分|非常|格外|极其|极为|特别|很|最|颇为|无比|相当|那么|如此|一种|一份|一股|一丝|的|都|也|显得|处处|无不|尽是|满是|充满|带着){1,4}\Z")
_HEAD = re.compile(r"的(?:动作|样子|模样|身影|神态|背影|姿态|姿势|场景|画面|声音|过程|情景|一幕|手法|手势|步伐|瞬间|场面|景象|景色|身姿|手艺)(?:都|也|总|更|不仅|显得)?\Z")
_SHARES_SUBJECT = re.compile(r"(?:仍|依|始终|一直|还|继续|只|也|都|并|却|而是|更|则|又|再|大概|或许|也许|就|便|才|既|像|是|不(?!远)|令|让|使|给人|散发|透|充满|显得|仿佛|似乎|成为|构成|形成|带来|展现|体现)")
_HEDGE = re.compile(
    any_of(
        """感觉上 感觉(?:像|是|有|应|似|好|上) 说不准 没准 保不准 搞不好 十有八九 据称 目测 好似 大抵 约莫 猜(?!谜|灯|拳|枚|字|题|测) 理应 按理 按说 照理 某种 难说 不敢肯定 无法肯定 不能确定 不好判断 难以辨认 难以判断 无从判断 有可能 像(?=是) 疑为 疑是 似为 似系 应系 八九不离十 大概率 不妨认为 可视为 更像 看着像 看着是 瞧着像 似乎 好像 看似 看起来(?:像|是|有|似|应|很可能)? 看上去 疑似 仿佛 可能 也许 或许 大概 兴许 说不定 应该(?:是|为|在|有|属|来) 应是 应为 应属 貌似 多半 八成是? 恐怕 想必 推测 猜测 估计 不确定 难以确定
        无法确定 不太确定 不敢确定 不清楚 看不清是 不知是 隐隐约约 隐约(?:像|是|似|好像|觉得|感觉|有) 像是 有点像 有些像 似是 似有 约莫 据推 近似 未必 不一定 感觉像 怀疑 要么是 抑或 大致(?:是|像|为) 依稀(?:像|是|似) 看样子 看来 莫非 难道
        恍惚 若有若无 如果没看错 没看错的话 不出意外 姑且 暂且 可以推断 据信 据说 大约是 大约为 估摸 料想 想来 或是(?!因) 或为 不妨 俨然 像(?=[^，。；！？]{1,8}(?:材质|质地|做的|制成))"""
    )
)


def _opinions(text: str) -> Iterator[Change]:
    folded = plain(text)
    for clauses in sentences(text):
        places = [
            _opinion(folded[clause.start : clause.end], leads=len(clauses) > 1 and clause is clauses[0])
            for clause in clauses
        ]
        if text[clauses[-1].end : clauses[-1].after].strip()[:1] in tuple("？?"):
            places[-1] = (0, clauses[-1].end - clauses[-1].start)
        if any(place is not None for place in places):
            yield from _without(text, folded, clauses, places)


def _opinion(words: str, *, leads: bool) -> tuple[int, int] | None:
    """Where the opinion in a clause begins and ends; None where there is none, or no clean cut for it.

    Args:
        leads: whether the clause opens a sentence of several.
    """
    hit = _GUESS.search(words)
    if hit is None:
        if _VISIBLE.search(words):
            return None
        hit = _OPINION.search(words) or _SENSE.match(words)
        hit = hit or _PARTICLE.search(words) or _comment(words)
    if hit is None:
        return None
    start = hit.start()
    conveys = bool(_CONVEYS.match(hit[0]))
    if not conveys and _VERB.match(words, hit.end()):
        return None
    modifier = _MODIFIER.match(words, hit.end() - (words[hit.end() - 1] in "的地"))
    if modifier and hit[0][0] != "这" and (_ACT.search(words, modifier.end()) or (leads and not _OPINION.search(words, modifier.end()))):
        opening = _DEGREE.sub("", words[:start])
        return None if opening or words[modifier.end() - 1] == "地" else (0, modifier.end())
    acts = _VERB if len(_OPINION.findall(words)) > 1 and not conveys else _ACT
    if acts.search(words[:start]) and not (_FIGURE.search(words[:start]) and _LAST.match(words, hit.end())):
        verb = _CONVEYS.search(words)
        if verb is None or verb.start() > start:
            return None
        head = _HEAD.search(words[: verb.start()])
        return (head.start() if head else verb.start(), len(words))
    return (0, len(words))


def _comment(words: str) -> re.Match[str] | None:
    found = list(_COMMENT.finditer(words))
    return found[0] if len(found) > 1 and not _SEEN.search(words) else None


def _tells_nothing(words: str) -> bool:
    return bool(_COMMENT.search(words)) and not (_SEEN.search(words) or _ACT.search(words))


def _without(
    text: str, folded: str, clauses: Sequence[Clause], places: Sequence[tuple[int, int] | None]
) -> Iterator[Change]:
    lengths = [clause.end - clause.start for clause in clauses]
    dropped = {number for number, place in enumerate(places) if place == (0, lengths[number])}
    for number in range(1, len(clauses)):
        if number - 1 in dropped and _SHARES_SUBJECT.match(folded, clauses[number].start):
            dropped.add(number)
    kept = [clause for number, clause in enumerate(clauses) if number not in dropped]
    if dropped and all(_tells_nothing(folded[clause.start : clause.end]) for clause in kept):
        dropped.update(range(len(clauses)))
    changes = list(cut(text, clauses, dropped)) if dropped else []
    for number, place in enumerate(places):
        if place is not None and number not in dropped:
            start = clauses[number].start
            changes.append(Change(start + place[0], start + place[1], ""))
    yield from sorted(changes, key=lambda change: change.start)


def _is_hedged(text: str) -> bool:
    return bool(_HEDGE.search(plain(text)))


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
