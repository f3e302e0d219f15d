"""Clauses that begin with the video, or with those who watch it, instead of with what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recaption.postfilter.chinese.acts import tells_act
from recaption.postfilter.chinese.clauses import Clause, cut, in_order, sentences
from recaption.postfilter.chinese.phrases import Token, any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.chinese.talk import FILM, KEPT_OPENINGS, LEXICON, first_picture, first_shown
from recaption.postfilter.rule import Change, Rule

_STEM = re.compile(
    any_of(
        rf"""{FILM} 画面 镜头 场景 素材 情节 故事 剧情 叙事 图片 图像 [全本该此短成]片 片[中头尾末] 我们 观众 观者
        大家 人们 读者 看客 看者 受众 [你您] 眼前 面前 [可能]以?够?看 看到的是 映入"""
    )
)
_AFTER_SHOW = frozenset(["suffix", "link", "be", "viewer", "crowd", "modal", "show", "see", "eye", "prep", "adv"])
_NEVER_LAST = frozenset(["adv", "modal", "prep", "viewer", "crowd"])
_BEFORE_SEE = frozenset(["viewer", "crowd", "modal", "time", "adv", "pos", "prep", "eye", "link"])
_AFTER_SEE = frozenset(["suffix", "link", "be", "see", "eye", "viewer", "crowd", "adv", "time"])
_NEVER_FIRST = frozenset(["link", "show", "see", "part", "move", "suffix", "place"])
# What a lens shows; its other verbs are moves of the camera.
_LENS_SHOWS = re.compile(any_of("展 显示 呈现 记录 纪录 捕捉 拍 描绘 带 讲 来到 有"))
_WHEN = re.compile(any_of("刚?开始 开头 开场 伊始 起初 最初 最后 结尾 末尾 尾声 开篇 结束"))
_BEGINS = any_of(
    "开场 开始 开头 开篇 拉开序幕 拉开帷幕 揭开序幕 展开 起始 开端 切入 结束 收尾 告终 结尾 落幕 作结 收场 [画划]上句号"
)
_OPENS_WITH = re.compile(rf"(?:主要|首先)?[以由从](?P<said>.{{2,60}}?)(?:作为|作|为)?{_BEGINS}\Z")
_ENDS = re.compile(
    r"[便就也则]?(?:[以到至就在由于随]?此|在这里|到这里|随之|随即)?"
    + any_of("结束 收尾 告终 落幕 完结 作结 停止 中断 终止 收场 谢幕 告一段落 戛然而止")
    + "了?"
)
_THIS_IS = re.compile(
    r"(?:这|以上|上面|此)[里个]?[是为][一两][段个部则条支组幅张份](?:关于|有关|(?:记录|展示|描述|描绘|讲述)了?|拍摄|介绍)?"
    rf"(?P<said>.{{4,80}}?)的?[短小]?(?:{FILM}|画面|镜头|片段|动画|记录)(?:片段|画面)?\Z"
)
_ABOUT = re.compile(
    rf"[这本该此]?[一两]?[段个部则条支]?{FILM}(?:内容)?(?:主要)?(?:是|讲的是)?(?:有关|关于)(?P<said>.{{2,60}}?)的?\Z"
)
_SCENE = re.compile(r"的(?:场景|画面|全?过程|情景|情形|一幕|景象|瞬间|经过|片段|镜头)\Z")
_FACT = re.compile(r"[一二三四五六七八九十两几数有他她它0-9]")


@dataclass(frozen=True)
class _Opening:
    """The words of known kinds at the start of a clause.

    Attributes:
        text: the whole text, as patterns need it.
        first: the number of the first token that has to go; words of time before the video stay.
        end: where the clause ends.
    """

    text: str
    tokens: Sequence[Token]
    first: int
    end: int

    @property
    def kinds(self) -> list[str]:
        return [token.kind for token in self.tokens]

    @property
    def covers(self) -> bool:
        """Whether nothing of the clause is left behind it."""
        return self.tokens[-1].end == self.end

    def find(self, kinds: Sequence[str], start: int = 0) -> int | None:
        """The number of the first token of one of these kinds."""
        return next((i for i in range(start, len(self.tokens)) if self.tokens[i].kind in kinds), None)

    def reach(self, last: int, following: frozenset[str], never_last: frozenset[str]) -> int:
        """Where the words end that begin at a token, and go on with certain kinds."""
        first = last
        while last + 1 < len(self.tokens) and self.tokens[last + 1].kind in following:
            last += 1
        while last > first and self.tokens[last].kind in never_last and self.tokens[last].end < self.end:
            last -= 1
        return self.tokens[last].end


def _lead_ins(text: str) -> Iterator[Change]:
    folded = plain(text)
    if not _STEM.search(folded):
        return
    shown, picture = first_shown(text), first_picture(text)
    for clauses in sentences(text):
        if clauses[0].start > shown:
            return
        if _STEM.search(folded, clauses[0].start, clauses[-1].end):
            yield from _in_sentence(text, folded, clauses, shown, picture)


def _in_sentence(text: str, folded: str, clauses: Sequence[Clause], shown: int, picture: int) -> Iterator[Change]:
    dropped: set[int] = set()
    changes: list[Change] = []
    for number, clause in enumerate(clauses):
        if clause.start > shown:
            break
        for change in _changes(folded, clause, announced=number - 1 in dropped, pictured=clause.start > picture):
            if (change.start, change.end) == (clause.start, clause.end):
                dropped.add(number)
            else:
                changes.append(change)
    changes += cut(text, clauses, dropped)
    yield from in_order(changes)


def _changes(folded: str, clause: Clause, *, announced: bool, pictured: bool) -> Iterator[Change]:
    """What goes from a clause: all of it where it speaks of the video alone, or its beginning.

    Args:
        announced: the clause before it spoke of the video alone.
        pictured: "the picture" or "the lens" may mean something in the scene.
    """
    start, end = clause.start, clause.end
    if match := _THIS_IS.match(folded[start:end]) or _ABOUT.match(folded[start:end]):
        yield from _left(folded, start, start + match.start("said"), start + match.end("said"), end)
        return
    tokens = LEXICON.read(folded, start, end)
    if not tokens:
        return
    anchor = next((i for i, token in enumerate(tokens) if token.kind in ("film", "weak")), None)
    if pictured and anchor is not None and tokens[anchor].kind == "weak":
        anchor = None
    opening = _Opening(folded, tokens, _first_said(folded, tokens), end)
    behind = _behind_viewer(opening, announced) if anchor is None else _behind_film(opening, anchor)
    if behind is not None:
        yield from _left(folded, start if behind == end else tokens[opening.first].start, behind, end, end)
    elif anchor is not None:
        yield from _otherwise(opening, tokens[anchor], anchor)


def _first_said(folded: str, tokens: Sequence[Token]) -> int:
    first = 0
    while first < len(tokens) and folded[tokens[first].start : tokens[first].end] in KEPT_OPENINGS:
        first += 1
    return 0 if first == len(tokens) or tokens[first].kind in _NEVER_FIRST else first


def _left(folded: str, start: int, said: int, said_end: int, end: int) -> Iterator[Change]:
    """The changes that leave what is said, without the "scene of" that it may have been put into."""
    scene = _SCENE.search(folded, said, said_end)
    if scene and tells_act(folded[said : scene.start()]):
        said_end = scene.start()
    yield Change(start, said, "")
    if said_end < end:
        yield Change(said_end, end, "")


def _behind_film(opening: _Opening, anchor: int) -> int | None:
    """Where the talk of the video ends; None where the clause says something about the video itself."""
    text, tokens, kinds = opening.text, opening.tokens, opening.kinds
    is_lens = text.startswith("镜头", tokens[anchor].start)
    placed = opening.find(["place"], anchor)
    timed = bool(_WHEN.search(text, tokens[anchor].start, tokens[-1].end))
    shows = opening.find(["show", "see"], anchor + 1)
    if shows is not None and (not is_lens or placed is not None or _LENS_SHOWS.match(text, tokens[shows].start)):
        return opening.reach(shows, _AFTER_SHOW, _NEVER_LAST)
    if opening.covers and kinds[-1] != "adv":
        moves = not is_lens and opening.find(["move", "prep"]) is not None
        return opening.end if kinds[anchor] == "film" or placed is not None or timed or moves else None
    tells_fact = _FACT.match(text, tokens[-1].end)
    if "be" in kinds[anchor:] and (timed or (tells_fact and kinds[-1] == "be")):
        return max(token.end for token in tokens if token.kind == "be")
    if placed is not None:
        return opening.reach(placed, frozenset(["link", "time", "adv", "be"]), frozenset(["adv"]))
    if timed and tells_fact and kinds[-1] in ("pos", "part", "adv", "time"):
        return tokens[-1].end
    return None


def _otherwise(opening: _Opening, film: Token, anchor: int) -> Iterator[Change]:
    """A clause in which the video does something else: "以...开场" gives what it opens with, else the subject goes."""
    text, tokens, end = opening.text, opening.tokens, opening.end
    start = tokens[opening.first].start
    if opens := _OPENS_WITH.match(text[film.end : end]):
        yield from _left(text, start, film.end + opens.start("said"), film.end + opens.end("said"), end)
    elif _ENDS.fullmatch(text, film.end, end):
        yield Change(tokens[0].start, end, "")
    elif film.kind == "film" and all(token.kind in ("time", "det", "film", "adv") for token in tokens[:anchor]):
        behind = film.end
        if behind - film.start > 2 and text[behind - 2 : behind] in ("画面", "镜头", "内容"):
            behind -= 2
        elif text[behind : behind + 1] == "的":
            behind += 1
        yield Change(start, behind, "")


def _behind_viewer(opening: _Opening, announced: bool) -> int | None:
    """Where "我们可以看到" and its like end; behind a clause about the video alone, a bare "展示了" too."""
    kinds, first = opening.kinds, opening.first
    sees, shows = opening.find(["see"]), opening.find(["show"])
    if sees is not None:
        before = set(kinds[first:sees])
        if not before <= _BEFORE_SEE or not ({"viewer", "modal"} & before or "be" in kinds[sees:]):
            return None
    elif shows is not None and {"viewer", "crowd", "eye"} & set(kinds):
        if not ("be" in kinds[shows:] or opening.covers or {"viewer", "modal"} <= set(kinds[first:shows])):
            return None
        sees = shows
    elif announced and kinds[0] in ("show", "be"):
        sees = 0
    else:
        return None
    return opening.reach(sees, _AFTER_SEE, frozenset(["adv", "time", "viewer", "crowd"]))


LEAD_INS = Rule(
    "lead_in",
    'what only announces goes ("视频展示了", "随着视频的推进，", "我们可以看到"), the sentence stays one',
    ("视频展示了一名男子走过街道。", "一名男子走过街道。"),
    _lead_ins,
    language="Chinese",
)
