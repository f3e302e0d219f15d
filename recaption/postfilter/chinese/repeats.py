"""What Chinese captions say twice: loops of clauses, and sentences that say an earlier one again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import spans

_COPIES = 3
_MOST_CLAUSES = 8  # in one turn of a loop
_PIECE = re.compile(r"[^，。；！？、：,;!?\n]+[，。；！？、：,;!?\n]*")
_MARKS = "，。；！？、：,;!?\n"
# The same few characters without a mark between them: "蓝色蓝色蓝色蓝色".
_STUTTER = re.compile(r"([^\W\d_]{2,12}?)\1{3,}|([^\W\d_])\2{5,}")

_NO_WORD = re.compile(r"[\W_]+")
# Words that may differ between two sentences that say the same.
_EMPTY = re.compile(
    any_of(
        """的 了 着 地 得 又 再 再次 再度 仍 仍然 依然 依旧 还 还是 也 都 则 就 便 并 并且 而 而且 且 然后 接着 随后 之后 紧接着 这时 此时 于是 同时 与此同时 他 她 它 他们 她们 它们 其 自己 这 那 该 此
        这名 那名 这位 那位 这个 那个 一名 一位 一个 一只 一条 一把 一张 一辆 名 位 个 只 正 正在 在 慢慢 缓缓 缓慢 慢慢地 缓缓地 缓慢地 轻轻 轻轻地 不停 不停地 不断 不断地 继续 一边 一面 起来 下来 下去 开始 把 将 给 向 朝 往
        男子 男人 女子 女人 人 出 到 上 里 中 下 来 去 后 时 里面 上面 之中 当中 身上 所 有 是 被"""
    )
)
# What makes two sentences differ though they have nearly all words in common.
_CONTRAST = re.compile(r"[\d一二两三四五六七八九十百千半每第左右前后上下内外东西南北不没未无另别红橙黄绿蓝紫粉白黑灰棕金银大小高低长短快慢新旧远近开关首末最]")
_STAGING = re.compile(r"镜头|画面|切换|切到|切至|特写|拉远|推近|平移|摇")
_LEAST = 6  # characters of a sentence that can be told to be said again


def _loops(text: str) -> Iterator[Change]:
    pieces = [(match.start(), match.end()) for match in _PIECE.finditer(text)]
    keys = [text[start:end].strip(_MARKS + " ") for start, end in pieces]
    if len(set(keys)) + 1 < len(keys):
        yield from _clause_loops(text, pieces, keys)
    elif match := _STUTTER.search(text):
        yield from _stutters(text, match)


def _clause_loops(text: str, pieces: Sequence[tuple[int, int]], keys: Sequence[str]) -> Iterator[Change]:
    number = 0
    while number < len(keys):
        for turn in range(1, _MOST_CLAUSES + 1):
            end = number + turn
            while end < len(keys) and keys[end] == keys[end - turn]:
                end += 1
            first = number
            begins = turn == 1 and number and _ends_with(keys[number - 1], keys[number])
            if (end - first) // turn + begins >= _COPIES:
                if begins:
                    first -= 1
                if end < len(keys) and end == len(keys) - 1 and keys[end - turn].startswith(keys[end]):
                    end += 1
                kept = first + turn - 1
                yield _without(text, pieces[kept], pieces[end - 1])
                number = end
                break
        else:
            number += 1


def _ends_with(longer: str, shorter: str) -> bool:
    return len(longer) > len(shorter) > 1 and longer.endswith(shorter)


def _without(text: str, kept: tuple[int, int], last: tuple[int, int]) -> Change:
    """The further turns go; the first one takes the mark of the last, a full stop where the loop was cut off."""
    words_end = kept[0] + len(text[slice(*kept)].rstrip(_MARKS + " "))
    mark = text[slice(*last)][len(text[slice(*last)].rstrip(_MARKS + " ")) :]
    if last[1] == len(text) and not mark.strip():
        own = text[words_end : kept[1]]
        mark = own if own.strip()[:1] in tuple("。！？") else "。"
    return Change(words_end, last[1], mark)


def _stutters(text: str, match: re.Match[str] | None) -> Iterator[Change]:
    while match:
        unit = match[1] or match[2]
        end = match.end()
        while end < len(text) and text[end : end + 1] == unit[(end - match.start()) % len(unit)]:
            end += 1
        yield Change(match.start() + len(unit), end, "")
        match = _STUTTER.search(text, end)


def _repeated(text: str) -> Iterator[Change]:
    places = spans(text)
    if len(places) < 2:
        return
    folded = plain(text)
    keys = [_key(folded[start:end]) for start, end in places]
    pairs = [_pairs(key) for key in keys]
    for number in range(1, len(places)):
        if len(keys[number]) < _LEAST or _STAGING.search(keys[number]):
            continue
        if any(_says_again(keys[number], keys[earlier], pairs[number], pairs[earlier], keys[:number]) for earlier in range(number - 1, max(-1, number - 40), -1)):
            start, end = places[number]
            yield Change(places[number - 1][1] if text[places[number - 1][1] : start].strip() == "" else start, end, "")


def _key(sentence: str) -> str:
    return _NO_WORD.sub("", sentence)


def _pairs(key: str) -> frozenset[str]:
    return frozenset(key[i : i + 2] for i in range(len(key) - 1))


def _says_again(key: str, earlier: str, pairs: frozenset[str], earlier_pairs: frozenset[str], before: Sequence[str]) -> bool:
    """Whether a sentence has nothing that an earlier one has not, but for words that mean the same."""
    if 5 * len(pairs & earlier_pairs) < 3 * len(pairs):
        return False
    if key in earlier:
        return True
    matcher = SequenceMatcher(None, earlier, key, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        new, old = key[new_start:new_end], earlier[old_start:old_end]
        if kind in ("insert", "replace") and not _is_empty(new) and not _is_name_for(new, old, before):
            return False
        if kind in ("replace", "delete") and new_start not in (0, len(key)) and len(old) < 4 and re.search("[不没未无]", old):
            return False
    return True


def _is_empty(words: str) -> bool:
    return not _EMPTY.sub("", words)


def _is_name_for(new: str, old: str, before: Sequence[str]) -> bool:
    """Whether new words only name what a pronoun stood for: they were said before, and tell no two things apart."""
    if _CONTRAST.search(new):
        return False
    return _is_empty(old) and len(new) <= 6 and any(new in earlier for earlier in before)


LOOPS = Rule(
    "loop",
    "of clauses that come three times in a row or more, one stays",
    ("海浪拍打礁石，海鸥盘旋，海鸥盘旋，海鸥盘旋，海鸥", "海浪拍打礁石，海鸥盘旋。"),
    _loops,
    language="Chinese",
)
REPEATED = Rule(
    "repeated",
    "a sentence that says an earlier one again goes",
    ("列车进站，掀起他额前的头发。男孩走进车厢。列车进站，掀起男孩额前的头发。", "列车进站，掀起他额前的头发。男孩走进车厢。"),
    _repeated,
    language="Chinese",
)
