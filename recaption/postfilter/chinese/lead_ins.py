"""Clauses that begin with the video, or with those who watch it, instead of with what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.chinese.clauses import Clause, cut, sentences
from recaption.postfilter.chinese.phrases import Token, any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.chinese.talk import FILM, KEPT_OPENINGS, LEXICON, first_picture, first_shown
from recaption.postfilter.chinese.words import ACTS
from recaption.postfilter.rule import Change, Rule

_STEM = re.compile(rf"{FILM}|画面|情节|故事|剧情|叙事|图片|图像|眼前|镜头|片|场景|素材|动图|我们|观众|观者|大家|可以看|能看|能够看|看到的是|映入|首先|可见|你会|您|看者|读者|看客")
_AFTER_SHOW = frozenset(["suffix", "link", "be", "viewer", "modal", "show", "see", "eye", "prep", "adv"])
_SHOWN_BY_LENS = re.compile(r"展|显示|呈现|记录|纪录|捕捉|拍|描绘|带|讲|来到|有")
_BY_LENS_AT = re.compile(r"一开始|刚?开始|开头|开场|伊始|起初|最初|最后|结尾|末尾|尾声|开篇|一开场|结束")
_OPENED = re.compile(
    r"(?:以|由|从|在)(.{2,60}?)(?:作为|作|为)?(?:开场|开始|开头|开篇|拉开序幕|拉开帷幕|揭开序幕|展开|起始|开端|切入"
    r"|结束|收尾|告终|结尾|落幕|作结|收场|画上句号|划上句号)\Z"
)
_THIS_IS = re.compile(
    rf"(?:这|以上|上面|此)(?:里|个)?(?:是|为)[一两](?:段|个|部|则|条|支|组|幅|张|份)(?:关于|有关|记录了?|展示了?|拍摄|描述了?|介绍|描绘了?|讲述了?)?"
    rf"(.{{4,80}}?)的?(?:短|小)?(?:{FILM}|画面|镜头|片段|动画|记录)(?:片段|画面)?\Z"
)
_ABOUT = re.compile(rf"(?:这|本|该|此)?[一两]?(?:段|个|部|则|条|支)?{FILM}(?:内容)?(?:主要)?(?:是|讲的是)?(?:有关|关于)(.{{2,60}}?)(?:的)?\Z")
_SCENE = re.compile(
    rf"{any_of(ACTS)}.*?(的(?:场景|画面|全?过程|情景|情形|一幕|景象|瞬间|经过|片段|镜头))\Z"
)
_ENDS = re.compile(
    r"(?:便|就|也|则)?(?:以此|到此|至此|就此|在此|在这里|到这里|由此|于此|随之|随即)?(?:结束|收尾|告终|落幕|完结|作结|停止|中断|终止|收场|谢幕|告一段落|戛然而止)了?"
)
_FACT_START = re.compile(r"[一二三四五六七八九十两几数有他她它0-9]")


def _lead_ins(text: str) -> Iterator[Change]:
    folded = plain(text)
    if not _STEM.search(folded):
        return
    shown, picture = first_shown(text), first_picture(text)
    for clauses in sentences(text):
        if clauses[0].start > shown:
            return
        yield from _in_sentence(text, folded, clauses, min(picture, clauses[-1].after) if picture < shown else shown)


def _in_sentence(text: str, folded: str, clauses: Sequence[Clause], picture: int) -> Iterator[Change]:
    dropped: set[int] = set()
    narrowed: list[Change] = []
    for number, clause in enumerate(clauses):
        announced = number - 1 in dropped
        for change in _changes(folded, clause, announced, clause.start > picture):
            if change.start == clause.start and change.end == clause.end and not change.new:
                dropped.add(number)
            else:
                narrowed.append(change)
    yield from sorted([*narrowed, *(cut(text, clauses, dropped) if dropped else ())], key=lambda change: change.start)


def _changes(folded: str, clause: Clause, announced: bool, picture: bool) -> Iterator[Change]:
    """What goes from a clause: all of it where it speaks of the video alone, or its beginning."""
    start, end = clause.start, clause.end
    if match := _THIS_IS.match(folded[start:end]) or _ABOUT.match(folded[start:end]):
        yield Change(start, start + match.start(1), "")
        yield Change(start + match.end(1), end, "")
        return
    tokens = list(LEXICON.read(folded, start, end))
    while tokens and tokens[-1].kind == "none":
        tokens.pop()
    tokens = _up_to_none(tokens)
    if not tokens:
        return
    first = _first_said(folded, tokens)
    anchor = next((i for i, token in enumerate(tokens) if token.kind in ("film", "weak")), None)
    if anchor is None or (picture and tokens[anchor].kind == "weak"):
        yield from _without_viewer(folded, tokens, first, end, announced)
        return
    behind = _behind(folded, tokens, anchor, end)
    if behind is None:
        yield from _otherwise(folded, tokens, anchor, first, end)
        return
    if behind == end:
        yield Change(start, end, "")
        return
    yield Change(tokens[first].start, behind, "")
    if scene := _SCENE.search(folded, behind, end):
        yield Change(scene.start(1), end, "")


def _up_to_none(tokens: list[Token]) -> list[Token]:
    for i, token in enumerate(tokens):
        if token.kind == "none":
            return tokens[:i]
    return tokens


def _first_said(folded: str, tokens: Sequence[Token]) -> int:
    """The number of the first token that has to go; words of time before the video stay."""
    first = 0
    while first < len(tokens) and folded[tokens[first].start : tokens[first].end] in KEPT_OPENINGS:
        first += 1
    if first == len(tokens) or tokens[first].kind in ("link", "show", "see", "part", "move", "suffix", "place"):
        return 0
    return first


def _behind(folded: str, tokens: Sequence[Token], anchor: int, end: int) -> int | None:
    """Where the talk of the video ends; None where the clause says something about the video itself."""
    weak = tokens[anchor].kind == "weak"
    word = folded[tokens[anchor].start : tokens[anchor].end]
    kinds = [token.kind for token in tokens]
    said = folded[tokens[0].start : tokens[-1].end]
    lens = word.startswith("镜头")
    placed = any(kind == "place" for kind in kinds[anchor:])
    timed = bool(_BY_LENS_AT.search(folded, tokens[anchor].start, tokens[-1].end))
    shows = next((i for i in range(anchor + 1, len(tokens)) if kinds[i] in ("show", "see")), None)
    if shows is not None and not (lens and not placed and not _SHOWN_BY_LENS.match(folded, tokens[shows].start)):
        last = shows
        while last + 1 < len(tokens) and kinds[last + 1] in _AFTER_SHOW:
            last += 1
        while last > shows and kinds[last] in ("adv", "modal", "prep", "viewer") and tokens[last].end < end:
            last -= 1
        return tokens[last].end
    if tokens[-1].end == end:
        moved = any(kind in ("move", "prep") for kind in kinds) and not lens
        return end if not weak or placed or timed or moved else None
    if "be" in kinds[anchor:] and (timed or _FACT_START.match(folded, tokens[-1].end)):
        be = max(i for i, kind in enumerate(kinds) if kind == "be")
        if be == len(tokens) - 1 or timed:
            return tokens[be].end
    places = [i for i in range(anchor + 1, len(tokens)) if kinds[i] == "place"]
    if places:
        last = places[0]
        while last + 1 < len(tokens) and kinds[last + 1] in ("link", "time", "adv", "be"):
            last += 1
        return tokens[last if kinds[last] != "adv" else places[0]].end
    if timed and kinds[-1] in ("pos", "part", "adv", "time") and _FACT_START.match(folded, tokens[-1].end) and said:
        return tokens[-1].end
    return None


def _otherwise(folded: str, tokens: Sequence[Token], anchor: int, first: int, end: int) -> Iterator[Change]:
    """A clause in which the video does something else: "以...开场" gives what it opens with, else the subject goes."""
    film = tokens[anchor]
    if opened := _OPENED.match(folded[film.end : end].lstrip("主要首先是")):
        inside = folded.find(opened[1], film.end, end)
        if folded[inside - 1] in "以由从":
            yield Change(tokens[first].start, inside, "")
            scene = _SCENE.search(opened[1])
            yield Change(inside + (scene.start(1) if scene else len(opened[1])), end, "")
            return
    if _ENDS.fullmatch(folded, film.end, end):
        yield Change(tokens[0].start, end, "")
        return
    if film.kind != "film" or any(token.kind not in ("time", "det", "film", "prep", "adv") for token in tokens[:anchor]):
        return
    if any(token.kind == "prep" for token in tokens[:anchor]):
        return
    stop = film.end
    if folded[film.start : stop].endswith(("画面", "镜头", "内容")) and stop - film.start > 2:
        stop -= 2
    elif folded[stop : stop + 1] == "的":
        stop += 1
    yield Change(tokens[first].start, stop, "")


def _without_viewer(
    folded: str, tokens: Sequence[Token], first: int, end: int, announced: bool
) -> Iterator[Change]:
    """ "我们可以看到" and its like; behind a clause that spoke of the video alone, a bare "展示了" too."""
    kinds = [token.kind for token in tokens]
    sees = next((i for i, kind in enumerate(kinds) if kind == "see"), None)
    shows = next((i for i, kind in enumerate(kinds) if kind == "show"), None)
    if sees is None and shows is not None and {"viewer", "eye"} & set(kinds) and (
        "be" in kinds[shows:] or tokens[-1].end == end or {"viewer", "modal"} <= set(kinds[first:shows])
    ):
        sees = shows
    elif sees is None and announced and kinds[0] in ("show", "be"):
        sees = 0
    elif sees is None or not set(kinds[first:sees]) <= {"viewer", "modal", "time", "adv", "pos", "prep", "eye", "link"}:
        return
    elif not ({"viewer", "modal"} & set(kinds[first:sees]) or {"be"} & set(kinds[sees:])):
        return
    last = sees
    while last + 1 < len(tokens) and kinds[last + 1] in ("suffix", "link", "be", "see", "eye", "viewer", "adv", "time"):
        last += 1
    while last > sees and kinds[last] in ("adv", "time", "viewer") and tokens[last].end < end:
        last -= 1
    yield Change(tokens[first].start if tokens[last].end < end else tokens[0].start, tokens[last].end, "")


LEAD_INS = Rule(
    "lead_in",
    'what only announces goes ("视频展示了", "随着视频的推进，", "我们可以看到"), the sentence stays one',
    ("视频展示了一名男子走过街道。", "一名男子走过街道。"),
    _lead_ins,
    language="Chinese",
)
