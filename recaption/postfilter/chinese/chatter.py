"""What the assistant says to the user: greetings, announcements, offers, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.english.sentences import spans
from recaption.postfilter.rule import Change, Rule

_CAPTION = any_of(
    """描述 描写 说明 字幕 标题 文案 总结 概述 概括 介绍 解说 叙述 摘要 答案 回答 回复 结果 内容 文本 旁白 提示词
    分析 解读 解析 版本 段落 文字 caption"""
)
_GREETING = re.compile(
    any_of(
        """乐意效劳 乐意之至 愿意效劳 马上来 来了 这就来 请看 请查收 好的 好呀 好嘞 好 当然(?:可以|了|没问题)?
        没问题的? 可以的? 明白了? 收到 了解 您好 你好 嗨 哈喽 谢谢 感谢 很高兴 非常乐意 乐意 遵命 行 嗯 没有问题 亲
        欢迎 哇"""
    )
    + r"(?=[，,。！!：:～~、\s您你]|\Z)"
)
_ABOUT_IT = any_of("""描述 视频 画面 内容 生成 帧 推测 参考 准确 误差 遗漏 文本 图像 信息 文字 字数 细节""")
_TALK = re.compile(
    "|".join(
        (
            r"(?:以下|下面|如下|下述|接下来|这里|这|以上|上面|上述|现)[就便则]?(?:是|为|给出|附上|提供|奉上|请看|将|呈上|供)"
            rf"[^。！？\n]{{0,40}}{_CAPTION}",
            rf"{_CAPTION}[^。！？\n：]{{0,6}}(?:如下|见下|在下面|整理如下|奉上|请查收|完毕|到此结束|仅供参考|供您参考)",
            r"(?:作|作出|做|做出|进行|给出|整理出?|提供|写了?|写出|撰写|生成)"
            rf"(?:了|一段|一份|一个|如下|以下|的|出|详细|完整|客观|简要|简短|中文|相应){{0,5}}{_CAPTION}",
            r"(?:根据|按照|应|依照|基于)(?:您|你|用户|上述|所给|提供)",
            r"希望(?:这|以上|上述|对您|对你|能|它|我的|该|本)",
            r"(?:如果|如|若|倘若|假如|要是)(?:您|你|还|有|需|想|觉得|对)[^。！？\n]{0,40}"
            r"(?:请|随时|告诉|联系|提问|说|欢迎|可以|提供|补充|调整|修改|帮)",
            r"(?:请|随时|欢迎|尽管|可以随时)[^。！？\n]{0,12}"
            r"(?:告诉我|告知|联系|提问|吩咐|指出|指正|提出|补充|查收|参考|确认|过目|慢用|反馈|留言|说)",
            r"(?:还|是否|要不要|需不需要|需要|想要|有没有|有什么)[^。！？\n]{0,30}(?:[吗呢么]|[帮为][您你])",
            r"[祝愿](?:您|你|大家)",
            rf"(?:请?注意|注|备注|说明|(?:温馨|友情)?提示|(?:免责)?声明|PS|P\.S\.)[：:，,][^\n]{{0,80}}{_ABOUT_IT}",
            rf"(?:以上|上述|本|该|这段|此)(?:内容|文字)?的?{_CAPTION}"
            r"(?:均|都|仅|只|是|由|基于|根据|力求|尽量|已|约|共|涵盖|包含|完|可能|或|如有|可以|不)",
            r"(?:描述|回答|输出|内容)(?:完毕|结束|到此为止|到这里)",
            r"[如若]有",
        )
    )
)
# Who speaks and who is spoken to, but for "您可以看到", which announces.
_PERSON = re.compile(r"(?:(?<![自忘])我(?![们国])|您|你)(?![^，。！？]{0,6}(?:看到|看见|注意到|发现|见到|看出))")
_META = re.compile(
    rf"(?:本|该|这段|此|以上|上述|全部|逐段|逐条|简短|详细|完整)[^，。！？\n]{{0,6}}{_CAPTION}[^，。！？\n]{{0,12}}"
    r"(?:生成|结束|完|仅|基于|根据|供|到此|如上|说明|参考|不足|出入|\Z|[：:])"
    r"|(?:描述|介绍|说|写|讲)到(?:这里|此|这儿)|字数|篇幅|这就是全部|到此为止|仅供参考|如有出入|[如若]需|换成英文|翻译成|另写|[重改]写"
    r"|(?:描述|写|说明|介绍)(?:如下|完毕|完了)|告诉我|联系我|反馈给|点赞|关注我"
)
_ANNOUNCES = re.compile(rf"(?:{_CAPTION}|如下|以下|下面)[^，。：:]{{0,6}}[：:]\Z")
_ANNOUNCED = re.compile(
    rf"\s*(?:具体|详细|主要|其|整个|整体)?的?(?:过程|情况|流程|步骤|细节|{_CAPTION})的?[^，。：:]{{0,6}}(?:如下|见下)(?:所示)?\s*[：:。]\s*"
)
_PIECE_END = re.compile(r"\n|[：:](?=\s*\S)")
_STEM = re.compile(
    r"[您你我]|希望|以下|下面|如下|以上|上述|好的|当然|没问题|请|祝|注|备注|明白|收到|可以|谢|欢迎|描述|说明|[如若]有|需要.{0,20}[吗么]"
    r"|好[，,！!]|乐意|字数|篇幅|到此"
)


def _chatter(text: str) -> Iterator[Change]:
    """Talk goes from both ends; in between, only what announces the next lines does."""
    folded = plain(text)
    if not _STEM.search(folded):
        return
    pieces = _pieces(text, folded)
    first, end = 0, len(pieces)
    while first < end and _is_talk(folded[slice(*pieces[first])], opens=True):
        first += 1
    while end > first and _is_talk(folded[slice(*pieces[end - 1])], opens=False):
        end -= 1
    if first:
        yield Change(0, pieces[first - 1][1], "")
    for piece in pieces[first:end]:
        if _ANNOUNCED.fullmatch(folded, *piece):
            yield Change(*piece, "")
    if first < end < len(pieces):
        yield Change(pieces[end][0], len(text), "")


def _pieces(text: str, folded: str) -> list[tuple[int, int]]:
    """The sentences; a line break, and a colon that announces, end one too."""
    found: list[tuple[int, int]] = []
    for start, end in spans(text):
        for mark in _PIECE_END.finditer(folded, start, end):
            if mark[0] == "\n" or _ANNOUNCES.search(folded, start, mark.end()):
                found.append((start, mark.end()))
                start = mark.end()
        found.append((start, end))
    return [piece for piece in found if folded[slice(*piece)].strip()]


def _is_talk(piece: str, *, opens: bool) -> bool:
    words = piece.strip().lstrip("（(【[*#- ")
    if opens and (greeting := _GREETING.match(words)):
        rest = words[greeting.end() :].lstrip("，,。！!：:～~、 \n")
        return not rest or words[-1:] in "：:" or _is_talk(rest, opens=True)
    return bool(_TALK.match(words) or _PERSON.search(words) or _META.search(words))


CHATTER = Rule(
    "chatter",
    "what is said to the user goes",
    ("好的，以下是描述：一名男子走过街道。希望对您有所帮助！", "一名男子走过街道。"),
    _chatter,
    language="Chinese",
)
