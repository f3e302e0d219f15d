"""The video named inside a clause: "画面里的交警", "出现在视频中", "画面左侧"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.chinese.clauses import in_order
from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.chinese.talk import FILM, LEXICON, first_picture, first_shown
from recaption.postfilter.rule import Change, Rule

_WHOLE = r"(?:[这该本此整全][个段则部条支]?的?)?"
_VIEW = f"(?:{FILM}|画面|镜头)"
_INSIDE = r"(?:当中|之中|里面|[中里内](?![央间心部年国式侧层屋学医餐景指等午弄陆衣容置]))"
_SEEN = any_of("出现 显示 可见 看到 展示 展现 呈现 拍到 记录 见到 入镜 亮相 登场 现身")
_PLACE = any_of(
    """正?[左右上下][上下]?(?:[侧边方角部]|半部分?|半边) 中央 中间 中心 正中央? 中部 近处 远处 深处 底部 底端 顶部
    顶端 边缘 一角 一侧 两侧 两边 两端 另一侧 另一边 四周 四角 前景 后景 背景(?!音) 中景 远景 近景 主体 前方 后方
    焦点"""
)
_PART = any_of(
    """背景 前景 色调 色彩 颜色 光线 光影 氛围 气氛 节奏 风格 质感 画质 清晰度 构图 主体 主角 主人公 焦点 重点 主题
    场景 视角 配乐 音乐 声音 字幕 画面 镜头 内容 拍摄"""
)
# With each: whether a picture, lens or camera in the scene may be meant.
_TABLE = tuple(
    (re.compile(pattern), anything)
    for pattern, anything in (
        (rf"{_SEEN}(?P<cut>[于在]{_WHOLE}{_VIEW}(?:{_INSIDE}|上)?)(?![^，。；！？、）]{{0,2}}[外前])", True),
        (rf"(?P<cut>{_WHOLE}(?:{FILM}|画面)的?)(?={_PLACE})", True),
        (rf"(?P<cut>{_WHOLE}{FILM}(?:画面)?的)(?={_PART})", False),
        (rf"(?P<cut>{_WHOLE}{FILM})(?=画面|镜头)", False),
        (rf"(?P<cut>[在从]?{_WHOLE}{_VIEW}(?:全程|自始至终)?{_INSIDE}(?:所(?:示|见|展示|呈现))?的?)", True),
        (rf"(?P<cut>[（(][^（）()]{{0,20}}(?:{FILM}|全片|本片)[^（）()]{{0,20}}[）)])", False),
        (rf"(?P<cut>[在于]?[这该本此]一?[个段则部条]?(?:片段|片|素材){_INSIDE}的?)", False),
        (rf"(?P<cut>[在于]片子?{_INSIDE}的?)", False),
        (
            rf"(?P<cut>(?:贯穿|持续|直到|直至|伴随)[于了着]?{_WHOLE}(?:{FILM}|全片)(?:的?(?:始终|全程|最后|结束))?)",
            False,
        ),
    )
)
_PLACED = re.compile(rf"[在到从于直][^，。；！？]{{0,4}}?{FILM}")
_LONGEST = 20  # characters of such a phrase
_STEM = re.compile(rf"{FILM}|画面|镜头|全片|片段|片中|片子里|素材")


def _mentions(text: str) -> Iterator[Change]:
    folded = plain(text)
    if not _STEM.search(folded):
        return
    shown, picture = first_shown(text), first_picture(text)
    found = [
        Change(*match.span("cut"), "")
        for pattern, anything in _TABLE
        for match in pattern.finditer(folded)
        if match.start("cut") < (picture if anything else shown)
    ]
    yield from in_order([*found, *_places(folded, shown)])


def _places(folded: str, shown: int) -> Iterator[Change]:
    """ "在视频的后半部分" and its like: known words alone, up to a part or time of the video."""
    for match in _PLACED.finditer(folded, 0, shown):
        tokens = LEXICON.read(folded, match.start(), min(len(folded), match.start() + _LONGEST))
        film = next((i for i, token in enumerate(tokens) if token.kind == "film"), len(tokens))
        ends = [token.end for token in tokens[film:] if token.kind in ("place", "pos", "part")]
        if ends:
            yield Change(match.start(), ends[-1], "")


MENTIONS = Rule(
    "video_mention",
    'the video is not named inside a sentence either ("画面里的", "在视频中")',
    ("一名男子走过，画面里的狗跟着他。", "一名男子走过，狗跟着他。"),
    _mentions,
    language="Chinese",
)
