"""A quick look at how the words of a text come back, so that rules on loops and repeats cost most captions little."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from recaption.postfilter.english.sentences import CLOSERS, TERMINALS

_COMPARED = 8
_MARKS = TERMINALS + CLOSERS + ";:"
_EACH_MARK = frozenset(_MARKS)
_CHINESE_MARKS = "，。"  # no space stands behind them


class Recurrence(NamedTuple):
    """What a text may hold.

    Attributes:
        loops: a word comes three times at one distance, with the same words behind it each time.
        repeats: a sentence has hardly a word that was not there before it.
    """

    loops: bool
    repeats: bool


@lru_cache(maxsize=2)  # two rules ask, and the next round asks about the text that this one left
def recurrence(text: str) -> Recurrence:
    """The look, in one pass over the words; rather yes than no."""
    if any(mark in text for mark in _CHINESE_MARKS):
        return Recurrence(loops=True, repeats=True)
    words = text.casefold().replace(",", "").replace("-", " ").split()
    last: dict[str, int] = {}
    loops = repeats = False
    new = begun = 0
    for i, word in enumerate(words):
        marked = word[-1] in _EACH_MARK
        if marked:
            word = words[i] = word.strip(_MARKS)
        if word in last:
            before = last[word]
            first = before + before - i
            if first >= 0 and words[first] == word:
                compared = min(i - before, _COMPARED)
                loops = loops or words[first : first + compared] == words[before : before + compared]
        else:
            new += 1
        last[word] = i
        if marked:
            repeats = repeats or (begun > 0 and has_few(new, i + 1 - begun))
            new, begun = 0, i + 1
    return Recurrence(loops, repeats or (begun > 0 and has_few(new, len(words) - begun)))


def has_few(new: int, words: int) -> bool:
    """Whether so few words are new that a sentence can tell what an earlier one told."""
    return new <= (words + 3) // 4 - (words < 5)
