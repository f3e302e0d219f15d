"""Reasoning in Chinese before the caption, without any tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.english.sentences import spans
from recaption.postfilter.rule import Change, Rule

_ME = r"(?:我(?![们国])|本助手|本模型|本AI|小助手)"
# What comes in no caption.
_SURE = re.compile(
    any_of(
        rf"""{_ME} 用户 思路 提示词 字数 题目 让我 写(?:成|一段|得|法|出来|完) 要求(?:是|用|写|一段|不|里|：)
        任务(?:是|：) 等等[，,。] 等一下 想想 思考 分析[：:一] 开始写 不分点 先写 再写 按顺序写 该怎么 要不要
        怎么写 如何写 数一[下数] 确认一下 看一下 检查一遍 核对"""
    )
)
# What comes in reasoning that has begun.
_LIKELY = re.compile(
    any_of(
        """开始(?:描述|回答) 动笔 下笔
        (?:描述|输出|回答|写|文案|内容)[时中里]?(?:要|需要?|应该?|必须|得|不要|不能|不超过|控制) 字以内 个字 任务
        要求 指令 注意(?:不要|避免|别|用|顺序|时态|到|保持) 避免(?:使用|提到|出现|写|主观) 需要 不要[写提用加猜]
        别[写提用猜忘] 该不该 应该 先(?:看|理|梳理|确认|想|数|分析|列|整理|描述) 再(?:看|确认|数|想|检查)
        确认[了过没] 看看 看最后 对[吧吗] 是不是 不对 没问题 那就[是写] 这样[就写] 总之 综上
        最终(?:描述|答案|输出|版本) 推理 梳理 整理一下 语言 客观 按时间 时间顺序 一段话 中文(?:描述|回答|输出|写)
        翻译 可以写 直接写 (?:描述|答案|回答|输出)(?:如下|为|是)?[：:]"""
    )
)
_OPENS = re.compile(
    r"\s*"
    + any_of(
        """嗯 唔 呃 好[，,。！] 好的[，,。！] OK[，,] ok[，,] 首先[，,]?(?:我|用户|需要|看|确认|分析) 用户 我 让我
        思路 思考 推理 分析 任务 题目 问题是 先(?:看|理|梳理|确认|想|数|分析|列|整理|写) 需要 要求 根据用户 现在"""
    )
)
# What is said to the user is chatter.
_TALK = re.compile(r"[您你]|[：:]\s*\Z|描述如下|以下是|下面是")
_MOST_OTHERS = 2  # sentences in a row, amid reasoning, that could stand in a caption


def _thinking(text: str) -> Iterator[Change]:
    folded = plain(text)
    if not _SURE.search(folded):
        return
    end = _end_of_paragraphs(folded) or _end_of_sentences(text, folded)
    if end and folded[end:].strip():
        yield Change(0, end, "")


def _end_of_paragraphs(folded: str) -> int:
    """Where the paragraphs of reasoning at the start end; 0 where the first one is none, or the only one."""
    lines = folded.splitlines(keepends=True)
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    end, position = 0, 0
    for line in lines[:last]:
        position += len(line)
        if line.strip():
            if _TALK.search(line) or not (_SURE.search(line) or (end and _LIKELY.search(line))):
                break
            end = position
    return end


def _end_of_sentences(text: str, folded: str) -> int:
    """Where the last sentence that reasons ends, of those at the start that nearly all do."""
    if not _OPENS.match(folded):
        return 0
    end, others = 0, 0
    for start, stop in spans(text):
        if _SURE.search(folded, start, stop) or _LIKELY.search(folded, start, stop):
            end, others = stop, 0
        else:
            others += 1
            if others > _MOST_OTHERS:
                break
    return end


THINKING = Rule(
    "thinking",
    "reasoning before the caption goes",
    ("嗯，用户希望我描述视频。我先看一下顺序。\n一名男子走过街道。", "一名男子走过街道。"),
    _thinking,
    language="Chinese",
)
