"""Labels, list marks and line breaks as Chinese models write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.chinese.clauses import in_order
from recaption.postfilter.chinese.phrases import Lexicon
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.english.sentences import CLOSERS, TERMINALS
from recaption.postfilter.rule import Change, Rule

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_MARKER = re.compile(
    r"^ {0,12}(?:[-*+•‣◦▪●·■◆◇○▶★☆※➤–—] *(?![-*+•–—])"
    rf"|[（(]{_NUMBER}[）)][、．.]? *|\d{{1,3}}(?:[、．）]|[.)](?!\d)) *|[①-⑳❶-❿⑴-⒇] *|{_NUMBER}[、．] *)(?=\S)",
    re.M,
)
_BOLD_LABEL = re.compile(r"^(?:\*\*|__)[^*_\n]{1,40}(?:[：:](?:\*\*|__)|(?:\*\*|__) ?[：:]) ?(?=\S|$)", re.M)
_BRACKETED = re.compile(r"^ {0,4}【[^【】\n]{1,20}】[：:]? *", re.M)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_TIME = re.compile(
    rf"^ {{0,4}}(?:[\[（(【]?{_CLOCK}(?: ?[-–—~～至到] ?{_CLOCK})?[\]）)】]? ?[：:]? ?"
    r"|第?\d{1,3}(?: ?[-–—~～至到] ?\d{1,3})? ?秒[：:] ?)(?=\S)",
    re.M,
)
_LABEL = re.compile(r"^ {0,4}([\u4e00-\u9fff\d #A-Za-z]{1,14}?) ?[：:] ?(?=\S|$)", re.M)
_WORDS = Lexicon(
    {
        "label": """标题 描述 说明 字幕 旁白 概述 概括 总结 摘要 简介 介绍 提示词 文案 答案 回答 回复 输出 结果
            正文 内容 主题 背景 环境 场景 主体 动作 光线 光影 灯光 照明 镜头 运镜 风格 氛围 色调 色彩 时间 地点
            角色 人物 物体 物品 细节 景别 构图 过程 开头 开场 中段 中间 结尾 服装 服饰 衣着 外貌 表情 情绪 情节
            事件 步骤 片段 段落 部分 画面 视频 影片 助手 用户 答 问 解说 镜号 分镜 镜次 场次 幕 阶段 第 其一 其二
            其三 关键词 标签 类型 题目 名称 备注 前景 中景 后景 布局 空间 视角 机位 声音 音效 音乐""",
        "kind": """详细 整体 总体 完整 简短 简要 主要 具体 全文 最终 中文 视觉 客观 分段 精炼 生成 的 和 与 及 关键
            核心 运动 变化 特征 设定 语言 信息 要素 元素 安排 一 二 三 四 五 六 七 八 九 十 个 段 号 图像 图片 起始
            A B C D E #""",
    }
)
_BREAK = re.compile(r"[^\S\n]*\n\s*")
_GOES_ON = "，、；：—,;:" + TERMINALS


def _lists(text: str) -> Iterator[Change]:
    for match in _MARKER.finditer(text):
        yield Change(match.start(), match.end(), "")


def _bold_labels(text: str) -> Iterator[Change]:
    for match in _BOLD_LABEL.finditer(text):
        yield Change(match.start(), match.end(), "")


def _labels(text: str) -> Iterator[Change]:
    folded = plain(text)
    found = [match.span() for pattern in (_BRACKETED, _TIME) for match in pattern.finditer(text)]
    found += [match.span() for match in _LABEL.finditer(folded) if _is_label(folded, *match.span(1))]
    yield from in_order(Change(start, end, "") for start, end in found)


def _is_label(folded: str, start: int, end: int) -> bool:
    tokens = _WORDS.read(folded, start, end)
    return bool(tokens) and tokens[-1].end == end and any(token.kind == "label" for token in tokens)


def _paragraphs(text: str) -> Iterator[Change]:
    for match in _BREAK.finditer(text):
        start, end = match.span()
        if start == 0 or end == len(text):
            yield Change(start, end, "")
            continue
        before = text[max(0, start - 8) : start].rstrip(CLOSERS)
        if before and before[-1] not in _GOES_ON:
            yield Change(start, end, "。")
        else:
            yield Change(start, end, " " if text[start - 1].isascii() and text[end].isascii() else "")


LISTS = Rule(
    "list",
    "marks of bullets and numbers go",
    ("1、一名男子走过街道\n2、他坐下", "一名男子走过街道\n他坐下"),
    _lists,
    language="Chinese",
)
BOLD_LABELS = Rule(
    "bold_label",
    "a bold label before a line goes",
    ("**场景：**一名男子走过街道。", "一名男子走过街道。"),
    _bold_labels,
    language="Chinese",
)
LABELS = Rule(
    "label",
    "labels before a line go",
    ("视频描述：一名男子走过街道。", "一名男子走过街道。"),
    _labels,
    language="Chinese",
)
PARAGRAPHS = Rule(
    "paragraph",
    "several lines become one",
    ("一名男子走过街道\n\n他坐下。", "一名男子走过街道。他坐下。"),
    _paragraphs,
    quoted=True,
    language="Chinese",
)
