"""The clauses of Chinese sentences, and how some of them are cut out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from recaption.postfilter.chinese.acts import tells_act
from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import HAN, plain
from recaption.postfilter.english.sentences import CLOSERS, TERMINALS, ends_sentence, quotations, spans
from recaption.postfilter.rule import Change

# A colon of a time or score, and a comma inside of a number, are none.
_MARK = re.compile(rf"\s*(?:[，；：\n]|——?|(?<=[{HAN}\"”’)）》」』])[,;:](?!\d)|(?<!\d)[,;:](?=\s?[{HAN}]))\s*")
_COMMAS, _SEMICOLONS = ("，", ","), ("；", ";")
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("（", "）"), ("(", ")"), ('"', '"'), ("【", "】"))
_LEADS_OVER = re.compile(
    any_of(
        """从头到尾 自始至终 从始至终 在?(?:整个|这个|此|这)?(?:过程|期间|段时间)[中里内]? 除此(?:之外|以外) 此外
        另外 与此同时 同时 不过 然而 但是 总的来说 总体(?:而言|来看|来说|上) 整体(?:而言|来看|来说|上) 全程 其中
        值得一提的是 可以说 毫无疑问 不得不说 当然 显然 事实上 总之 综上 也许 或许 大概 可能 仿佛 最终 最后 于是
        因此"""
    )
)
_WHERE = re.compile(
    r"(?:随着|在|当|对于|除了|从|伴着|伴随着).*|.*(?:时|之际|时候|时刻|一刻|瞬间|之间|过程中)\Z|[^，]{1,6}的[^，]{1,5}[里中上下内]\Z"
)
_LONGEST_FRAGMENT = 15
_CONCESSION = re.compile("虽然|尽管|虽说")
# What a clause begins with that has the subject of the one before it.
_SHARES_SUBJECT = re.compile(
    any_of(
        """仍 依 始终 一直 还 保持 继续 只 也 都 并 却 而是 而(?=[只仅仍]) 则 又 再 正 显得 呈 像 是
        在(?!.{1,8}[的，]) 为 有"""
    )
)


@dataclass(frozen=True)
class Clause:
    """What stands between two marks.

    Attributes:
        end: where its words end.
        after: where the mark behind it ends, and the next clause begins.
    """

    start: int
    end: int
    after: int


@lru_cache(maxsize=4)  # several rules in a row ask about one text
def sentences(text: str) -> tuple[tuple[Clause, ...], ...]:
    """The clauses of each sentence; quotations belong to the clause that they stand in."""
    quoted = quotations(text)
    starts = [start for start, _ in quoted]
    return tuple(tuple(_clauses(text, start, end, quoted, starts)) for start, end in spans(text))


def _clauses(
    text: str, start: int, end: int, quoted: Sequence[tuple[int, int]], starts: Sequence[int]
) -> Iterator[Clause]:
    words_end = start + len(text[start:end].rstrip(TERMINALS + CLOSERS))
    for mark in _MARK.finditer(text, start, words_end):
        before = bisect_right(starts, mark.start()) - 1
        if mark.start() > start and not (before >= 0 and mark.start() < quoted[before][1]):
            yield Clause(start, mark.start(), mark.end())
            start = mark.end()
    yield Clause(start, _closed(text, start, words_end, end), end)


def _closed(text: str, start: int, words_end: int, end: int) -> int:
    """Where the words end when quotation marks and brackets that were opened in them are closed."""
    behind = text[words_end:end]
    if behind in TERMINALS:
        return words_end
    closed = [behind.find(closing) + 1 for opening, closing in _PAIRS if opening in text[start:words_end]]
    return words_end + max(closed, default=0)


def cut(text: str, clauses: Sequence[Clause], dropped: Collection[int]) -> Iterator[Change]:
    """The changes that take clauses, by their numbers, out of a sentence, with the marks that belong to them.

    What only leads over to a clause goes with it, and the rest of the sentence where it says nothing by itself.
    """
    folded = plain(text)
    dropped = set(dropped)
    for number in range(len(clauses) - 2, -1, -1):
        if number + 1 in dropped and _LEADS_OVER.fullmatch(folded, clauses[number].start, clauses[number].end):
            dropped.add(number)
    kept = [clause for number, clause in enumerate(clauses) if number not in dropped]
    if dropped and all(_is_fragment(folded[clause.start : clause.end]) for clause in kept):
        yield Change(clauses[0].start, clauses[-1].after, "")
        return
    number = 0
    while number < len(clauses):
        first = number
        while number < len(clauses) and number in dropped:
            number += 1
        if number > first:
            yield from _cut_run(text, folded, clauses, first, number)
        number += 1


def in_order(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes from left to right, without those that reach into the one before."""
    done = 0
    for change in sorted(changes, key=lambda change: (change.start, -change.end)):
        if change.start >= done:
            yield change
            done = change.end


def _cut_run(text: str, folded: str, clauses: Sequence[Clause], first: int, behind: int) -> Iterator[Change]:
    """Take the clauses from `first` up to `behind` out; a semicolon behind them stays in place of a comma."""
    last = clauses[behind - 1]
    if first == 0:
        yield Change(clauses[0].start, clauses[behind].start, "")
        return
    before = clauses[first - 1]
    if behind < len(clauses):
        mark, other = text[before.end : before.after], text[last.end : last.after]
        stronger = mark.strip() in _COMMAS and other.strip() in _SEMICOLONS
        yield Change(before.end, last.after, other if stronger else mark)
        return
    if concession := _CONCESSION.search(folded, before.start, before.end):  # its "但" has gone
        yield Change(concession.start(), concession.end(), "")
    ended = last.after == len(text) or ends_sentence(text[last.end : last.after])
    yield Change(before.end, last.end, "" if ended else "。")


def _is_fragment(words: str) -> bool:
    """Whether words only tell where or when."""
    return len(words) <= _LONGEST_FRAGMENT and bool(_WHERE.match(words)) and not tells_act(words)


def cut_predicates(text: str, stem: re.Pattern[str], predicate_of: Callable[[str], int | None]) -> Iterator[Change]:
    """The changes that take clauses with a certain predicate out.

    Of a first clause whose subject the next one needs, the predicate alone goes.

    Args:
        stem: what each such clause has.
        predicate_of: where the predicate begins in the words of a clause; None for clauses that stay.
    """
    folded = plain(text)
    if not stem.search(folded):
        return
    for clauses in sentences(text):
        if not stem.search(folded, clauses[0].start, clauses[-1].end):
            continue
        places = [predicate_of(folded[clause.start : clause.end]) for clause in clauses]
        dropped = {number for number, place in enumerate(places) if place is not None}
        if places[0] and len(clauses) > 1 and 1 not in dropped and shares_subject(folded, clauses[1]):
            dropped.discard(0)
            yield Change(clauses[0].start + places[0], clauses[1].start, "")
        if dropped:
            yield from cut(text, clauses, dropped)


def shares_subject(folded: str, clause: Clause) -> bool:
    """Whether a clause has no subject of its own, by how it begins."""
    return bool(_SHARES_SUBJECT.match(folded, clause.start))
