"""What Chinese captions say twice: loops, and sentences that say an earlier one again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.english.sentences import spans
from recaption.postfilter.rule import Change, Rule

# A loop need not keep to words or clauses: "骨牌一块接一块倒下，一块接一块倒下，一块接一块倒下，一块接".
_LOOP = re.compile(r"([^\n\d]{2,60}?)\1{2,}")
_MARKS = "，、；：。！？,;"
_SHORT = 3  # characters that may well come three times ("一圈一圈一圈"), so a loop of them takes more
_FEW_COPIES, _MANY_COPIES = 3, 4
_GRAM = 5  # characters in a row that are counted to tell whether there can be a loop

_NO_WORD = re.compile(r"[\W_]+")
# Words that may differ between two sentences that say the same.
_EMPTY = re.compile(
    any_of(
        """的 了 着 地 得 又 再 再次 再度 仍 仍然 依然 依旧 还 还是 也 都 则 就 便 并 并且 而 而且 且 然后 接着
        随后 之后 紧接着 这时 此时 于是 同时 与此同时 他 她 它 他们 她们 它们 其 自己 [这那][名位个]? 此 该
        一?[名位个只条把张辆] 正 正在 在 慢慢地? 缓缓地? 缓慢地? 轻轻地? 不停地? 不断地? 继续 一边 一面 起来 下来
        下去 开始 把 将 给 向 朝 往 男子 男人 女子 女人 人 出 到 上 里 中 下 来 去 后 时 里面 上面 之中 当中 身上
        所 有 是 被"""
    )
)
# What makes two sentences differ though they have nearly all words in common.
_CONTRAST = re.compile(
    r"[\d一二两三四五六七八九十百千半每第左右前后上下内外东西南北不没未无另别红橙黄绿蓝紫粉白黑灰棕金银大小高低长短快慢新旧远近开关首末最]"
)
_STAGING = re.compile(r"镜头|画面|切换|切到|切至|特写|拉远|推近|平移|摇")
_LEAST = 6  # characters of a sentence that can be told to be said again
_REACH = 40  # sentences back to which one can be, so that time stays linear
_COMPARED = 3  # of these, the nearest in their characters
_LONGEST_NAME = 6
_LONGEST_NEGATION = 3


def _loops(text: str) -> Iterator[Change]:
    grams = {text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)}
    if len(text) - _GRAM + 1 - len(grams) < 2:
        return
    for match in _LOOP.finditer(text):
        size = len(match[1])
        copies = _MANY_COPIES if size <= _SHORT else _FEW_COPIES
        if match.end() - match.start() >= copies * size and any(map(str.isalpha, match[1])):
            yield _first_copy(text, match.start(), match.end(), size)


def _first_copy(text: str, start: int, end: int, size: int) -> Change:
    """The change that leaves the first copy; at the end of the text, up to the first mark behind it."""
    rest = end
    while rest < len(text) and text[rest] == text[rest - size]:
        rest += 1
    if rest < len(text):
        return Change(start + size, start + size + (end - start) - size, "")
    kept = start + size
    if text[kept - 1] not in _MARKS:
        kept = next((place for place in range(kept, end) if text[place] in _MARKS), kept)
    words = text[:kept].rstrip(_MARKS)
    return Change(len(words), len(text), "。")


def _repeated(text: str) -> Iterator[Change]:
    places = spans(text)
    if len(places) < 2:
        return
    folded = plain(text)
    keys = [_NO_WORD.sub("", folded[start:end]) for start, end in places]
    pairs = [{key[i : i + 2] for i in range(len(key) - 1)} for key in keys]
    seen = set(pairs[0])
    for number in range(1, len(places)):
        key = keys[number]
        if len(key) >= _LEAST and _shares_most(pairs[number], seen) and not _STAGING.search(key):
            reached = range(max(0, number - _REACH), number)
            nearest = sorted(reached, key=lambda other: len(pairs[number] & pairs[other]), reverse=True)[:_COMPARED]
            if any(
                _shares_most(pairs[number], pairs[other])
                and _says_again(key, keys[other], keys[reached.start : number])
                for other in nearest
            ):
                yield Change(places[number - 1][1], places[number][1], "")
        seen |= pairs[number]


def _shares_most(pairs: set[str], others: set[str]) -> bool:
    return 5 * len(pairs & others) >= 3 * len(pairs)


def _says_again(key: str, earlier: str, before: Sequence[str]) -> bool:
    """Whether a sentence has nothing that an earlier one has not, but for words that mean the same."""
    if key in earlier:
        return True
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, earlier, key, False).get_opcodes():
        new, old = key[new_start:new_end], earlier[old_start:old_end]
        if new and kind != "equal" and not _is_empty(new) and not _is_name_for(new, old, before):
            return False
        inside = 0 < new_start < len(key)
        if kind != "equal" and inside and len(old) <= _LONGEST_NEGATION and re.search("[不没未无]", old):
            return False
    return True


def _is_empty(words: str) -> bool:
    return not _EMPTY.sub("", words)


def _is_name_for(new: str, old: str, before: Sequence[str]) -> bool:
    """Whether new words only name what a pronoun stood for: they were said before, and tell no two things apart."""
    if len(new) > _LONGEST_NAME or _CONTRAST.search(new) or not _is_empty(old):
        return False
    return any(new in earlier for earlier in before)


LOOPS = Rule(
    "loop",
    "of what comes three times in a row or more, one stays",
    ("海浪拍打礁石，海鸥盘旋，海鸥盘旋，海鸥盘旋，海鸥", "海浪拍打礁石，海鸥盘旋。"),
    _loops,
    language="Chinese",
)
REPEATED = Rule(
    "repeated",
    "a sentence that says an earlier one again goes",
    ("列车进站，掀起他的头发。男孩走进车厢。列车进站，掀起男孩的头发。", "列车进站，掀起他的头发。男孩走进车厢。"),
    _repeated,
    language="Chinese",
)
