"""Endless repetition: words, phrases or sentences that come three times in a row or more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.sentences import CLOSERS, TERMINALS
from recaption.postfilter.repetition.recurrence import recurrence
from recaption.postfilter.rule import Change, Rule

_COPIES = 3
_MOST_SHOWN = 4  # equal numbers or quotations in a row that can be a display or a shout
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|\"[^\"\n]{1,200}\"|“[^“”\n]{1,200}”")
_EDGE = re.compile(r"[\W_]+")
_MARKS = re.compile(r"[,;:.!?…，、；：。！？–—-]*")
_PAUSES = ",;:，、；："
_OPENING = ' "“(‘'
# What a raw reply holds besides words: special tokens, and markers of lists, whose numbers go up in a loop too.
_NO_WORDS = re.compile(r"<[^<>\n]{1,60}>|^[^\S\n]*(?:[-*•]|\d{1,3}[.)])[^\S\n]+", re.M)
# Words at the end of a copy that only lead to the next one: "red and red and red", "the light of the light of".
_LEADING_ON = w.DANGLING | {"then", "until", "like", "so", "on", "in"}
# "strip by strip", "again and again": the shortest whole phrase says its word twice.
_PAIRING = frozenset(["by", "to", "after", "upon", "for", "against", "on", "in", "over"])


class _Words(NamedTuple):
    """The words of a text: what is the same of each wherever it comes, and where it stands."""

    keys: list[str]
    starts: list[int]
    ends: list[int]


class _Run(NamedTuple):
    """Words `first` to `end`, each the same as the one `period` words further on as far as the run goes."""

    first: int
    end: int
    period: int


def is_loop(text: str) -> bool:
    """Whether a raw reply says the same words three times in a row or more, as a model does that has lost its way.

    What stands inside of quotation marks does not count.
    """
    return any(True for _ in _loops(_NO_WORDS.sub(" ", text)))


def _loops(text: str) -> Iterator[Change]:
    if not recurrence(text).loops:
        return
    words = _words_of(text)
    done = 0
    for run in _runs(words.keys):
        change = _first_copy(text, words, run)
        if change is not None and change.start >= done:
            yield change
            done = change.end


def _words_of(text: str) -> _Words:
    found = [*_WORD.finditer(text)]
    return _Words(
        [_key(match[0]) for match in found], [match.start() for match in found], [match.end() for match in found]
    )


@lru_cache(maxsize=1024)
def _key(word: str) -> str:
    folded = word.casefold()
    return folded if folded.isalnum() else _EDGE.sub(" ", folded).strip()


def _runs(keys: Sequence[str]) -> Iterator[_Run]:
    """Stretches in which words come back at one distance, in one pass.

    A distance is tried where a word comes again; while the words match, it is kept. It may be found late in a stretch,
    so each is followed back, for as long as it has run at most.
    """
    last: dict[str, int] = {}
    period = begun = 0
    for i, key in enumerate(keys):
        if not period or keys[i - period] != key:
            if period and i - begun >= period // 2:
                yield _from_start(keys, begun, i, period)
            period = i - last.get(key, i)
            begun = i
        last[key] = i
    if period:
        yield _from_start(keys, begun, len(keys), period)


def _from_start(keys: Sequence[str], begun: int, end: int, period: int) -> _Run:
    lowest = max(period, begun - 2 * period)
    while begun > lowest and keys[begun - 1] == keys[begun - 1 - period]:
        begun -= 1
    return _Run(begun - period, end, period)


def _first_copy(text: str, words: _Words, run: _Run) -> Change | None:
    """The change that leaves the first copy; None where there are fewer than three."""
    count, last = len(words.keys), words.ends[-1]
    cut_inside = _is_cut_inside(text, words, run)
    end = count if cut_inside else run.end
    whole = run.first + _words_of_a_copy(words, run)
    copies = 1 + (end - whole) // run.period
    if copies < _COPIES and not (cut_inside and run.period > 2 and end - run.first > 2 * run.period + 1):
        return None
    if run.period == 1 and _is_shown(text, words.keys[run.first], words.starts[run.first], copies):
        return None
    if end == count:
        kept = words.ends[_best_end(text, words, whole, run.period - 1) - 1]
        mark = _mark(text, kept)
        if _ends(mark):
            return Change(kept + len(mark), len(text), "")
        # The model went on behind the first copy, so it is whole, also where the text is known to be cut.
        closing = "".join(letter for letter in text[last:] if letter in CLOSERS)
        stop = "." if text[kept - 1].isascii() else ""
        return Change(kept, len(text), closing + stop) if cut_inside else Change(kept, last, "")
    removed = (copies - 1) * run.period
    best = _best_end(text, words, whole, end - whole - removed)
    return Change(words.ends[best - 1], words.ends[best - 1 + removed], "")


def _is_cut_inside(text: str, words: _Words, run: _Run) -> bool:
    """Whether the text stops inside of a copy, perhaps inside of a word: all that follows is the start of the rest."""
    if len(words.keys) - run.end >= 12 or _ends(text[words.ends[-1] :]):
        return False
    going_on = " ".join(words.keys[run.end - run.period : run.end])
    return going_on.startswith(" ".join(words.keys[run.end :]))


def _words_of_a_copy(words: _Words, run: _Run) -> int:
    """How many words the first copy needs to be whole, without those that lead to the next one."""
    first, second = words.keys[run.first], words.keys[run.first + 1]
    if run.period == 2 and (second in _PAIRING or (second == "and" and first in s.PAIRED_BY_AND)):
        return 3
    size = run.period
    while size > max(1, run.period - 3) and words.keys[run.first + size - 1] in _LEADING_ON:
        size -= 1
    return size


def _is_shown(text: str, key: str, start: int, copies: int) -> bool:
    """Whether a word that comes again can be a display ("0 0 0"), a shout, or a sound ("Knock, knock, knock")."""
    if key.isdigit() or text[start] in '"“':
        return copies <= _MOST_SHOWN
    opens = not start or text[max(0, start - 4) : start].rstrip(_OPENING)[-1:] in tuple(TERMINALS)
    return copies == _COPIES and opens


def _best_end(text: str, words: _Words, whole: int, reach: int) -> int:
    """Where, up to `reach` words behind the first copy, a sentence ends, else a clause, else the copy."""
    ends = range(whole, min(whole + reach, len(words.keys) - 1) + 1)
    for wanted in (TERMINALS, _PAUSES):
        for end in ends:
            if _mark(text, words.ends[end - 1])[:1] in tuple(wanted):
                return end
    return whole


def _mark(text: str, end: int) -> str:
    """The marks behind a word that ends there."""
    match = _MARKS.match(text, end)
    return match[0] if match else ""


def _ends(mark: str) -> bool:
    return any(letter in TERMINALS for letter in mark)


LOOPS = Rule(
    "loop",
    "of what comes three times in a row or more, only the first is kept",
    (
        "The wheel turns left, turns right, turns left, turns right, turns left, turns ri",
        "The wheel turns left, turns right.",
    ),
    _loops,
    language="English",
)
