"""The clauses of Chinese sentences, and how some of them are cut out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import HAN, plain
from recaption.postfilter.chinese.words import ACT_MARKS, ACTS
from recaption.postfilter.rule import Change
from recaption.postfilter.sentences import CLOSERS, TERMINALS, ends_sentence, quotations, spans

# A colon of a time or score, and a comma inside of a number, are none.
_MARK = re.compile(rf"\s*(?:[，；：]|——?|(?<=[{HAN}\"”’)）》」』])[,;:](?!\d)|(?<!\d)[,;:](?=\s?[{HAN}]))\s*")
_LEADS_OVER = re.compile(
    r"从头到尾|自始至终|从始至终|(?:在)?(?:整个|这个|此|这)?(?:过程|期间|段时间)(?:中|里|内)?|除此(?:之外|以外)|此外|另外|与此同时|同时|不过|然而|但是|总的来说|总体(?:而言|来看|来说|上)|整体(?:而言|来看|来说|上)|全程|其中|值得一提的是|可以说|毫无疑问|不得不说|当然|显然|事实上|总之|综上|也许|或许|大概|可能|仿佛|最终|最后|于是|因此"
)
_WHERE = re.compile(
    r"(?:\A(?:随着|在|当|对于|除了|从|伴着|伴随着).*|.*(?:时|之际|时候|时刻|一刻|瞬间|之间|过程中)\Z|[^，]{1,6}的[^，]{1,5}[里中上下内]\Z)"
)
_ACT = re.compile(f"{any_of(ACTS)}|{any_of(ACT_MARKS)}")
_CONCESSION = re.compile("虽然|尽管|虽说")
_STRENGTH = "，,：:；;—"
_END_MARKS = TERMINALS + CLOSERS


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
    words_end = start + len(text[start:end].rstrip(_END_MARKS))
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
    pairs = ("“”", "「」", "『』", "《》", "（）", "()", '""', "【】")
    closed = [behind.find(closing) + 1 for opening, closing in pairs if opening in text[start:words_end]]
    return words_end + max(closed, default=0)


def cut(text: str, clauses: Sequence[Clause], dropped: Collection[int]) -> Iterator[Change]:
    """The changes that take clauses, by their numbers, out of a sentence, with the marks that belong to them.

    What only leads over to a clause goes with it.
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
        if number not in dropped:
            number += 1
            continue
        first = number
        while number < len(clauses) and number in dropped:
            number += 1
        if number == len(clauses):
            end, after = clauses[-1].end, clauses[-1].after
            whole = after == len(text) or ends_sentence(text[end:after])
            yield from _without_concession(folded, clauses, first)
            yield Change(clauses[first - 1].end, end, "" if whole else "。")
        elif first == 0:
            yield Change(clauses[0].start, clauses[number].start, "")
        else:
            before, last = clauses[first - 1], clauses[number - 1]
            marks = (text[before.end : before.after], text[last.end : last.after])
            yield Change(before.end, last.after, max(marks, key=_strength))


def _is_fragment(words: str) -> bool:
    """Whether words only tell where or when, and say nothing by themselves."""
    return len(words) < 16 and bool(_WHERE.match(words)) and not _ACT.search(words)


def _without_concession(folded: str, clauses: Sequence[Clause], first: int) -> Iterator[Change]:
    """ "虽然" goes where its "但" has gone."""
    if match := _CONCESSION.search(folded, clauses[first - 1].start, clauses[first - 1].end):
        yield Change(match.start(), match.end(), "")


def _strength(mark: str) -> int:
    return _STRENGTH.find(mark.strip()[:1])
