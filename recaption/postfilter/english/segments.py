"""A text in sentences that no line break runs through, as a chat is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from recaption.postfilter.english.sentences import quotations, spans
from recaption.postfilter.rule import Change

_LINE = re.compile(r"[^\n]+")
_MARKS = '.,;:!?"()[]{}<>|“”…—–*_#'


class Segment(NamedTuple):
    """A sentence in its line, of which `line` is the number."""

    start: int
    end: int
    line: int
    text: str

    @property
    def said(self) -> str:
        """The sentence with empty quotation marks for what it quotes, apostrophes straight."""
        return _said(self.text)


@lru_cache(maxsize=256)
def _said(sentence: str) -> str:
    kept: list[str] = []
    done = 0
    for start, end in quotations(sentence):
        kept += (sentence[done:start], '""')
        done = end
    return "".join((*kept, sentence[done:])).replace("’", "'")


@lru_cache(maxsize=2)  # several rules in a row ask about one text
def segments(text: str) -> tuple[Segment, ...]:
    """The sentences of each line."""
    return tuple(
        Segment(line.start() + start, line.start() + end, number, line[0][start:end])
        for number, line in enumerate(_LINE.finditer(text))
        for start, end in spans(line[0])
    )


def without(parts: Sequence[Segment], gone: Sequence[bool]) -> Iterator[Change]:
    """The changes that take segments away, with the space on one side of them."""
    i = 0
    while i < len(parts):
        if not gone[i]:
            i += 1
            continue
        first = i
        while i + 1 < len(parts) and gone[i + 1] and parts[i + 1].line == parts[first].line:
            i += 1
        start, end = parts[first].start, parts[i].end
        i += 1
        if i < len(parts) and parts[i].line == parts[first].line:
            end = parts[i].start
        elif first and parts[first - 1].line == parts[first].line:
            start = parts[first - 1].end
        yield Change(start, end, "")


@lru_cache(maxsize=256)  # several rules ask about one text and its sentences
def word_set(text: str) -> frozenset[str]:
    """The words of a text, as they are written, for a first look whether a rule has anything to do."""
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return frozenset(text.replace("’", "'").split())
